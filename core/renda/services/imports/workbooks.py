"""The sheets of an xlsx workbook and what they share, read from its parts.

What a workbook unpacks to is asked of its directory first: its size on the disk says nothing, and no part is read
beyond the size that stands there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.services.imports.markup import Merge, bare, holds_merges, merges_of, parsed, unescaped
from renda.services.imports.number_formats import BUILT_IN, GENERAL
from renda.services.imports.worksheets import TRUE, Book, Line, Reading

declare(
    {
        "import.unpacked": "这个工作簿解开后有 {size} MB,超过 {most} MB。请分成几个文件,或删去其中的图片。",
        "import.no_sheet": "“{file}”里没有看得见的工作表。请取消隐藏要导入的那一张。",
    }
)

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 100 * MEGABYTE
MOST_PARTS = 5000
MOST_TEXTS = 1_000_000
_OLD_BOOK = b"\xd0\xcf\x11\xe0"


class Sheet:
    """A sheet that people see: its name, and its lines as often as they are asked for."""

    def __init__(self, path: Path, name: str, part: str, book: Book) -> None:
        self.name = name
        self._path, self._part, self._book = path, part, book
        self._reading = Reading(book, name)

    def lines(self) -> Iterator[Line]:
        """See ``Reading``; raises ``import.unreadable`` also in the midst of a sheet."""
        with _opened(self._path) as packed:
            merges: list[Merge] = []
            with packed.open(self._part) as stream:
                merged = holds_merges(stream)
            if merged:
                with packed.open(self._part) as stream:
                    merges = merges_of(stream)
            self._reading = Reading(self._book, self.name)
            with packed.open(self._part) as stream:
                yield from self._reading.lines(stream, merges)

    def is_hidden(self, column: int) -> bool:
        """Whether a column is hidden; known while its lines are read."""
        return any(first <= column <= last for first, last in self._reading.hidden_columns)

    def place(self, line: int, column: int) -> str:
        """See ``Reading``."""
        return self._reading.place(line, column)


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a workbook that are not hidden, in its order.

    Raises ``import.unreadable``, ``import.unpacked``, ``import.no_sheet``.
    """
    with _opened(path) as packed:
        names = set(packed.namelist())
        root = _target(packed, "_rels/.rels", "officeDocument", "") or "xl/workbook.xml"
        parts = _relations(packed, root, names)
        found, since_1904 = _listed(packed, root)
        strings = next((part for sort, part in parts.values() if sort == "sharedStrings" and part in names), None)
        styles = next((part for sort, part in parts.values() if sort == "styles" and part in names), None)
        book = Book(_texts(packed, strings) if strings else [], _formats(packed, styles) if styles else [], since_1904)
    seen = [(name, parts[relation][1]) for name, relation in found if parts.get(relation, ("", ""))[0] == "worksheet"]
    if not seen:
        raise RendaError("import.no_sheet", file=path.name)
    return [Sheet(path, name, part, book) for name, part in seen if part in names]


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as packed:
            _check_size(packed)
            yield packed
    except RendaError as error:
        if error.code != "import.marked_up":
            raise
        raise _unreadable(error.message) from error
    except (BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        with path.open("rb") as file:
            old = file.read(len(_OLD_BOOK)) == _OLD_BOOK
        raise _unreadable(gettext("它是旧版的 xls,或加了密码") if old else str(error)) from error


def _check_size(packed: ZipFile) -> None:
    entries = packed.infolist()
    size = sum(each.file_size for each in entries)
    if size > MOST_UNPACKED or len(entries) > MOST_PARTS:
        raise RendaError("import.unpacked", size=size // MEGABYTE, most=MOST_UNPACKED // MEGABYTE)


def _unreadable(mistake: str) -> RendaError:
    return RendaError("import.unreadable", mistake=gettext("它不是完好的 xlsx 工作簿({error})", error=mistake))


def _walk(packed: ZipFile, part: str, start: object, *others: object) -> None:
    with packed.open(part) as stream:
        _drain(stream, start, *others)


def _drain(stream: IO[bytes], *handlers: object) -> None:
    for _ in parsed(stream, *handlers):  # type: ignore[arg-type]
        pass


def _target(packed: ZipFile, part: str, sort: str, default: str) -> str:
    found = [default]

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith(f"/{sort}"):
            found.append(attributes.get("Target", "").removeprefix("/"))

    if part in packed.namelist():
        _walk(packed, part, start)
    return found[-1]


def _relations(packed: ZipFile, root: str, names: set[str]) -> dict[str, tuple[str, str]]:
    """What the workbook refers to: by the number of the reference, its sort and its part."""
    folder = PurePosixPath(root).parent
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            part = target[1:] if target.startswith("/") else _joined(folder / target)
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], part)

    part = f"{folder}/_rels/{PurePosixPath(root).name}.rels"
    if part in names:
        _walk(packed, part, start)
    return found


def _joined(path: PurePosixPath) -> str:
    parts: list[str] = []
    for each in path.parts:
        if each == "..":
            del parts[-1:]
        elif each != ".":
            parts.append(each)
    return "/".join(parts)


def _listed(packed: ZipFile, root: str) -> tuple[list[tuple[str, str]], bool]:
    """The sheets people see, each with the number of its reference; whether days are counted from 1904."""
    found: list[tuple[str, str]] = []
    since_1904: list[bool] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            relation = next((value for key, value in attributes.items() if bare(key) == "id" and ":" in key), "")
            found.append((attributes.get("name", ""), relation))
        elif name == "workbookPr":
            since_1904.append(attributes.get("date1904") in TRUE)

    _walk(packed, root, start)
    return found, any(since_1904)


class _Texts:
    """The shared texts, without the readings that may stand beside them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._reads = self._aside = False

    def start(self, name: str, _: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces.clear()
        elif name == "rPh":
            self._aside = True
        elif name == "t":
            self._reads = not self._aside

    def end(self, name: str) -> None:
        if name == "t":
            self._reads = False
        elif name == "rPh":
            self._aside = False
        elif name == "si":
            self.found.append(unescaped("".join(self._pieces)))
            if len(self.found) > MOST_TEXTS:
                raise RendaError("import.unpacked", size=MOST_UNPACKED // MEGABYTE, most=MOST_UNPACKED // MEGABYTE)

    def data(self, text: str) -> None:
        if self._reads:
            self._pieces.append(text)


def _texts(packed: ZipFile, part: str) -> list[str]:
    texts = _Texts()
    _walk(packed, part, texts.start, texts.end, texts.data)
    return texts.found


def _formats(packed: ZipFile, part: str) -> list[str]:
    """The format code of each style."""
    own: dict[str, str] = {}
    found: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and not within:
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            within.append(name)
        elif name == "xf" and within:
            number = attributes.get("numFmtId", "0")
            found.append(own.get(number) or BUILT_IN.get(int(number) if number.isdigit() else 0, GENERAL))

    def end(name: str) -> None:
        if name == "cellXfs":
            within.clear()

    _walk(packed, part, start, end)
    return found
