"""The district's roster from its spreadsheets: organs, people, appointments, mandates, projects, accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select

from renda.errors import RendaError
from renda.i18n import gettext
from renda.model import AccountRow, OrganRow, PersonRow
from renda.services import accounts, people, projects
from renda.services.desk import Desk
from renda.services.imports.rows import table
from renda.services.imports.tables import SUFFIXES, Mistakes, Row, check_columns, wrong

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


def _organ(desk: Desk, row: Row) -> None:
    people.keep_organ(
        desk,
        row.text("code", required=True),
        row.text("name", required=True),
        sort=row.text("sort") or "department",
        since=row.day_or_none("since"),
        until=row.day_or_none("until"),
    )


def _person(desk: Desk, row: Row) -> None:
    code, name = row.text("code", required=True), row.text("name", required=True)
    people.keep_person(desk, code, name, sort_key=row.text("sort_key"))


def _appointment(desk: Desk, row: Row) -> None:
    who, where = named_person(desk, row, "person"), named_organ(desk, row, "organ")
    post, since = row.text("post", required=True), row.day("since")
    # A removal voted since the file was written ends the post; an empty cell does not take that back.
    until = row.day_or_none("until") or people.ended_on(desk, who, where, post, since)
    people.appoint(
        desk,
        who,
        where,
        post,
        since,
        until=until,
        head=row.yes("head"),
        decision=row.text("decision"),
    )


def _mandate(desk: Desk, row: Row) -> None:
    people.give_mandate(
        desk,
        named_person(desk, row, "person"),
        row.day("since"),
        until=row.day_or_none("until"),
        constituency=row.text("constituency"),
        delegation=row.text("delegation"),
        committee_member=row.yes("committee_member"),
    )


def _project(desk: Desk, row: Row) -> None:
    projects.keep(
        desk,
        row.text("code", required=True),
        row.text("name", required=True),
        row.whole("year"),
        organ=named_organ(desk, row, "organ") if row.text("organ") else None,
        budget=row.number_or_none("budget"),
        stage=row.text("stage"),
        due_on=row.day_or_none("due_on"),
    )


def _account(desk: Desk, row: Row, kept_password: str) -> None:
    login = row.text("login", required=True)
    name = row.text("name", required=True)
    roles = [role.strip() for role in row.text("roles", required=True).split(";")]
    person = named_person(desk, row, "person") if row.text("person") else None
    organ = named_organ(desk, row, "organ") if row.text("organ") else None
    try:
        accounts.check_roles(roles)
    except RendaError as error:
        raise wrong("roles", error.code, **error.values) from None
    known = desk.session.scalar(select(AccountRow).where(AccountRow.login == login))
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
