"""The command line over three districts in a folder of the test, with the small practices installed."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from backing.databases import Database
from backing.terminal import Terminal, terminal_for
from renda.rulebook import installed, practice_class


@pytest.fixture
def sample_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The practices of backing.sample as plugins of this machine."""
    folder = tmp_path / "site" / "renda_sample-1.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: renda-sample\nVersion: 1\n", "utf-8")
    points = "[renda.practices]\nsample = backing.sample:Sample\nfaulty = backing.sample:Faulty\n"
    (folder / "entry_points.txt").write_text(points, "utf-8")
    monkeypatch.syspath_prepend(str(folder.parent))
    importlib.invalidate_caches()
    for known in (installed, practice_class):
        known.cache_clear()
    yield
    for known in (installed, practice_class):
        known.cache_clear()


@pytest.fixture
def terminal(sqlite_database: Database, tmp_path: Path, sample_installed: None) -> Terminal:
    """On SQLite."""
    return terminal_for(sqlite_database, tmp_path)


@pytest.fixture
def either_terminal(database_url: Database, tmp_path: Path, sample_installed: None) -> Terminal:
    """Once on each kind of database."""
    return terminal_for(database_url, tmp_path)


@pytest.fixture
def prepared(terminal: Terminal) -> Terminal:
    """On SQLite, with the data imported."""
    terminal.said("demo", "--prepare-only")
    return terminal
