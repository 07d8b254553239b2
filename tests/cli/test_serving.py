"""One server on a port and a file, settings that are refused at the start, and commands that make no database."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from backing.databases import Database
from backing.sample import write_districts
from backing.terminal import Terminal
from renda import environment
from renda.errors import RendaError

RENDA = Path(sys.executable).with_name("renda")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def settings(database: Database, root: Path, **more: str) -> dict[str, str]:
    if not (root / "districts").exists():
        write_districts(root / "districts")
    return {
        "PATH": os.environ["PATH"],
        "LANG": "zh_CN.UTF-8",
        "RENDA_DATABASE_URL": database.app_url,
        "RENDA_OWNER_URL": database.owner_url,
        "RENDA_DISTRICTS": str(root / "districts"),
        "RENDA_SECRET_FILE": str(root / "secret"),
        "RENDA_PORT": str(free_port()),
        **more,
    }


def run(given: dict[str, str], *arguments: str, where: Path | None = None) -> tuple[int, str]:
    ended = subprocess.run(
        [RENDA, *arguments], env=given, cwd=where, capture_output=True, text=True, check=False, timeout=60
    )
    return ended.returncode, ended.stdout + ended.stderr


@contextmanager
def serving(given: dict[str, str], *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A server that answers, stopped in order at the end."""
    server = subprocess.Popen(
        [RENDA, "serve", *options], env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and server.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{given['RENDA_PORT']}/healthz", timeout=5) as answer:
                    assert answer.read() == b"ok\n"
                break
            except URLError:
                time.sleep(0.1)
        assert server.poll() is None, server.stdout and server.stdout.read()
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)


def test_a_second_server_on_a_port_or_a_file_is_refused_and_commands_still_run(
    sqlite_database: Database, tmp_path: Path
) -> None:
    given = settings(sqlite_database, tmp_path)
    with serving(given):
        code, said = run(given, "serve")
        assert code == 2
        assert "端口已有程序在用" in said
        code, said = run({**given, "RENDA_PORT": str(free_port())}, "serve")
        assert code == 2
        assert "正由另一个服务使用(进程 " in said
        assert "check、backup、remind 等命令可以照常运行" in said
        assert run(given, "districts", "list")[0] == 0
        assert run(given, "backup", str(tmp_path / "backups"))[0] == 0
        assert run(given, "remind", "jia")[0] in {0, 2}
    with serving(given):
        pass


def test_two_hosts_with_different_secrets_are_refused_and_the_new_one_may_be_taken(
    sqlite_database: Database, tmp_path: Path
) -> None:
    given = settings(sqlite_database, tmp_path)
    with serving(given):
        pass
    other = {**given, "RENDA_SECRET_FILE": str(tmp_path / "elsewhere" / "secret")}
    code, said = run(other, "serve")
    assert code == 2
    assert "settings.other_secret" in said
    with serving(other, "--new-secret"):
        pass
    assert "settings.other_secret" in run(given, "serve")[1]
    # A change by its own command is known to the database at once.
    assert run(other, "keys", "rotate", "secret")[0] == 0
    with serving(other):
        pass


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"RENDA_PROXYS": "1"}, "环境变量 RENDA_PROXYS 没有人认识。RENDA_PROXIES?"),
        ({"RENDA_PUBLIC_HTTPS": "1"}, "RENDA_PROXIES=1"),
        ({"RENDA_LOG_FORMAT": "xml"}, "settings.log"),
    ],
)
def test_a_setting_that_would_not_work_stops_the_server_and_no_other_command(
    sqlite_database: Database, tmp_path: Path, more: dict[str, str], said: str
) -> None:
    given = settings(sqlite_database, tmp_path, **more)
    code, output = run(given, "serve")
    assert code == 2
    assert said in output
    assert run(given, "districts", "list")[0] == 0


COMMANDS = (
    ("serve",), ("remind",), ("check",), ("districts", "list"), ("districts", "sync"), ("db", "check"), ("db", "current"),
    ("due", "jia"), ("account", "add", "jia", "x", "--name", "甲", "--role", "clerk", "--password", "Qing-shui-he-17"), ("backup", "b"), ("repin", "jia", "x", "--reason", "y"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_makes_a_database_by_the_way(tmp_path: Path, command: tuple[str, ...]) -> None:
    write_districts(tmp_path / "districts")
    given = {
        "PATH": os.environ["PATH"],
        "RENDA_DATABASE_URL": "sqlite:///var/renda.sqlite3",
        "RENDA_DISTRICTS": str(tmp_path / "districts"),
        "RENDA_PORT": str(free_port()),
    }
    code, said = run(given, *command, where=tmp_path)
    assert code == 2
    assert "var/renda.sqlite3" in said
    assert "Traceback" not in said
    assert not list(tmp_path.rglob("*.sqlite3*"))


def test_the_line_of_a_timer_works_from_anywhere_without_an_environment(
    sqlite_database: Database, tmp_path: Path
) -> None:
    given = settings(sqlite_database, tmp_path)
    file = tmp_path / "renda.env"
    lines = [f'{name}="{value}"' for name, value in given.items() if name.startswith("RENDA_")]
    file.write_text("# of this host\n" + "\n".join(lines) + "\n", "utf-8")
    code, said = run({}, "--env", str(file), "districts", "list", where=Path("/"))
    assert (code, "jia" in said) == (0, True)


def test_a_file_of_settings_is_read_as_systemd_reads_it_and_gives_way_to_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("# a comment\n\nRENDA_PORT=1\nRENDA_POOL='2'\n RENDA_DISTRICTS = \"/a b\"\n", "utf-8")
    given = {"RENDA_PORT": "9"}
    environment.load_file(file, given)
    assert given == {"RENDA_PORT": "9", "RENDA_POOL": "2", "RENDA_DISTRICTS": "/a b"}
    for wrong in ("export RENDA_PORT=1", "RENDA_PORT"):
        file.write_text(wrong, "utf-8")
        with pytest.raises(RendaError) as caught:
            environment.load_file(file, {})
        assert caught.value.code == "settings.file"


def test_a_name_nobody_knows_is_told_with_the_nearest_that_somebody_does() -> None:
    environment.check_names(["PATH", "RENDA_PORT", "RENDA_VENV", "RENDA_OWN_THING"], ["RENDA_OWN_THING"])
    for name, nearest in (("RENDA_DATABASE", "RENDA_DATABASE_URL? "), ("RENDA_ZZZZZZZZZZ", "")):
        with pytest.raises(RendaError) as caught:
            environment.check_names([name])
        assert caught.value.values["nearest"] == nearest


def test_a_newer_database_and_a_path_that_is_not_there_are_told_in_a_sentence(
    sqlite_database: Database, tmp_path: Path
) -> None:
    given = settings(sqlite_database, tmp_path)
    code, said = run(given, "template", "jia", "organs", str(tmp_path / "missing" / "x.csv"))
    assert (code, "Traceback" in said) == (2, False)
    with closing(sqlite3.connect(tmp_path / "renda.sqlite3")) as connection:
        connection.execute("update alembic_version_core set version_num = '9999'")
        connection.commit()
    for command in (("serve",), ("db", "upgrade"), ("db", "check"), ("check",)):
        code, said = run(given, *command)
        assert (code, "schema.ahead" in said, "Traceback" in said) == (2, True, False), command


def test_a_fresh_database_file_is_for_its_owner_alone_wherever_it_lies(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    file = tmp_path / "fresh.sqlite3"
    before = os.umask(0o022)
    try:
        terminal = Terminal({"RENDA_DATABASE_URL": f"sqlite:///{file}"}, tmp_path / "districts")
        terminal.said("db", "upgrade")
    finally:
        os.umask(before)
    modes = {each.name: each.stat().st_mode & 0o077 for each in tmp_path.glob("fresh.sqlite3*")}
    assert modes["fresh.sqlite3"] == 0
    assert set(modes.values()) == {0}
