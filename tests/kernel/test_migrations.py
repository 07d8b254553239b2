"""The schema: made once, made again without harm, guarded on every table of a district."""

import importlib.util
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from kernel.conftest import refusal
from sqlalchemy import inspect, text

from backing.databases import Database
from renda import migrate
from renda.migrate import components, upgrade
from renda.model import Base
from renda.store import make_engine


def test_an_upgrade_may_be_repeated(database_url: Database) -> None:
    upgrade(database_url.owner_url)
    engine = make_engine(database_url.owner_url)
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        assert set(Base.metadata.tables) | {"alembic_version_core"} <= tables
        for table in Base.metadata.tables.values():
            columns = {column["name"] for column in inspect(connection).get_columns(table.name)}
            assert columns == {column.name for column in table.columns}, table.name
    engine.dispose()


def test_every_table_of_a_district_is_guarded(database_url: Database) -> None:
    owned = {table.name for table in Base.metadata.tables.values() if "district_id" in table.columns}
    assert {"matter", "event", "person"} <= owned
    engine = make_engine(database_url.owner_url)
    with engine.connect() as connection:
        if database_url.kind == "sqlite":
            told = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'own_district_%'"
            found = connection.execute(text(told)).scalars().all()
            assert {table: found.count(table) for table in owned} == dict.fromkeys(owned, 4)
        else:
            told = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
            assert set(connection.execute(text(told)).scalars()) == owned
    engine.dispose()


@pytest.mark.parametrize("role", ["", "a b", "x;drop table event", "1a", "角色"])
def test_a_role_that_is_no_name_is_refused(role: str) -> None:
    found = refusal(lambda: upgrade("sqlite://", app_role=role))
    assert (found.code, found.message) == (
        "migrate.bad_role",
        f"数据库角色名“{role}”不合规:只能用字母、数字和下划线。",
    )


def test_a_plugin_that_does_not_start_stops_nobodys_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "renda_with_tables"
    (package / "migrations").mkdir(parents=True)
    (package / "__init__.py").write_text("raise ValueError('does not start')\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    points = {
        "broken": EntryPoint("broken", "renda_with_tables:Practice", "renda.practices"),
        "absent": EntryPoint("absent", "renda_absent.inner:Practice", "renda.practices"),
        "plain": EntryPoint("plain", "renda.errors:RendaError", "renda.practices"),
    }
    monkeypatch.setattr(migrate, "installed", lambda: points)
    found = components()
    assert list(found) == ["core", "broken"]
    assert found["broken"] == package / "migrations"
