"""The last entry of a hash chain: locked while the next one is added, and read as it is once the lock is had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, text, update

from renda.services.locking import lock_rows
from renda.store import BoundSession

Key = Mapping[str, int]
"""The column that names a head, and its value: ``district_id`` of a district, ``id`` of the host."""


def read(session: BoundSession, heads: type[Any], key: Key) -> tuple[int, str]:
    """Number and digest of the last entry; 0 and nothing where there is none."""
    found = session.execute(select(heads.number, heads.digest).where(*_is(heads, key))).first()
    return (0, "") if found is None else (found.number, found.digest)


def lock(session: BoundSession, heads: type[Any], key: Key) -> tuple[int, str]:
    """As ``read``; others wait until the transaction ends."""
    query = select(heads).where(*_is(heads, key))
    locked = lock_rows(session, query)
    if not locked:
        ((column, value),) = key.items()
        # Two first entries at once: the second waits here, and reads what the first left.
        made = (
            f"INSERT INTO {heads.__tablename__} ({column}, number, digest) VALUES (:own, 0, '') "  # noqa: S608
            "ON CONFLICT DO NOTHING"
        )
        session.execute(text(made), {"own": value})
        locked = lock_rows(session, query)
    return locked[0].number, locked[0].digest


def write(session: BoundSession, heads: type[Any], key: Key, number: int, digest: str) -> None:
    """Say that an entry is the last one."""
    session.execute(update(heads.__table__).values(number=number, digest=digest).where(*_is(heads, key)))


def _is(heads: type[Any], key: Key) -> list[Any]:
    return [heads.__table__.c[name] == value for name, value in key.items()]
