"""Fixtures of the services: one district with a small practice, once on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backing.databases import Database
from backing.sample import find_practice, write_districts
from renda.testing.factories import World


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the districts 甲区 and 乙区; 丙区's file is broken."""
    return write_districts(tmp_path / "districts")


@pytest.fixture
def world(database_url: Database, folder: Path) -> Iterator[World]:
    """甲区, empty."""
    made = World(database_url.app_url, folder, "jia", find_practice=find_practice)
    yield made
    made.close()


@pytest.fixture
def local_world(sqlite_database: Database, folder: Path) -> Iterator[World]:
    """The same on SQLite alone, for what has nothing to do with the database."""
    made = World(sqlite_database.app_url, folder, "jia", find_practice=find_practice)
    yield made
    made.close()
