"""A sample of all races by seed, or all of them: ``RENDA_RACES=all`` (``make races``), ``RENDA_RACES_SEED``."""

from collections.abc import Iterator

import pytest

from backing.copies import Copies
from backing.databases import Templates
from backing.postgres import Server
from backing.sampling import EVERY, SEED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells which sample was raced."""
    said = "all of them (RENDA_RACES=all)" if EVERY else f"a sample, RENDA_RACES_SEED={SEED}"
    terminalreporter.write_line(f"races: {said}")


@pytest.fixture(scope="session")
def both(templates: Templates, postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    """Copies of worlds on both kinds of database."""
    database, name = templates.postgresql(postgres)
    made = Copies(tmp_path_factory.mktemp("copies"), database)
    yield made
    made.forget()
    made.close()
    postgres.drop(name)


@pytest.fixture
def copies(both: Copies) -> Iterator[Copies]:
    """The same, given back after each test."""
    yield both
    both.forget()
