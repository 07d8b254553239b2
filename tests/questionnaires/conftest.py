"""A town that asks its citizens, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backing.asking import Town, make_town
from backing.databases import Database


@pytest.fixture
def town(database_url: Database, tmp_path: Path) -> Iterator[Town]:
    """甲区, in which nothing was asked yet."""
    made = make_town(database_url.app_url, tmp_path)
    yield made
    made.world.close()


@pytest.fixture
def local_town(sqlite_database: Database, tmp_path: Path) -> Iterator[Town]:
    """The same on SQLite alone, for what has nothing to do with the database."""
    made = make_town(sqlite_database.app_url, tmp_path)
    yield made
    made.world.close()
