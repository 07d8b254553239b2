"""Matters by many conditions, a portion at a time: newest first, or by what is due; only what one may see.

The lists of the pages (``services.lists``) have few conditions and are never slow; programs ask for more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select

from renda.matter import Actor
from renda.model import MatterPartyRow, MatterRow
from renda.services.desk import Desk
from renda.services.lists import MOST_PORTIONS, Line, visible

MOST = 200
Place = tuple[date | None, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which matters are asked for; what is None or empty does not narrow the list.

    ``party`` and ``waits_for`` are keys such as ``person:12`` or ``role:clerk``.
    """

    practice: str | None = None
    kind: str | None = None
    state: str | None = None
    parent: int | None = None
    since: date | None = None
    until: date | None = None
    due_until: date | None = None
    party: str | None = None
    relation: str | None = None
    waits_for: Sequence[str] = ()
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A portion, and the place to go on after where there may be more."""

    lines: Sequence[Line]
    after: Place | None = None


def newest(desk: Desk, viewer: Actor, wanted: Wanted, *, limit: int, after: int | None = None) -> Found:
    """Up to ``limit`` matters, newest first; ``after`` is the number of the last one already had."""

    def further(query: Select[Any], place: Place | None) -> Select[Any]:
        query = query.order_by(MatterRow.id.desc())
        return query if place is None else query.where(MatterRow.id < place[1])

    return _found(desk, viewer, narrowed(wanted), further, limit, None if after is None else (None, after))


def due(desk: Desk, viewer: Actor, wanted: Wanted, *, limit: int, after: Place | None = None) -> Found:
    """Up to ``limit`` matters, earliest deadline first, those without one last; ``after`` is (due, number)."""

    def further(query: Select[Any], place: Place | None) -> Select[Any]:
        query = query.order_by(MatterRow.due_on.is_(None), MatterRow.due_on, MatterRow.id)
        return query if place is None else query.where(_behind(*place))

    return _found(desk, viewer, narrowed(wanted), further, limit, after)


def narrowed(wanted: Wanted) -> Select[Any]:
    """The query for the matters asked for, in no order yet."""
    equal = {
        MatterRow.practice: wanted.practice,
        MatterRow.kind: wanted.kind,
        MatterRow.state: wanted.state,
        MatterRow.parent_id: wanted.parent,
    }
    conditions: list[Any] = [column == value for column, value in equal.items() if value is not None]
    if wanted.since is not None:
        conditions.append(MatterRow.opened_on >= wanted.since)
    if wanted.until is not None:
        conditions.append(MatterRow.opened_on <= wanted.until)
    if wanted.due_until is not None:
        conditions.append(MatterRow.due_on <= wanted.due_until)
    if wanted.waits_for:
        conditions.append(MatterRow.waits_for.in_(wanted.waits_for))
    elif wanted.waiting:
        conditions.append(MatterRow.waits_for.is_not(None))
    if wanted.party is not None or wanted.relation is not None:
        conditions.append(MatterRow.id.in_(_related(wanted)))
    return select(MatterRow).where(*conditions)


def _related(wanted: Wanted) -> Select[Any]:
    query = select(MatterPartyRow.matter_id)
    if wanted.party is not None:
        query = query.where(MatterPartyRow.party == wanted.party)
    if wanted.relation is not None:
        query = query.where(MatterPartyRow.relation == wanted.relation)
    return query


def _behind(due_on: date | None, number: int) -> Any:
    if due_on is None:
        return and_(MatterRow.due_on.is_(None), MatterRow.id > number)
    later = or_(MatterRow.due_on > due_on, and_(MatterRow.due_on == due_on, MatterRow.id > number))
    return or_(MatterRow.due_on.is_(None), later)


def _found(  # noqa: PLR0917
    desk: Desk,
    viewer: Actor,
    query: Select[Any],
    further: Callable[[Select[Any], Place | None], Select[Any]],
    limit: int,
    after: Place | None,
) -> Found:
    size = max(1, min(limit, MOST))
    lines: list[Line] = []
    for _ in range(MOST_PORTIONS):
        rows = desk.session.scalars(further(query, after).limit(size + 1)).all()
        lines += visible(desk, rows, viewer)
        if len(lines) > size:
            last = lines[size - 1].row
            return Found(lines[:size], (last.due_on, last.id))
        if len(rows) <= size:
            return Found(lines)
        after = (rows[-1].due_on, rows[-1].id)
    return Found(lines, after)
