"""Lists of matters a page at a time: newest first, or by what is due; only what the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select

from renda.matter import Actor, Matter
from renda.model import MatterPartyRow, MatterRow
from renda.services import reading
from renda.services.desk import Desk
from renda.services.permissions import may_see

MOST = 200
NEVER = date.max
_LATE_FIRST = (MatterRow.due_on.is_(None), MatterRow.due_on, MatterRow.id)


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
class Shown:
    """One matter of a list: what rules see of it, and its row."""

    row: MatterRow
    matter: Matter


def newest(desk: Desk, viewer: Actor, wanted: Wanted, *, limit: int, after: int | None = None) -> list[Shown]:
    """Up to ``limit`` matters, newest first; ``after`` is the number of the last one already had."""

    def further(query: Select[Any], last: MatterRow | None) -> Select[Any]:
        number = after if last is None else last.id
        return query.order_by(MatterRow.id.desc()).where(*(() if number is None else (MatterRow.id < number,)))

    return _seen(desk, viewer, narrowed(wanted), further, limit)


def due(
    desk: Desk, viewer: Actor, wanted: Wanted, *, limit: int, after: tuple[date | None, int] | None = None
) -> list[Shown]:
    """Up to ``limit`` matters, earliest deadline first, those without one last; ``after`` is (due, number)."""

    def further(query: Select[Any], last: MatterRow | None) -> Select[Any]:
        place = after if last is None else (last.due_on, last.id)
        return query.order_by(*_LATE_FIRST).where(*(() if place is None else (_behind(*place),)))

    return _seen(desk, viewer, narrowed(wanted), further, limit)


def narrowed(wanted: Wanted) -> Select[MatterRow]:
    """The query for the matters asked for, in no order yet."""
    conditions: list[Any] = [
        column == value
        for column, value in (
            (MatterRow.practice, wanted.practice),
            (MatterRow.kind, wanted.kind),
            (MatterRow.state, wanted.state),
            (MatterRow.parent_id, wanted.parent),
        )
        if value is not None
    ]
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


def _related(wanted: Wanted) -> Select[int]:
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


def _seen(
    desk: Desk,
    viewer: Actor,
    query: Select[MatterRow],
    further: Callable[[Select[Any], MatterRow | None], Select[Any]],
    limit: int,
) -> list[Shown]:
    limit = max(1, min(limit, MOST))
    found: list[Shown] = []
    last: MatterRow | None = None
    while len(found) < limit:
        rows = desk.session.scalars(further(query, last).limit(limit)).all()
        for row, matter in zip(rows, reading.views(desk, rows), strict=True):
            if len(found) < limit and may_see(reading.rules_of(desk, row), matter, viewer):
                found.append(Shown(row, matter))
        if len(rows) < limit:
            break
        last = rows[-1]
    return found
