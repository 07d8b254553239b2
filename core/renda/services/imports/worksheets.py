"""The rows of one sheet of a workbook, read as a stream: only rows and cells that are there, each as it is shown.

The library that read sheets before gives neither number formats nor merged cells, and takes a formula without a
result, or an error, for a blank. Here a cell is its text, or the reason why it has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.services.imports.characters import cleaned
from renda.services.imports.markup import Merge, letters_of, parsed, place_of, unescaped
from renda.services.imports.number_formats import GENERAL, shown_number
from renda.services.imports.values import day_of

declare(
    {
        "import.extent": "工作表“{sheet}”里有 {most} 行以上,多半是空行。请删除数据下方多余的行和格式,或分成几个文件。",
        "import.too_wide": "工作表“{sheet}”的 {cell} 在第 {most} 列以外。请删除多余的列。",
        "import.no_result": "这一格是公式,文件里没有算好的结果{place}。请用 Excel 或 WPS 打开、保存后再导入,或把公式改成数值。",
        "import.merged": "合并的格 {range} 横跨几列,分不清内容属于哪一格。请取消合并,逐格填写。",
        "import.merged_number": "合并的格 {range} 里是数字 {value},分不清是每行都是这个数,还是几行合计。请取消合并,逐格填写。",
    }
)

TRUE = ("1", "true")
MOST_LINES = 100_000
MOST_COLUMNS = 1000


@dataclass(slots=True)
class Line:
    """One line that is there: its number from 1, its cells as text, and why some have none.

    ``filled``: cells that a merged range fills, with the first line of the range. ``numeric``: cells that hold a
    number and no day. ``hidden``: nobody sees it.
    """

    number: int
    cells: list[str]
    faults: dict[int, RendaError] = field(default_factory=dict)
    filled: dict[int, int] = field(default_factory=dict)
    numeric: set[int] = field(default_factory=set)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share: texts by number, format codes by style, the day its days are counted from."""

    strings: Sequence[str]
    formats: Sequence[str]
    since_1904: bool = False


class Reading:
    """The reading of one sheet: ``lines`` gives its lines, ``hidden_columns`` is known before the first of them."""

    def __init__(self, book: Book, sheet: str) -> None:
        self.book, self.sheet = book, sheet
        self.hidden_columns: list[tuple[int, int]] = []
        self._done: list[Line] = []
        self._line = Line(0, [])
        self._column = -1
        self._count = 0
        self._inside = self._aside = self._reads = False
        self._cell: dict[str, str] = {}
        self._text: list[str] = []

    def lines(self, stream: IO[bytes], merges: Sequence[Merge]) -> Iterator[Line]:
        """Every line with something in it; a merged range of one column fills all its lines that have more."""
        waiting = sorted(merges, reverse=True)
        reaching: list[tuple[Merge, str, bool]] = []
        for _ in parsed(stream, self._start, self._end, self._data):
            for line in self._done:
                while waiting and waiting[-1].top <= line.number:
                    reaching += self._begun(waiting.pop(), line)
                reaching = [each for each in reaching if each[0].bottom >= line.number]
                if line.faults or any(line.cells):
                    self._fill(line, reaching)
                    yield line
            self._done.clear()

    def place(self, line: int, column: int) -> str:
        """Which cell of which sheet is spoken of."""
        return gettext("(工作表“{sheet}” {cell})", sheet=self.sheet, cell=f"{letters_of(column)}{line}")

    def _begun(self, merge: Merge, line: Line) -> list[tuple[Merge, str, bool]]:
        text = line.cells[merge.left] if merge.top == line.number and merge.left < len(line.cells) else ""
        if not text:
            return []
        if merge.right > merge.left:
            line.faults[merge.left] = RendaError("import.merged", range=self._named(merge))
            return []
        return [(merge, text, merge.left in line.numeric)] if merge.bottom > merge.top else []

    def _fill(self, line: Line, reaching: Sequence[tuple[Merge, str, bool]]) -> None:
        for merge, text, is_number in reaching:
            line.cells += [""] * (merge.left + 1 - len(line.cells))
            line.cells[merge.left] = text
            line.filled[merge.left] = merge.top
            if is_number and line.number == merge.top:
                line.faults[merge.left] = RendaError("import.merged_number", range=self._named(merge), value=text)

    def _named(self, merge: Merge) -> str:
        return f"{merge.name}({self.sheet})"

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheetData":
            self._inside = True
        elif name == "col":
            if attributes.get("hidden") in TRUE or attributes.get("width") == "0":
                self.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))
        elif not self._inside:
            return
        elif name == "row":
            self._row(attributes)
        elif name == "c":
            reference = attributes.get("r")
            self._column = place_of(reference)[1] if reference else self._column + 1
            self._cell = dict(attributes)
            self._text = []
        elif name == "f":
            self._cell["formula"] = "1"
        elif name == "rPh":
            self._aside = True
        elif name in {"v", "t"}:
            self._reads = not self._aside
            self._cell["value"] = "1"

    def _end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._reads = False
        elif name == "rPh":
            self._aside = False
        elif name == "c" and self._inside:
            self._finish_cell()
        elif name == "row" and self._inside:
            self._done.append(self._line)
        elif name == "sheetData":
            self._inside = False

    def _data(self, text: str) -> None:
        if self._reads:
            self._text.append(text)

    def _row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes.get("r") or self._line.number + 1)
        if number <= self._line.number:
            raise RendaError("import.marked_up", mistake=f"row {number}")
        self._count += 1
        if self._count > MOST_LINES:
            raise RendaError("import.extent", sheet=self.sheet, most=MOST_LINES)
        hidden = attributes.get("hidden") in TRUE or attributes.get("ht") == "0"
        self._line, self._column = Line(number, [], hidden=hidden), -1

    def _finish_cell(self) -> None:
        line, column = self._line, self._column
        try:
            text = self._shown()
        except RendaError as error:
            if error.code == "import.marked_up":
                raise
            line.faults[column] = error
            return
        text = cleaned(text) if text else ""
        if not text:
            return
        if column >= MOST_COLUMNS:
            raise RendaError("import.too_wide", sheet=self.sheet, cell=self._cell.get("r", ""), most=MOST_COLUMNS)
        line.cells += [""] * (column + 1 - len(line.cells))
        line.cells[column] = text

    def _shown(self) -> str:
        cell, text = self._cell, "".join(self._text)
        sort = cell.get("t", "n")
        if "value" not in cell:
            if "formula" in cell:
                raise RendaError("import.no_result", place=self.place(self._line.number, self._column))
            return ""
        if sort == "e":
            place = self.place(self._line.number, self._column)
            raise RendaError("import.error_value", value=text or "#N/A", place=place)
        if sort == "s":
            return self.book.strings[_number(text, len(self.book.strings))]
        if sort == "b":
            return "是" if text.strip() in TRUE else "否"
        if sort == "d":
            return text.replace("T", " ").removesuffix(" 00:00:00")
        if sort != "n" or not text.strip():
            return unescaped(text)
        style = _number(cell.get("s", "0"), max(len(self.book.formats), 1))
        code = self.book.formats[style] if self.book.formats else GENERAL
        shown = shown_number(text.strip(), code, since_1904=self.book.since_1904)
        if day_of(shown) is None or code == GENERAL:
            self._line.numeric.add(self._column)
        return shown


def _number(text: str, below: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < below):
        raise RendaError("import.marked_up", mistake=text[:20])
    return int(text)
