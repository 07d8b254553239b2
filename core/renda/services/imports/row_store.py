"""Rows of a file, read once and laid aside: a large file lies on the disk and not in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Self

from renda.services.imports.tables import Row

IN_MEMORY = 1_000_000


class RowStore:
    """The rows of one file, as often as they are asked for; gone when the block ends. ``count``: how many."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.count = 0
        self._file_name = ""
        self._headings: list[str] = []
        # Whoever makes the store closes it.
        self._kept: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        try:
            for row in rows:
                self._add(row)
        except BaseException:
            self._kept.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kept.close()

    def __iter__(self) -> Iterator[Row]:
        self._kept.seek(0)
        for line in self._kept:
            number, cells, damaged = json.loads(line)
            yield Row(self._file_name, number, dict(zip(self._headings, cells, strict=True)), frozenset(damaged))

    def _add(self, row: Row) -> None:
        if not self.count:
            self._file_name, self._headings = row.file, list(row.cells)
        self.count += 1
        cells = [row.cells[heading] for heading in self._headings]
        self._kept.write(json.dumps([row.line, cells, sorted(row.damaged)], ensure_ascii=False).encode() + b"\n")
