"""The security log: each entry seals the one before; it waits for nobody but itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from kernel.conftest import Town, Towns, refusal
from sqlalchemy import text

from backing.databases import Database
from backing.owner import by_the_owner
from renda.model import HostSecurityEntryRow, SecurityEntryRow
from renda.services import chain, security_log
from renda.store import BoundSession, Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COLUMNS = {
    "number": "99",
    "at": "'2021-01-01 00:00:00+00'",
    "kind": "'x'",
    "account_id": "77",
    "actor": "'别人'",
    "subject": "'x'",
    "address": "'x'",
    "details": """'{"a": 1}'""",
    "previous": "'x'",
    "digest": "'x'",
}


@contextmanager
def log_of(town: Town, of_host: bool) -> Iterator[BoundSession]:
    store = town.installation.store
    with store.hosting() if of_host else store.writing(town.installation.district_id(town.slug)) as session:
        yield session


def three_entries(town: Town, of_host: bool = False) -> None:
    for login in ("chair", "clerk", "张\x00三\ud800" + "长" * 200):
        with log_of(town, of_host) as session:
            security_log.append(session, NOW, "sign_in.failed", actor=login, address="192.0.2.7", details={"次": 1})
    assert broken(town, of_host) is None


def broken(town: Town, of_host: bool = False) -> int | None:
    with log_of(town, of_host) as session:
        return security_log.first_broken(session)


WHERE = [(False, "security_entry"), (True, "host_security_entry")]


@pytest.mark.parametrize(("of_host", "table"), WHERE)
@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found(
    towns: Towns, database_url: Database, of_host: bool, table: str, column: str
) -> None:
    three_entries(towns.jia, of_host)
    with by_the_owner(database_url) as connection:
        done = connection.execute(text(f"UPDATE {table} SET {column} = {COLUMNS[column]} WHERE number = 2"))
        assert done.rowcount == 1
    assert broken(towns.jia, of_host) == 2
    assert broken(towns.yi) is None


def test_every_column_is_sealed() -> None:
    for rows in (SecurityEntryRow, HostSecurityEntryRow):
        assert {column.name for column in rows.__table__.columns} - {"id", "district_id"} == set(COLUMNS)


@pytest.mark.parametrize(("of_host", "table"), WHERE)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_deleted_entry_is_found(towns: Towns, database_url: Database, of_host: bool, table: str, number: int) -> None:
    three_entries(towns.jia, of_host)
    with by_the_owner(database_url) as connection:
        connection.execute(text(f"DELETE FROM {table} WHERE number = {number}"))
    assert broken(towns.jia, of_host) == number


@pytest.mark.parametrize(("of_host", "table"), WHERE)
@pytest.mark.parametrize("verb", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
def test_the_application_cannot_change_an_entry(towns: Towns, of_host: bool, table: str, verb: str) -> None:
    three_entries(towns.jia, of_host)

    def change() -> None:
        with log_of(towns.jia, of_host) as session:
            session.execute(text(verb.format(table)))

    with pytest.raises(Exception, match=r"append only|permission denied"):
        change()


def test_an_entry_of_no_kind_is_refused(towns: Towns) -> None:
    with log_of(towns.jia, False) as session:
        refused = refusal(lambda: security_log.append(session, NOW, "nonsense", actor="x"))
    assert refused.code == "security.kind"


def test_entries_come_newest_first_and_oldest_first(towns: Towns) -> None:
    three_entries(towns.jia)
    with log_of(towns.jia, False) as session:
        assert [row.number for row in security_log.newest(session, 2)] == [3, 2]
        assert [row.number for row in security_log.newest(session, 9, before=3)] == [2, 1]
        assert [row.number for row in security_log.following(session, 1, 9)] == [2, 3]
    with log_of(towns.yi, False) as session:
        assert security_log.newest(session, 9) == []


def test_the_log_does_not_wait_for_the_audit_log(database_url: Database, towns: Towns) -> None:
    """On PostgreSQL an entry is written while another transaction has the audit log's head; SQLite has one writer."""
    if database_url.kind == "sqlite":
        with towns.jia.writing() as desk:
            chain.lock(desk)
        three_entries(towns.jia)
        return
    with towns.jia.writing() as desk:
        chain.lock(desk)
        three_entries(towns.jia)
    assert broken(towns.jia) is None


def test_entries_at_the_same_moment_come_one_after_another(database_url: Database, towns: Towns) -> None:
    store, own = Store(database_url.app_url), towns.jia.installation.district_id("jia")

    def enter(number: int) -> int:
        with store.writing(own) as session:
            return security_log.append(session, NOW, "sign_in", actor=f"account{number}").number

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(enter, range(24))) == list(range(1, 25))
    store.close()
    assert broken(towns.jia) is None
