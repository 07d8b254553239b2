"""One file into one table: all of it or nothing, told as it goes, repeated without anything double."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.services import chain
from renda.services.desk import Desk, Installation
from renda.services.imports.row_store import RowStore
from renda.services.imports.rows import rows_of
from renda.services.imports.tables import SUFFIXES as OF_TABLES
from renda.services.imports.tables import Mistakes, Row
from renda.services.tables.catalogue import find
from renda.services.tables.shapes import Difference, Table, Taking

declare(
    {
        "tables.suffix": "“{file}”不是 XLSX、CSV 或 TXT 文件。请用模板填写,存为 xlsx 或 csv。",
        "tables.too_many": "一个文件至多 {most} 行,这里有 {count} 行以上。请分成几个文件。",
        "tables.empty": "“{file}”里除表头外一行也没有。",
    }
)

ACTION = "import_table"
MOST_ROWS = 20_000
EVERY = 200
# Excel calls its text with tabs .txt.
SUFFIXES = (*OF_TABLES, ".txt")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: rows gone through, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did, or for a trial would do: rows that were new, changed something, said nothing new.

    ``changes``: what was there and what comes, cell by cell, at most ``shapes.MOST_CHANGES``.
    """

    table: str
    added: int
    changed: int
    same: int
    trial: bool = False
    changes: tuple[Difference, ...] = ()


def bring(
    installation: Installation,
    slug: str,
    actor: Actor,
    name: str,
    path: Path,
    *,
    file: str = "",
    matter: int | None = None,
    trial: bool = False,
) -> Iterator[Progress | Brought]:
    """Import the file at ``path`` in one transaction; yields how far it is, and last what it did.

    ``path`` ends in ``.xlsx``, ``.csv`` or ``.txt``. ``file``: what people call it. ``trial``: everything is done and
    given up again. Who stops asking for the next answer gives the import up. Raises ``import.broken``
    (``imports.tables.ImportBrokenError``, with every mistake), ``table.unknown``, ``tables.…``.
    """
    file = file or path.name
    if path.suffix.lower() not in SUFFIXES:
        raise RendaError("tables.suffix", file=file)
    with installation.reading(slug) as desk:
        table = find(desk, actor, name, matter=matter)
    mistakes = Mistakes()
    done: Brought | None = None
    # The file is read once, before anything is opened: whoever brings a large one keeps nobody waiting meanwhile.
    with RowStore(_limited(rows_of(path, file, mistakes, table.names()))) as rows:
        if not rows.count:
            mistakes.refuse()
            raise RendaError("tables.empty", file=file)
        with installation.writing(slug) as desk:
            chain.hold(desk)
            table = find(desk, actor, name, matter=matter)
            for each in _worked(desk, actor, table, path, file, rows, mistakes):
                if isinstance(each, Brought):
                    done = replace(each, trial=trial)
                else:
                    yield each
            if trial:
                desk.session.rollback()
    if done is not None:
        yield done


def _limited(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise RendaError("tables.too_many", most=MOST_ROWS, count=MOST_ROWS)
        yield row


def _worked(  # noqa: PLR0917
    desk: Desk, actor: Actor, table: Table, path: Path, file: str, rows: RowStore, mistakes: Mistakes
) -> Iterator[Progress | Brought]:
    head = chain.hold(desk)
    taking = table.taking(desk, actor)
    codes: dict[str, str] | None = None
    portion: list[Row] = []
    for done, row in enumerate(rows, 1):
        if codes is None:
            with mistakes.at(file):
                codes = table.codes(list(row.cells))
            if codes is None:
                break
        cells = {codes[heading]: text for heading, text in row.cells.items()}
        portion.append(Row(row.file, row.line, cells, frozenset(codes[heading] for heading in row.damaged)))
        if done % EVERY == 0 or done == rows.count:
            _take(desk, table, taking, portion, mistakes)
            portion = []
            yield Progress(done, rows.count)
    taking.finish(mistakes)
    for number, mistake in enumerate(mistakes.found):
        mistakes.found[number] = replace(mistake, column=table.label_of(mistake.column) if mistake.column else "")
    places = {heading: place for place, heading in enumerate(table.headings())}
    mistakes.found.sort(key=lambda mistake: (mistake.line, places.get(mistake.column, len(places))))
    mistakes.refuse()
    taking.keep()
    if taking.added or taking.changed:
        entries = {
            "table": table.name,
            "file": file,
            "digest": hashlib.sha256(path.read_bytes()).hexdigest(),
            "added": taking.added,
            "changed": taking.changed,
        }
        deed = chain.Deed(actor, "", ACTION, "导入表格", None, None, "", entries)
        chain.enter(desk, head, deed)
    desk.session.flush()
    yield Brought(table.name, taking.added, taking.changed, taking.same, changes=tuple(taking.differences))


def _take(desk: Desk, table: Table, taking: Taking, portion: Sequence[Row], mistakes: Mistakes) -> None:
    """Take a portion of rows; actions between two savepoints, each with its own where one of them is refused."""
    if table.acts and not mistakes.found:
        try:
            with desk.session.begin_nested():
                taking.expect(portion)
                for row in portion:
                    taking.take(row)
        except RendaError:
            taking.forget(portion[0].line)
        else:
            return
    for row in portion:
        with mistakes.at(row.file, row.line), desk.session.begin_nested() if table.acts else nullcontext():
            taking.take(row)
