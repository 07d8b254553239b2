"""Installations to measure: districts copied from a real one, matters cloned from one that was really handled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text

from backing.postgres import APP, OWNER, Server, running
from renda.migrate import upgrade
from renda.model import Base, District, EventRow, MatterPartyRow, MatterRow, ScoreRow
from renda.rulebook import Rulebooks
from renda.services.desk import Installation
from renda.store import Store, make_engine

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2020, 6, 1, 2, tzinfo=UTC)
PORTION = 5_000
_NEXT = {
    "sqlite": "select max(id) + 1 from matter",
    # A district sees its own numbers alone, so the sequence is asked.
    "postgresql": "select nextval(pg_get_serial_sequence('matter', 'id'))",
}


@dataclass(frozen=True)
class Place:
    """A database with today's schema: its kind, and its addresses for the owner and the application."""

    kind: str
    owner_url: str
    app_url: str


@contextmanager
def places(folder: Path) -> Iterator[list[Place]]:
    """One place on SQLite and one on PostgreSQL; the server ends with the block."""
    with running() as server:
        yield [sqlite(folder), postgresql(server)]


def sqlite(folder: Path) -> Place:
    """A new SQLite file in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'renda.sqlite3'}"
    upgrade(url)
    return Place("SQLite", url, url)


def postgresql(server: Server) -> Place:
    """A new database on the server."""
    name = server.create()
    owner = server.url(name, OWNER)
    upgrade(owner, app_role=APP)
    return Place("PostgreSQL", owner, server.url(name, APP))


def installation(place: Place, districts: Path, slugs: list[str]) -> Installation:
    """An installation with districts of these names, whose rules lie below ``districts``."""
    store = Store(place.app_url)
    with store.hosting() as session:
        known = set(session.scalars(select(District.slug)))
        session.add_all(District(slug=slug, name=slug) for slug in slugs if slug not in known)
    return Installation(store, Rulebooks(districts), clock=lambda: NOW)


def copies(original: str, target: Path, count: int) -> list[str]:
    """The rules of a real district, ``count`` times under other names, without its people."""
    slugs = [f"{original}_{number:04d}" for number in range(count)]
    for slug in slugs:
        shutil.copytree(ROOT / "districts" / original, target / slug, ignore=shutil.ignore_patterns("data"))
    return slugs


def clone(place: Place, slug: str, matter: int, count: int) -> None:
    """``count`` more matters like one that was handled to its end, with parties, score and last event each."""
    engine = make_engine(place.owner_url)
    with engine.begin() as connection:
        district = connection.execute(select(District.id).where(District.slug == slug)).scalar_one()
        if connection.dialect.name != "sqlite":
            connection.execute(text("select set_config('app.district', :id, true)"), {"id": str(district)})
        rows = {
            table: [dict(row) for row in connection.execute(_of(table, matter)).mappings()]
            for table in (MatterRow, MatterPartyRow, ScoreRow, EventRow)
        }
        rows[ScoreRow] = rows[ScoreRow][-1:]
        rows[EventRow] = rows[EventRow][-1:]
        first = connection.execute(text(_NEXT[connection.dialect.name])).scalar_one()
        number = connection.execute(text("select max(number) from event")).scalar_one() + 1
        for start in range(0, count, PORTION):
            _fill(connection, rows, range(start, min(start + PORTION, count)), first, number)
        if connection.dialect.name != "sqlite":
            last = {"last": first + count}
            connection.execute(text("select setval(pg_get_serial_sequence('matter', 'id'), :last)"), last)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _of(table: Any, matter: int) -> Any:
    own = table.id if table is MatterRow else table.matter_id
    return select(*Base.metadata.tables[table.__tablename__].columns).where(own == matter).order_by(table.id)


def _fill(connection: Connection, rows: dict[Any, Any], numbers: range, first: int, number: int) -> None:
    for table, originals in rows.items():
        copied = []
        for step in numbers:
            for original in originals:
                row = {key: value for key, value in original.items() if key != "id"}
                if table is MatterRow:
                    row |= {"id": first + step, "title": f"{row['title']} {step}"}
                else:
                    row["matter_id"] = first + step
                if table is EventRow:
                    row |= {"number": number + step, "submission": None}
                copied.append(row)
        if copied:
            connection.execute(insert(Base.metadata.tables[table.__tablename__]), copied)


def child(program: str, environment: dict[str, str]) -> dict[str, Any]:
    """What another Python process prints as JSON; it starts with nothing loaded."""
    found = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return answer
