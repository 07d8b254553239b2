"""All that a matter's page shows, gathered with few queries; a part that fails says so and leaves the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import select

from renda.answers import Deadline
from renda.errors import RendaError
from renda.explain import from_json
from renda.i18n import gettext
from renda.kinds import Kind
from renda.matter import Matter
from renda.model import EventRow, MatterRow, NoticeRow
from renda.rulebook import InForce
from renda.services import offers, reading, scores, upkeep
from renda.services.directory import Ref
from renda.services.lists import Line
from renda.services.permissions import RELATIONS, may_see
from renda.web.lines import Due, Shortly, awaited, due_of, line_of
from renda.web.reasons import Reasons, reasons
from renda.web.shown import Shown, reader, refs
from renda.web.stepper import Stop, stepper
from renda.web.tenancy import Seat

MOST_EVENTS = 200
MOST_CHILDREN = 300
T = TypeVar("T")


@dataclass(frozen=True)
class Family(reading.DistrictRecords):
    """Records that have already read the matters inside one matter."""

    desk: Any
    within: int
    inside: Sequence[Matter]

    def children(self, matter: Matter, kind: str | None = None) -> Sequence[Matter]:
        """See ``renda.matter.Records.children``."""
        if matter.id != self.within:
            return super().children(matter, kind)
        return [child for child in self.inside if kind is None or child.kind == kind]


@dataclass(frozen=True, slots=True)
class Deed:
    """An entry of the record as a page shows it."""

    row: EventRow
    went_to: str
    entries: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Brood:
    """The matters of one kind inside a matter."""

    kind: Kind
    title: str
    lines: Sequence[Shortly]
    openings: Sequence[offers.Offer]


@dataclass(frozen=True)
class Whole:
    """A matter with everything around it, ready for its page."""

    row: MatterRow
    matter: Matter
    rules: InForce
    kind: Kind
    waits_for: str
    due: Due | None
    payload: Sequence[Shown]
    parties: Sequence[tuple[str, Sequence[Any]]]
    parent: Shortly | None
    broods: Sequence[Brood]
    offers: Sequence[offers.Offer]
    deadlines: Sequence[Deadline]
    score: Reasons | None
    notices: Sequence[NoticeRow]
    deeds: Sequence[Deed]
    stops: Sequence[Stop]
    failures: Sequence[RendaError]


def seen(seat: Seat, number: int) -> tuple[MatterRow, Matter, InForce]:
    """A matter the viewer may see; raises ``matter.unknown`` for all others."""
    row = reading.find(seat.desk, number)
    matter = reading.view(seat.desk, row)
    rules = reading.rules_of(seat.desk, row)
    if not may_see(rules, matter, seat.actor):
        raise RendaError("matter.unknown", number=number)
    return row, matter, rules


def whole(seat: Seat, number: int) -> Whole:
    """Everything about a matter the viewer may see."""
    desk = seat.desk
    row, matter, rules = seen(seat, number)
    kind, failures = rules.practice.kind(row.kind), []

    def tried(work: Callable[[], T], otherwise: T) -> T:
        try:
            return work()
        except RendaError as failure:
            failures.append(failure)
            return otherwise

    children, matter = _children(seat, matter)
    events = _events(seat, row)
    schema = rules.practice.payload(kind.code)
    told = [(event, schema.revived(event.entries)) for event in events]
    wanted = [*refs(kind.payload, matter.payload), *(ref for _, values in told for ref in refs(kind.payload, values))]
    shows = reader(desk, seat.slug, rules.practice.params, iter(wanted), _known(matter))
    deadlines: Sequence[Deadline] = tried(lambda: upkeep.deadlines(desk, rules, matter), ())
    return Whole(
        row=row,
        matter=matter,
        rules=rules,
        kind=kind,
        waits_for=awaited(seat, row, matter),
        due=due_of(seat, row.due_on),
        payload=shows.payload(kind.payload, {name: matter.payload[name] for name in matter.payload if name != "title"}),
        parties=_parties(rules, matter),
        parent=_around(seat, matter),
        broods=_broods(seat, rules, matter, children),
        offers=offers.on_matter(rules, matter, seat.actor),
        deadlines=deadlines,
        score=tried(lambda: _score(seat, row), None),
        notices=desk.session.scalars(
            select(NoticeRow).where(NoticeRow.matter_id == row.id).order_by(NoticeRow.id)
        ).all(),
        deeds=[
            Deed(event, gettext(kind.states.get(event.went_to, event.went_to)), shows.payload(kind.payload, values))
            for event, values in told
        ],
        stops=stepper(kind, row.state, events),
        failures=failures,
    )


def _children(seat: Seat, matter: Matter) -> tuple[list[Any], Matter]:
    query = select(MatterRow).where(MatterRow.parent_id == matter.id).order_by(MatterRow.id).limit(MOST_CHILDREN + 1)
    rows = seat.desk.session.scalars(query).all() if matter.parent is None or matter.records else []
    views = reading.views(seat.desk, rows, parent=matter)
    lines = list(zip(rows, views, strict=True))
    if len(rows) <= MOST_CHILDREN:
        matter = replace(matter, records=Family(seat.desk, matter.id, views))
    return lines, matter


def _events(seat: Seat, row: MatterRow) -> list[EventRow]:
    query = select(EventRow).where(EventRow.matter_id == row.id).order_by(EventRow.number.desc()).limit(MOST_EVENTS)
    return list(reversed(seat.desk.session.scalars(query).all()))


def _known(matter: Matter) -> dict[Ref, str]:
    known: dict[Ref, str] = {}
    around: Matter | None = matter
    while around is not None:
        for parties in around.parties.values():
            for party in parties:
                nouns = ("organ",) if party.noun == "organ" else ("person", "deputy", "official")
                known |= {(noun, party.id): party.name for noun in nouns}
        around = around.parent
    return known


def _parties(rules: InForce, matter: Matter) -> list[tuple[str, Sequence[Any]]]:
    names = {**RELATIONS, **rules.practice.relations}
    return [(gettext(names.get(relation, relation)), parties) for relation, parties in matter.parties.items()]


def _around(seat: Seat, matter: Matter) -> Shortly | None:
    if matter.parent is None:
        return None
    row = reading.find(seat.desk, matter.parent.id)
    rules = reading.rules_of(seat.desk, row)
    if not may_see(rules, matter.parent, seat.actor):
        return None
    return line_of(seat, Line(row, matter.parent, rules))


def _broods(seat: Seat, rules: InForce, matter: Matter, children: Sequence[Any]) -> list[Brood]:
    opening = offers.inside(rules, matter, seat.actor)
    found = []
    for kind in rules.practice.kind_of.values():
        if kind.within != matter.kind:
            continue
        lines = [
            line_of(seat, Line(row, child, rules))
            for row, child in children
            if child.kind == kind.code and may_see(rules, child, seat.actor)
        ]
        own = [offer for offer in opening if offer.kind.code == kind.code]
        if lines or own:
            found.append(Brood(kind, gettext(kind.title), lines, own))
    return found


def _score(seat: Seat, row: MatterRow) -> Reasons | None:
    kept = scores.latest(seat.desk, row.id)
    return None if kept is None else reasons(from_json(kept.explained), kept.day)
