"""Backups on both databases: the drill, what is refused, what is open, and that nothing is left out in silence."""

import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.engine import make_url

from backing.asking import Asking, Town, make_town
from backing.chamber import CLERK, Chamber, make_chamber
from backing.databases import Database
from backing.postgres import APP, OWNER, Server
from backing.sample import write_districts
from backing.terminal import Terminal
from backing.world import Towns
from renda.rulebook import Rulebooks, installed, practice_class
from renda.services import archives, meetings
from renda.services.ballots import FolderKeys
from renda.settings import installation, settings_from, signer
from renda.store import make_engine
from renda.testing.factories import World, fresh_sqlite
from renda.web.app import create_app

VERIFY = Path(__file__).resolve().parents[2] / "tools/verify_archive.py"


@dataclass
class Drill:
    """An installation with a sitting in it, and somebody at its terminal."""

    database: Database
    terminal: Terminal
    chamber: Chamber
    root: Path

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    def backup(self, *options: str) -> Path:
        self.terminal.said("backup", str(self.backups), *options)
        return max(self.backups.iterdir())

    def rows(self) -> dict[str, int]:
        """The rows of every table, counted by somebody whom nothing stops."""
        if self.database.kind == "sqlite":
            address = self.database.owner_url
        else:
            address = str(make_url(self.database.owner_url).set(username="postgres").render_as_string())
        engine = make_engine(address)
        try:
            with engine.connect() as connection:
                query = (
                    "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
                    if self.database.kind == "sqlite"
                    else "select tablename from pg_tables where schemaname = 'public'"
                )
                names = [each for each in connection.scalars(text(query)) if not each.startswith("alembic")]
                return {each: int(connection.scalar(text(f"select count(*) from {each}")) or 0) for each in names}
        finally:
            engine.dispose()


@pytest.fixture
def review_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "site" / "renda_review-1.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: renda-review\nVersion: 1\n", "utf-8")
    (folder / "entry_points.txt").write_text("[renda.practices]\nreview = backing.balloting:Review\n", "utf-8")
    monkeypatch.syspath_prepend(str(folder.parent))
    importlib.invalidate_caches()
    for known in (installed, practice_class):
        known.cache_clear()
    yield
    for known in (installed, practice_class):
        known.cache_clear()


@pytest.fixture
def drill(database_url: Database, tmp_path: Path, review_installed: None) -> Iterator[Drill]:
    chamber = make_chamber(database_url.app_url, tmp_path)
    environment = {
        "RENDA_DATABASE_URL": database_url.app_url,
        "RENDA_OWNER_URL": database_url.owner_url,
        "RENDA_DISTRICTS": str(tmp_path / "districts"),
        "RENDA_SECRET_FILE": str(tmp_path / "secret"),
        "RENDA_KEY_FOLDER": str(tmp_path / "keys"),
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "",
    }
    (tmp_path / "secret").write_text("5" * 64, "utf-8")
    yield Drill(database_url, Terminal(environment, tmp_path / "districts"), chamber, tmp_path)
    chamber.world.close()


@pytest.fixture
def destroy(request: pytest.FixtureRequest) -> Callable[[Drill], None]:
    """All that the installation has is lost, the backup is not; the database is an empty one again."""

    def destroyed(drill: Drill) -> None:
        drill.chamber.world.close()
        for name in ("secret", "signing.key"):
            (drill.root / name).unlink()
        for folder in ("districts", "keys"):
            shutil.rmtree(drill.root / folder, ignore_errors=True)
        if drill.database.kind == "sqlite":
            for file in drill.root.glob("renda.sqlite3*"):
                file.unlink()
        else:
            server: Server = request.getfixturevalue("postgres")
            name = make_url(drill.database.owner_url).database or ""
            server.drop(name)
            server.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(OWNER)))

    return destroyed


def test_after_the_drill_rows_record_sign_in_and_an_old_archive_are_as_they_were(
    drill: Drill, destroy: Callable[[Drill], None]
) -> None:
    chamber = drill.chamber
    number = chamber.ready("第一项", display="direct")
    for place in range(5):
        chamber.mark(number, place, "yes" if place else "no")
    chamber.close(number)
    with chamber.world.writing() as desk:
        meetings.close(desk, CLERK, chamber.meeting)
    settings = settings_from(drill.terminal.environment)
    with chamber.world.reading() as desk:
        archive = archives.archive(desk, chamber.meeting, signer(settings))
    key = signer(settings).public.hex()
    before = drill.rows()
    assert before["event"] > 3
    assert before["account"] == 9
    folder = drill.backup()
    destroy(drill)
    said = drill.terminal.said("restore", str(folder))
    assert f"{sum(before.values())} 行,与备份时一致" in said
    assert drill.rows() == before
    assert drill.terminal.run("check", "jia").output.endswith("没有发现错误。\n")
    restored = settings_from(drill.terminal.environment)
    assert signer(restored).public.hex() == key
    assert (drill.root / "secret").read_text("utf-8") == "5" * 64
    file = drill.root / "archive.jsonl"
    file.write_text(archive, "utf-8")
    verified = subprocess.run([sys.executable, "-I", str(VERIFY), str(file), key], check=False, capture_output=True)
    assert verified.returncode == 0
    here = installation(restored)
    app = create_app(here, secret_key="5" * 64, secure_cookies=False, plugins=())
    try:
        assert Towns(app, None, None).as_("clerk").get("/jia/ballots/1").status_code == 200  # type: ignore[arg-type]
        with here.writing("jia") as desk:
            assert meetings.convene(desk, CLERK, "committee", day=desk.day, number=27) > chamber.meeting
    finally:
        here.store.close()


def test_a_backup_names_ballots_that_are_open_and_never_holds_their_keys(drill: Drill) -> None:
    number = drill.chamber.ready("正在表决的一项")
    assert [file.name for file in (drill.root / "keys").iterdir()] == ["1-1"]
    said = drill.terminal.said("backup", str(drill.backups), "--questionnaire-keys")
    assert f"备份时正在进行:jia 表决 {number} “正在表决的一项”——密钥不在备份里。" in said
    assert "表决的密钥从不进备份" in said
    key = (drill.root / "keys" / "1-1").read_bytes()
    held = [file for file in drill.backups.rglob("*") if file.is_file()]
    assert len(held) == 5 or drill.database.kind == "postgresql"
    assert all(key not in file.read_bytes() for file in held)


@pytest.mark.parametrize("taken", [True, False])
def test_keys_of_questionnaires_are_taken_along_only_by_name_and_then_put_back(
    sqlite_database: Database, tmp_path: Path, *, taken: bool
) -> None:
    town = make_town(sqlite_database.app_url, tmp_path)
    number = town.ask("出行调查")
    assert town.answer(number, "a", whole="满意")
    town.world.close()
    environment = {
        "RENDA_DATABASE_URL": sqlite_database.app_url,
        "RENDA_DISTRICTS": str(tmp_path / "districts"),
        "RENDA_SECRET_FILE": str(tmp_path / "secret"),
        "RENDA_KEY_FOLDER": str(tmp_path / "keys"),
    }
    terminal = Terminal(environment, tmp_path / "districts")
    options = ["--questionnaire-keys"] if taken else []
    said = terminal.said("backup", str(tmp_path / "backups"), *options)
    assert f"jia 问卷 {number} “出行调查”" in said
    assert ("密钥不在备份里" in said) is not taken
    (file,) = (tmp_path / "keys").iterdir()
    key = file.read_bytes()
    file.unlink()
    (tmp_path / "renda.sqlite3").unlink()
    terminal.said("restore", str(next((tmp_path / "backups").iterdir())))
    assert file.exists() is taken
    if taken:
        assert file.read_bytes() == key
        assert file.stat().st_mode & 0o077 == 0
        books = Rulebooks(tmp_path / "districts", lambda plugin, file: Asking)
        world = World(sqlite_database.app_url, tmp_path / "districts", "jia", day=date(2020, 4, 2), books=books)
        again = Town(world, FolderKeys(tmp_path / "keys"))
        assert again.count(number).result is not None
        again.world.close()


def test_a_backup_is_for_its_owner_alone_and_nothing_unfinished_is_left(drill: Drill) -> None:
    folder = drill.backup()
    assert [each.name for each in drill.backups.iterdir()] == [folder.name]
    assert folder.stat().st_mode & 0o077 == 0
    assert {f.name for f in (folder / "keys").iterdir()} == {"secret"}


@pytest.mark.parametrize("change", ["shorter", "gone", "more"])
def test_a_damaged_backup_is_refused_and_nothing_is_written(drill: Drill, change: str) -> None:
    folder = drill.backup()
    file = folder / "districts" / "jia" / "district.toml"
    if change == "shorter":
        file.write_bytes(file.read_bytes()[:-3])
    elif change == "gone":
        file.unlink()
    else:
        (folder / "districts" / "more.toml").write_text("", "utf-8")
    before = drill.rows()
    assert "backup.damaged" in drill.terminal.refused("restore", str(folder))
    assert drill.rows() == before


def test_what_is_there_already_is_never_written_over(drill: Drill) -> None:
    folder = drill.backup()
    assert "restore.not_empty" in drill.terminal.refused("restore", str(folder))
    (drill.root / "secret").write_text("6" * 64, "utf-8")
    assert "restore.other_key" in drill.terminal.refused("restore", str(folder))
    assert (drill.root / "secret").read_text("utf-8") == "6" * 64


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_what_a_killed_process_left_is_not_played_into_a_restored_file(tmp_path: Path, ending: str) -> None:
    file = Path(make_url(fresh_sqlite(tmp_path)).database or "")
    write_districts(tmp_path / "districts")
    environment = {
        "RENDA_DATABASE_URL": f"sqlite:///{file}",
        "RENDA_DISTRICTS": str(tmp_path / "districts"),
        "RENDA_SECRET_FILE": str(tmp_path / "secret"),
    }
    terminal = Terminal(environment, tmp_path / "districts")
    terminal.said("backup", str(tmp_path / "backups"))
    folder = str(next((tmp_path / "backups").iterdir()))
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
    left = file.with_name(f"{file.name}{ending}")
    left.write_bytes(b"of another database")
    said = terminal.refused("restore", folder)
    assert "restore.not_empty" in said
    assert left.name in said
    assert not file.exists()
    left.unlink()
    terminal.said("restore", folder)
    assert file.exists()


def test_a_backup_of_a_newer_program_is_refused_by_name(drill: Drill) -> None:
    folder = drill.backup()
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    said["revisions"]["core"] = "9999"
    (folder / "manifest.json").write_text(json.dumps(said), "utf-8")
    assert "backup.newer" in drill.terminal.refused("restore", str(folder))


def test_rows_that_are_missing_in_the_copy_are_a_failure_that_leaves_nothing(
    drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module(f"renda.services.backups.{drill.database.kind}")
    kept = module.verify

    def one_less(wanted: dict[str, int], found: dict[str, int]) -> None:
        kept(wanted, {**found, **({"account": found["account"] - 1} if "account" in found else {})})

    monkeypatch.setattr(module, "verify", one_less)
    said = drill.terminal.refused("backup", str(drill.backups))
    assert "account 8/9" in said
    assert list(drill.backups.iterdir()) == []


def test_no_database_is_made_by_backing_up_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "districts").mkdir()
    terminal = Terminal(
        {"RENDA_DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3", "RENDA_DISTRICTS": str(tmp_path / "districts")},
        tmp_path / "districts",
    )
    assert "backup.no_database" in terminal.refused("backup", str(tmp_path / "backups"))
    assert not (tmp_path / "x.sqlite3").exists()
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("role", [APP, OWNER, "postgres"])
def test_every_role_of_postgresql_copies_every_row(
    postgresql_database: Database, tmp_path: Path, role: str, review_installed: None
) -> None:
    chamber = make_chamber(postgresql_database.app_url, tmp_path)
    chamber.world.close()
    address = make_url(postgresql_database.app_url).set(username=role).render_as_string()
    terminal = Terminal(
        {
            "RENDA_DATABASE_URL": address,
            "RENDA_OWNER_URL": address.replace(role, "someone_else"),
            "RENDA_DISTRICTS": str(tmp_path / "districts"),
            "RENDA_SECRET_FILE": str(tmp_path / "secret"),
        },
        tmp_path / "districts",
    )
    terminal.said("backup", str(tmp_path / "backups"))
    manifest = json.loads(next((tmp_path / "backups").rglob("manifest.json")).read_text("utf-8"))
    drill = Drill(postgresql_database, terminal, chamber, tmp_path)
    assert manifest["tables"] == drill.rows()


def test_a_policy_that_would_hide_rows_is_refused_before_anything_is_copied(
    postgresql_database: Database, postgres: Server, tmp_path: Path, review_installed: None
) -> None:
    name = make_url(postgresql_database.app_url).database or ""
    chamber = make_chamber(postgresql_database.app_url, tmp_path)
    chamber.world.close()
    with psycopg.connect(host=str(postgres.folder), user="postgres", dbname=name, autocommit=True) as connection:
        connection.execute("create policy another on account as restrictive using (login <> 'm1')")
    environment = {
        "RENDA_DATABASE_URL": postgresql_database.app_url,
        "RENDA_OWNER_URL": postgresql_database.owner_url,
        "RENDA_DISTRICTS": str(tmp_path / "districts"),
        "RENDA_SECRET_FILE": str(tmp_path / "secret"),
    }
    said = Terminal(environment, tmp_path / "districts").refused("backup", str(tmp_path / "backups"))
    assert "backup.policy" in said
    assert "account" in said
    assert list((tmp_path / "backups").iterdir()) == []
