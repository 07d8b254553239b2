"""The shortest way of a vote: one message to the database, whatever else is installed, and true when that breaks."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql
from sqlalchemy import event, func, select, text

from backing.chamber import Chamber, make_chamber
from backing.databases import Database
from backing.postgres import Server
from backing.statements import heard
from renda import hookimpl, store
from renda.model import EnvelopeRow
from renda.services import ballots


class Reminding:
    """Something installed that has nothing to say about who asks."""

    @hookimpl
    def channels(self) -> list[Any]:
        return []


class Vouching:
    """A single sign-on that knows nobody."""

    asked = 0

    @hookimpl
    def actor(self, request: Any) -> None:
        del request
        self.asked += 1


@pytest.fixture
def chamber(database_url: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(database_url.app_url, tmp_path, plugins=(Reminding(),))
    yield made
    made.world.close()


def casting(chamber: Chamber, number: int, login: str = "m1") -> Any:
    """Call it to cast a sealed paper with a form's token; everything a page asks was asked before."""
    visitor = chamber.as_(login)
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.text("/jia/vote"))
    assert token is not None
    with chamber.world.reading() as desk:
        envelope = base64.b64encode(ballots.seal(desk, number, {"marks": {"1": ["yes"]}})).decode()

    def cast(submission: str = "a" * 24) -> Any:
        return visitor.client.post(
            f"/jia/ballots/{number}/cast",
            json={"envelope": envelope, "submission": submission},
            headers={"X-CSRFToken": token[1]},
        )

    return cast


def kept(chamber: Chamber) -> int:
    with chamber.world.reading() as desk:
        return desk.session.scalar(select(func.count()).select_from(EnvelopeRow)) or 0


def test_a_vote_in_order_asks_the_database_nothing_beside_what_is_installed(chamber: Chamber) -> None:
    cast = casting(chamber, chamber.ready())
    with heard(chamber.world.store.engine) as said:
        assert cast().json["answer"] == "counted"
    assert said == []
    assert kept(chamber) == 1
    with heard(chamber.world.store.engine) as said:
        assert cast().json["answer"] == "counted"
        assert cast("b" * 24).json["answer"] == "already"
    assert said
    assert kept(chamber) == 1


def test_where_another_system_may_say_who_asks_it_is_heard_first(sqlite_database: Database, tmp_path: Path) -> None:
    vouching = Vouching()
    chamber = make_chamber(sqlite_database.app_url, tmp_path, plugins=(vouching,))
    cast = casting(chamber, chamber.ready())
    before = vouching.asked
    with heard(chamber.world.store.engine) as said:
        assert cast().json["answer"] == "counted"
    assert said
    assert vouching.asked > before
    chamber.world.close()


def test_a_vote_that_comes_too_late_writes_nothing(chamber: Chamber) -> None:
    number = chamber.ready()
    cast = casting(chamber, number)
    chamber.close(number)
    with heard(chamber.world.store.engine) as said:
        assert cast().json["answer"] == "too_late"
    assert said
    assert kept(chamber) == 0


def test_a_vote_that_is_broken_off_gives_its_connection_up(chamber: Chamber, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, given_up = chamber.world.store.engine, list[object]()
    event.listen(engine, "invalidate", lambda *told: given_up.append(told[-1]))

    def broken_off(*said: object) -> int:
        raise KeyboardInterrupt

    for name in ("_said_alone", "_said_in_one_message"):
        monkeypatch.setattr(store, name, broken_off)
    with pytest.raises(KeyboardInterrupt):
        chamber.world.store.say_once(1, 1, text("select :district_id"), {})
    assert len(given_up) == 1


def test_a_connection_the_server_dropped_is_given_up_and_the_next_vote_counts(
    postgresql_database: Database, postgres: Server, tmp_path: Path
) -> None:
    chamber = make_chamber(postgresql_database.app_url, tmp_path)
    cast = casting(chamber, chamber.ready())
    postgres.execute(
        sql.SQL("select pg_terminate_backend(pid) from pg_stat_activity where datname = {}").format(
            sql.Literal(postgresql_database.app_url.split("@/")[1].partition("?")[0])
        )
    )
    answers = [cast() for _ in range(12)]
    broken = [each.status_code for each in answers].index(200)
    assert [each.status_code for each in answers] == [503] * broken + [200] * (12 - broken)
    assert broken > 0
    assert {each.json["answer"] for each in answers[broken:]} == {"counted"}
    assert kept(chamber) == 1
    chamber.world.close()
