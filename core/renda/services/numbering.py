"""Numbers of matters, taken before their rows are written: what is done at once can then be written at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import text

from renda.services import chain
from renda.services.desk import Desk

NUMBERS = "matter_numbers"
PORTION = 200
# A district sees its own matters alone, so the sequence is asked; SQLite's one writer sees the whole file.
_NEXT = {
    "postgresql": text(
        "select nextval(pg_get_serial_sequence('matter', 'id')) from generate_series(1, cast(:count as integer))"
    ),
    "sqlite": text(
        "with recursive next(number) as (select max(:last, (select coalesce(max(id), 0) from matter)) + 1"
        " union all select number + 1 from next limit :count) select number from next"
    ),
}


@dataclass
class _Numbers:
    """Those reserved in a transaction, the greatest first, and the last one taken from them."""

    reserved: list[int] = field(default_factory=list)
    last: int = 0


def next_number(desk: Desk) -> int:
    """The number of a matter that is being opened.

    Where the record is held for many actions, numbers are taken by the portion. One that was given out is not given
    out again in a transaction, even if what it was for was given up: the session may still know the row.
    """
    numbers: _Numbers = desk.session.info.setdefault(NUMBERS, _Numbers())
    if not numbers.reserved:
        desk.session.flush()
        asked = _NEXT[desk.session.get_bind().dialect.name]
        count = PORTION if chain.is_held(desk) else 1
        fresh = desk.session.execute(asked, {"count": count, "last": numbers.last}).scalars()
        numbers.reserved = sorted(fresh, reverse=True)
    numbers.last = numbers.reserved.pop()
    return numbers.last
