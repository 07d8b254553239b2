"""One piece of work in one district: its session, its rules, its calendar, the hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import TextClause, select

from renda.calendar import WorkingCalendar, official_calendar
from renda.errors import RendaError
from renda.model import (
    AppointmentRow,
    CalendarDay,
    District,
    HostValueRow,
    MandateRow,
    MatterRow,
    MeetingRow,
    OrganRow,
    PersonRow,
    ProjectRow,
)
from renda.practice import Practice
from renda.rulebook import Rulebook, Rulebooks
from renda.schema import Schema
from renda.services.current_rules import CurrentRules
from renda.store import BoundSession, Store

CHINA = ZoneInfo("Asia/Shanghai")
_LASTING = frozenset({"person", "deputy", "organ", "project"})
_TABLES: dict[str, Any] = {
    "person": PersonRow.id,
    "deputy": MandateRow.person_id,
    "official": AppointmentRow.person_id,
    "organ": OrganRow.id,
    "matter": MatterRow.id,
    "meeting": MeetingRow.id,
    "project": ProjectRow.id,
}


@dataclass
class Desk:
    """The session of a district with what its rules need; lives as long as one request or command."""

    session: BoundSession
    rulebook: Rulebook
    now: datetime
    calendar: WorkingCalendar
    found: dict[tuple[str, int], Any] = field(default_factory=dict, repr=False)
    """What was looked up before at this desk: nobody is ever taken out of the roster."""

    forms: dict[tuple[Practice, type[Schema]], Schema] = field(default_factory=dict, repr=False)

    @property
    def day(self) -> date:
        """Today in China."""
        return self.now.astimezone(CHINA).date()

    def form(self, practice: Practice, form: type[Schema]) -> Schema:
        """A form of a practice that knows what the district keeps; made once for a desk, where many are read."""
        if (practice, form) not in self.forms:
            self.forms[practice, form] = practice.schema(form, self.exists)
        return self.forms[practice, form]

    def exists(self, noun: str, number: int) -> bool:
        """Whether the district keeps a person, deputy, official, organ, matter, meeting or project of that number."""
        if (noun, number) not in self.found:
            column = _TABLES[noun]
            if self.session.execute(select(column).where(column == number).limit(1)).first() is None:
                return False
            if noun in _LASTING:
                self.found[noun, number] = True
        return True


ANNOUNCED = "calendar.announced."
"""Before a year in a value of the host: that the year's notice is in its calendar; the value is the source."""


def _calendar_in(session: BoundSession) -> WorkingCalendar:
    changed = {row.day: row.working for row in session.scalars(select(CalendarDay))}
    names = session.scalars(select(HostValueRow.name).where(HostValueRow.name.startswith(ANNOUNCED)))
    announced = [int(name.removeprefix(ANNOUNCED)) for name in names]
    return official_calendar().overlaid(changed, announced)


class Installation:
    """Everything one running host has: its database, the folder of districts, the clock."""

    def __init__(self, store: Store, rulebooks: Rulebooks, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.rulebooks = rulebooks
        self.clock = clock
        self._ids: dict[str, int] = {}
        self._rules = CurrentRules(store, rulebooks, clock)
        self._calendar: WorkingCalendar | None = None
        self._calendar_of: dict[str, int] = {}

    def district_id(self, slug: str) -> int:
        """The number of a district; raises ``district.unknown``."""
        if slug not in self._ids:
            with self.store.hosting() as session:
                found = session.scalar(select(District.id).where(District.slug == slug))
            if found is None:
                raise RendaError("district.unknown", slug=slug)
            self._ids[slug] = found
        return self._ids[slug]

    def calendar(self) -> WorkingCalendar:
        """The working days of all districts: the shipped calendar and the host's own changes to it."""
        if self._calendar is None:
            with self.store.hosting() as session:
                self._calendar = _calendar_in(session)
        return self._calendar

    def host_calendar(self) -> WorkingCalendar:
        """The same as it is in the database now, whichever process changed it."""
        with self.store.hosting() as session:
            return _calendar_in(session)

    def _current_calendar(self, slug: str, session: BoundSession) -> WorkingCalendar:
        """The same, read again where the district's generation number says that something was changed."""
        generation = session.rules_generation()
        if self._calendar is None or self._calendar_of.get(slug) != generation:
            self._calendar = _calendar_in(session)
            self._calendar_of[slug] = generation
        return self._calendar

    def forget_calendar(self) -> None:
        """Read the host's calendar again the next time it is asked for."""
        self._calendar = None

    def rulebook(self, slug: str) -> Rulebook:
        """The rules a district goes by at this moment; raises ``district.unknown``.

        A file that is wrong is read as it was when it was correct, and ``mistakes`` says so; raised is what is wrong only
        where nothing of ``district.toml`` was ever correct.
        """
        return self._rules.of(slug, self.district_id(slug))

    @contextmanager
    def reading(self, slug: str, *, now: datetime | None = None) -> Iterator[Desk]:
        """A desk at which nothing is changed; ``now`` is another hour than the clock's, with its zone.

        Errors as for ``rulebook``.
        """
        rulebook = self.rulebook(slug)
        with self.store.reading(self.district_id(slug)) as session:
            rulebook = self._rules.in_session(slug, session, rulebook)
            yield Desk(session, rulebook, now or self.clock(), self._current_calendar(slug, session))

    @contextmanager
    def writing(self, slug: str, *, now: datetime | None = None) -> Iterator[Desk]:
        """A desk at which all that is done is kept, or nothing; ``now`` and errors as in ``reading``."""
        rulebook = self.rulebook(slug)
        with self.store.writing(self.district_id(slug)) as session:
            rulebook = self._rules.in_session(slug, session, rulebook)
            yield Desk(session, rulebook, now or self.clock(), self._current_calendar(slug, session))

    def say_once(self, slug: str, lock: int, statement: TextClause, values: Mapping[str, Any]) -> int:
        """One plain statement of a district, kept or not; see the store. Raises ``district.unknown``."""
        return self.store.say_once(self.district_id(slug), lock, statement, values)
