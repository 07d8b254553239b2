"""A world to test in: a fresh database, one district's real files, a clock that is set, people by name."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import ANYBODY, SYSTEM, Actor, Matter, Party
from renda.migrate import upgrade
from renda.model import AppointmentRow, District, MandateRow, OrganRow, PersonRow, ProjectRow
from renda.practice import Practice
from renda.rulebook import Rulebooks
from renda.services import projects, reading
from renda.services.desk import CHINA, Desk, Installation
from renda.services.matters import Outcome, act
from renda.store import Store

declare(
    {
        "test.no_official": "没有叫“{name}”的任命干部。请先写:假如 有干部“{name}”任“某机构”的“某职务”。",
        "test.no_matter": "没有叫“{title}”的事项。现有:{known}。",
        "test.several_matters": "叫“{title}”的事项有 {number} 件。请在名称前写明是哪一类,或开启时写“记作”。",
    }
)

FIRST_DAY = date(1954, 9, 15)
"""Since when people made up for a test hold what they hold: earlier than any rule here."""


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="renda-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    upgrade(f"sqlite:///{folder / 'template.sqlite3'}")
    return folder / "template.sqlite3"


def fresh_sqlite(folder: Path) -> str:
    """The address of a new SQLite database with today's schema and no rows, in ``folder``."""
    target = folder / "world.sqlite3"
    shutil.copyfile(_template(), target)
    return f"sqlite:///{target}"


@cache
def rulebooks(root: Path) -> Rulebooks:
    """The districts of a folder, read once in a run."""
    return Rulebooks(root)


class World:
    """One district in a database of its own; ``now`` may be set, everything else is done through the door.

    ``url`` is a database with the newest schema; ``districts`` the folder that holds the district ``slug``;
    ``find_practice`` finds practices that are not installed; ``books`` is the folder where it was read before.
    """

    def __init__(
        self,
        url: str,
        districts: Path,
        slug: str,
        *,
        day: date = date(2020, 3, 2),
        find_practice: Callable[[str, str], type[Practice]] | None = None,
        books: Rulebooks | None = None,
    ) -> None:
        self.slug = slug
        self.store = Store(url)
        if books is None:
            books = rulebooks(districts) if find_practice is None else Rulebooks(districts, find_practice)
        self.rulebook = books.of(slug)
        self.now = datetime.combine(day, time(9), CHINA).astimezone(UTC)
        self.installation = Installation(self.store, books, lambda: self.now)
        self.names: dict[str, int] = {}
        self.preferred = ""
        self._accounts: dict[str, int] = {}
        with self.store.hosting() as session:
            if session.scalar(select(District.id).where(District.slug == slug)) is None:
                session.add(District(slug=slug, name=self.rulebook.district.name))

    @property
    def day(self) -> date:
        """Today in this world."""
        return self.now.astimezone(CHINA).date()

    def go_to(self, day: date) -> None:
        """Set the clock to nine in the morning of ``day``."""
        self.now = datetime.combine(day, time(9), CHINA).astimezone(UTC)

    def pass_days(self, days: int) -> None:
        """Set the clock forward."""
        self.now += timedelta(days=days)

    def close(self) -> None:
        """Give the database back."""
        self.store.close()

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """A desk to look at things."""
        with self.installation.reading(self.slug) as desk:
            yield desk

    @contextmanager
    def writing(self) -> Iterator[Desk]:
        """A desk to change things, in one transaction."""
        with self.installation.writing(self.slug) as desk:
            yield desk

    def person(self, name: str) -> Party:
        """The person of that name, made up where there is none."""
        with self.writing() as desk:
            row = _person(desk, name)
            return Party("person", row.id, row.name)

    def deputy(self, name: str, *, delegation: str = "", committee_member: bool = False) -> Party:
        """The deputy of that name, given a mandate where the person has none."""
        with self.writing() as desk:
            row = _person(desk, name)
            mandate = desk.session.scalar(select(MandateRow).where(MandateRow.person_id == row.id))
            if mandate is None:
                mandate = MandateRow(person_id=row.id, since=FIRST_DAY, delegation=delegation)
                desk.session.add(mandate)
            mandate.committee_member = committee_member or bool(mandate.committee_member)
            mandate.delegation = delegation or mandate.delegation
            return Party("person", row.id, row.name)

    def organ(self, name: str, *, sort: str = "department") -> Party:
        """The organ of that name, made up where there is none."""
        with self.writing() as desk:
            row = _organ(desk, name, sort)
            return Party("organ", row.id, row.name)

    def official(self, name: str, organ: str = "", post: str = "局长", *, since: date = FIRST_DAY) -> Party:
        """The official of that name; with ``organ`` appointed there, without it one who was appointed before."""
        with self.writing() as desk:
            row = _person(desk, name)
            if organ:
                place = _organ(desk, organ, "department")
                desk.session.add(AppointmentRow(person_id=row.id, organ_id=place.id, post=post, head=True, since=since))
            elif desk.session.scalar(select(AppointmentRow).where(AppointmentRow.person_id == row.id)) is None:
                raise RendaError("test.no_official", name=name)
            return Party("person", row.id, row.name)

    def project(self, name: str, organ: str = "", *, year: int | None = None, budget: Decimal | None = None) -> Party:
        """The project of that name, made up where there is none; ``budget`` in yuan, ``year`` this one."""
        with self.writing() as desk:
            row = desk.session.scalar(select(ProjectRow).where(ProjectRow.name == name))
            if row is None or organ:
                place = _organ(desk, organ, "department") if organ else None
                row = projects.keep(desk, name, name, year or self.day.year, organ=place, budget=budget)
            return Party("project", row.id, row.name)

    def actor(self, *roles: str, person: Party | None = None, organ: Party | None = None) -> Actor:
        """Somebody signed in with these roles, for a person or an organ."""
        if roles == ("system",):
            return SYSTEM
        if roles == ("public",):
            return ANYBODY
        known = person or organ
        name = known.name if known is not None else self.rulebook.district.roles[roles[0]]
        number = self._accounts.setdefault(f"{name} {sorted(roles)}", len(self._accounts) + 1)
        return Actor(number, name, frozenset(roles), person, organ)

    def act(self, actor: Actor, action: str, entries: Mapping[str, Any] | None = None, **options: Any) -> Outcome:
        """``services.matters.act`` in a transaction of its own; the same arguments, the same refusals."""
        with self.writing() as desk:
            return act(desk, actor, action, entries, **options)

    def matter(self, number: int) -> Matter:
        """A matter as it stands, with records to ask it about."""
        with self.reading() as desk:
            return self.lasting(reading.view(desk, reading.find(desk, number)))

    def lasting(self, matter: Matter) -> Matter:
        """A matter that may be asked about after its desk was left: each question opens one of its own."""
        parent = None if matter.parent is None else self.lasting(matter.parent)
        records: Any = _LastingRecords(self)
        return replace(matter, parent=parent, records=records)


class _LastingRecords:
    def __init__(self, world: World) -> None:
        self._world = world

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*arguments: Any, **options: Any) -> Any:
            with self._world.reading() as desk:
                answer = getattr(reading.DistrictRecords(desk), name)(*arguments, **options)
                return self._kept(answer)

        return ask

    def _kept(self, answer: Any) -> Any:
        if isinstance(answer, Matter):
            return self._world.lasting(answer)
        return [self._kept(each) for each in answer] if isinstance(answer, list) else answer


def _person(desk: Desk, name: str) -> PersonRow:
    row = desk.session.scalar(select(PersonRow).where(PersonRow.name == name))
    if row is None:
        row = PersonRow(code=name, name=name, sort_key=name)
        desk.session.add(row)
        desk.session.flush()
    return row


def _organ(desk: Desk, name: str, sort: str) -> OrganRow:
    row = desk.session.scalar(select(OrganRow).where(OrganRow.name == name))
    if row is None:
        row = OrganRow(code=name, name=name, sort=sort)
        desk.session.add(row)
        desk.session.flush()
    return row
