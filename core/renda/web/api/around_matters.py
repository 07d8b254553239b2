"""The record and the documents: what lies around matters, as far as the caller may see those.

Neither an entry nor the way to the next portion tells that something hidden is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select

from renda.model import EventRow, MatterRow, NoticeRow
from renda.services import lists, notices
from renda.services.permissions import keeps_record
from renda.web.api import told
from renda.web.api.door import Answer, Call, endpoint, limit, number_of
from renda.web.api.lists import portion
from renda.web.watching import watch

AT_ONCE = 200
WINDOW = 10_000
"""How many numbers are looked through for one portion; where the window ends says nothing of what is in it."""


@endpoint("/events", parameters=("matter", "after", "limit"))
def list_events(call: Call) -> Answer:
    """The record, oldest first, as far as the caller may see the matters; ``after`` is the last number had."""

    def readable(rows: Sequence[EventRow]) -> Iterable[EventRow]:
        seen = lists.titles(call.desk, _matters(rows), call.actor).keys()
        keeper = keeps_record(call.actor)
        return (row for row in rows if (keeper if row.matter_id is None else row.matter_id in seen))

    rows, last = _portion(call, select(EventRow), EventRow, EventRow.number, readable)
    _watch(call, rows)
    return portion(call, "events", [told.event(row) for row in rows], last, matter=number_of("matter"))


@endpoint("/notices", parameters=("matter", "after", "limit"))
def list_notices(call: Call) -> Answer:
    """Documents issued, oldest first: published ones, and those of matters the caller may see."""

    def readable(rows: Sequence[NoticeRow]) -> Iterable[NoticeRow]:
        return notices.readable(call.desk, call.actor, rows)

    rows, last = _portion(call, select(NoticeRow), NoticeRow, NoticeRow.id, readable)
    _watch(call, [row for row in rows if not row.public])
    return portion(call, "notices", [told.notice(row) for row in rows], last, matter=number_of("matter"))


def _portion(
    call: Call, query: Select[Any], table: Any, number: Any, readable: Callable[[Sequence[Any]], Iterable[Any]]
) -> tuple[list[Any], int | None]:
    """Up to ``limit`` rows after the one the caller had last, and the number to go on from where there is more."""
    matter, after, size = number_of("matter"), number_of("after") or 0, limit()
    if matter is not None:
        query = query.where(table.matter_id == matter)
    found: list[Any] = []
    end, place = after + WINDOW, after
    while len(found) <= size:
        within = query.where(number > place, number <= end).order_by(number).limit(AT_ONCE)
        rows = call.desk.session.scalars(within).all()
        found += readable(rows)
        if len(rows) < AT_ONCE:
            break
        place = getattr(rows[-1], number.key)
    if len(found) > size:
        return found[:size], getattr(found[size - 1], number.key)
    return found, end if _goes_on(call, query, number, end, readable) else None


def _goes_on(
    call: Call, query: Select[Any], number: Any, end: int, readable: Callable[[Sequence[Any]], Iterable[Any]]
) -> bool:
    """Whether the caller may read anything beyond the window, as far as the next ones tell."""
    rows = call.desk.session.scalars(query.where(number > end).order_by(number).limit(AT_ONCE)).all()
    return len(rows) == AT_ONCE or any(True for _ in readable(rows))


def _matters(rows: Iterable[EventRow | NoticeRow]) -> set[int]:
    return {row.matter_id for row in rows if row.matter_id is not None}


def _watch(call: Call, rows: Iterable[EventRow | NoticeRow]) -> None:
    matters = call.desk.session.scalars(select(MatterRow).where(MatterRow.id.in_(_matters(rows)))).all()
    for line in lists.visible(call.desk, matters, call.actor):
        watch(call.slug, line.rules, line.matter, call.actor)
