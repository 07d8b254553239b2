"""The rows of a spreadsheet as what it shows, every cell that cannot be taken noted.

The first line names the columns (see ``headings``), lines before it that begin with ``#`` say where the figures come
from. CSV and XLSX files are read the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from renda.errors import RendaError, declare
from renda.i18n import Verbatim
from renda.services.imports.characters import check_whole
from renda.services.imports.files import sheets_of
from renda.services.imports.headings import Headed, headed
from renda.services.imports.markup import letters_of
from renda.services.imports.tables import Mistake, Mistakes, Row, wrong
from renda.services.imports.worksheets import Line

declare(
    {
        "import.too_long": "这一行比表头多出 {count} 格。",
        "import.no_column_name": "{cell} 有内容“{value}”,上面却没有列名。请补上列名,或删去这一格。",
        "import.hidden_row": "这一行是隐藏的(可能是筛选的结果)。请取消隐藏;不导入的行请删去。",
        "import.hidden_column": "这一列是隐藏的,里面却有内容。请取消隐藏;不导入的列请删去。",
        "import.to_mend": "这一格还是“(待改)”。请填写正确的内容,或者清除这一格。",
        "import.merged_heading": "合并的格从表头一直到这一行。请取消合并,逐格填写。",
    }
)

TO_MEND: Verbatim[str] = "(待改)"
"""What stands for a cell that could not be taken, in a file that is given back to be mended."""


def table(path: Path, file: str, mistakes: Mistakes) -> list[Row]:
    """All rows of a spreadsheet that are not blank; what cannot be read becomes a mistake."""
    return list(rows_of(path, file, mistakes))


def rows_of(path: Path, file: str, mistakes: Mistakes, known: Sequence[str] = ()) -> Iterator[Row]:
    """The same, one row after the other; ``known``: what the columns are called, as code or as label.

    A cell that cannot be taken becomes a mistake at once; the row is given all the same, so that its other cells are
    looked at, and names the column among its ``damaged`` ones.
    """
    with mistakes.at(file):
        table = headed(sheets_of(path), known, file, mistakes)
        hidden: set[str] = set()
        for line in table.lines:
            row = _row_of(table, line, file, mistakes)
            if row is None:
                continue
            for place, heading in table.columns.items():
                if heading not in hidden and row.cells[heading] and table.sheet.is_hidden(place):
                    hidden.add(heading)
                    with mistakes.at(file, line.number):
                        raise wrong(heading, "import.hidden_column")
            yield row


def _row_of(table: Headed, line: Line, file: str, mistakes: Mistakes) -> Row | None:
    """The row of a line, its mistakes noted; None where none of the columns says anything."""
    if not table.columns:
        return None
    own = [place for place, cell in enumerate(line.cells) if cell and place not in line.filled]
    if not any(place in table.columns for place in [*own, *line.faults]):
        return None
    cells, damaged = {}, set()
    for place, heading in table.columns.items():
        text = line.cells[place] if place < len(line.cells) else ""
        try:
            _check_cell(table, line, place, text)
        except RendaError as error:
            text = ""
            damaged.add(heading)
            mistakes.found.append(Mistake(file, line.number, heading, error.message))
        cells[heading] = text
    with mistakes.at(file, line.number):
        _check_extent(table, line)
    return Row(file, line.number, cells, frozenset(damaged))


def is_untaken(line: Line, place: int, heading: int) -> bool:
    """Whether a cell has no text of its own to be taken; ``heading``: the line of the headings."""
    return place in line.faults or (heading < line.number and line.filled.get(place, heading + 1) <= heading)


def _check_cell(table: Headed, line: Line, place: int, text: str) -> None:
    if place in line.faults:
        raise line.faults[place]
    if is_untaken(line, place, table.line):
        raise RendaError("import.merged_heading")
    if text == TO_MEND:
        raise RendaError("import.to_mend")
    try:
        check_whole(text)
    except RendaError as error:
        place_of_cell = table.sheet.place(line.number, place)
        raise RendaError(error.code, **{**error.values, "place": place_of_cell}) from None


def _check_extent(table: Headed, line: Line) -> None:
    if line.hidden:
        raise RendaError("import.hidden_row")
    last = max((*table.columns, *table.numbering))
    unnamed = [
        place
        for place, cell in enumerate(line.cells)
        if cell and place not in table.columns and place not in table.numbering
    ]
    if unnamed and unnamed[0] > last:
        raise RendaError("import.too_long", count=len(unnamed))
    if unnamed:
        place = unnamed[0]
        cell = f"{letters_of(place)}{line.number}"
        raise RendaError("import.no_column_name", cell=cell, value=line.cells[place][:40])
