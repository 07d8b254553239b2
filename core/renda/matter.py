"""What a rule gets to see: a matter, the people around it, the day. All frozen; a rule changes nothing here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from renda.calendar import WorkingCalendar

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "clerk": "工作人员",
        "member": "常委会组成人员",
        "chair": "主任会议",
        "deputy": "人大代表",
        "department": "承办单位",
        "auditor": "审计人员",
        "public": "公众",
        "system": "系统",
    }
)


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what stands in a relation to a matter, or what a fact is about: a person, an organ or a project."""

    noun: str
    id: int
    name: str = ""

    @property
    def key(self) -> str:
        """How columns name the party, such as ``person:12``."""
        return f"{self.noun}:{self.id}"


@dataclass(frozen=True, slots=True)
class Project:
    """A funded undertaking: who carries it out, its budget in yuan (None where unknown), its stage and last day."""

    id: int
    code: str
    name: str
    year: int
    organ: Party | None = None
    budget: Decimal | None = None
    stage: str = ""
    due_on: date | None = None

    @property
    def party(self) -> Party:
        """The project as it stands in relations."""
        return Party("project", self.id, self.name)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does or looks: an account with its roles, and the person or organ it stands for."""

    account_id: int | None
    name: str
    roles: frozenset[str]
    person: Party | None = None
    organ: Party | None = None

    def keys(self) -> tuple[str, ...]:
        """All that a matter may wait for when it waits for this actor."""
        parties = (party.key for party in (self.person, self.organ) if party is not None)
        return (*parties, *(f"role:{role}" for role in sorted(self.roles)))

    def stands_for(self, party: Party) -> bool:
        """Whether the actor is that person, or acts for that organ; nobody is a project."""
        own = {"person": self.person, "organ": self.organ}.get(party.noun)
        return own is not None and own.id == party.id


SYSTEM = Actor(None, "系统", frozenset({"system"}))
ANYBODY = Actor(None, "公众", frozenset({"public"}))


class Records(Protocol):
    """Reading access to the district's matters, people and facts, for rules that count and compare."""

    def today(self) -> date:
        """The day on which the question is asked."""

    def matters(
        self,
        practice: str | None = None,
        kind: str | None = None,
        *,
        states: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        party: Party | None = None,
        relation: str | None = None,
    ) -> Sequence[Matter]:
        """Matters begun from ``since`` to ``until`` (both included), oldest first."""

    def matter(self, number: int) -> Matter | None:
        """One matter by its number."""

    def children(self, matter: Matter, kind: str | None = None) -> Sequence[Matter]:
        """The matters inside ``matter``, oldest first."""

    def facts(self, code: str, *, since: date, until: date, subject: Party | None = None) -> Sequence[Any]:
        """What the practices in force say happened: ``Fact`` entries of that code, or of codes ``x.*``."""

    def parties(self, noun: str, day: date) -> Sequence[Party]:
        """All that hold on ``day``: ``deputy``, ``official``, ``organ`` or ``person``."""

    def holds(self, noun: str, number: int, day: date) -> bool:
        """Whether that person is a ``deputy`` or ``official``, or that ``organ`` exists, on ``day``."""

    def party(self, noun: str, number: int) -> Party:
        """One person (also as deputy or official), organ or project, with its name."""

    def project(self, number: int) -> Project:
        """One project; raises ``party.unknown``."""

    def projects(self, *, year: int | None = None, organ: Party | None = None) -> Sequence[Project]:
        """The projects of a year, of an organ, or all, in the order they were entered."""

    def post(self, person: int, day: date) -> tuple[str, Party] | None:
        """The appointed post of a person on ``day`` and the organ it belongs to; of several the latest."""

    def posts(self, person: int, day: date) -> Sequence[tuple[str, Party]]:
        """All appointed posts of a person on ``day`` with their organs, the latest first."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing a practice handles, as it stands now.

    ``payload`` holds exact values; ``done`` maps each action taken to the day it was last taken;
    ``parties`` maps a relation to those who stand in it; ``parent`` is the matter it lies inside.
    """

    id: int
    practice: str
    kind: str
    state: str
    title: str
    opened_on: date
    payload: Mapping[str, Any]
    done: Mapping[str, date] = field(default_factory=dict)
    parties: Mapping[str, tuple[Party, ...]] = field(default_factory=dict)
    parent: Matter | None = None
    records: Records | None = None

    def children(self, kind: str | None = None) -> Sequence[Matter]:
        """The matters inside this one, oldest first; none where there are no records to ask."""
        return () if self.records is None else self.records.children(self, kind)

    def done_on(self, action: str) -> date | None:
        """The day the action was last taken on this matter, or None."""
        return self.done.get(action)

    def party(self, relation: str) -> Party | None:
        """The first who stands in the relation, here or in the matter around it."""
        return next(iter(self.all_parties(relation)), None)

    def all_parties(self, relation: str) -> tuple[Party, ...]:
        """All who stand in the relation, here or, where nobody does, in the matter around it."""
        here = self.parties.get(relation, ())
        if here or self.parent is None:
            return here
        return self.parent.all_parties(relation)

    def relations_of(self, actor: Actor) -> frozenset[str]:
        """The relations in which the actor stands to this matter or to one around it."""
        around: Iterable[str] = () if self.parent is None else self.parent.relations_of(actor)
        own = (
            relation for relation, parties in self.parties.items() if any(actor.stands_for(party) for party in parties)
        )
        return frozenset((*own, *around))


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the record: who did what to which matter, and when."""

    number: int
    day: date
    actor: str
    action: str
    label: str
    matter: Matter
    came_from: str | None
    went_to: str
    entries: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """The circumstances in which an action is taken: who, on which day, and what can be looked up."""

    actor: Actor
    day: date
    records: Records
    calendar: WorkingCalendar
