"""A full hall: so many deputies signed in, one secret ballot of three levels open, every paper sealed beforehand."""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import insert, update

from benchmarks import worlds
from benchmarks.ballots.load import Post, wait_for
from renda.matter import Actor
from renda.model import AccountRow, AttendanceRow, MandateRow, PersonRow
from renda.rulebook import Rulebooks
from renda.sealing import sealed
from renda.services import ballots, meetings, sessions
from renda.services.ballots.keys import about
from renda.services.desk import Installation
from renda.services.sessions import Lifetime, Origin
from renda.store import Store
from renda.web import auth
from renda.web.app import create_app
from renda.web.polling import hall_token

CLERK = Actor(None, "工作人员", frozenset({"clerk"}))
RULE = {
    "scale": [{"code": "满意", "satisfied": True}, {"code": "基本满意", "satisfied": True}, "不满意"],
    "base": "present",
    "grades": [{"when": "2*满意 > N", "grade": "满意"}, {"when": "otherwise", "grade": "不满意"}],
}
LEVELS = ("满意", "基本满意", "不满意")


@dataclass
class Hall:
    """A sitting with an open ballot, and the envelope of each voter."""

    place: worlds.Place
    districts: Path
    secret: Path
    installation: Installation
    slug: str
    meeting: int
    ballot: int
    people: list[int]
    accounts: list[int]
    envelopes: list[bytes]

    @property
    def keys(self) -> ballots.FolderKeys:
        """Where the server keeps the ballot's key."""
        return ballots.FolderKeys(self.secret.parent / "keys")

    def environment(self, port: int) -> dict[str, str]:
        """The settings of a server of this hall."""
        return {
            **os.environ,
            "RENDA_DATABASE_URL": self.place.app_url,
            "RENDA_DISTRICTS": str(self.districts),
            "RENDA_SECRET_FILE": str(self.secret),
            "RENDA_PORT": str(port),
        }

    def posts(self) -> list[Post]:
        """Each voter's request, with the cookie of a session that began a moment ago."""
        app = create_app(self.installation, secret_key=self.secret.read_text("utf-8"), secure_cookies=False)
        interface: Any = app.session_interface
        signer, found = interface.get_signing_serializer(app), []
        now = datetime.now(UTC)
        with self.installation.writing(self.slug) as desk:
            begun = [sessions.begin(desk.session, account, now, Lifetime(), Origin()) for account in self.accounts]
        for account, token_of_session, envelope in zip(self.accounts, begun, self.envelopes, strict=True):
            with app.test_request_context(f"/{self.slug}/vote"):
                auth.begin(self.slug, account, token_of_session, now)
                token = generate_csrf()
                cookie = signer.dumps(dict(session))
            said = {"envelope": base64.b64encode(envelope).decode(), "submission": secrets.token_urlsafe(18)}
            headers = {"Cookie": f"renda_session={cookie}", "X-CSRFToken": token}
            found.append(Post(f"/{self.slug}/ballots/{self.ballot}/cast", headers, json.dumps(said).encode()))
        return found

    def polled(self) -> str:
        """The address the hall's screen and all phones ask for the turnout."""
        app = create_app(self.installation, secret_key=self.secret.read_text("utf-8"), secure_cookies=False)
        with app.app_context():
            return f"/{self.slug}/hall/{hall_token(self.slug, self.meeting)}/turnout"

    def close(self) -> None:
        """Count; what is shown directly is published with the count."""
        with self.installation.writing(self.slug) as desk:
            counted = ballots.close(desk, CLERK, self.ballot, keys=self.keys)
        assert counted.turnout["returned"] == len(self.people), counted.turnout


def full(place: worlds.Place, box: Path, voters: int) -> Hall:
    """A new district at ``place`` whose congress sits with ``voters`` deputies."""
    districts = box / "districts"
    slug = f"hall_{voters}_{secrets.token_hex(2)}"
    (districts / slug).mkdir(parents=True)
    (districts / slug / "district.toml").write_text('name = "试区"\nterm = "第一届"\n', "utf-8")
    secret = box / "secret"
    if not secret.exists():
        secret.write_text(secrets.token_hex(32), "utf-8")
    worlds.installation(place, districts, [slug]).store.close()
    installation = Installation(Store(place.app_url), Rulebooks(districts), clock=lambda: datetime.now(UTC))
    with installation.writing(slug) as desk:
        own = {"district_id": desk.session.district_id}
        rows = [PersonRow(code=f"p{place}", name=f"代表{place}") for place in range(voters)]
        desk.session.add_all(rows)
        desk.session.flush()
        people = [row.id for row in rows]
        desk.session.execute(
            insert(MandateRow), [{**own, "person_id": person, "since": date(2020, 1, 1)} for person in people]
        )
        accounts = [
            AccountRow(login=f"p{place}", name=row.name, password="!", roles=["deputy"], person_id=row.id)
            for place, row in enumerate(rows)
        ]
        desk.session.add_all(accounts)
        desk.session.flush()
        numbers = [row.id for row in accounts]
        meeting = meetings.convene(desk, CLERK, "congress", day=desk.day, number=1)
        desk.session.execute(
            update(AttendanceRow).where(AttendanceRow.meeting_id == meeting).values(state="present", way="seat")
        )
        desk.session.expire_all()
        meetings.open_sitting(desk, CLERK, meeting)
    hall = Hall(place, districts, secret, installation, slug, meeting, 0, people, numbers, [])
    _open(hall)
    return hall


def _open(hall: Hall) -> None:
    """Prepare and open the ballot, and seal everybody's paper for it."""
    with hall.installation.writing(hall.slug) as desk:
        question = ballots.Question(
            "工作评议", "measurement", RULE, [ballots.Subject("某局")], members=len(hall.people), meeting=hall.meeting,
            display="direct", k=1,
        )  # fmt: skip
        hall.ballot = ballots.prepare(desk, CLERK, question)
        ballots.open_ballot(desk, CLERK, hall.ballot, keys=hall.keys)
    with hall.installation.reading(hall.slug) as desk:
        row = ballots.find(desk, hall.ballot)
        assert row.public_key is not None
        hall.envelopes = [
            sealed(
                json.dumps({"marks": {"1": [LEVELS[number % 3]]}}).encode(), row.public_key, row.paper_bytes, about(row)
            )
            for number in range(len(hall.people))
        ]


@contextmanager
def served(hall: Hall, port: int, *, bare: bool = False) -> Iterator[None]:
    """The application as ``renda serve`` runs it, or the bare handler on the same server with as many workers."""
    embedded = hall.place.kind == "SQLite"
    command = [sys.executable, "-c", "from renda.cli import main; main()", "serve"]
    environment = hall.environment(port)
    if bare:
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
            "--workers", "1" if embedded else "2", "--blocking-threads", "8", "benchmarks.ballots.bare:app",
        ]  # fmt: skip
        root = Path(__file__).resolve().parents[2]
        environment |= {"PYTHONPATH": f"{root}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
        environment |= {"BARE_DISTRICT": str(hall.installation.district_id(hall.slug)), "BARE_BALLOT": str(hall.ballot)}
    log = (hall.secret.parent / f"server-{port}.log").open("wb")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(20)
        log.close()
