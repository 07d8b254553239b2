"""The installation under attack: a demo of its own on SQLite or PostgreSQL, on this machine alone, removed at the end."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from backing.postgres import APP, OWNER, Server, running
from renda.migrate import upgrade
from renda.rulebook import Rulebooks
from renda.services.desk import Installation
from renda.store import Store

ROOT = Path(__file__).resolve().parents[2]
DATABASES = ("SQLite", "PostgreSQL")
START_SECONDS = 60
RENDA = (sys.executable, "-c", "from renda.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Result:
    """What one kind of trial came to. ``succeeded`` counts the attempts in which the attacker got what they wanted."""

    attack: str
    trial: str
    attempted: int
    succeeded: int
    note: str = ""

    @property
    def is_held_off(self) -> bool:
        """Whether something was attempted and nothing succeeded."""
        return self.attempted > 0 and self.succeeded == 0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """``renda serve`` on a port of the loopback address; ``pids`` are its processes, the workers included."""

    address: str
    process: "subprocess.Popen[bytes]"

    @property
    def pids(self) -> list[int]:
        """The main process and everything it started."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += [int(child) for child in task.read_text().split()]
        return found


@dataclass(frozen=True)
class Target:
    """One installation with the demo's districts: its addresses for the owner and for the application."""

    database: str
    folder: Path
    owner_url: str
    app_url: str
    districts: Path
    server: Server | None = field(default=None, repr=False)

    @property
    def environment(self) -> dict[str, str]:
        """The variables under which ``renda`` works on this installation."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RENDA_")}
        return kept | {
            "RENDA_DATABASE_URL": self.app_url,
            "RENDA_OWNER_URL": self.owner_url,
            "RENDA_DISTRICTS": str(self.districts),
            "RENDA_SECRET_FILE": str(self.folder / "secret"),
            "RENDA_KEY_FOLDER": str(self.folder / "keys"),
        }

    def renda(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run ``renda`` with these arguments, as the host's operator does."""
        command = [*RENDA, *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, cwd=self.folder
        )

    @contextmanager
    def installation(self) -> Iterator[Installation]:
        """The installation in this process, for what is faster without a server."""
        store = Store(self.app_url)
        try:
            yield Installation(store, Rulebooks(self.districts), lambda: datetime.now(UTC))
        finally:
            store.close()

    @contextmanager
    def serving(self, *options: str, **environment: str) -> Iterator[RunningServer]:
        """A server of this installation, stopped with the block."""
        with closing(socket.create_server(("127.0.0.1", 0))) as probe:
            port = probe.getsockname()[1]
        log = (self.folder / f"serve-{port}.log").open("wb")
        process = subprocess.Popen(
            [*RENDA, "serve", *options],
            env={**self.environment, "RENDA_PORT": str(port), **environment}, stdout=log, stderr=log, cwd=self.folder,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _await_page(process, address)
            yield RunningServer(address, process)
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.close()

    @contextmanager
    def copy(self) -> Iterator["Target"]:
        """The same installation once more, for what destroys it; nobody may be connected to this one."""
        folder = Path(tempfile.mkdtemp(prefix="renda-attack-", dir=self.folder))
        for name in ("secret", "signing.key", "keys"):
            source = self.folder / name
            if source.is_dir():
                shutil.copytree(source, folder / name)
            elif source.exists():
                shutil.copy2(source, folder / name)
        if self.server is None:
            file = folder / "renda.sqlite3"
            with (
                closing(sqlite3.connect(self.folder / "renda.sqlite3")) as ours,
                closing(sqlite3.connect(file)) as other,
            ):
                ours.backup(other)
            yield Target(self.database, folder, f"sqlite:///{file}", f"sqlite:///{file}", self.districts)
            return
        name = self.server.create(template=str(make_url(self.owner_url).database))
        try:
            yield _on_server(self.server, name, folder, self.districts)
        finally:
            self.server.drop(name)


@contextmanager
def targets(databases: Sequence[str], slugs: Sequence[str]) -> Iterator[list[Target]]:
    """A fresh demo on each of ``databases``; with these districts alone where some are named."""
    folder = Path(tempfile.mkdtemp(prefix="renda-attack-"))
    try:
        districts = folder / "districts"
        for slug in slugs or sorted(place.parent.name for place in (ROOT / "districts").glob("*/district.toml")):
            shutil.copytree(ROOT / "districts" / slug, districts / slug)
        folder.chmod(0o755)
        found = []
        if "SQLite" in databases:
            place = folder / "sqlite"
            place.mkdir()
            url = f"sqlite:///{place / 'renda.sqlite3'}"
            found.append(_prepared(Target("SQLite", place, url, url, districts)))
        if "PostgreSQL" not in databases:
            yield found
            return
        with running() as server:
            place = folder / "postgresql"
            place.mkdir()
            yield [*found, _prepared(_on_server(server, server.create(), place, districts))]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _on_server(server: Server, name: str, folder: Path, districts: Path) -> Target:
    return Target("PostgreSQL", folder, server.url(name, OWNER), server.url(name, APP), districts, server)


def _prepared(target: Target) -> Target:
    upgrade(target.owner_url, app_role=APP)
    done = target.renda("demo", "--prepare-only")
    if done.returncode:
        raise SystemExit(f"{target.database}: renda demo: {done.stderr[-2000:]}")
    return target


def _await_page(process: "subprocess.Popen[bytes]", address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"renda serve does not answer at {address}")
