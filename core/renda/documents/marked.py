"""A file that was brought and refused, given back with its wrong cells marked, to be mended and brought again.

It holds the values that were read and nothing else of the file: no formula, macro, link or other sheet goes back. A cell
that could not be taken holds ``TO_MEND``, which is refused until somebody writes over it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from pathlib import Path, PurePath
from typing import Any

import xlsxwriter

from renda.documents.spreadsheets import guarded, page_name
from renda.errors import RendaError
from renda.i18n import gettext
from renda.services.imports.characters import compared
from renda.services.imports.files import Sheet, sheets_of
from renda.services.imports.headings import MARKS, Headed, headed
from renda.services.imports.rows import TO_MEND, is_untaken
from renda.services.imports.tables import Mistake, Mistakes
from renda.services.imports.worksheets import Line
from renda.services.tables.shapes import Table

MOST_SIGNS = 20_000_000
"""A file whose cells hold more signs than this together is not given back."""
MOST_COMMENTS = 2_000
"""So many cells get a comment; the others are coloured, and all mistakes stand on the second sheet."""
MOST_LISTED = 20_000
LISTED = "错误"
GENERAL, TEXT, DAY = "General", "@", "yyyy-mm-dd"
FILL = "#FFC7CE"
_LONGEST_COMMENT = 1_000
_LONGEST_CELL = 32_767
_WIDTH = 16
_EXACT = re.compile(r"-?(?:0|[1-9][0-9]{0,13})(?:\.[0-9]{0,13}[1-9])?")
_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_BREAK = re.compile(r"\r\n|\r|\n")
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked file: what to call it, its form (``xlsx`` or ``csv``), its bytes."""

    name: str
    form: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is wrong: by line, by place of the cell; ``heading``: the line of the headings."""

    found: Mapping[int, Mapping[int, list[str]]]
    heading: int

    def of(self, line: int) -> Mapping[int, list[str]]:
        return self.found.get(line, {})


def marked(table: Table, path: Path, file: str, mistakes: Iterable[Mistake]) -> Marked | None:
    """The file at ``path`` with ``mistakes`` marked; ``file``: what people call it.

    None where no table can be found in the file, or where its cells hold more than ``MOST_SIGNS`` signs.
    """
    form = "xlsx" if path.suffix.lower() == ".xlsx" else "csv"
    kept = BytesIO()
    found = list(mistakes)
    try:
        head = headed(sheets_of(path), table.names(), file, Mistakes())
        marks = _placed(table, head, found)
        width = _measured(head.sheet)
        if width is None:
            return None
        if form == "xlsx":
            _write_book(kept, table, head, marks, found)
        else:
            _write_csv(kept, head, marks, width)
    except RendaError:
        return None
    name = gettext("{file}-标出错误.{form}", file=PurePath(file).stem, form=form)
    return Marked(name, form, kept.getvalue())


def _placed(table: Table, head: Headed, mistakes: Iterable[Mistake]) -> _Marks:
    places = {heading: place for place, heading in head.columns.items()}
    places |= {table.label_for(heading): place for place, heading in head.columns.items()}
    first = min(head.columns, default=0)
    found: dict[int, dict[int, list[str]]] = {}
    for mistake in mistakes:
        place = places.get(mistake.column, first)
        named = f"{mistake.column}:" if mistake.column and mistake.column not in places else ""
        found.setdefault(mistake.line or head.line, {}).setdefault(place, []).append(named + mistake.reason)
    return _Marks(found, head.line)


def _measured(sheet: Sheet) -> int | None:
    """How many columns the lines have; None where there is too much in them."""
    width = signs = 0
    for line in sheet.lines():
        width = max(width, len(line.cells))
        signs += sum(map(len, line.cells))
        if signs > MOST_SIGNS:
            return None
    return width


def _write_csv(kept: BytesIO, head: Headed, marks: _Marks, width: int) -> None:
    """The lines with a last column of mistakes; it takes the place of the one from an earlier trial."""
    text = TextIOWrapper(kept, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    at, due, next_line = width, list(_reasons(marks.of(marks.heading))), 1
    for line in head.sheet.lines():
        # A line that is left out would move those below it away from the numbers people were told.
        for _ in range(line.number - next_line):
            writer.writerow([])
        cells = [guarded(cell) if not _EXACT.fullmatch(cell) else cell for cell in line.cells]
        if line.number == head.line:
            at = next((place for place, cell in enumerate(line.cells) if compared(cell) in MARKS), width)
            cells += [""] * (at + 1 - len(cells))
            cells[at] = gettext("(错误)")
        elif line.number > head.line:
            # What is wrong with the headings is told beside the first row: their own cell is a heading.
            told = ";".join([*due, *_reasons(marks.of(line.number))])
            cells += [""] * (at + 1 - len(cells))
            cells[at], due = guarded(" ".join(told.split())), []
        writer.writerow(cells)
        next_line = line.number + 1 + sum(len(_BREAK.findall(cell)) for cell in line.cells)
    text.flush()
    text.detach()


def _reasons(marks: Mapping[int, list[str]]) -> Iterable[str]:
    return [reason for place in sorted(marks) for reason in marks[place]]


def _write_book(kept: BytesIO, table: Table, head: Headed, marks: _Marks, mistakes: list[Mistake]) -> None:
    # Rows go to the disk as they come; a text is written as a text, whatever it looks like.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    try:
        page = book.add_worksheet(page_name(head.sheet.name))
        titles = [gettext(LISTED), f"{gettext(LISTED)} 2"]
        listed = book.add_worksheet(next(each for each in titles if each.casefold() != page.name.casefold()))
        _Page(book, page, marks).write(table, head)
        for at, title in enumerate(("行", "列", "错误")):
            listed.write_string(0, at, gettext(title), book.add_format({"bold": True}))
        for number, each in enumerate(mistakes[:MOST_LISTED], 1):
            listed.write_string(number, 0, str(each.line or head.line))
            listed.write_string(number, 1, each.column)
            listed.write_string(number, 2, each.reason[:_LONGEST_CELL])
        listed.set_column(0, 0, 8)
        listed.set_column(1, 1, 20)
        listed.set_column(2, 2, 90)
    finally:
        book.close()


class _Page:
    """The sheet with the rows: what was a number or a day stays one, all else is text."""

    def __init__(self, book: Any, page: Any, marks: _Marks) -> None:
        self._book, self._page, self._marks = book, page, marks
        self._formats: dict[tuple[str, bool, bool], Any] = {}
        self._comments = 0

    def write(self, table: Table, head: Headed) -> None:
        """All lines where they stood; what nobody saw stays hidden, so that it is refused again."""
        width = 0
        for line in head.sheet.lines():
            marks = self._marks.of(line.number)
            if line.hidden:
                self._page.set_row(line.number - 1, None, None, {"hidden": True})
            for place in sorted({*range(len(line.cells)), *line.faults, *marks}):
                self._cell(line, place, marks.get(place, []))
            width = max(width, len(line.cells))
        days = {table.label_for(each.label) for each in table.columns if each.sort == "date"}
        for place in range(width):
            code = DAY if table.label_for(head.columns.get(place, "")) in days else TEXT
            hidden = {"hidden": head.sheet.is_hidden(place)}
            self._page.set_column(place, place, _WIDTH, self._format(code), hidden)

    def _cell(self, line: Line, place: int, reasons: list[str]) -> None:
        number, wrong = line.number - 1, bool(reasons)
        text = line.cells[place] if place < len(line.cells) else ""
        if is_untaken(line, place, self._marks.heading) or len(text) > _LONGEST_CELL:
            text = TO_MEND
        value, code = _value(text, is_number=place in line.numeric)
        form = self._format(code, wrong=wrong, bold=line.number == self._marks.heading)
        if isinstance(value, date):
            self._page.write_datetime(number, place, value, form)
        elif isinstance(value, Decimal):
            self._page.write_number(number, place, value, form)
        elif value:
            self._page.write_string(number, place, value, form)
        elif wrong:
            self._page.write_blank(number, place, None, form)
        if wrong and self._comments < MOST_COMMENTS:
            self._comments += 1
            self._page.write_comment(number, place, "\n".join(reasons)[:_LONGEST_COMMENT], {"x_scale": 2})

    def _format(self, code: str, *, wrong: bool = False, bold: bool = False) -> Any:
        key = (code, wrong, bold)
        if key not in self._formats:
            fill = {"bg_color": FILL} if wrong else {}
            self._formats[key] = self._book.add_format({"num_format": code, "bold": bold, **fill})
        return self._formats[key]


def _value(text: str, *, is_number: bool) -> tuple[str | date | Decimal, str]:
    """What is written for a cell, and in which format: brought again it must be read as the same text."""
    plain = text.removesuffix("%")
    if is_number and _EXACT.fullmatch(plain) and sum(map(str.isdigit, plain)) <= _DIGITS:
        if plain == text:
            return Decimal(text), GENERAL
        decimals = len(plain.partition(".")[2])
        return Decimal(plain) / 100, f"0.{'0' * decimals}%" if decimals else "0%"
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text), DAY
        except ValueError:
            return text, TEXT
    return text, TEXT
