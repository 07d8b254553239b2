"""Of a secret ballot no part leads to those who voted on paper; of a box that keeps parts every way does."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from backing.balloting import SCALE, Hall, make_hall
from backing.databases import Database
from backing.postgres import OWNER
from renda.model import EventRow
from renda.services import archives, ballots
from renda.services.secrecy import LEAKS, Box, audit, parts
from renda.store import make_engine

ON_PAPER = 3


@pytest.fixture
def hall(database_url: Database, tmp_path: Path) -> Iterator[Hall]:
    hall = make_hall(database_url.app_url, tmp_path)
    yield hall
    hall.world.close()


@contextmanager
def attacker(database: Database) -> Iterator[Connection]:
    """A connection of somebody who may read and change everything."""
    engine = make_engine(database.owner_url.replace(f"{OWNER}@", "postgres@"))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def counted(hall: Hall, number: int, *holders: int, **figures: Any) -> None:
    """Papers for ``holders``; both counters enter ``figures`` and the ballot is closed."""
    hall.stop(number)
    with hall.world.writing() as desk:
        for actor in (hall.clerk, hall.other_clerk):
            ballots.enter_count(desk, actor, number, {"returned": len(holders), **figures})
    hall.close(number)


def hand_out(hall: Hall, number: int, *members: int) -> None:
    with hall.world.writing() as desk:
        for member in members:
            ballots.hand_paper(desk, hall.clerk, number, hall.people()[member])


def one_on_paper(hall: Hall, **options: Any) -> int:
    """Five vote no electronically, one votes yes on paper: the sitting of issue 9."""
    number = hall.ready(**options)
    hand_out(hall, number, ON_PAPER)
    for member in (0, 1, 2, 4, 5):
        hall.mark(number, member, "no")
    counted(hall, number, ON_PAPER, rows={"1": {"marks": {"yes": 1}}})
    return number


def test_whoever_was_seen_taking_a_paper_keeps_their_vote_to_themselves(hall: Hall, database_url: Database) -> None:
    number = one_on_paper(hall)
    seen = [hall.people()[ON_PAPER]]
    with attacker(database_url) as connection:
        box = Box(connection, number)
        assert parts.votes_of_those_seen(box, seen) == []
        assert parts.people_on_paper(box) == set()
        assert parts.counters_sheets(box) == 0
        assert [each.attack for each in audit(box, random.Random(1)) if each.verdict == LEAKS] == []


@pytest.mark.parametrize("left", ["subtotal", "papers"])
def test_a_box_that_keeps_a_part_gives_the_paper_voter_away(hall: Hall, database_url: Database, left: str) -> None:
    number = one_on_paper(hall)
    seen = hall.people()[ON_PAPER]
    with attacker(database_url) as connection:
        if left == "papers":
            for kind in ("update", "delete"):
                if database_url.kind == "sqlite":
                    connection.execute(text(f"drop trigger append_only_paper_{kind}"))
            yes = next(
                paper
                for paper, content in connection.execute(
                    text("select id, content from paper where ballot_id = :b"), {"b": number}
                )
                if Box.read(content)["marks"] == ["yes"]
            )
            connection.execute(text("delete from paper where id = :id"), {"id": yes})
        else:
            kept = Box.read(connection.execute(text("select result from ballot where id = :b"), {"b": number}).scalar())
            kept["subtotals"] = {"paper": [{"subject": "1", "marks": {"yes": 1}, "void": 0, "blank": 0}]}
            given = {"b": number, "result": json.dumps(kept)}
            connection.execute(text("update ballot set result = :result where id = :b"), given)
        connection.execute(text("update elector set way = 'paper' where person_id = :p"), {"p": seen})
        box = Box(connection, number)
        assert parts.votes_of_those_seen(box, [seen]) == [(seen, ("1", "yes"))]
        assert parts.people_on_paper(box) == {seen}
        leaking = {each.attack for each in audit(box, random.Random(1)) if each.verdict == LEAKS}
        assert {"合计与分项之差", "领过纸质票的人"} <= leaking


@pytest.mark.parametrize(
    ("bench", "rule", "votes"),
    [
        ("motion", {}, ({"marks": {"1": ["no"]}}, {"rows": {"1": {"marks": {"yes": 1}}}})),
        ("measurement", SCALE, ({"marks": {"1": ["不满意"]}}, {"rows": {"1": {"marks": {"满意": 1}}}})),
        (
            "questionnaire", {"lowest": 0, "highest": 2, "step": 1}, (
                {"marks": {"1": ["1"]}}, {"rows": {"1": {"marks": {"2": 1}}}},
            ),
        ),
        ("selection", {"seats": 1}, ({"chosen": ["1"]}, {"votes": {"1": 1}, "good": 1})),
        (
            "election", {"seats": 1}, (
                {"marks": {"1": "no"}, "written": []}, {"votes": {"1": 1}, "opposed": {}, "abstained": {}, "good": 1},
            ),
        ),
    ],
)  # fmt: skip
def test_of_no_sort_of_secret_ballot_a_part_is_left(
    hall: Hall, database_url: Database, bench: str, rule: Any, votes: tuple[Any, Any]
) -> None:
    paper, figures = votes
    number = hall.ready(bench, ["甲"], rule)
    hand_out(hall, number, ON_PAPER)
    for member in (0, 1, 2, 4):
        hall.cast(number, member, paper)
    counted(hall, number, ON_PAPER, **figures)
    with hall.world.writing() as desk:
        published = ballots.publish(desk, hall.clerk, number)
    row = hall.row(number)
    assert row.result["subtotals"] is None
    assert set(row.result["turnout"]) == {"members", "present", "issued", "returned", "not_pressed"}
    assert (row.result["turnout"]["returned"], row.result["turnout"]["not_pressed"]) == (5, 4)
    assert [each["text"] for each in row.result["checks"]] == ["5 ≤ 9"]
    assert published["subtotals"] is None
    assert set(published["turnout"]) == set(row.result["turnout"])
    with attacker(database_url) as connection:
        box = Box(connection, number)
        kept = [box.read(content) for (content,) in box.rows("paper", "content")]
        ways = {way for table in ("roll", "elector") for (way,) in box.rows(table, "way")}
        assert parts.marks_on_paper(box).total() == 0
        assert ways == {""}
    assert len(kept) == (0 if bench in archives.WHOLE_PAPERS else 5)
    with hall.world.reading() as desk:
        entered = [each for each in desk.session.scalars(select(EventRow)) if each.entries.get("ballot") == number]
        assert "ballot_hand_paper" not in {each.action for each in entered}
        assert not any("electronic" in json.dumps(each.entries) or "person" in each.entries for each in entered)
        assert ballots.progress(desk, number) == ballots.Progress("published", 9, 5, 0)


def test_papers_of_both_ways_have_one_form(hall: Hall, database_url: Database) -> None:
    number = hall.ready("motion", ["甲", "乙"])
    hand_out(hall, number, ON_PAPER, 4)
    hall.mark(number, 0, "yes", "")
    hall.mark(number, 1, "yes", "no")
    rows = {"1": {"marks": {"yes": 1}, "void": 1}, "2": {"marks": {"no": 1}, "blank": 1}}
    counted(hall, number, ON_PAPER, 4, rows=rows)
    with attacker(database_url) as connection:
        papers = connection.execute(
            text("select id, content, person_id from paper where ballot_id = :b"), {"b": number}
        )
        kept = [(len(paper), list(Box.read(content)), person) for paper, content, person in papers]
    assert len(kept) == 8
    assert len({(length, tuple(sorted(names)), person) for length, names, person in kept}) == 1


def test_why_papers_are_void_is_not_left_where_only_some_reasons_are_known(hall: Hall) -> None:
    number = hall.ready("selection", ["甲", "乙"], {"seats": 1})
    hand_out(hall, number, ON_PAPER)
    hall.cast(number, 0, {"chosen": ["1"]})
    counted(hall, number, ON_PAPER, votes={}, good=0, void=1)
    assert (hall.row(number).result["total"]["void"], hall.row(number).result["total"]["reasons"]) == (1, {})


def test_a_named_ballot_may_keep_its_parts(hall: Hall, database_url: Database) -> None:
    number = one_on_paper(hall, secrecy="named")
    seen = hall.people()[ON_PAPER]
    with attacker(database_url) as connection:
        box = Box(connection, number)
        assert parts.people_on_paper(box) == {seen}
        assert parts.votes_of_those_seen(box, [seen]) == [(seen, ("1", "yes"))]
    assert hall.row(number).result["turnout"]["paper_issued"] == 1
