"""SQLite into a file and back: its own online backup, with the rows counted in the same moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from renda.errors import RendaError
from renda.services.backups.tables import Copied, counts, described, verify
from renda.store import make_engine

SQLITE_COPY = "database/renda.sqlite3"
SQLITE_ENDINGS = ("-wal", "-shm", "-journal")
"""Of the files that belong to a database's file while somebody has it open, and stay where a process was killed."""


def copy_sqlite(url: str, folder: Path) -> Copied:
    """The online backup of SQLite, in the same read transaction in which the rows are counted."""
    target = folder / SQLITE_COPY
    target.parent.mkdir(mode=0o700)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            copied = described(connection, counts(connection, [None]))
            with closing(sqlite3.connect(target)) as fresh:
                source: Any = connection.connection.driver_connection
                source.backup(fresh)
    finally:
        engine.dispose()
    with closing(sqlite3.connect(target)) as fresh:
        # What was deleted stays on free pages of a copy page by page; a backup must not hold more than the tables.
        fresh.execute("PRAGMA journal_mode=DELETE")
        fresh.execute("VACUUM")
    target.chmod(0o600)
    verify(copied.tables, rows_in_sqlite(target, copied.tables))
    return copied


def rows_in_sqlite(file: Path, tables: Mapping[str, int]) -> dict[str, int]:
    """The rows of those tables in a file, whose pages are looked at as well."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if whole != "ok":
            raise RendaError("backup.damaged", folder=str(file.parent), files=f"{file.name} ({whole})")
        present = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
        return {
            table: int(connection.execute(f'select count(*) from "{table}"').fetchone()[0])  # noqa: S608
            for table in tables
            if table in present
        }
