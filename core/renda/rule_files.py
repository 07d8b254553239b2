"""The files of a district's folder: read once, known by a mark, and replaced by what was kept where one is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from renda.errors import RendaError, declare

declare(
    {
        "rules.suspended": "“{title}”的规则文件有误,改正以前暂时不能办理;已有的事项照常可以查看。请告诉本区县的工作人员。"
    },
    status=409,
)

DISTRICT = "district.toml"
_FOLDERS = ("", "documents")

Read = TypeVar("Read")
Mark = tuple[tuple[str, int, int, int], ...]


class Pinned(Protocol):
    """Something that keeps the rules it began under: a matter or a ballot."""

    practice: str
    rules_effective: date
    rules_digest: str


class KeptFiles(Protocol):
    """What was kept of a district's files whenever they were found correct."""

    def newest(self, name: str) -> bytes | None:
        """The file as it was correct last, by its path below the folder."""

    def history(self, name: str) -> Iterable[bytes]:
        """All that the file has been, the newest first."""


class RuleFiles:
    """One reading of a district's folder.

    ``contents``: the files found correct, by their path below the folder. ``mistakes``: what is wrong in the others.
    """

    def __init__(self, folder: Path, kept: KeptFiles | None = None) -> None:
        self.folder = folder
        self.kept = kept
        self.contents: dict[str, bytes] = {}
        self.mistakes: dict[str, RendaError] = {}

    def read(self, name: str, parse: Callable[[Path, bytes], Read]) -> Read:
        """The file as it is, or where it is wrong as it was kept; raises what is wrong where nothing was kept."""
        path = self.folder / name
        try:
            content = path.read_bytes()
            found = parse(path, content)
        except RendaError as mistake:
            if self.kept is None:
                raise
            self.mistakes[name] = mistake
            content_before = self.kept.newest(name)
            if content_before is None:
                raise
            return parse(path, content_before)
        self.contents[name] = content
        return found

    def read_if_possible(self, name: str, parse: Callable[[Path, bytes], Read]) -> Read | None:
        """The same; None where it is wrong and nothing correct was kept, as long as anything is kept at all."""
        try:
            return self.read(name, parse)
        except RendaError:
            if self.kept is None:
                raise
            return None


def mark_of(folder: Path) -> Mark:
    """What tells one state of the folder from another, without reading a file: names, times, sizes."""
    found = []
    for inner in _FOLDERS:
        # A file or the folder may be taken away, or replaced, while it is looked at: the next look will tell.
        with suppress(FileNotFoundError), os.scandir(folder / inner) as entries:
            for entry in entries:
                if entry.name.endswith(".toml"):
                    stat = entry.stat()
                    found.append((f"{inner}/{entry.name}", stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(sorted(found))
