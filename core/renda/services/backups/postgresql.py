"""PostgreSQL, table by table in one snapshot, and from there into an empty database.

Row level security must not make anybody copy nothing in silence: where it holds for the role, each table is read once
for every district, bound to it, and no policy but ours may stand on the table. So the application's own role will do,
and so does one with BYPASSRLS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from renda.errors import RendaError
from renda.services.backups.tables import Copied, bind, counts, described, table_names, verify
from renda.store import make_engine

_OWN_POLICY = "own_district"


def copy_postgresql(url: str, folder: Path) -> Copied:
    """Every table in one snapshot, in the order of its primary key, which is not the order the rows came in."""
    place = folder / "database"
    place.mkdir(mode=0o700)
    with _snapshot(url) as connection:
        bound = _bound_tables(connection)
        districts = list(connection.scalars(text("select id from district order by id")))
        written: dict[str, int] = {}
        columns: dict[str, Sequence[str]] = {}
        counted: dict[str, int] = {}
        for table in table_names(connection):
            columns[table] = _columns(connection, table)
            owners = districts if table in bound else [None]
            with (place / f"{table}.copy").open("xb") as file:
                written[table] = sum(_copy_out(connection, table, columns[table], each, file) for each in owners)
            counted[table] = counts(connection, owners, [table])[table]
        _check_heads(connection, districts, written)
        verify(counted, written)
        return replace(described(connection, counted), columns=columns)


def fill_postgresql(connection: Connection, folder: Path, columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Load the tables of a copy into those of ``connection``, which nothing guards yet; the rows of each."""
    quoted = connection.dialect.identifier_preparer.quote
    names = [each for each in table_names(connection) if each in columns]
    connection.execute(text(f"TRUNCATE {', '.join(map(quoted, names))}"))
    driver: Any = connection.connection.driver_connection
    loaded = {}
    for table in names:
        listed = ", ".join(map(quoted, columns[table]))
        with (
            (folder / "database" / f"{table}.copy").open("rb") as file,
            driver.cursor() as cursor,
            cursor.copy(f"COPY {quoted(table)} ({listed}) FROM STDIN") as copy,
        ):
            while block := file.read(1 << 16):
                copy.write(block)
        for column in columns[table]:
            _set_sequence(connection, table, column)
        loaded[table] = int(connection.scalar(text(f"select count(*) from {quoted(table)}")) or 0)  # noqa: S608
    return loaded


@contextmanager
def _snapshot(url: str) -> Iterator[Connection]:
    engine = make_engine(url)
    try:
        with engine.connect() as plain:
            yield plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    finally:
        engine.dispose()


def _bound_tables(connection: Connection) -> set[str]:
    """The tables of which this role sees one district at a time; raises ``backup.policy``."""
    active = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and row_security_active(oid)"
    bound = set(connection.scalars(text(active)))
    query = text("select tablename from pg_policies where schemaname = 'public' and policyname <> :own")
    foreign = sorted(bound.intersection(connection.scalars(query, {"own": _OWN_POLICY})))
    if foreign:
        role = connection.scalar(text("select current_user"))
        raise RendaError("backup.policy", tables="、".join(foreign), role=role)
    return bound


def _columns(connection: Connection, table: str) -> list[str]:
    return [each["name"] for each in inspect(connection).get_columns(table) if "computed" not in each]


def _copy_out(connection: Connection, table: str, columns: Sequence[str], district: int | None, file: Any) -> int:
    bind(connection, district)
    quoted = connection.dialect.identifier_preparer.quote
    key = inspect(connection).get_pk_constraint(table)["constrained_columns"] or columns[:1]
    select = f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(table)} ORDER BY {', '.join(map(quoted, key))}"  # noqa: S608
    driver: Any = connection.connection.driver_connection
    rows = 0
    with driver.cursor() as cursor, cursor.copy(f"COPY ({select}) TO STDOUT") as copy:
        for block in copy:
            # In this form a row ends with the one line feed that stands for itself.
            rows += bytes(block).count(b"\n")
            file.write(block)
    return rows


def _check_heads(connection: Connection, districts: Sequence[int], written: Mapping[str, int]) -> None:
    """The record's own count must agree: it stands beside the entries and not in them."""
    entries = 0
    for district in districts:
        bind(connection, district)
        query = text("select number from chain_head where district_id = :own")
        entries += int(connection.scalar(query, {"own": district}) or 0)
    verify({"event": entries}, {"event": written.get("event", 0)})


def _set_sequence(connection: Connection, table: str, column: str) -> None:
    asked = {"table": table, "column": column}
    sequence = connection.scalar(text("select pg_get_serial_sequence(:table, :column)"), asked)
    if sequence is not None:
        quoted = connection.dialect.identifier_preparer.quote
        highest = connection.scalar(text(f"select max({quoted(column)}) from {quoted(table)}"))  # noqa: S608
        if highest is not None:
            connection.execute(
                text("select setval(cast(:sequence as regclass), :to)"), {"sequence": sequence, "to": highest}
            )
