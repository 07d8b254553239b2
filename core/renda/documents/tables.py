"""A table in a document: as wide as the text, columns by what they hold, the first row on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from renda.documents import measures as m
from renda.documents.paper import Paper, element, shape
from renda.documents.wording import width

SIZE = 12
"""小四, in points."""
_LINE = 360
_FULL = m.twips(m.TEXT_WIDTH)
_NARROWEST, _BESIDE = 4, 3
"""In halves of a character: the least a column holds, and what lies beside the text of a cell."""
_HALVES = _FULL // (SIZE * 10)


def grid(paper: Paper, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table with its heads; rows that are shorter than the heads are filled up."""
    table = paper.document.add_table(rows=0, cols=len(columns))
    widths = _widths(columns, rows)
    _outline(table, widths)
    _row(paper, table, columns, widths, font="first", head=True)
    for row in rows:
        _row(paper, table, [*row, *([""] * (len(columns) - len(row)))], widths)


def _row(
    paper: Paper, table: Any, texts: Sequence[str], widths: Sequence[int], *, font: str = "body", head: bool = False
) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))
    for cell, text, wide in zip(row.cells, texts, widths, strict=False):
        cell.width = wide * m.EMU
        cell._tc.get_or_add_tcPr().append(element("w:vAlign", val="center"))
        short = head or (width(text) + _BESIDE) * SIZE * 10 <= wide
        paragraph = cell.paragraphs[0]
        shape(paragraph, align="center" if short else "left", line=_LINE)
        paper.text(paragraph, text, font=font, size=SIZE)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column in twips: short ones as wide as their texts, long ones share what is left."""
    wanted = [
        max(_NARROWEST, *(width(str(row[at])) for row in (columns, *rows) if at < len(row))) + _BESIDE
        for at in range(len(columns))
    ]
    cap = max(wanted)
    while sum(min(each, cap) for each in wanted) > _HALVES and cap > _NARROWEST + _BESIDE:
        cap -= 1
    kept = [min(each, cap) for each in wanted]
    shares = [_FULL * each // sum(kept) for each in kept]
    shares[-1] += _FULL - sum(shares)
    return shares


def _outline(table: Any, widths: Sequence[int]) -> None:
    properties = table._tbl.tblPr
    for old in list(properties):
        properties.remove(old)
    properties.append(element("w:tblW", w=_FULL, type="dxa"))
    properties.append(element("w:jc", val="center"))
    properties.append(borders := OxmlElement("w:tblBorders"))
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="000000"))
    properties.append(element("w:tblLayout", type="fixed"))
    for column, wide in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(wide))
