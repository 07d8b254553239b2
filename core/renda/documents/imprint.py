"""版记: who gets copies, who printed the document and when, at the foot of the last page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from renda.documents import measures as m
from renda.documents.paper import Paper, element, shape
from renda.documents.wording import day_text, joined
from renda.letterheads import Letterhead

_CHARACTER = m.SMALL * 20
_FULL = m.twips(m.TEXT_WIDTH)
_LINE = 460
# LibreOffice lets no table float that is as wide as the text; half a millimetre less is not seen.
_WIDE = _FULL - 28
_RIGHT = (("right", _FULL - _CHARACTER),)


class Said(Protocol):
    """What an imprint tells of a document."""

    @property
    def letterhead(self) -> Letterhead:
        """How the district writes this kind."""

    @property
    def copies(self) -> Sequence[str]:
        """抄送."""

    @property
    def issued_on(self) -> date:
        """The date it bears."""

    @property
    def own(self) -> bool:
        """Whether the organ of the letterhead issues it."""


def imprint(paper: Paper, said: Said) -> None:
    """The imprint: lines of 0.35 mm above and below and 0.25 mm between; a letter has only 抄送, without lines."""
    letter = said.letterhead.form == "letter"
    rows: list[tuple[str, str]] = []
    if said.copies:
        rows.append((f"抄送：{joined(said.copies)}。", ""))
    if not letter and said.own and said.letterhead.form != "announcement":
        rows.append((said.letterhead.office, f"{day_text(said.issued_on)}印发"))
    if not rows:
        return
    table = paper.document.add_table(rows=len(rows), cols=1)
    _place(table, lines=not letter)
    for row, (text, end) in zip(table.rows, rows, strict=True):
        paragraph = row.cells[0].paragraphs[0]
        if end:
            shape(paragraph, align="left", line=_LINE, left=_CHARACTER, right=_CHARACTER, tabs=_RIGHT)
            paper.text(paragraph, f"{text}\t{end}", size=m.SMALL)
        else:
            # Further lines stand under the first name and not under 抄送.
            shape(paragraph, line=_LINE, left=4 * _CHARACTER, right=_CHARACTER, first=-3 * _CHARACTER)
            paper.text(paragraph, text, size=m.SMALL)
    # What floats needs a paragraph to float with; this one takes no room.
    paper.line(line=20, size=1)


def _place(table: Any, *, lines: bool) -> None:
    """At the foot of the text, as wide as the text, whatever stands above."""
    properties = table._tbl.tblPr
    for old in list(properties):
        properties.remove(old)
    place = {"vertAnchor": "margin", "horzAnchor": "page", "tblpX": m.twips(m.LEFT), "tblpYSpec": "bottom"}
    properties.append(element("w:tblpPr", leftFromText=0, rightFromText=0, **place))
    properties.append(element("w:tblOverlap", val="never"))
    properties.append(element("w:tblW", w=_WIDE, type="dxa"))
    if lines:
        properties.append(borders := OxmlElement("w:tblBorders"))
        for side, size in (("top", m.THICK), ("bottom", m.THICK), ("insideH", m.THIN)):
            borders.append(element(f"w:{side}", val="single", sz=size, space=0, color="000000"))
    properties.append(element("w:tblLayout", type="fixed"))
    properties.append(margins := OxmlElement("w:tblCellMar"))
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=0, type="dxa"))
    for column in table._tbl.tblGrid.findall(qn("w:gridCol")):
        column.set(qn("w:w"), str(_WIDE))
    for cell in table.columns[0].cells:
        cell.width = _WIDE * m.EMU
