"""A hall on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backing.balloting import Hall, make_hall
from backing.databases import Database


@pytest.fixture
def hall(database_url: Database, tmp_path: Path) -> Iterator[Hall]:
    """Nine members, a clerk, and a database whose tables the application does not own."""
    hall = make_hall(database_url.app_url, tmp_path)
    yield hall
    hall.world.close()
