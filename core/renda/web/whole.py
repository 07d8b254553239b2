"""All that a matter's page shows, gathered with few queries; a part that fails says so and leaves the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from renda.answers import Deadline
from renda.errors import RendaError
from renda.i18n import gettext
from renda.kinds import Kind
from renda.matter import Matter
from renda.model import MatterRow
from renda.rulebook import InForce
from renda.services import glance, offers, reading, upkeep, viewing
from renda.services.directory import Ref
from renda.services.lists import Line
from renda.services.permissions import RELATIONS, may_see
from renda.web.lines import Due, Shortly, awaited, due_of, line_of
from renda.web.reasons import Reasons, proven
from renda.web.shown import Shown, reader, refs
from renda.web.stepper import Stop, stepper
from renda.web.tenancy import Seat
from renda.web.watching import watch

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deed:
    """An entry of the record as a page shows it."""

    row: Any
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

    row: Any
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
    notices: Sequence[Any]
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
    watch(seat.slug, rules, matter, seat.actor)
    return row, matter, rules


def whole(seat: Seat, number: int) -> Whole:
    """Everything about a matter the viewer may see."""
    desk = seat.desk
    found = glance.glance(desk, number)
    row, matter, rules = found.row, found.matter, reading.rules_of(desk, found.row)
    if not may_see(rules, matter, seat.actor):
        raise RendaError("matter.unknown", number=number)
    watch(seat.slug, rules, matter, seat.actor)
    kind, failures = rules.practice.kind(row.kind), []

    def tried(work: Callable[[], T], otherwise: T) -> T:
        try:
            return work()
        except RendaError as failure:
            failures.append(failure)
            return otherwise

    events = glance.events(desk, number)
    schema = rules.practice.payload(kind.code)
    told = [(event, schema.revived(event.entries)) for event in events]
    wanted = [*refs(kind.payload, matter.payload), *(ref for _, values in told for ref in refs(kind.payload, values))]
    shows = reader(
        desk, seat.slug, rules.practice.params, iter(wanted), _known(matter), viewer=seat.actor, matter=number
    )
    deadlines: Sequence[Deadline] = tried(lambda: upkeep.deadlines(desk, rules, matter), ())
    return Whole(
        row=row,
        matter=matter,
        rules=rules,
        kind=kind,
        waits_for=awaited(seat, row, matter),
        due=due_of(seat, row.due_on),
        payload=shows.payload(kind.payload, _told(row, matter)),
        parties=_parties(rules, matter),
        parent=_around(seat, found.around),
        broods=_broods(seat, rules, matter, found.inside),
        offers=offers.on_matter(rules, matter, seat.actor, refusal=offers.rules_refusal(desk, row, seat.actor)),
        deadlines=deadlines,
        score=tried(lambda: _score(seat, number), None),
        notices=glance.notices(desk, number),
        deeds=_with_views(
            [
                Deed(event, gettext(kind.states.get(event.went_to, event.went_to)), shows.payload(kind.payload, values))
                for event, values in told
            ],
            viewing.views(desk, rules, matter),
        ),
        stops=stepper(kind, row.state, events),
        failures=failures,
    )


def _with_views(deeds: list[Deed], views: Sequence[viewing.View]) -> Sequence[Deed]:
    if not views:
        return deeds
    return sorted([*deeds, *(Deed(view, "", ()) for view in views)], key=lambda deed: deed.row.at)


def _told(row: MatterRow, matter: Matter) -> dict[str, Any]:
    """What a matter holds, without its title where that stands above; a watched one's is not what it is called."""
    return {name: value for name, value in matter.payload.items() if (name, value) != ("title", row.title)}


def _known(matter: Matter) -> dict[Ref, str]:
    known: dict[Ref, str] = {}
    around: Matter | None = matter
    while around is not None:
        for parties in around.parties.values():
            for party in parties:
                nouns = ("person", "deputy", "official") if party.noun == "person" else (party.noun,)
                known |= {(noun, party.id): party.name for noun in nouns}
        around = around.parent
    return known


def _parties(rules: InForce, matter: Matter) -> list[tuple[str, Sequence[Any]]]:
    names = {**RELATIONS, **rules.practice.relations}
    return [(gettext(names.get(relation, relation)), parties) for relation, parties in matter.parties.items()]


def _around(seat: Seat, around: Sequence[tuple[Any, Matter]]) -> Shortly | None:
    if not around:
        return None
    row, above = around[0]
    rules = reading.rules_of(seat.desk, row)
    return line_of(seat, Line(row, above, rules)) if may_see(rules, above, seat.actor) else None


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


def _score(seat: Seat, number: int) -> Reasons | None:
    kept = glance.score(seat.desk, number)
    return None if kept is None else proven(kept.explained, kept.day)
