"""The database's owner changes rows and entries; ``renda check`` and ``renda replay`` have to tell it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, select, text

from renda.model import Base, ChainHead, EventRow
from renda.services import chain
from tools.attack.target import Result, Target

OWN = "district_id = (SELECT id FROM district WHERE slug = :slug)"
Manipulation = Callable[[Connection, str], int]


def statement(query: str) -> Manipulation:
    """A manipulation that is one statement; ``{own}`` is the condition of the district."""
    return lambda connection, slug: connection.execute(text(query.format(own=OWN)), {"slug": slug}).rowcount


def first(table: str, column: str, value: str, where: str = "1 = 1") -> Manipulation:
    """The first row of a table gets another value."""
    number = f"(SELECT min(id) FROM {table} WHERE {{own}} AND {where})"
    return statement(f"UPDATE {table} SET {column} = {value} WHERE id = {number}")


ROWS: dict[str, Manipulation] = {
    "score: what is shown": first("score", "shown", "'1234'"),
    "score: its value": first("score", "value", "'1234'"),
    "score: deleted": statement("DELETE FROM score WHERE id = (SELECT min(id) FROM score WHERE {own})"),
    "scores of two matters exchanged": statement(
        "UPDATE score SET matter_id = (SELECT min(matter_id) + max(matter_id) FROM score WHERE {own}) - matter_id "
        "WHERE {own} AND matter_id IN ((SELECT min(matter_id) FROM score WHERE {own}), "
        "(SELECT max(matter_id) FROM score WHERE {own}))"
    ),
    "matter: title": first("matter", "title", "'别的'"),
    "matter: payload": first("matter", "payload", "'{{}}'", "payload IS NOT NULL"),
    "matter: state": first("matter", "state", "'x'"),
    "matter: version": first("matter", "version", "version + 1"),
    "matter: deadline": first("matter", "due_on", "'2031-01-01'"),
    "matter: party": first("matter_party", "party", "'person:999999'"),
    "matter: parent": first("matter", "parent_id", "NULL", "parent_id IS NOT NULL"),
    "document: text": first("notice", "paragraphs", "'[\"别的\"]'"),
    "attendance": first("attendance", "state", "'absent'", "state = 'present'"),
    "mandate": first("mandate", "until", "'2001-01-01'"),
    "appointment": first("appointment", "post", "'别的'"),
    "account: roles": first("account", "roles", "'[\"chair\"]'"),
    "roll: a row less": statement(
        "DELETE FROM roll WHERE {own} AND person_id = (SELECT min(person_id) FROM roll WHERE {own})"
    ),
    "ballot: result": first("ballot", "result", "'{{}}'", "result IS NOT NULL"),
    "entry changed": statement("UPDATE event SET actor = '别人' WHERE {own} AND number = 2"),
    "entry deleted": statement("DELETE FROM event WHERE {own} AND number = 2"),
    "tail cut": statement("DELETE FROM event WHERE {own} AND number > 5"),
}


def attack(target: Target) -> Iterator[Result]:
    """Each manipulation on a copy of its own; what needs the anchors is told with them."""
    slug = min(place.name for place in target.districts.iterdir())
    target.renda("anchor")
    anchors = target.folder / "anchors.jsonl"
    clean = _told(target, slug, anchors)
    if clean:
        yield Result("integrity", f"{slug}: nothing changed", 1, 1, f"false alarm: {clean[:2]}")
        return
    for name, manipulate in ROWS.items():
        yield _tried(target, slug, name, manipulate, None)
    yield _tried(target, slug, "chain computed again", _computed_again, anchors)
    yield _tried(target, slug, "tail cut, head set back", _cut, anchors)


def _tried(target: Target, slug: str, name: str, manipulate: Manipulation, anchors: Path | None) -> Result:
    with target.copy() as copy:
        with _owner(copy) as connection:
            changed = manipulate(connection, slug)
        if not changed:
            return Result("integrity", name, 1, 0, "(no such row in this district)")
        told = _told(copy, slug, anchors)
    return Result("integrity", name, 1, 0 if told else 1, ", ".join(sorted(set(told))))


def _told(target: Target, slug: str, anchors: Path | None) -> list[str]:
    """The codes of the mistakes that ``renda check`` tells."""
    options = [] if anchors is None else ["--anchors", str(anchors)]
    done = target.renda("check", slug, "--json", *options)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"renda check: {done.stderr[-2000:]}") from None
    return [each["code"] for each in found if each["grave"] == "mistake"]


@contextmanager
def _owner(target: Target) -> Iterator[Connection]:
    """The owner's connection, with triggers and row level security away."""
    engine = create_engine(target.owner_url)
    with engine.begin() as connection:
        if target.database == "SQLite":
            connection.connection.create_function("current_district", 0, lambda: -1)
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.execute(text(query)).scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in Base.metadata.tables.values():
                if "district_id" in table.columns:
                    connection.execute(text(f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY"))
        yield connection
    engine.dispose()


def _cut(connection: Connection, slug: str) -> int:
    cut = statement("DELETE FROM event WHERE {own} AND number > 5")(connection, slug)
    last = "(SELECT digest FROM event WHERE {own} AND number = 5)"
    return cut and statement(f"UPDATE chain_head SET number = 5, digest = {last} WHERE {{own}}")(connection, slug)


def _computed_again(connection: Connection, slug: str) -> int:
    table: Any = EventRow.__table__
    own = connection.execute(text("SELECT id FROM district WHERE slug = :slug"), {"slug": slug}).scalar_one()
    previous = ""
    rows = connection.execute(select(table).where(table.c.district_id == own).order_by(table.c.number)).mappings().all()
    for values in rows:
        row = EventRow(**{**values, "previous": previous})
        row.actor = "别人" if row.number == 2 else row.actor
        previous = chain.digest_of(row)
        changed = {"actor": row.actor, "previous": row.previous, "digest": previous}
        connection.execute(table.update().where(table.c.id == row.id).values(changed))
    heads: Any = ChainHead.__table__
    return connection.execute(heads.update().where(heads.c.district_id == own).values(digest=previous)).rowcount
