"""Templates of tables: the headings and, in a workbook, lists to choose from and a page that explains the columns."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter

from renda.documents.spreadsheets import IN_MEMORY, written
from renda.i18n import gettext
from renda.services.tables import MOST_ROWS, Column, Table
from renda.services.tables.shapes import SORTS

BLANK_OR_CLEAR = "空白的格不改动已有的内容;要清空一格,请在那一格写“(清空)”。必填的列不能清空。"
LISTS, EXPLAINED, FILLED = "选项", "说明", "填写"
_LONGEST_LIST = 255
_YES_NO = ("是", "否")


def template(table: Table, form: str) -> IO[bytes]:
    """The table without rows as a file of the form ``xlsx`` or ``csv``; raises ``sheet.form``.

    Of a workbook the first page is filled in and imported; the others are for people.
    """
    if form != "xlsx":
        return written(form, table.headings(), ())
    # Whoever sends the file closes it; a small one never reaches the disk.
    kept: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    book = xlsxwriter.Workbook(kept, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(gettext(FILLED))
    explained = book.add_worksheet(gettext(EXPLAINED))
    lists = book.add_worksheet(gettext(LISTS))
    bold, must = book.add_format({"bold": True}), book.add_format({"bold": True, "font_color": "#b3261e"})
    day, text = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})
    for at, column in enumerate(table.columns):
        label = gettext(column.label)
        page.write_string(0, at, label, must if column.required else bold)
        # Codes such as 001 stay as they are typed: the cells are texts before anybody writes in them.
        page.set_column(at, at, max(12, 2 * len(label) + 4), day if column.sort == "date" else text)
        _allow(page, lists, at, column)
    page.freeze_panes(1, 0)
    _explain(explained, table, bold)
    lists.hide()
    book.close()
    kept.seek(0)
    return kept


def _allow(page: Any, lists: Any, at: int, column: Column) -> None:
    allowed = [gettext(word) for word in _YES_NO] if column.sort == "yes_no" else list(column.allowed)
    if not allowed or column.sort == "several":
        return
    if len(",".join(allowed)) <= _LONGEST_LIST and not any("," in each for each in allowed):
        source: Any = allowed
    else:
        lists.write_column(0, at, allowed)
        letter = xlsxwriter.utility.xl_col_to_name(at)
        source = f"='{gettext(LISTS)}'!${letter}$1:${letter}${len(allowed)}"
    page.data_validation(1, at, MOST_ROWS, at, {"validate": "list", "source": source})


def _explain(page: Any, table: Table, bold: Any) -> None:
    page.write_string(0, 0, table.title, bold)
    page.write_string(1, 0, gettext(table.about))
    page.write_string(2, 0, gettext(BLANK_OR_CLEAR))
    for at, heading in enumerate(("列", "必填", "怎么填", "说明")):
        page.write_string(3, at, gettext(heading), bold)
    for number, column in enumerate(table.columns, 4):
        allowed = "、".join(column.allowed)
        note = "。".join(part for part in (gettext(column.note), allowed) if part)
        cells = (column.label, "是" if column.required else "", SORTS[column.sort], "")
        for at, cell in enumerate(cells):
            page.write_string(number, at, gettext(cell) if cell else "")
        page.write_string(number, 3, note[:32_767])
    for at, width in enumerate((20, 8, 36, 60)):
        page.set_column(at, at, width)
