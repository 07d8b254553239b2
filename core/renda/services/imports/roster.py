"""The district's roster from its spreadsheets: organs, people, appointments, mandates, projects, accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError
from renda.i18n import gettext
from renda.model import AccountRow, AppointmentRow, MandateRow, OrganRow, PersonRow, ProjectRow
from renda.services import accounts, people, projects
from renda.services.desk import Desk
from renda.services.imports.rows import table
from renda.services.imports.tables import SUFFIXES, Mistakes, Row, check_columns, wrong
from renda.services.imports.values import CLEARS

COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "organs": (("code", "name"), ("sort", "since", "until")),
        "people": (("code", "name"), ("sort_key",)),
        "appointments": (("person", "organ", "post", "since"), ("head", "until", "decision")),
        "mandates": (("person", "since"), ("constituency", "delegation", "committee_member", "until")),
        "projects": (("code", "name", "year"), ("organ", "budget", "stage", "due_on")),
        "accounts": (("login", "name", "roles"), ("person", "organ")),
    }
)


def keep(desk: Desk, folder: Path, mistakes: Mistakes, kept_password: str) -> int:
    """Bring the roster up to what the files say; the number of rows read.

    ``kept_password`` is given to accounts that have none yet.
    """
    keepers: Mapping[str, Callable[[Desk, Row], None]] = {
        "organs": _organ,
        "people": _person,
        "appointments": _appointment,
        "mandates": _mandate,
        "projects": _project,
        "accounts": lambda desk, row: _account(desk, row, kept_password),
    }
    count = 0
    for name, (required, optional) in COLUMNS.items():
        for path in (folder / f"{name}{suffix}" for suffix in SUFFIXES):
            if not path.is_file():
                continue
            before = len(mistakes.found)
            rows = table(path, path.name, mistakes)
            check_columns(rows, path.name, mistakes, required, optional)
            if len(mistakes.found) > before and not rows:
                continue
            for row in rows:
                with mistakes.at(row.file, row.line):
                    keepers[name](desk, row)
            count += len(rows)
    return count


def _said(row: Row, column: str, read: Callable[[str], Any], known: Any, empty: Any) -> Any:
    """What a cell says; a blank one, or no column, leaves what is ``known``, ``(清空)`` clears it."""
    text = row.text(column)
    if text in CLEARS:
        return empty
    if text:
        return read(column)
    return empty if known is None else known


def _organ(desk: Desk, row: Row) -> None:
    code, name = row.text("code", required=True), row.text("name", required=True)
    known = desk.session.scalar(select(OrganRow).where(OrganRow.code == code))
    people.keep_organ(
        desk,
        code,
        name,
        sort=_said(row, "sort", row.text, known and known.sort, "department"),
        since=_said(row, "since", row.day_or_none, known and known.since, None),
        until=_said(row, "until", row.day_or_none, known and known.until, None),
    )


def _person(desk: Desk, row: Row) -> None:
    code, name = row.text("code", required=True), row.text("name", required=True)
    computed = desk.rulebook.district.names.key(name)
    people.keep_person(desk, code, name, sort_key=computed if row.text("sort_key") in CLEARS else row.text("sort_key"))


def _appointment(desk: Desk, row: Row) -> None:
    who, where = named_person(desk, row, "person"), named_organ(desk, row, "organ")
    post, since = row.text("post", required=True), row.day("since")
    query = select(AppointmentRow).where(AppointmentRow.person_id == who.id, AppointmentRow.organ_id == where.id)
    known = desk.session.scalar(query.where(AppointmentRow.post == post, AppointmentRow.since == since))
    # A removal voted since the file was written ends the post; an empty cell does not take that back.
    until = _said(row, "until", row.day_or_none, known and known.until, None)
    people.appoint(
        desk,
        who,
        where,
        post,
        since,
        until=until,
        head=_said(row, "head", row.yes, known and known.head, False),
        decision=_said(row, "decision", row.text, known and known.decision, ""),
    )


def _mandate(desk: Desk, row: Row) -> None:
    who, since = named_person(desk, row, "person"), row.day("since")
    known = desk.session.scalar(select(MandateRow).where(MandateRow.person_id == who.id, MandateRow.since == since))
    people.give_mandate(
        desk,
        who,
        since,
        until=_said(row, "until", row.day_or_none, known and known.until, None),
        constituency=_said(row, "constituency", row.text, known and known.constituency, ""),
        delegation=_said(row, "delegation", row.text, known and known.delegation, ""),
        committee_member=_said(row, "committee_member", row.yes, known and known.committee_member, False),
    )


def _project(desk: Desk, row: Row) -> None:
    code = row.text("code", required=True)
    known = desk.session.scalar(select(ProjectRow).where(ProjectRow.code == code))
    projects.keep(
        desk,
        code,
        row.text("name", required=True),
        row.whole("year"),
        organ=_said(row, "organ", partial(named_organ, desk, row), known and known.organ, None),
        budget=_said(row, "budget", row.number_or_none, known and known.budget, None),
        stage=_said(row, "stage", row.text, known and known.stage, ""),
        due_on=_said(row, "due_on", row.day_or_none, known and known.due_on, None),
    )


def _account(desk: Desk, row: Row, kept_password: str) -> None:
    login = row.text("login", required=True)
    name = row.text("name", required=True)
    roles = [role.strip() for role in row.text("roles", required=True).split(";")]
    known = desk.session.scalar(select(AccountRow).where(AccountRow.login == login))
    person = _said(row, "person", partial(named_person, desk, row), known and known.person, None)
    organ = _said(row, "organ", partial(named_organ, desk, row), known and known.organ, None)
    try:
        accounts.check_roles(roles)
    except RendaError as error:
        raise wrong("roles", error.code, **error.values) from None
    if known is None:
        accounts.add(desk, login, name, roles, kept_password=kept_password, person=person, organ=organ)
        return
    known.name, known.roles, known.person, known.organ = name, roles, person, organ
    if known.password == accounts.NO_PASSWORD:
        known.password = kept_password


def named_person(desk: Desk, row: Row, column: str) -> PersonRow:
    """The person whose code stands in a cell."""
    code = row.text(column, required=True)
    try:
        return people.person(desk, code)
    except RendaError:
        raise wrong(column, "people.unknown", code=code, noun=gettext("人员")) from None


def named_organ(desk: Desk, row: Row, column: str) -> OrganRow:
    """The organ whose code stands in a cell."""
    code = row.text(column, required=True)
    try:
        return people.organ(desk, code)
    except RendaError:
        raise wrong(column, "people.unknown", code=code, noun=gettext("机构")) from None
