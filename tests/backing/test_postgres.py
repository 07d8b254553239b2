"""The database server of the tests."""

import os

import psycopg
import pytest
from psycopg import sql

from backing.postgres import APP, MISSING, OWNER, Server, programs


def ask(server: Server, database: str, role: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(host=str(server.folder), user=role, dbname=database) as connection:
        return connection.execute(question.encode()).fetchall()


def test_it_listens_on_a_socket_and_on_no_port(postgres: Server) -> None:
    assert ask(postgres, "postgres", "postgres", "show listen_addresses") == [("",)]


def test_it_does_not_run_as_root(postgres: Server) -> None:
    assert (postgres.folder / "database").stat().st_uid != 0
    assert (postgres.folder / "database").owner() != "root"


def test_neither_role_passes_by_row_level_security(postgres: Server) -> None:
    question = (
        "select rolname from pg_roles where rolname like 'renda%' and not rolsuper and not rolbypassrls order by 1"
    )
    assert ask(postgres, "postgres", "postgres", question) == [(APP,), (OWNER,)]


def test_a_database_is_a_copy_of_its_template_and_is_gone_when_dropped(postgres: Server) -> None:
    template = postgres.create()
    postgres.execute(sql.Composed([sql.SQL("create table noun (word text)")]), template)
    copy = postgres.create(template)
    assert ask(postgres, copy, "postgres", "select count(*) from noun") == [(0,)]
    postgres.drop(copy)
    postgres.drop(template)
    question = "select datname from pg_database where datname in ('%s', '%s')"
    assert ask(postgres, "postgres", "postgres", question % (copy, template)) == []


def test_the_application_cannot_make_tables(postgres: Server) -> None:
    database = postgres.create()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(postgres, database, APP, "create table noun (word text)")
    postgres.drop(database)


def test_a_folder_named_in_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN", os.sep + "opt")
    assert str(programs()) == os.sep + "opt"


def test_a_machine_without_it_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BIN", raising=False)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr("pathlib.Path.glob", lambda _self, _pattern: iter(()))
    with pytest.raises(FileNotFoundError) as caught:
        programs()
    assert str(caught.value) == MISSING
