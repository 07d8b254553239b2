"""The rows of CSV and XLSX files, one after the other: what lies in memory does not grow with the file.

How a CSV file is written is found out (see ``encodings``). Of a workbook the first sheet is read; one that unpacks to more than
``MOST_UNPACKED`` bytes is refused before it is opened, because its size on the disk says nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.services.imports.encodings import encoding_of, separator_of

declare(
    {
        "import.unpacked": "这个工作簿解开后有 {size} MB,超过 {most} MB。请分成几个文件,或删去其中的图片。",
    }
)

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 100 * MEGABYTE
# What a list of ours writes before a text that a spreadsheet would compute (see documents.spreadsheets).
_GUARD = "'"
_GUARDED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

Line = tuple[int, list[str]]


def lines_of(path: Path) -> Iterator[Line]:
    """Every line with its number from 1, its cells as text without blanks around them.

    Raises ``import.unreadable``, ``import.separators`` or ``import.unpacked``, the first also in the midst of a file.
    """
    return _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)


def _csv(path: Path) -> Iterator[Line]:
    encoding = encoding_of(path)
    separator = separator_of(path, encoding)
    line = 1
    try:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file, strict=True, delimiter=separator)
            for cells in reader:
                yield line, [_unguarded(cell.strip()) for cell in cells] or [""]
                line = reader.line_num + 1
    except csv.Error as error:
        mistake = gettext("从第 {line} 行起引号不成对,或者一格里的字太多", line=line)
        raise RendaError("import.unreadable", mistake=mistake) from error


def _xlsx(path: Path) -> Iterator[Line]:
    try:
        with ZipFile(path) as packed:
            size = sum(each.file_size for each in packed.infolist())
        if size > MOST_UNPACKED:
            raise RendaError("import.unpacked", size=size // MEGABYTE, most=MOST_UNPACKED // MEGABYTE)
        rows: Iterator[Sequence[Any]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
    except (BadZipFile, CalamineError, OSError) as error:
        mistake = gettext("它不是完好的 xlsx 工作簿({error})", error=str(error))
        raise RendaError("import.unreadable", mistake=mistake) from error
    for number, row in enumerate(rows, 1):
        yield number, [_written(cell) for cell in row] or [""]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and cell[1:].startswith(_GUARDED) else cell


def _written(cell: Any) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    # A spreadsheet keeps every number as binary; what was typed is its shortest writing.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
