"""An action over HTTP beside the same rows written by plain SQLAlchemy, each in one transaction."""

from __future__ import annotations

import http.client
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, Engine, Table, insert, select, text, update

from benchmarks import worlds
from benchmarks.handled import PASSWORD, PRACTICE, draft, handled
from benchmarks.measuring import Figure, milliseconds
from renda.model import Base, ChainHead, District, EventRow, MatterPartyRow, MatterRow
from renda.store import make_engine

PORT = 48_731
ROUNDS = 150


def figures(place: worlds.Place, folder: Path) -> list[Figure]:
    """Proposals filed one after the other by a signed-in deputy; every second one is written plainly."""
    slug = worlds.copies("pingshan", folder, 1)[0]
    installation = worlds.installation(place, folder, [slug])
    people, number = handled(installation, slug)
    installation.store.close()
    entries = {key: str(value) for key, value in draft(people).items()}
    with _served(place, folder) as port:
        visitor = _Visitor(port, slug)
        visitor.sign_in()
        plain = _Plain(place, slug, number)
        ours, theirs = [], []
        for _ in range(ROUNDS + 10):
            form = visitor.form(f"/{slug}/practices/{PRACTICE}/open/submit")
            ours.append(_timed(lambda: visitor.post(form, entries)))  # noqa: B023  (called at once)
            theirs.append(_timed(plain.write))
        plain.close()
    http_, written = statistics.median(ours[10:]), statistics.median(theirs[10:])
    measured = f"{milliseconds(http_)} : {milliseconds(written)}"
    return [Figure("an action over HTTP : the same rows, plain SQLAlchemy", place.kind, measured, http_ / written, 3)]


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def _served(place: worlds.Place, folder: Path) -> Iterator[int]:
    environment = {
        **os.environ,
        "RENDA_DATABASE_URL": place.app_url,
        "RENDA_DISTRICTS": str(folder),
        "RENDA_SECRET_FILE": str(folder.parent / "secret"),
        "RENDA_PORT": str(PORT),
    }
    command = [
        sys.executable,
        "-c",
        "from renda.cli import main; main()",
        "serve",
        *(() if place.kind == "SQLite" else ("--workers", "1")),
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                http.client.HTTPConnection("127.0.0.1", PORT, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield PORT
    finally:
        server.terminate()
        server.wait(20)


class _Visitor:
    """A browser without a window: one connection kept open, cookies, hidden fields."""

    def __init__(self, port: int, slug: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.slug = slug
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, entries: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if entries is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(entries) if entries is not None else None, headers)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read().decode()

    def form(self, path: str) -> tuple[str, dict[str, str]]:
        status, page = self.ask("GET", path)
        assert status == 200, (path, status)
        hidden = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
        pairs = ((re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in hidden)
        return path, {name[1]: value[1] for name, value in pairs if name and value}

    def post(self, form: tuple[str, dict[str, str]], entries: dict[str, str]) -> None:
        path, hidden = form
        status, page = self.ask("POST", path, {**hidden, **entries})
        assert status == 303, page[:3000]

    def sign_in(self) -> None:
        self.post(self.form(f"/{self.slug}/sign-in"), {"login": "deputy", "password": PASSWORD})


def _table(row: type[Base]) -> Table:
    return Base.metadata.tables[row.__tablename__]


class _Plain:
    """The rows of one proposal, written by SQLAlchemy's Core: matter, party, event, head of the record."""

    def __init__(self, place: worlds.Place, slug: str, number: int) -> None:
        self.engine: Engine = make_engine(place.app_url).execution_options(renda_writes=True)
        with self.engine.begin() as connection:
            self.district = connection.execute(select(District.id).where(District.slug == slug)).scalar_one()
        with self.engine.begin() as connection:
            self._bind(connection)
            self.rows = {
                table: dict(
                    connection.execute(
                        select(_table(table)).where(own == number).order_by(table.id).limit(1)
                    ).mappings().one()
                )
                for table, own in (
                    (MatterRow, MatterRow.id),
                    (MatterPartyRow, MatterPartyRow.matter_id),
                    (EventRow, EventRow.matter_id),
                )
            }  # fmt: skip
        for row in self.rows.values():
            del row["id"]

    def _bind(self, connection: Connection) -> None:
        if connection.dialect.name != "sqlite":
            connection.execute(text("select set_config('app.district', :id, true)"), {"id": str(self.district)})

    def write(self) -> None:
        with self.engine.begin() as connection:
            self._bind(connection)
            own = ChainHead.district_id == self.district
            head = connection.execute(select(ChainHead.number).where(own).with_for_update()).scalar_one()
            matter = connection.execute(
                insert(_table(MatterRow)).values(self.rows[MatterRow]).returning(MatterRow.id)
            ).scalar_one()
            connection.execute(insert(_table(MatterPartyRow)), {**self.rows[MatterPartyRow], "matter_id": matter})
            event = {**self.rows[EventRow], "matter_id": matter, "number": head + 1, "submission": None}
            connection.execute(insert(_table(EventRow)), event)
            connection.execute(update(_table(ChainHead)).where(own).values(number=head + 1, digest=event["digest"]))

    def close(self) -> None:
        self.engine.dispose()
