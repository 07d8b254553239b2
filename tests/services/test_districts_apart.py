"""What the database itself refuses, whatever the application says: another district's rows, a changed record."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from backing.databases import Database
from backing.world import make_towns
from renda.store import Store


def counted(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())


TABLES = ["matter", "event", "person", "organ", "account", "mandate", "matter_party", "chain_head"]


@pytest.fixture
def postgresql(postgresql_database: Database, tmp_path: Path) -> Any:
    """The application's role at a PostgreSQL database with a matter in each district, and the districts."""
    towns = make_towns(postgresql_database.app_url, tmp_path)
    towns.jia.propose()
    towns.yi.propose()
    numbers = {slug: towns.jia.world.installation.district_id(slug) for slug in ("jia", "yi")}
    yield towns.jia.world.store.engine, numbers
    towns.jia.world.close()
    towns.yi.world.close()


@pytest.mark.parametrize("table", TABLES)
def test_raw_sql_of_the_application_sees_one_district_only(postgresql: Any, table: str) -> None:
    engine, numbers = postgresql
    with engine.connect() as connection:
        assert counted(connection, table) == 0
        found = {}
        for slug, number in numbers.items():
            connection.execute(text("select set_config('app.district', :number, true)"), {"number": str(number)})
            seen = connection.execute(text(f"select distinct district_id from {table}")).scalars().all()
            found[slug] = list(seen)
        assert found == {slug: [number] for slug, number in numbers.items()}


def test_raw_sql_of_the_application_writes_nothing_into_another_district(postgresql: Any) -> None:
    engine, numbers = postgresql
    with engine.connect() as connection:
        connection.execute(text("select set_config('app.district', :number, true)"), {"number": str(numbers["jia"])})
        changed = connection.execute(text("update organ set name = 'x' where district_id = :yi"), {"yi": numbers["yi"]})
        assert changed.rowcount == 0
        assert (
            connection.execute(text("delete from organ where district_id = :yi"), {"yi": numbers["yi"]}).rowcount == 0
        )
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(
                text("insert into organ (district_id, code, name, sort) values (:yi, 'x', 'x', 'x')"),
                {"yi": numbers["yi"]},
            )


@pytest.mark.parametrize("statement", ["update {} set day = day", "delete from {}", "truncate {}", "drop table {}"])
@pytest.mark.parametrize("table", ["event", "score"])
def test_the_application_cannot_change_the_record(postgresql: Any, statement: str, table: str) -> None:
    engine, numbers = postgresql
    with engine.connect() as connection:
        connection.execute(text("select set_config('app.district', :number, true)"), {"number": str(numbers["jia"])})
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            connection.execute(text(statement.format(table)))


def test_the_application_cannot_switch_the_guard_off(postgresql: Any) -> None:
    engine, _ = postgresql
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="must be owner"):
        connection.execute(text("alter table matter disable row level security"))


def test_on_sqlite_triggers_refuse_rows_of_another_district(sqlite_database: Database, tmp_path: Path) -> None:
    towns = make_towns(sqlite_database.app_url, tmp_path)
    world, store = towns.jia.world, towns.jia.world.store
    mine, other = (world.installation.district_id(slug) for slug in ("jia", "yi"))
    insert = "insert into organ (district_id, code, name, sort) values (:district, 'x', 'x', 'x')"
    for statement in (
        insert,
        "update organ set district_id = :district",
        "delete from organ where district_id = :district",
    ):
        with store.writing(mine) as session, pytest.raises(DBAPIError, match="another district"):
            session.execute(text(statement), {"district": other})
    with store.writing(mine) as session:
        session.execute(text(insert), {"district": mine})
    world.close()
    towns.yi.world.close()


@pytest.mark.parametrize("statement", ["update event set actor = 'x'", "delete from event"])
def test_on_sqlite_triggers_keep_the_record(sqlite_database: Database, tmp_path: Path, statement: str) -> None:
    towns = make_towns(sqlite_database.app_url, tmp_path)
    towns.jia.propose()
    owner = Store(sqlite_database.owner_url)
    with owner.engine.connect() as connection, pytest.raises(IntegrityError, match="append only"):
        connection.execute(text(statement))
    owner.close()
    towns.jia.world.close()
    towns.yi.world.close()
