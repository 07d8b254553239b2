"""What somebody can do now: the actions on a matter, and the matters they may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renda.errors import RendaError
from renda.kinds import Action, Kind
from renda.matter import Actor, Matter
from renda.rule_files import Pinned
from renda.rulebook import InForce
from renda.services.desk import Desk
from renda.services.permissions import may_act
from renda.services.refusals import check_around, check_children, check_rules


@dataclass(frozen=True, slots=True)
class Offer:
    """An action somebody may take; ``refusal`` says what it still waits for."""

    rules: InForce
    kind: Kind
    action: Action
    awaited: bool = False
    refusal: RendaError | None = None


def on_matter(rules: InForce, matter: Matter, actor: Actor, *, refusal: RendaError | None = None) -> list[Offer]:
    """The actions the state allows and the actor may take; what the state does not allow is left out.

    ``refusal`` is what stands in the way of all of them, see ``rules_refusal``.
    """
    kind = rules.practice.kind(matter.kind)
    awaited = kind.awaited(matter.state)
    return [
        Offer(rules, kind, action, action is awaited, refusal or refusal_of(rules, action, matter))
        for action in kind.possible(matter.state)
        if may_act(action, actor, matter)
    ]


def rules_refusal(desk: Desk, row: Pinned, actor: Actor) -> RendaError | None:
    """What is wrong with the rules a matter rests on, or None."""
    try:
        check_rules(desk, row, actor)
    except RendaError as refusal:
        return refusal
    return None


def refusal_of(rules: InForce, action: Action, matter: Matter) -> RendaError | None:
    """What in the matters around or inside stands in the way, or None."""
    try:
        check_around(rules, action, matter.parent)
        check_children(rules, action, matter)
    except RendaError as refusal:
        return refusal
    return None


def inside(rules: InForce, matter: Matter, actor: Actor) -> list[Offer]:
    """The matters the actor may open inside this one, now or, while it has not ended, later."""
    found = []
    for kind in rules.practice.kind_of.values():
        if kind.within != matter.kind:
            continue
        for action in kind.openings:
            if may_open(kind, action, actor) or not matter.relations_of(actor).isdisjoint(action.by):
                try:
                    check_around(rules, action, matter)
                except RendaError as refusal:
                    if matter.state not in rules.practice.kind(matter.kind).ends:
                        found.append(Offer(rules, kind, action, refusal=refusal))
                else:
                    found.append(Offer(rules, kind, action))
    return found


def openings(desk: Desk, actor: Actor) -> list[Offer]:
    """The matters the actor may open today, in the order of the district's files."""
    return [
        Offer(rules, kind, action)
        for rules in desk.rulebook.on(desk.day)
        if f"{rules.code}.toml" not in desk.rulebook.mistakes
        for kind in rules.practice.kind_of.values()
        if kind.within is None
        for action in kind.openings
        if may_open(kind, action, actor)
    ]


def may_open(kind: Kind, action: Action, actor: Actor) -> bool:
    """Whether the actor has a role that opens the kind, or could stand in a relation that does.

    The relation itself is only known once the form is filled in; ``act`` asks again then.
    """
    if actor.roles & set(action.by):
        return True
    return any(relation in action.by for relation, _ in own_entries(kind, actor).values())


def own_entries(kind: Kind, actor: Actor) -> dict[str, tuple[str, int]]:
    """The entries of a kind's forms in which the actor could name themselves: entry → (relation, number)."""
    found = {}
    for entry, (relation, noun) in kind.relations.items():
        party = {"organ": actor.organ, "person": actor.person}.get(noun)
        field = kind.payload._declared_fields[entry]  # noqa: SLF001  (marshmallow names them nowhere else)
        wanted = getattr(field, "noun", None) or getattr(getattr(field, "inner", None), "noun", "")
        if party is not None and (wanted != "deputy" or "deputy" in actor.roles):
            found[entry] = (relation, party.id)
    return found


def practices(desk: Desk) -> Sequence[InForce]:
    """The practices in force today."""
    return list(desk.rulebook.on(desk.day))
