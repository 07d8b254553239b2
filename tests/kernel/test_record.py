"""The record of a district: any change, loss or disorder in it is found, and where."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from kernel.conftest import Town, Towns
from sqlalchemy import Connection, select, text

from backing.databases import Database
from renda.migrate import APP_ROLE, guard
from renda.model import ChainHead, EventRow
from renda.services import chain
from renda.store import make_engine

COLUMNS = {
    "number": "99",
    "at": "'2021-01-01 00:00:00+00'",
    "day": "'2021-01-01'",
    "account_id": "77",
    "actor": "'别人'",
    "matter_id": "77",
    "practice": "'x'",
    "action": "'x'",
    "label": "'x'",
    "came_from": "'x'",
    "went_to": "'x'",
    "entries": """'{"title":"改"}'""",
    "rules_effective": "'2019-01-01'",
    "rules_digest": "'x'",
    "submission": "'x'",
    "previous": "'x'",
    "digest": "'x'",
}


@contextmanager
def by_the_owner(database: Database) -> Iterator[Connection]:
    """What somebody can do who owns the tables, takes the guards away first and puts them back."""
    engine = make_engine(database.owner_url)
    with engine.begin() as connection:
        if database.kind == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER append_only_event_{verb}"))
        else:
            for table in ("event", "chain_head"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))
        yield connection
        guard(connection, APP_ROLE)
    engine.dispose()


def broken(town: Town) -> int | None:
    with town.reading() as desk:
        return chain.first_broken(desk)


def three_events(towns: Towns) -> None:
    towns.jia.assign(towns.jia.propose())
    assert broken(towns.jia) is None


def test_every_column_is_sealed(towns: Towns) -> None:
    with towns.jia.reading():
        sealed = {column.name for column in EventRow.__table__.columns} - {"id", "district_id"}
    assert sealed == set(COLUMNS)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found(towns: Towns, database_url: Database, column: str) -> None:
    three_events(towns)
    with by_the_owner(database_url) as connection:
        done = connection.execute(text(f"UPDATE event SET {column} = {COLUMNS[column]} WHERE number = 2"))
        assert done.rowcount == 1
    assert broken(towns.jia) == 2
    assert broken(towns.yi) is None


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_deleted_entry_is_found(towns: Towns, database_url: Database, number: int) -> None:
    three_events(towns)
    with by_the_owner(database_url) as connection:
        connection.execute(text("DELETE FROM event WHERE number = :number"), {"number": number})
    assert broken(towns.jia) == number


def test_two_entries_in_the_wrong_order_are_found(towns: Towns, database_url: Database) -> None:
    three_events(towns)
    with by_the_owner(database_url) as connection:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            connection.execute(text(f"UPDATE event SET number = {new} WHERE number = {old}"))
    assert broken(towns.jia) == 2


def test_a_whole_end_cut_off_with_its_head_is_the_one_thing_that_looks_whole(
    towns: Towns, database_url: Database
) -> None:
    three_events(towns)
    with by_the_owner(database_url) as connection:
        connection.execute(text("DELETE FROM event WHERE number > 1"))
    assert broken(towns.jia) == 2
    with by_the_owner(database_url) as connection:
        connection.execute(text("UPDATE chain_head SET number = 1, digest = (SELECT digest FROM event)"))
    # Against this only a digest kept elsewhere helps; the test says so, that nobody believes otherwise.
    assert broken(towns.jia) is None


def test_an_empty_record_is_whole(towns: Towns) -> None:
    assert broken(towns.yi) is None


def test_entries_are_numbered_from_one_in_each_district(towns: Towns) -> None:
    for town in (towns.jia, towns.yi):
        town.assign(town.propose())
        with town.reading() as desk:
            found = desk.session.scalars(select(EventRow).order_by(EventRow.number)).all()
            head = desk.session.get(ChainHead, desk.session.district_id)
        assert [each.number for each in found] == [1, 2, 3]
        assert [each.previous for each in found] == ["", found[0].digest, found[1].digest]
        assert head is not None
        assert (head.number, head.digest) == (3, found[2].digest)
