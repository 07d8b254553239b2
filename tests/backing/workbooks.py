"""Workbooks as offices have them, for tests: formats, merged cells, hidden rows, and parts written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

MAIN = "urn:main"
RELATED = "urn:related"


def workbook(path: Path, *rows: Sequence[Any], then: Callable[[Any, Any], None] | None = None) -> Path:
    """A workbook with one sheet of these rows; ``then(book, page)`` does what else is to be in it."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    page = book.add_worksheet("名册")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    if then is not None:
        then(book, page)
    book.close()
    return path


def by_hand(path: Path, sheet: str, *, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """A workbook whose only sheet is this XML, written out; ``parts``: others beside it, or instead of one."""
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
        '<sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{RELATED}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(parts or {}),
    }
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, content in written.items():
            packed.writestr(name, content)
    return path


def sheet(*rows: str) -> str:
    """A sheet's XML around its rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def text(reference: str, content: str) -> str:
    """A cell that holds its text itself."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'
