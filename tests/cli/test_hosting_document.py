"""docs/hosting.md as somebody follows it: every block of commands in order, on SQLite and on PostgreSQL."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import psycopg
import pytest

from backing.postgres import APP, OWNER, Server, programs, running
from backing.repository import ROOT
from renda import environment
from renda.cli import main

TEXT = (ROOT / "docs/hosting.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
ENV = "/etc/renda/renda.env"


def blocks(kind: str) -> list[str]:
    return [body for mark, body in BLOCKS if mark == kind]


def shell(body: str, given: dict[str, str], root: Path) -> str:
    for place in (ENV, "/srv/renda", "/var/backups/renda"):
        body = body.replace(place, f"{root}{place}")
    ended = subprocess.run(["sh", "-eu", "-c", body], env=given, cwd=root, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{body}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """An empty machine with the districts of one example, `renda` and PostgreSQL's programs to be found."""
    for name in ("districts", "srv/renda/districts"):
        shutil.copytree(ROOT / "districts/xuhui", tmp_path / name / "xuhui")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {"PATH": path, "LANG": "zh_CN.UTF-8", "HOME": str(tmp_path), "PASSWORD": "Qing-shui-he-17"}


def test_a_small_installation_comes_up_as_the_document_says(machine: dict[str, str], tmp_path: Path) -> None:
    given = {
        **machine,
        "RENDA_DATABASE_URL": f"sqlite:///{tmp_path}/var/renda.sqlite3",
        "RENDA_DISTRICTS": str(tmp_path / "districts"),
    }
    first = next(body for body in blocks("sh") if ENV not in body)
    assert "没有发现错误" in shell(first, given, tmp_path)


@pytest.mark.postgresql
def test_a_large_installation_comes_up_is_backed_up_lost_and_restored_as_the_document_says(
    machine: dict[str, str], tmp_path: Path
) -> None:
    with running() as server:
        (made,) = blocks("sql")
        with psycopg.connect(
            host=str(server.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            for role in (APP, OWNER):
                connection.execute(f"drop role {role}".encode())
            for statement in made.strip().split(";\n"):
                connection.execute(statement.encode())
        (settings,) = blocks("ini")
        file = tmp_path / ENV[1:]
        file.parent.mkdir(parents=True)
        text = settings.replace("/srv/renda", f"{tmp_path}/srv/renda").replace(
            "/var/run/postgresql", str(server.folder)
        )
        file.write_text(text, "utf-8")
        given = {"PATH": f"{programs()}:{machine['PATH']}", "LANG": "zh_CN.UTF-8"}
        # The server as a client: its programs lie where its account can reach them.
        (tmp_path / "var/run").mkdir(parents=True)
        for body in blocks("sh"):
            if ENV in body:
                shell(body.replace("/var/run/postgresql", str(server.folder)), given, tmp_path)
        ask_owner_dump(server, given, tmp_path)


def ask_owner_dump(server: Server, given: dict[str, str], root: Path) -> None:
    """What the document says of pg_dump: the owner's fails, and with row security it holds no rows."""
    connect = f"--host={server.folder} --dbname=renda --data-only --table=rule_file"
    dump = {
        options: subprocess.run(
            ["pg_dump", *shlex.split(f"{connect} {options}")],
            env=given,
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        for options in (f"--username={OWNER}", f"--username={OWNER} --enable-row-security", "--username=postgres")
    }
    refused, empty, whole = dump.values()
    assert refused.returncode == 1
    assert "row-level security" in refused.stderr
    assert (empty.returncode, "xuhui" in empty.stdout or "plugin" in empty.stdout) == (0, False)
    assert (whole.returncode, "plugin" in whole.stdout) == (0, True)


def commands() -> list[str]:
    """Every command of ours in the document's blocks and text and in the units of deploy/."""
    found = re.findall(r"`(renda [a-z][^`…]*)`", TEXT)
    for unit in [*sorted((ROOT / "deploy").glob("*.service"))]:
        found += [
            line.partition("/bin/")[2] for line in unit.read_text("utf-8").splitlines() if "venv/bin/renda" in line
        ]
    return sorted({each for each in found if not re.search(r"[A-Z]{3}", each.replace("RENDA", "")) or "/" in each})


@pytest.mark.parametrize("line", commands())
def test_a_command_the_document_or_a_unit_names_exists_with_its_options(line: str) -> None:
    words = shlex.split(line)[1:]
    if words[0] == "--env":
        words = words[2:]
    command: click.Command = main
    while words and isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, line
        command, words = found, words[1:]
    known = {option for each in command.params for option in each.opts}
    assert [word for word in words if word.startswith("--") and word not in known] == []


def test_the_samples_of_deploy_name_settings_that_there_are() -> None:
    file = ROOT / "deploy/renda.env"
    given: dict[str, str] = {}
    environment.load_file(file, given)
    environment.check_names(given)
    (settings,) = blocks("ini")
    assert [line for line in settings.splitlines() if line not in file.read_text("utf-8").splitlines()] == []
