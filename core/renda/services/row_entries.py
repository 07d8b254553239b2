"""Writes the entries of the log of row changes: statements made once, no objects, the JSON of an entry made once.

Every transaction that writes pays for this, so it goes past the ORM. On PostgreSQL the head is read and locked by one
statement, and moved by the one that adds the entry; SQLite has one writer and nothing to lock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from renda.model.row_change import RowChangeHeadRow
from renda.services import heads
from renda.services.seals import canonical
from renda.store import BoundSession

_HEAD = "SELECT number, digest FROM row_change_head WHERE district_id = :own"
_MOVE = "UPDATE row_change_head SET number = :number, digest = :digest WHERE district_id = :own"
_ADD = "INSERT INTO row_change (district_id, number, event_number, rows, previous, digest)"
_VALUES = ":own, CAST(:number AS bigint), CAST(:event AS bigint), CAST(:rows AS jsonb), :previous, :digest"

_READ = {"sqlite": text(_HEAD), "postgresql": text(f"{_HEAD} FOR UPDATE")}
_MOVED = text(_MOVE)
_ADDED = {
    "sqlite": text(f"{_ADD} VALUES (:own, :number, :event, :rows, :previous, :digest)"),
    "postgresql": text(f"{_ADD} VALUES ({_VALUES})"),
}
_ADDED_AND_MOVED = text(f"WITH head AS ({_MOVE} RETURNING 1) {_ADD} SELECT {_VALUES} FROM head")  # noqa: S608  (all of it stands above)


def append(session: BoundSession, event_number: int | None, portions: Sequence[Any]) -> None:
    """Add one entry for each portion (table → key → image) after the last one, and keep the head until the end.

    Nothing may wait to be flushed. ``event_number`` as in ``RowChangeRow``.
    """
    own, connection = session.district_id, session.connection()
    dialect = connection.dialect.name
    found = connection.execute(_READ[dialect], {"own": own}).first()
    number, digest = found or heads.lock(session, RowChangeHeadRow, {"district_id": own})
    entries = []
    for rows in portions:
        said = canonical(rows)
        entry = {"own": own, "number": number + 1, "event": event_number, "rows": said, "previous": digest}
        number, digest = number + 1, _digest(number + 1, event_number, said, digest)
        entries.append({**entry, "digest": digest})
    if dialect == "postgresql" and len(entries) == 1:
        connection.execute(_ADDED_AND_MOVED, entries[0])
        return
    connection.execute(_ADDED[dialect], entries)
    connection.execute(_MOVED, {"own": own, "number": number, "digest": digest})


def _digest(number: int, event_number: int | None, rows: str, previous: str) -> str:
    """What ``row_log.digest_of`` gives, from rows that are canonical JSON already."""
    said = f"[{number},{canonical(event_number)},{rows},{canonical(previous)}]"
    return hashlib.sha256(said.encode()).hexdigest()
