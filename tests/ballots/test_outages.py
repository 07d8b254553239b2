"""The database crashes, the network breaks: no vote lost, none twice, and who asks again hears the truth.

``RENDA_KILLS=300`` asks for more crashes and cuts than the few of an ordinary run.
"""

import http.client
import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from backing.balloting import Hall, make_hall
from backing.chamber import Chamber, make_chamber
from backing.cutting import line_to
from backing.databases import Database
from backing.pages import Serving
from backing.postgres import APP, OWNER, Server, running
from renda.migrate import upgrade
from renda.model import EnvelopeRow, PaperRow, RollRow
from renda.services import ballots, chain

CRASHES = max(3, int(os.environ.get("RENDA_KILLS", "10")) // 10)
CUTS = int(os.environ.get("RENDA_KILLS", "10")) * 3
VOTERS, AT_ONCE, PATIENCE = 60, 3, 120
LEVELS = ("yes", "no", "abstain")


@pytest.fixture
def mortal_server(postgres: Server) -> Iterator[Server]:
    """A server of this test's own that writes to the disk; `postgres` marks the test as one that needs it."""
    del postgres
    with running(durable=True) as server:
        yield server


@pytest.fixture
def hall(mortal_server: Server, tmp_path: Path) -> Iterator[Hall]:
    name = mortal_server.create()
    upgrade(mortal_server.url(name, OWNER), app_role=APP)
    hall = make_hall(mortal_server.url(name, APP), tmp_path, VOTERS)
    yield hall
    hall.world.close()


def insisting(deed: Any) -> Any:
    """What a client does whose answer did not come: the same again, until there is one."""
    end = monotonic() + PATIENCE
    while True:
        try:
            return deed()
        except DBAPIError:
            assert monotonic() < end
            sleep(0.02)


def crashing(server: Server, chance: Random, at_work: threading.Event) -> int:
    """Crash the server at random moments while somebody is at work; how often it was."""
    crashes = 0
    while at_work.is_set():
        sleep(chance.uniform(0.02, 0.3))
        server.stop(signal.SIGQUIT)
        server.start()
        crashes += 1
    return crashes


def test_the_database_crashes_while_votes_are_cast(hall: Hall, mortal_server: Server) -> None:
    chance, crashes = Random(21), 0
    while crashes < CRASHES:
        number = hall.ready()
        wanted = [chance.choice(LEVELS) for _ in range(VOTERS)]
        told: dict[int, str] = {}
        at_work = threading.Event()
        at_work.set()

        def vote(first: int, wanted: list[str] = wanted, told: dict[int, str] = told, number: int = number) -> None:
            for member in range(first, VOTERS, AT_ONCE):
                answer = insisting(lambda: hall.mark(number, member, wanted[member], submission=f"form-{member}"))  # noqa: B023  (called at once)
                told[member] = answer.value

        voters = [threading.Thread(target=vote, args=(first,)) for first in range(AT_ONCE)]
        breaker = _Counting(mortal_server, chance, at_work)
        for each in (*voters, breaker):
            each.start()
        for each in voters:
            each.join(PATIENCE)
        at_work.clear()
        breaker.join(PATIENCE)
        crashes += breaker.crashes
        assert told == dict.fromkeys(range(VOTERS), "counted")
        closed = insisting(lambda: hall.close(number))  # noqa: B023  (called at once)
        figures = closed.lines[0].figures
        assert {level: figures[level] for level in LEVELS} == {level: wanted.count(level) for level in LEVELS}
        assert closed.turnout["returned"] == VOTERS


class _Counting(threading.Thread):
    def __init__(self, server: Server, chance: Random, at_work: threading.Event) -> None:
        super().__init__()
        self.given, self.crashes = (server, chance, at_work), 0

    def run(self) -> None:
        self.crashes = crashing(*self.given)


def test_the_database_crashes_while_a_ballot_is_closed(hall: Hall, mortal_server: Server) -> None:
    chance, found = Random(22), Counter[str]()
    for _ in range(CRASHES):
        number = hall.ready()
        for member in range(VOTERS):
            hall.mark(number, member, LEVELS[member % 3])

        def close(number: int = number) -> None:
            try:
                hall.close(number)
            except DBAPIError:
                found["interrupted"] += 1

        closing = threading.Thread(target=close)
        closing.start()
        sleep(chance.uniform(0, 0.08))
        mortal_server.stop(signal.SIGQUIT)
        mortal_server.start()
        closing.join(PATIENCE)
        row = insisting(lambda: hall.row(number))  # noqa: B023  (called at once)
        found[row.state] += 1
        with hall.world.reading() as desk:
            kept = [
                len(desk.session.scalars(select(column).where(column.class_.ballot_id == number)).all())
                for column in (EnvelopeRow.person_id, PaperRow.id, RollRow.person_id)
            ]
        assert kept == ([VOTERS, 0, 0] if row.state == "open" else [0, VOTERS, VOTERS])
        figures = insisting(lambda: hall.close(number)).lines[0].figures  # noqa: B023  (called at once)
        assert {level: figures[level] for level in LEVELS} == dict.fromkeys(LEVELS, VOTERS // 3)
        assert list(hall.keys.folder.iterdir()) == []
    assert found.total() >= CRASHES
    with hall.world.reading() as desk:
        assert chain.first_broken(desk) is None


@pytest.fixture
def chamber(database_url: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(database_url.app_url, tmp_path, 12)
    made.towns.app.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.world.close()


class _Phone:
    """One elector's browser, reduced to its requests: the same form sent again until there is an answer."""

    def __init__(self, chamber: Chamber, member: int, port: int) -> None:
        cookie = chamber.as_(f"m{member + 1}").client.get_cookie("renda_session", path="/jia")
        assert cookie is not None
        self.headers = {"Cookie": f"renda_session={cookie.value}", "Content-Type": "application/json"}
        self.port = port

    def vote(self, number: int, mark: str, token: str) -> dict[str, Any]:
        """What is answered in the end."""
        body = json.dumps({"submission": token, "marks": {"1": mark}, "names": []})
        end = monotonic() + PATIENCE
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                connection.request("POST", f"/jia/ballots/{number}/cast", body, self.headers)
                return dict(json.loads(connection.getresponse().read()))
            except (OSError, http.client.HTTPException, ValueError):
                assert monotonic() < end
            finally:
                connection.close()


def test_the_network_breaks_anywhere_between_a_phone_and_its_answer(chamber: Chamber) -> None:
    chance, serving, cuts = Random(23), Serving(), 0
    port = int(serving(chamber.towns.app).rsplit(":", 1)[1])
    try:
        with line_to(port, chance) as line:
            phones = [_Phone(chamber, member, line.port) for member in range(len(chamber.members))]
            while cuts < CUTS:
                number = chamber.ready(f"第{cuts}次")
                wanted = [chance.randrange(3) for _ in phones]
                with chamber.world.reading() as desk:
                    options = ballots.sheet_of(desk, ballots.find(desk, number)).options
                for member, phone in enumerate(phones):
                    told = phone.vote(number, options[wanted[member]].value, f"form-{number}-{member}")
                    assert told["answer"] == "counted", told
                cuts = line.cuts
                chamber.close(number)
                result = chamber.row(number).result
                marks = result["total"][0]["marks"]
                assert marks == {level: wanted.count(place) for place, level in enumerate(LEVELS)}
                assert result["turnout"]["returned"] == len(phones)
    finally:
        serving.close()
    assert cuts >= CUTS
