"""Where the headings of a table stand: offices put a title above them, number the rows, and break long headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from renda.errors import RendaError, declare
from renda.i18n import Verbatim
from renda.services.imports.characters import check_whole, compared, heading_of
from renda.services.imports.files import Sheet
from renda.services.imports.tables import Mistakes
from renda.services.imports.worksheets import Line

declare(
    {
        "import.no_heading": "没有表头:第一行(# 开头的说明除外)应写列名。",
        "import.not_heading": "第 {line} 行不像表头:里面没有这张表的列名。请把表头放在第一行。可用的列:{allowed}。",
        "import.several_sheets": "工作表{sheets}里都有这张表,不知道导入哪一张。请只留一张,或隐藏其余的。",
        "import.twice_column": "“{column}”这一列写了两次。",
    }
)

MOST_TITLES = 10
NUMBERING: Verbatim[frozenset[str]] = frozenset(map(compared, ("序号", "序", "行号", "No", "No.", "№", "#")))
"""Columns that number the rows of a list; they are passed over where the table has none of that name."""
MARKS: Verbatim[frozenset[str]] = frozenset(map(compared, ("(错误)", "(mistakes)")))
"""Columns in which a file given back tells its mistakes (see ``documents.marked``); nobody brings what is in them."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet whose headings were found: their line, each column's heading by its place, the lines below.

    ``numbering``: the places of columns that only number the rows, or tell mistakes.
    """

    sheet: Sheet
    line: int
    columns: Mapping[int, str]
    numbering: frozenset[int]
    lines: Iterator[Line]


def headed(sheets: Sequence[Sheet], known: Sequence[str], file: str, mistakes: Mistakes) -> Headed:
    """The sheet that holds the table, and its headings; ``known``: what its columns are called, empty for any.

    The headings are the first line in which at least two of them stand and most cells are such; lines above are
    titles. Where no line is like that, the first one is taken. Notes what is wrong in the headings; raises
    ``import.no_heading``, ``import.not_heading``, ``import.several_sheets``.
    """
    names = {compared(name): name for name in known}
    found: list[tuple[Sheet, list[Line], int, Iterator[Line]]] = []
    first: tuple[Sheet, list[Line], int, Iterator[Line]] | None = None
    for sheet in sheets:
        lines = sheet.lines()
        beginning = list(islice((each for each in lines if not _is_remark(each)), MOST_TITLES + 1))
        at = next((at for at, line in enumerate(beginning) if _is_heading(line, names)), None)
        if at is not None:
            found.append((sheet, beginning, at, lines))
        elif first is None:
            first = (sheet, beginning, 0, lines)
    if len(found) > 1:
        named = "".join(f"“{each[0].name}”" for each in found)
        raise RendaError("import.several_sheets", sheets=named)
    sheet, beginning, at, lines = found[0] if found else first or (sheets[0], [], 0, iter(()))
    if not beginning:
        raise RendaError("import.no_heading")
    heading = beginning[at]
    if names and not found and len(beginning) > 1 and not any(compared(cell) in names for cell in heading.cells):
        raise RendaError("import.not_heading", line=heading.number, allowed="、".join(dict.fromkeys(known)))
    columns = _columns(heading, names, file, mistakes)
    aside = NUMBERING | MARKS
    numbering = (
        frozenset(place for place, cell in enumerate(heading.cells) if cell and compared(cell) in aside)
        - columns.keys()
    )
    return Headed(sheet, heading.number, columns, numbering, chain(beginning[at + 1 :], lines))


def _is_remark(line: Line) -> bool:
    first = next((cell for cell in line.cells if cell), "")
    return first.startswith("#") and compared(first) not in NUMBERING and not line.faults


def _is_heading(line: Line, names: Mapping[str, str]) -> bool:
    cells = [compared(cell) for cell in line.cells if cell]
    known = sum(cell in names for cell in cells)
    if not names:
        return False
    return known >= min(2, len(set(names.values()))) and 2 * known >= len(
        [each for each in cells if each not in NUMBERING | MARKS]
    )


def _columns(line: Line, names: Mapping[str, str], file: str, mistakes: Mistakes) -> dict[int, str]:
    """The heading of each column by its place; columns that only number the rows are left out."""
    found: dict[int, str] = {}
    for place, cell in enumerate(line.cells):
        plain = compared(cell)
        if not cell or (plain not in names and (plain in MARKS or (names and plain in NUMBERING))):
            continue
        heading = names.get(plain, heading_of(cell))
        with mistakes.at(file, line.number):
            if place in line.faults:
                raise line.faults[place]
            check_whole(cell)
            if heading in found.values():
                raise RendaError("import.twice_column", column=heading)
            found[place] = heading
    if not found and not mistakes.found:
        raise RendaError("import.no_heading")
    return found
