"""The lists of the pages, as quick with two hundred thousand matters as with five hundred: by index, never counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, select, union_all

from renda.matter import Actor, Matter, Party
from renda.model import MatterPartyRow, MatterRow
from renda.rulebook import InForce
from renda.services import reading
from renda.services.desk import Desk
from renda.services.permissions import may_see

PAGE = 50
MOST_PORTIONS = 40
"""How many portions are read to fill a page where the viewer may see few; then the page says there is more."""


@dataclass(frozen=True)
class Line:
    """One matter of a list: its row, as rules see it, and its rules."""

    row: MatterRow
    matter: Matter
    rules: InForce


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty means all. Without a kind, matters that lie inside others are left out."""

    practice: str = ""
    kind: str = ""
    state: str = ""
    text: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Portion:
    """A page of a list, newest first, and the number to go on from where there is more."""

    lines: Sequence[Line]
    before: int | None = None


def visible(desk: Desk, rows: Sequence[MatterRow], viewer: Actor) -> list[Line]:
    """Those of the rows the viewer may see, in their order."""
    seen = []
    for row, matter in zip(rows, reading.views(desk, rows), strict=True):
        rules = reading.rules_of(desk, row)
        if may_see(rules, matter, viewer):
            seen.append(Line(row, matter, rules))
    return seen


def titles(desk: Desk, numbers: Collection[int], viewer: Actor) -> Mapping[int, str]:
    """The titles of those of the matters that the viewer may see."""
    rows = desk.session.scalars(select(MatterRow).where(MatterRow.id.in_(numbers))).all() if numbers else []
    return {line.row.id: line.row.title for line in visible(desk, rows, viewer)}


def newest(desk: Desk, viewer: Actor, wanted: Wanted, *, size: int = PAGE) -> Portion:
    """The newest matters the viewer may see; reads on until the page is full."""
    lines: list[Line] = []
    before = wanted.before
    for _ in range(MOST_PORTIONS):
        rows = desk.session.scalars(_newest(desk, wanted, before, size + 1)).all()
        lines += visible(desk, rows, viewer)
        if len(lines) > size:
            return Portion(lines[:size], lines[size - 1].row.id)
        if len(rows) <= size:
            return Portion(lines)
        before = rows[-1].id
    return Portion(lines, before)


def waiting(desk: Desk, viewer: Actor, *, size: int = PAGE) -> Sequence[Line]:
    """What waits for the viewer, the oldest deadline first, what has none last."""
    own, ids = MatterRow.district_id == desk.session.district_id, []
    keys = viewer.keys()
    for key in keys:
        mine = select(MatterRow.id).where(own, MatterRow.waits_for == key)
        ids += [
            _limited(mine.where(MatterRow.due_on.is_not(None)).order_by(MatterRow.due_on, MatterRow.id), size),
            _limited(mine.where(MatterRow.due_on.is_(None)).order_by(MatterRow.id), size),
        ]
    if not ids:
        return ()
    query = (
        select(MatterRow)
        .where(MatterRow.id.in_(union_all(*ids)))
        .order_by(MatterRow.due_on.is_(None), MatterRow.due_on, MatterRow.id)
        .limit(size)
    )
    return visible(desk, desk.session.scalars(query).all(), viewer)


def taking_part(desk: Desk, viewer: Actor, *, size: int = 10) -> Sequence[Line]:
    """The newest matters in which the viewer stands in some relation."""
    keys = [party.key for party in (viewer.person, viewer.organ) if party is not None]
    return _about(desk, viewer, keys, size) if keys else ()


def about(desk: Desk, viewer: Actor, party: Party, *, size: int = PAGE) -> Sequence[Line]:
    """The newest matters in which a person, an organ or a project stands in some relation."""
    return _about(desk, viewer, [party.key], size)


def _about(desk: Desk, viewer: Actor, keys: Sequence[str], size: int) -> Sequence[Line]:
    numbers = select(MatterPartyRow.matter_id).where(
        MatterPartyRow.district_id == desk.session.district_id, MatterPartyRow.party.in_(keys)
    )
    query = select(MatterRow).where(MatterRow.id.in_(numbers)).order_by(MatterRow.id.desc()).limit(size)
    return visible(desk, desk.session.scalars(query).all(), viewer)


def _newest(desk: Desk, wanted: Wanted, before: int | None, size: int) -> Select[MatterRow]:
    own = MatterRow.district_id == desk.session.district_id
    if not wanted.practice:
        query = select(MatterRow).where(MatterRow.parent_id.is_(None))
        return cast("Select[MatterRow]", _narrowed(query, wanted, before).order_by(MatterRow.id.desc()).limit(size))
    ids = [
        _limited(
            _narrowed(
                select(MatterRow.id).where(
                    own, MatterRow.practice == wanted.practice, MatterRow.kind == kind, MatterRow.state == state
                ),
                wanted,
                before,
            ).order_by(MatterRow.id.desc()),
            size,
        )
        for kind, state in _places(desk, wanted)
    ]
    query = select(MatterRow).order_by(MatterRow.id.desc()).limit(size)
    return query.where(MatterRow.id.in_(union_all(*ids))) if ids else query.where(MatterRow.id.is_(None))


def _places(desk: Desk, wanted: Wanted) -> list[tuple[str, str]]:
    """Every kind and state the list may hold: each is one walk along the index, whatever lies beside it."""
    versions = desk.rulebook.versions.get(wanted.practice, ())
    found: dict[tuple[str, str], None] = {}
    for version in versions:
        for kind in desk.rulebook.at(version).practice.kind_of.values():
            if kind.code == wanted.kind or (not wanted.kind and kind.within is None):
                found |= dict.fromkeys((kind.code, state) for state in kind.states if wanted.state in {"", state})
    return list(found)


def _narrowed(query: Any, wanted: Wanted, before: int | None) -> Any:
    if before is not None:
        query = query.where(MatterRow.id < before)
    if wanted.text:
        query = query.where(MatterRow.title.contains(wanted.text, autoescape=True))
    return query


def _limited(query: Any, size: int) -> Any:
    inner = query.limit(size).subquery()
    return select(inner.c.id)
