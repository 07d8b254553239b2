"""Lists and tables as spreadsheets: xlsx and csv, written row by row, however many there are.

A text stays a text: one that begins like a formula is never computed by the program that opens the file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import TextIOWrapper
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from typing import IO, Any

import xlsxwriter

from renda.errors import RendaError, declare
from renda.explain import Explained, shown_value
from renda.i18n import gettext

declare({"sheet.form": "没有“{form}”这种表格文件。可用的:{allowed}。"}, status=400)

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv",
    }
)
MOST_ROWS = 100_000
"""More rows than this are not put in one file."""
IN_MEMORY = 1_000_000
_DIGITS = 15
# What starts a formula in Excel, WPS or LibreOffice; a tab or a line break before it changes nothing.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_WIDEST = 60
_LOOKED_AT = 200


def written(form: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "") -> IO[bytes]:
    """The table as a file of the form ``xlsx`` or ``csv``, open at its beginning and gone when it is closed.

    Cells are texts, numbers, days, ``Explained`` or None. Raises ``sheet.form``.
    """
    if form not in MEDIA_TYPES:
        raise RendaError("sheet.form", form=form, allowed="、".join(MEDIA_TYPES))
    # Whoever sends the file closes it; a small one never reaches the disk.
    kept: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    try:
        (_xlsx if form == "xlsx" else _csv)(kept, columns, rows, title)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return kept


def _csv(kept: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> None:
    del title
    # With the mark at its beginning, without which Excel takes UTF-8 for something else.
    text = TextIOWrapper(kept, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([guarded(column) for column in columns])
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in map(_in_words, map(_plain, row))])
    text.flush()
    text.detach()


def _xlsx(kept: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> None:
    # Rows go to the disk as they come; a text is written as a text, whatever it looks like.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    try:
        page = book.add_worksheet(page_name(title))
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        plain = ([_plain(cell) for cell in row] for row in rows)
        beginning = list(islice(plain, _LOOKED_AT))
        for at, column in enumerate(columns):
            page.set_column(at, at, _column_width(column, [row[at] for row in beginning if at < len(row)]))
            page.write_string(0, at, column, bold)
        page.freeze_panes(1, 0)
        number = 0
        for number, row in enumerate(chain(beginning, plain), start=1):
            for at, cell in enumerate(row):
                _write(page, number, at, cell, day)
        page.autofilter(0, 0, max(number, 1), max(len(columns) - 1, 0))
    finally:
        book.close()


def _write(page: Any, number: int, at: int, cell: Any, day: Any) -> None:
    if isinstance(cell, bool) or cell is None:
        page.write_string(number, at, _in_words(cell) or "")
    elif isinstance(cell, date):
        page.write_datetime(number, at, cell, day)
    elif isinstance(cell, int | Decimal):
        # A spreadsheet keeps fifteen digits; a longer number stays whole as a text.
        exact = len(Decimal(cell).as_tuple().digits) <= _DIGITS
        (page.write_number if exact else page.write_string)(number, at, cell if exact else str(cell))
    else:
        page.write_string(number, at, str(cell)[:32_767])


def _plain(cell: Any) -> Any:
    """A cell as a file keeps it: numbers as numbers where they are exact, all else as people read it."""
    if isinstance(cell, Explained):
        told = shown_value(cell, gettext)
        return Decimal(told) if _NUMBER.fullmatch(told) else told
    if isinstance(cell, Fraction):
        return cell.numerator if cell.denominator == 1 else f"{cell.numerator}/{cell.denominator}"
    if isinstance(cell, list | tuple):
        return "、".join(str(_plain(each)) for each in cell)
    return cell


def _in_words(cell: Any) -> Any:
    """Yes and no as people read them."""
    return gettext("是" if cell else "否") if isinstance(cell, bool) else cell


def guarded(text: str) -> str:
    """A text for a cell of a CSV file, which no program that opens it takes for a formula."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def page_name(title: str) -> str:
    """A name a worksheet may have: no signs that Excel refuses, at most 31 characters."""
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in title).strip()[:31] or "Sheet1"


def _column_width(column: str, cells: Sequence[Any]) -> int:
    longest = max(sum(2 if ord(sign) > 255 else 1 for sign in str(text)) for text in (column, *cells))
    return min(_WIDEST, longest + 2)
