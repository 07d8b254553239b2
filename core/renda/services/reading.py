"""Matters as rules and pages see them, from the rows that keep them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, bindparam, select

from renda.answers import Fact
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Matter, Party, Project
from renda.model import AppointmentRow, MandateRow, MatterPartyRow, MatterRow, OrganRow, PersonRow
from renda.rule_files import Pinned
from renda.rulebook import InForce
from renda.services import chain, projects
from renda.services.desk import Desk
from renda.services.locking import lock_row
from renda.services.questions import ask

declare({"matter.unknown": "没有编号为 {number} 的事项,或者您不能查看它。"}, status=404)
declare({"party.unknown": "没有编号为 {number} 的{noun}。"}, status=404)

MOST_AT_ONCE = 500
MOST_HELD = 2_000
_HELD = "matters"
_PARTY = MatterPartyRow.__table__.c
# Asked for every matter that is read: built once, and of the table, which is several times quicker than of the class.
_PARTIES = (
    select(_PARTY.matter_id, _PARTY.relation, _PARTY.party, _PARTY.name)
    .where(_PARTY.district_id == bindparam("own"), _PARTY.matter_id.in_(bindparam("numbers", expanding=True)))
    .order_by(_PARTY.id)
)
_CHILDREN = select(MatterRow).where(MatterRow.parent_id == bindparam("parent")).order_by(MatterRow.id)
_CHILDREN_OF_KIND = _CHILDREN.where(MatterRow.kind == bindparam("kind"))


class DistrictRecords:
    """The district's matters, people and facts, for practices that count and compare."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def today(self) -> date:
        """See ``renda.matter.Records.today``."""
        return self.desk.day

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
        """See ``renda.matter.Records.matters``."""
        query = select(MatterRow).order_by(MatterRow.id)
        for column, wanted in ((MatterRow.practice, practice), (MatterRow.kind, kind)):
            query = query if wanted is None else query.where(column == wanted)
        if states:
            query = query.where(MatterRow.state.in_(states))
        if since is not None:
            query = query.where(MatterRow.opened_on >= since)
        if until is not None:
            query = query.where(MatterRow.opened_on <= until)
        if party is not None or relation is not None:
            query = query.where(MatterRow.id.in_(_related(party, relation)))
        return self.readable(self.desk.session.scalars(query).all())

    def matter(self, number: int) -> Matter | None:
        """See ``renda.matter.Records.matter``."""
        row = self.desk.session.get(MatterRow, number)
        return None if row is None else next(iter(self.readable([row])), None)

    def children(self, matter: Matter, kind: str | None = None) -> Sequence[Matter]:
        """See ``renda.matter.Records.children``."""
        query = _CHILDREN if kind is None else _CHILDREN_OF_KIND
        rows = self.desk.session.scalars(query, {"parent": matter.id, "kind": kind}).all()
        return self.readable(rows, parent=matter)

    def readable(self, rows: Sequence[MatterRow], *, parent: Matter | None = None) -> Sequence[Matter]:
        """The matters of these rows that may be read here: all of them."""
        return views(self.desk, rows, parent=parent)

    def facts(self, code: str, *, since: date, until: date, subject: Party | None = None) -> Sequence[Fact]:
        """See ``renda.matter.Records.facts``."""
        answers = ask(self.desk, "facts", until, subject=subject, since=since, until=until, records=self)
        every, begin = (fact for answer in answers for fact in answer.said), code[:-1] if code.endswith(".*") else None
        return [fact for fact in every if fact.code == code or (begin is not None and fact.code.startswith(begin))]

    def parties(self, noun: str, day: date) -> Sequence[Party]:
        """See ``renda.matter.Records.parties``."""
        if noun == "project":
            return [project.party for project in projects.listed(self.desk)]
        if noun == "organ":
            organs = self.desk.session.scalars(select(OrganRow).order_by(OrganRow.id))
            return [Party("organ", row.id, row.name) for row in organs if in_force(row, day)]
        query = select(PersonRow).order_by(PersonRow.sort_key, PersonRow.id)
        table: Any = {"deputy": MandateRow, "official": AppointmentRow}.get(noun)
        if table is not None:
            holds = select(table.person_id).where(table.since <= day, (table.until.is_(None)) | (table.until >= day))
            query = query.where(PersonRow.id.in_(holds))
        return [Party("person", row.id, row.name) for row in self.desk.session.scalars(query)]

    def holds(self, noun: str, number: int, day: date) -> bool:
        """See ``renda.matter.Records.holds``."""
        if noun == "project":
            return self.desk.exists(noun, number)
        if noun == "organ":
            organ = self.desk.session.get(OrganRow, number)
            return organ is not None and in_force(organ, day)
        if noun == "deputy":
            return any(in_force(row, day) for row in self._mandates(number))
        query = select(AppointmentRow.since, AppointmentRow.until).where(AppointmentRow.person_id == number)
        return any(in_force(row, day) for row in self.desk.session.execute(query))

    def _mandates(self, person: int) -> Sequence[Any]:
        if ("mandates of", person) not in self.desk.found:
            query = select(MandateRow.since, MandateRow.until).where(MandateRow.person_id == person)
            self.desk.found["mandates of", person] = self.desk.session.execute(query).all()
        found: Sequence[Any] = self.desk.found["mandates of", person]
        return found

    def party(self, noun: str, number: int) -> Party:
        """See ``renda.matter.Records.party``."""
        if noun == "project":
            return self.project(number).party
        row: Any = self.desk.session.get(OrganRow if noun == "organ" else PersonRow, number)
        if row is None:
            raise RendaError("party.unknown", number=number, noun=gettext("机构" if noun == "organ" else "人员"))
        # The session forgets rows nobody holds; an import asks for the same few people ten thousand times.
        self.desk.found["row of " + noun, number] = row
        return Party("organ" if noun == "organ" else "person", row.id, row.name)

    def project(self, number: int) -> Project:
        """See ``renda.matter.Records.project``."""
        return projects.view(projects.find(self.desk, number))

    def projects(self, *, year: int | None = None, organ: Party | None = None) -> Sequence[Project]:
        """See ``renda.matter.Records.projects``."""
        return projects.listed(self.desk, year=year, organ=organ)

    def post(self, person: int, day: date) -> tuple[str, Party] | None:
        """See ``renda.matter.Records.post``."""
        return next(iter(self.posts(person, day)), None)

    def posts(self, person: int, day: date) -> Sequence[tuple[str, Party]]:
        """See ``renda.matter.Records.posts``."""
        held = select(AppointmentRow).where(AppointmentRow.person_id == person, AppointmentRow.since <= day)
        rows = self.desk.session.scalars(held.order_by(AppointmentRow.since.desc(), AppointmentRow.id))
        return [(row.post, Party("organ", row.organ_id, row.organ.name)) for row in rows if in_force(row, day)]


def in_force(row: Any, day: date) -> bool:
    """Whether something dated holds on ``day``; its last day included."""
    return (row.since is None or row.since <= day) and (row.until is None or row.until >= day)


def _related(party: Party | None, relation: str | None) -> Select[int]:
    query = select(MatterPartyRow.matter_id)
    query = query if party is None else query.where(MatterPartyRow.party == party.key)
    return query if relation is None else query.where(MatterPartyRow.relation == relation)


def rules_of(desk: Desk, row: Pinned) -> InForce:
    """The practice that handles a matter, with the rules of the day it began."""
    return desk.rulebook.of(row)


def find(desk: Desk, number: int, *, to_change: bool = False) -> MatterRow:
    """The row of a matter; raises ``matter.unknown``, also for a matter of another district."""
    # Who holds the record changes alone what is read; everybody else locks a row to be changed, and reads it then.
    again = to_change and not chain.is_held(desk)
    row = lock_row(desk.session, MatterRow, number) if again else desk.session.get(MatterRow, number)
    if row is None:
        raise RendaError("matter.unknown", number=number)
    if chain.is_held(desk):
        # The session forgets rows nobody holds; an import comes back to the same matter again and again.
        desk.session.info.setdefault(_HELD, deque(maxlen=MOST_HELD)).append(row)
    return row


def view(desk: Desk, row: MatterRow) -> Matter:
    """One matter as rules see it, with those around it."""
    return views(desk, [row])[0]


def views(desk: Desk, rows: Sequence[MatterRow], *, parent: Matter | None = None) -> list[Matter]:
    """Matters as rules see them; parties and what lies around them are read in one query each."""
    if not rows:
        return []
    around: dict[int, Matter] = {} if parent is None else {parent.id: parent}
    wanted = {row.parent_id for row in rows if row.parent_id is not None} - around.keys()
    if len(wanted) == 1:
        around |= {number: view(desk, find(desk, number)) for number in wanted}
    elif wanted:
        query = select(MatterRow).where(MatterRow.id.in_(wanted))
        around |= {each.id: each for each in views(desk, desk.session.scalars(query).all())}
    parties = parties_of(desk, [row.id for row in rows])
    records = DistrictRecords(desk)
    return [
        assembled(rules_of(desk, row), row, parties[row.id], around.get(row.parent_id or 0), records) for row in rows
    ]


def assembled(
    rules: InForce,
    row: Any,
    parties: Mapping[str, tuple[Party, ...]],
    parent: Matter | None,
    records: DistrictRecords | None,
) -> Matter:
    """A matter from the columns of its row; anything with the row's attributes will do."""
    return Matter(
        id=row.id,
        practice=row.practice,
        kind=row.kind,
        state=row.state,
        title=row.title,
        opened_on=row.opened_on,
        payload=rules.practice.payload(row.kind).revived(row.payload),
        done=MappingProxyType({name: date.fromisoformat(day) for name, day in row.done.items()}),
        parties=parties,
        parent=parent,
        records=records,
    )


def parties_of(desk: Desk, numbers: list[int]) -> defaultdict[int, dict[str, tuple[Party, ...]]]:
    """Who stands in which relation to the matters of these numbers."""
    found: defaultdict[int, dict[str, tuple[Party, ...]]] = defaultdict(dict)
    own = desk.session.district_id
    for some in _portions(numbers):
        for matter_id, relation, key, name in desk.session.execute(_PARTIES, {"own": own, "numbers": some}):
            noun, _, number = key.partition(":")
            relations = found[matter_id]
            relations[relation] = (*relations.get(relation, ()), Party(noun, int(number), name))
    return found


def _portions(numbers: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(numbers), MOST_AT_ONCE):
        yield numbers[start : start + MOST_AT_ONCE]
