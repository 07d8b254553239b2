"""The rows of a district beside what the record says of them: each is put together again and compared.

The images are kept in a temporary database of this process, which SQLite puts on the disk where they are many: a
district's record may be larger than its memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from renda.services import row_log
from renda.services.row_values import Covered, covered
from renda.store import BoundSession

INCOMPLETE = "incomplete"
"""What the first entry of a district follows that was there before its rows were logged."""

MISSING, FORGED = "missing", "forged"
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that is not as the record says.

    ``column``: empty where the whole row is ``missing`` or stands in no entry (``forged``), which ``stored`` then says.
    ``row``: what the record says of it, or the database where the record says nothing.
    """

    table: str
    key: str
    column: str
    stored: Any
    expected: Any = None
    row: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass
class RowCheck:
    """The outcome beside the differences: where the chain breaks, and how many rows no entry tells anything of."""

    broken: int | None = None
    unproven: int = 0
    proven: int = 0


def differences(session: BoundSession, outcome: RowCheck) -> Iterator[RowDifference]:
    """Every row and column that is not as the entries say; ``outcome`` is filled in on the way.

    Reads every entry and every covered row once. Nothing is compared after a break in the chain: what it says cannot
    be relied on.
    """
    with closing(sqlite3.connect("")) as images:
        images.executescript(
            "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF;"
            "CREATE TABLE image (name TEXT, key TEXT, said TEXT, seen INTEGER DEFAULT 0, PRIMARY KEY (name, key))"
            " WITHOUT ROWID;"
        )
        complete = _fold(session, images, outcome)
        if outcome.broken is None:
            for table in covered().values():
                yield from _compared(session, images, table, outcome, complete=complete)


def _fold(session: BoundSession, images: sqlite3.Connection, outcome: RowCheck) -> bool:
    """Put the images together from the entries; whether they begin with the district's first row."""
    previous, expected, complete = "", 1, True
    with closing(row_log.entries(session)) as entries:
        for entry in entries:
            if expected == 1 and entry.previous == INCOMPLETE:
                previous, complete = INCOMPLETE, False
            sound = entry.number == expected and entry.previous == previous
            if not sound or entry.digest != row_log.digest_of(entry):
                outcome.broken = expected
                return complete
            for name, rows in entry.rows.items():
                for key, image in rows.items():
                    _put(images, name, key, image)
            previous, expected = entry.digest, expected + 1
    number, digest = row_log.head(session)
    if expected == 1 and digest == INCOMPLETE:
        previous, complete = INCOMPLETE, False
    if (number, digest) != (expected - 1, previous):
        outcome.broken = expected
    return complete


def _put(images: sqlite3.Connection, name: str, key: str, image: Mapping[str, Any] | None) -> None:
    if image is not None and row_log.WHOLE not in image:
        found = images.execute("SELECT said FROM image WHERE name = ? AND key = ?", (name, key)).fetchone()
        image = {**(json.loads(found[0]) or {} if found else {}), **image}
    said = json.dumps(image, ensure_ascii=False)
    images.execute("INSERT OR REPLACE INTO image (name, key, said) VALUES (?, ?, ?)", (name, key, said))


def _compared(
    session: BoundSession, images: sqlite3.Connection, table: Covered, outcome: RowCheck, *, complete: bool
) -> Iterator[RowDifference]:
    own = table.table.c.district_id == session.district_id
    query = select(table.table).where(own).order_by(*table.table.primary_key.columns)
    with closing(session.execute(query.execution_options(yield_per=BATCH))) as rows:
        for values in rows.mappings():
            key = table.key_of(values)
            found = images.execute("SELECT said FROM image WHERE name = ? AND key = ?", (table.name, key)).fetchone()
            if found is None:
                if complete:
                    yield RowDifference(table.name, key, "", FORGED, row=table.image(values))
                else:
                    outcome.unproven += 1
                continue
            images.execute("UPDATE image SET seen = 1 WHERE name = ? AND key = ?", (table.name, key))
            expected = json.loads(found[0])
            if expected is None:
                yield RowDifference(table.name, key, "", FORGED, row=table.image(values))
                continue
            if row_log.WHOLE in expected:
                outcome.proven += 1
            else:
                outcome.unproven += 1
            stored = table.image(values)
            for each in _columns(table, key, stored, expected):
                yield replace(each, row={**stored, **expected})
    missing = "SELECT key, said FROM image WHERE name = ? AND seen = 0 AND said <> 'null' ORDER BY length(key), key"
    for key, said in images.execute(missing, (table.name,)).fetchall():
        yield RowDifference(table.name, key, "", MISSING, row=json.loads(said))


def _columns(
    table: Covered, key: str, stored: Mapping[str, Any], expected: Mapping[str, Any]
) -> Iterator[RowDifference]:
    for name, value in stored.items():
        if name not in expected or value == (said := expected[name]):
            continue
        if isinstance(value, dict) and isinstance(said, dict):
            for part in sorted({*value, *said}):
                if value.get(part) != said.get(part):
                    yield RowDifference(table.name, key, f"{name}.{part}", value.get(part), said.get(part))
        else:
            yield RowDifference(table.name, key, name, value, said)
