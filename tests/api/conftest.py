"""Fixtures of the API: two districts in a fresh database, once on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backing.databases import Database
from backing.world import Towns, make_towns


@pytest.fixture
def towns(database_url: Database, tmp_path: Path) -> Iterator[Towns]:
    """甲区 and 乙区 and the application that serves them."""
    made = make_towns(database_url.app_url, tmp_path)
    yield made
    made.jia.world.close()
    made.yi.world.close()


@pytest.fixture
def local_towns(sqlite_database: Database, tmp_path: Path) -> Iterator[Towns]:
    """The same on SQLite alone, for what has nothing to do with the database."""
    made = make_towns(sqlite_database.app_url, tmp_path)
    yield made
    made.jia.world.close()
    made.yi.world.close()
