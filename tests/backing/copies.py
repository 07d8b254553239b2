"""Copies of a world: as a file of SQLite, and in a database of PostgreSQL that is emptied before."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, func, insert, select, text

from backing.databases import Database
from renda.model import Base, EventRow, MatterRow, NoticeRow, ScoreRow
from renda.services import chain
from renda.testing.factories import World

PORTION = 500
STATES = frozenset(
    {
        "state",
        "version",
        "round",
        "issued",
        "present",
        "codes_given",
        "way",
        "seat",
        "late",
        "reason",
        "failures",
        "disabled",
        "revoked",
        "since",
        "until",
        "head",
        "address",
        "post",
        "sort_key",
        "name",
        "rules_effective",
        "until_on",
        "stage",
    }
)
"""Columns that are compared whatever table they are in."""


class Copies:
    """Makes copies in ``folder`` and in one database of PostgreSQL; a copy holds until the next of its kind."""

    def __init__(self, folder: Path, database: Database | None) -> None:
        self.folder = folder
        self.database = database
        self._numbers = count()
        self._worlds: list[World] = []
        self._files: list[Path] = []
        self._superuser = (
            None if database is None else create_engine(database.owner_url.replace("renda_owner", "postgres", 1))
        )

    def each(self, world: World) -> Iterator[World]:
        """A copy on each kind of database, one after the other."""
        yield self.sqlite(world)
        yield self.postgresql(world)

    def sqlite(self, world: World) -> World:
        """A copy in a file of its own."""
        target = self.folder / f"copy-{next(self._numbers)}.sqlite3"
        with (
            closing(sqlite3.connect(str(world.store.engine.url.database))) as source,
            closing(sqlite3.connect(target)) as copied,
        ):
            source.backup(copied)
        self._files.append(target)
        return self._opened(world, f"sqlite:///{target}")

    def postgresql(self, world: World) -> World:
        """A copy in the database of PostgreSQL; what was in it before is gone."""
        assert self._superuser is not None
        assert self.database is not None
        tables = Base.metadata.sorted_tables
        with self._superuser.begin() as target, world.store.engine.connect() as source:
            # The superuser alone may write past triggers, keys and the security of rows.
            target.execute(text("set session_replication_role = replica"))
            target.execute(text(f"truncate {', '.join(table.name for table in tables)} restart identity"))
            for table in tables:
                rows = [dict(row) for row in source.execute(select(table)).mappings()]
                for start in range(0, len(rows), PORTION):
                    target.execute(insert(table), rows[start : start + PORTION])
                if rows and "id" in table.c and not isinstance(rows[0]["id"], str):
                    target.execute(
                        text(
                            f"select setval(pg_get_serial_sequence('{table.name}', 'id'), "
                            f"(select max(id) from {table.name}))"
                        )
                    )
        return self._opened(world, self.database.app_url)

    def _opened(self, world: World, url: str) -> World:
        copied = World(url, self.folder, world.slug, books=world.installation.rulebooks)
        copied.now = world.now
        copied.names = dict(world.names)
        self._worlds.append(copied)
        return copied

    def close(self) -> None:
        """Give the superuser's connection back."""
        if self._superuser is not None:
            self._superuser.dispose()

    def forget(self) -> None:
        """Give back what the copies hold."""
        while self._worlds:
            self._worlds.pop().close()
        while self._files:
            path = self._files.pop()
            for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
                each.unlink(missing_ok=True)


def left(world: World) -> dict[str, Any]:
    """What a district holds: its record, the states and versions of its matters, documents, scores, rows of each table.

    Without ids and digests: PostgreSQL gives no number twice, also where what it was for was given up.
    """
    with world.reading() as desk:
        assert chain.first_broken(desk) is None
        session = desk.session
        events = session.execute(
            select(EventRow.action, EventRow.came_from, EventRow.went_to, EventRow.actor).order_by(EventRow.number)
        )
        matters = session.execute(select(MatterRow.kind, MatterRow.state, MatterRow.version).order_by(MatterRow.id))
        notices = session.execute(
            select(NoticeRow.code, NoticeRow.year, NoticeRow.serial, NoticeRow.genre).order_by(NoticeRow.id)
        )
        scores = session.execute(select(ScoreRow.shown).order_by(ScoreRow.id))
        found = {
            name: [tuple(row) for row in rows]
            for name, rows in (("events", events), ("matters", matters), ("notices", notices), ("scores", scores))
        }
        rows: Counter[str] = Counter()
        states: dict[str, list[str]] = {}
        for table in Base.metadata.sorted_tables:
            if "district_id" in table.c:
                counted = select(func.count()).where(table.c.district_id == session.district_id)
                rows[table.name] = session.connection().execute(counted).scalar_one()
                kept = [column for name, column in table.c.items() if name in STATES]
                if kept:
                    query = select(*kept).where(table.c.district_id == session.district_id)
                    states[table.name] = sorted(repr(tuple(row)) for row in session.connection().execute(query))
    return {**found, "rows": +rows, "states": states}
