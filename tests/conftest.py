"""Fixtures of the whole suite. Nothing is skipped: what a test needs and does not find is a failure that says so."""

import contextlib
import importlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backing.databases import Database, Templates
from backing.pages import DESKTOP, PHONE, Pages, Serving, launched
from backing.postgres import Server, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from backing.world import Town, Towns

LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    """Hashes passwords with parameters that take no time; tests/web/test_sign_in.py looks at those of a host."""
    patch = pytest.MonkeyPatch()
    # The tests of the rules run where the store does not import.
    with contextlib.suppress(ImportError):
        hasher = importlib.import_module("argon2").PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        # Before tests are collected: some modules hash as they are imported.
        patch.setattr("renda.services.passwords._hasher", lambda: hasher)
        config.add_cleanup(patch.undo)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a service by the fixtures it asks for, so that nobody forgets to."""
    for item in items:
        asked = getattr(item, "fixturenames", ())
        for fixture, mark in (("browser", "browser"), ("postgres", "postgresql")):
            if fixture in asked:
                item.add_marker(mark)


@pytest.fixture(scope="session", autouse=True)
def no_other_host() -> Iterator[None]:
    """A connection that leaves this machine is an error, whoever opens it."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex"):
            patch.setattr(socket.socket, method, _guarded(getattr(socket.socket, method)))
        yield


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise PermissionError(f"a test tried to reach {address}")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server with the roles of backing.postgres, and no tables."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Databases of the newest schema, made on first use."""
    # By name and at the last moment, so that the tests of the rules run where the store does not import.
    upgrade = importlib.import_module("renda.migrate").upgrade
    return Templates(tmp_path_factory.mktemp("templates"), upgrade)


@pytest.fixture
def sqlite_database(templates: Templates, tmp_path: Path) -> Database:
    """A SQLite database with today's schema and no rows."""
    return templates.sqlite(tmp_path / "renda.sqlite3")


@pytest.fixture
def postgresql_database(templates: Templates, postgres: Server) -> Iterator[Database]:
    """A PostgreSQL database with today's schema and no rows."""
    database, name = templates.postgresql(postgres)
    yield database
    postgres.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> Database:
    """A database with today's schema and no rows: the test runs once on SQLite and once on PostgreSQL."""
    database: Database = request.getfixturevalue(f"{request.param}_database")
    return database


@pytest.fixture
def towns(database_url: Database, tmp_path: Path) -> Iterator["Towns"]:
    """甲区 and 乙区 with people and accounts, and the application that serves them."""
    yield from _towns(database_url, tmp_path)


@pytest.fixture
def local_towns(sqlite_database: Database, tmp_path: Path) -> Iterator["Towns"]:
    """The same on SQLite alone, for what has nothing to do with the database."""
    yield from _towns(sqlite_database, tmp_path)


def _towns(database: Database, root: Path) -> Iterator["Towns"]:
    made: Towns = importlib.import_module("backing.world").make_towns(database.app_url, root)
    yield made
    made.jia.world.close()
    made.yi.world.close()


@pytest.fixture
def jia(towns: "Towns") -> "Town":
    """甲区 with people and accounts."""
    return towns.jia


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One browser for the run; ask for `page` or `pages`, which keep tests apart."""
    with launched() as browser:
        yield browser


@pytest.fixture
def serve() -> Iterator[Serving]:
    """Call it with a WSGI application; it answers the address of a server in a thread."""
    serving = Serving()
    yield serving
    serving.close()


@pytest.fixture
def pages(browser: "Browser", serve: Serving) -> Iterator[Pages]:
    """Opens pages of any size; at the end nothing may have gone to another host or complained.

    It needs ``serve`` only to end before it: a page that is still loading complains when its server goes away.
    """
    pages = Pages(browser)
    yield pages
    complaints = pages.close()
    assert complaints == []


@pytest.fixture(params=[pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop")])
def page(request: pytest.FixtureRequest, pages: Pages) -> "Page":
    """A page, once of a phone's size and once of a desktop's."""
    return pages.open(request.param)
