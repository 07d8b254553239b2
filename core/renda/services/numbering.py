"""Numbers of matters, taken before their rows are written: what is done at once can then be written at once."""

from __future__ import annotations

from collections import deque

from sqlalchemy import event, text
from sqlalchemy.orm import SessionTransaction

from renda.services import chain
from renda.services.desk import Desk
from renda.store import BoundSession

RESERVED = "matter_numbers"
PORTION = 200
# A district sees its own matters alone, so the sequence is asked; SQLite's one writer sees the whole file.
_NEXT = {
    "postgresql": text(
        "select nextval(pg_get_serial_sequence('matter', 'id')) from generate_series(1, cast(:count as integer))"
    ),
    "sqlite": text(
        "with recursive next(number) as (select coalesce(max(id), 0) + 1 from matter"
        " union all select number + 1 from next limit :count) select number from next"
    ),
}


def next_number(desk: Desk) -> int:
    """The number of a matter that is being opened.

    Where the record is held for many actions, numbers are taken by the portion; those not used stay unused.
    """
    reserved: deque[int] = desk.session.info.setdefault(RESERVED, deque())
    if not reserved:
        desk.session.flush()
        asked = _NEXT[desk.session.get_bind().dialect.name]
        count = PORTION if chain.is_held(desk) else 1
        reserved.extend(sorted(desk.session.execute(asked, {"count": count}).scalars()))
    return reserved.popleft()


@event.listens_for(BoundSession, "after_soft_rollback")
def _give_back(session: BoundSession, given_up: SessionTransaction) -> None:
    """What is tried again gets the numbers it had, where the database counts them by what it keeps."""
    session.info.pop(RESERVED, None)
