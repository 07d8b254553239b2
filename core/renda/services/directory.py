"""The district's people, organs and projects by number, code and name, for forms and pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from renda.fields.bounds import MAX_DIGITS
from renda.model import AppointmentRow, MandateRow, OrganRow, PersonRow, ProjectRow
from renda.services.desk import Desk

Ref = tuple[str, int]
MOST = 500
_TABLES: Mapping[str, Any] = {"organ": OrganRow, "project": ProjectRow}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something one may choose: its number, its code and its name."""

    id: int
    code: str
    name: str

    @property
    def label(self) -> str:
        """Name and code, enough to tell two of the same name apart."""
        return f"{self.name}（{self.code}）"


def listed(desk: Desk, noun: str, *, text: str = "", limit: int = MOST) -> list[Named]:
    """Those that hold today and whose name or code contains ``text``, at most ``limit``, in their usual order.

    ``noun``: person, deputy, official, organ or project.
    """
    query = _holding(desk, noun)
    table: Any = _TABLES.get(noun, PersonRow)
    if text:
        query = query.where(or_(table.name.contains(text, autoescape=True), table.code.contains(text, autoescape=True)))
    return [Named(row.id, row.code, row.name) for row in desk.session.execute(query.limit(limit))]


def number_of(desk: Desk, noun: str, text: str) -> int | None:
    """The number behind what somebody typed or chose: ``#12``, a code, a label, or a name only one has."""
    wanted = text.strip()
    number = wanted.removeprefix("#")
    if (wanted != number or noun == "matter") and number.isascii() and number.isdigit():
        if len(number) > MAX_DIGITS:
            return None
        return int(number)
    if noun == "matter" or not wanted:
        return None
    name, _, code = wanted.replace("(", "（").removesuffix("）").removesuffix(")").rpartition("（")
    table: Any = _TABLES.get(noun, PersonRow)
    codes = [wanted, *([code] if name else [])]
    found = desk.session.execute(
        _holding(desk, noun).where(or_(table.code.in_(codes), table.name == wanted)).limit(10)
    ).all()
    coded = [row.id for row in found if row.code in codes]
    named = [row.id for row in found if row.name == wanted]
    return next((each[0] for each in (coded, named) if len(each) == 1), None)


def names(desk: Desk, refs: Iterable[Ref]) -> Mapping[Ref, str]:
    """What people, organs and projects are called, in one query for each table; unknown ones are left out."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for noun, number in refs:
        wanted[noun].add(number)
    found: dict[Ref, str] = {}
    people = set().union(*(wanted.pop(noun, set()) for noun in ("person", "deputy", "official")))
    if people:
        for number, name in desk.session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(people))):
            found |= {(noun, number): name for noun in ("person", "deputy", "official")}
    for noun, numbers in wanted.items():
        table = _TABLES[noun]
        for number, name in desk.session.execute(select(table.id, table.name).where(table.id.in_(numbers))):
            found[noun, number] = name
    return found


def _holding(desk: Desk, noun: str) -> Select[int, str, str]:
    day = desk.day
    if noun == "project":
        return select(ProjectRow.id, ProjectRow.code, ProjectRow.name).order_by(ProjectRow.year.desc(), ProjectRow.id)
    if noun == "organ":
        return (
            select(OrganRow.id, OrganRow.code, OrganRow.name)
            .where(
                or_(OrganRow.since.is_(None), OrganRow.since <= day),
                or_(OrganRow.until.is_(None), OrganRow.until >= day),
            )
            .order_by(OrganRow.id)
        )
    query = select(PersonRow.id, PersonRow.code, PersonRow.name).order_by(PersonRow.sort_key, PersonRow.id)
    held: Any = {"deputy": MandateRow, "official": AppointmentRow}.get(noun)
    if held is None:
        return query
    holds = select(held.person_id).where(held.since <= day, or_(held.until.is_(None), held.until >= day))
    return query.where(PersonRow.id.in_(holds))
