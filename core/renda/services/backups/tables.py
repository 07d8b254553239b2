"""What both kinds of database are asked when they are copied: tables, rows, revisions, what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, inspect, text

from renda.errors import RendaError

_REVISIONS = "alembic_version_"


@dataclass(frozen=True, slots=True)
class OpenThere:
    """A ballot or a questionnaire that is open in the copy; ``noun``: ``ballot`` or ``questionnaire``."""

    noun: str
    district_id: int
    slug: str
    number: int
    title: str
    key_mode: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: rows and columns of each table, the revisions of the schema, what was open."""

    tables: Mapping[str, int]
    columns: Mapping[str, Sequence[str]]
    revisions: Mapping[str, str]
    open: Sequence[OpenThere]


def verify(wanted: Mapping[str, int], found: Mapping[str, int]) -> None:
    """Raise ``backup.counts`` where a table has not the rows it should have."""
    wrong = [
        f"{table} {found.get(table, 0)}/{wanted.get(table, 0)}"
        for table in sorted(wanted.keys() | found.keys())
        if wanted.get(table) != found.get(table)
    ]
    if wrong:
        raise RendaError("backup.counts", tables="、".join(wrong))


def table_names(connection: Connection) -> list[str]:
    """All tables but those of the migrations, each after those it refers to: plugins' and later ones included."""
    ordered = inspect(connection).get_sorted_table_and_fkc_names()
    return [name for name, _ in ordered if name is not None and not name.startswith(_REVISIONS)]


def counts(
    connection: Connection, districts: Sequence[int | None], tables: Sequence[str] | None = None
) -> dict[str, int]:
    """The rows of those tables (all where None), for each of those districts or, where it is None, for nobody's."""
    counted = {}
    for table in tables or table_names(connection):
        counted[table] = 0
        for district in districts:
            bind(connection, district)
            quoted = connection.dialect.identifier_preparer.quote(table)
            counted[table] += int(connection.scalar(text(f"select count(*) from {quoted}")) or 0)  # noqa: S608
    return counted


def described(connection: Connection, counted: Mapping[str, int]) -> Copied:
    """A copy with those rows: the revisions of its schema, and what is open in it."""
    versions = [each for each in inspect(connection).get_table_names() if each.startswith(_REVISIONS)]
    revisions = {
        each.removeprefix(_REVISIONS): str(connection.scalar(text(f"select version_num from {each}")))  # noqa: S608
        for each in versions
    }
    rows = connection.execute(text("select id, slug from district order by id"))
    slugs: dict[int, str] = {each.id: each.slug for each in rows}
    opened: list[OpenThere] = []
    for district, slug in slugs.items():
        bind(connection, district)
        ballots = text(
            "select id, question, key_mode from ballot where district_id = :own and state in :open order by id"
        )
        ballots = ballots.bindparams(bindparam("open", expanding=True))
        asked = {"own": district, "open": ["open", "stopped"]}
        voted = connection.execute(ballots, asked)
        opened += [OpenThere("ballot", district, slug, each.id, each.question, each.key_mode) for each in voted]
        forms = text("select id, title from questionnaire where district_id = :own and state = 'open' order by id")
        answered = connection.execute(forms, {"own": district})
        opened += [OpenThere("questionnaire", district, slug, each.id, each.title, "server") for each in answered]
    return Copied(counted, {}, revisions, opened)


def bind(connection: Connection, district: int | None) -> None:
    """Let the connection see that district, where it sees one at a time."""
    if connection.dialect.name == "postgresql":
        value = "" if district is None else str(district)
        connection.execute(text("select set_config('app.district', :value, true)"), {"value": value})
