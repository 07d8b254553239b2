"""A council on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backing.databases import Database
from backing.sittings import Council, make_council


@pytest.fixture
def council(database_url: Database, tmp_path: Path) -> Iterator[Council]:
    """Nine members and a clerk, in a database whose tables the application does not own."""
    made = make_council(database_url.app_url, tmp_path)
    yield made
    made.world.close()
