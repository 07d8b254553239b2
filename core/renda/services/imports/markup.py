"""The parts of a workbook as XML: read a chunk at a time, with nothing in them that could grow without end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO, NamedTuple
from xml.parsers import expat

from renda.errors import RendaError, declare

declare({"import.marked_up": "工作簿的内部文件不合规范({mistake})"})

CHUNK = 64 * 1024
MOST_MERGES = 50_000
_MERGES = b"mergeCell"
_CELL = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Merge(NamedTuple):
    """A merged range: lines and columns (from 0) of its corners, and how the sheet calls it."""

    top: int
    left: int
    bottom: int
    right: int
    name: str


def parsed(
    stream: IO[bytes],
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Read XML a chunk at a time, telling ``start`` of each element by its bare name; pauses after every chunk.

    A document type, which could hold entities that grow without end, is refused: no workbook has one.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise RendaError("import.marked_up", mistake="DOCTYPE")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name if ":" not in name else bare(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name if ":" not in name else bare(name))
    parser.CharacterDataHandler = data
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise RendaError("import.marked_up", mistake=str(error)) from error
    yield


def bare(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def holds_merges(stream: IO[bytes]) -> bool:
    """Whether a sheet can have merged ranges at all: most have none, and need not be parsed to find out."""
    before = b""
    while chunk := stream.read(CHUNK):
        # Other encodings than UTF-8 are not searched.
        if _MERGES in before + chunk or b"\0" in chunk:
            return True
        before = chunk[-len(_MERGES) :]
    return False


def merges_of(stream: IO[bytes]) -> list[Merge]:
    """The merged ranges of a sheet; they stand after its rows."""
    found: list[Merge] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            top, left = place_of(first)
            bottom, right = place_of(last or first)
            found.append(Merge(top, left, bottom, right, attributes["ref"]))
            if len(found) > MOST_MERGES:
                raise RendaError("import.marked_up", mistake="mergeCells")

    for _ in parsed(stream, start):
        pass
    return found


def place_of(reference: str) -> tuple[int, int]:
    """The line (from 1) and the column (from 0) of ``B7``; raises ``import.marked_up``."""
    found = _CELL.fullmatch(reference)
    if found is None:
        raise RendaError("import.marked_up", mistake=reference[:20])
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def letters_of(column: int) -> str:
    """The letters of a column (from 0)."""
    text, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        text = chr(65 + place) + text
    return text


def unescaped(text: str) -> str:
    """Text with the characters that workbooks write as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
