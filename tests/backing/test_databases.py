"""Databases made for the tests: today's schema, empty, each test its own."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from backing.databases import Database, Templates


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


@pytest.fixture
def counting(tmp_path: Path) -> tuple[Templates, list[str]]:
    upgraded: list[str] = []

    def upgrade(url: str) -> None:
        upgraded.append(url)
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("create table noun (word text)"))
        engine.dispose()

    return Templates(tmp_path, upgrade), upgraded


def test_the_schema_is_made_once_and_copied_afterwards(counting: tuple[Templates, list[str]], tmp_path: Path) -> None:
    templates, upgraded = counting
    databases = [templates.sqlite(tmp_path / f"{number}.sqlite3") for number in range(3)]
    assert [tables(one.owner_url) for one in databases] == [{"noun"}] * 3
    assert len(upgraded) == 1


def test_a_database_has_the_tables_of_the_core(database_url: Database) -> None:
    assert {"district", "matter", "event"} <= tables(database_url.owner_url)


def test_the_application_owns_no_table(postgresql_database: Database) -> None:
    engine = create_engine(postgresql_database.app_url)
    with engine.connect() as connection:
        question = text("select count(*) from pg_tables where tableowner = current_user")
        assert connection.execute(question).scalar_one() == 0
        assert connection.execute(text("select current_user")).scalar_one() == "renda_app"
    engine.dispose()
