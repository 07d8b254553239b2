"""The lines of CSV and XLSX files, one after the other: what lies in memory does not grow with the file.

How a CSV file is written is found out (see ``encodings``); of a workbook the sheets that people see are offered
(see ``workbooks``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from renda.errors import RendaError
from renda.i18n import gettext
from renda.services.imports.characters import cleaned
from renda.services.imports.encodings import encoding_of, separator_of
from renda.services.imports.workbooks import sheets_of as sheets_of_book
from renda.services.imports.worksheets import MOST_COLUMNS, Line

# What a list of ours writes before a text that a spreadsheet would compute (see documents.spreadsheets).
_GUARD = "'"
_GUARDED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_TELLS_SEPARATOR = "sep="


class Sheet(Protocol):
    """A sheet of a file, named as the workbook names it; a CSV file is one without a name."""

    name: str

    def lines(self) -> Iterator[Line]:
        """Every line with something in it."""

    def is_hidden(self, column: int) -> bool:
        """Whether nobody sees a column (from 0)."""

    def place(self, line: int, column: int) -> str:
        """Which cell is spoken of, where the row and the heading do not say it."""


def sheets_of(path: Path) -> Sequence[Sheet]:
    """The sheets of a file.

    Raises ``import.unreadable``, ``import.separators``, ``import.unpacked`` or ``import.no_sheet``; the first also
    in the midst of a sheet.
    """
    return sheets_of_book(path) if path.suffix.lower() == ".xlsx" else [Csv(path)]


class Csv:
    """A CSV file as the one sheet it is."""

    name = ""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> Iterator[Line]:
        """See ``Sheet``."""
        encoding = encoding_of(self._path)
        separator = separator_of(self._path, encoding)
        line = 1
        try:
            with self._path.open(encoding=encoding, newline="") as file:
                reader = csv.reader(file, strict=True, delimiter=separator)
                for cells in reader:
                    texts = [_unguarded(cleaned(cell)) for cell in cells[:MOST_COLUMNS]]
                    if any(texts) and not (line == 1 and tells_separator(separator.join(cells))):
                        yield Line(line, texts)
                    line = reader.line_num + 1
        except csv.Error as error:
            mistake = gettext("从第 {line} 行起引号不成对,或者一格里的字太多", line=line)
            raise RendaError("import.unreadable", mistake=mistake) from error

    def is_hidden(self, column: int) -> bool:
        """See ``Sheet``."""
        del column
        return False

    def place(self, line: int, column: int) -> str:
        """See ``Sheet``."""
        del line, column
        return ""


def tells_separator(line: str) -> bool:
    """Whether a first line only tells Excel what separates the cells (``sep=;``)."""
    return line.strip().lower().startswith(_TELLS_SEPARATOR) and len(line.strip()) <= len(_TELLS_SEPARATOR) + 1


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and cell[1:].startswith(_GUARDED) else cell
