"""A ballot counted by an earlier version, with its parts, loses them when the schema is brought up to date."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from secrecy.test_parts import ON_PAPER, attacker, one_on_paper
from sqlalchemy import Connection, text

from backing.balloting import Hall, make_hall
from backing.databases import Database
from renda.migrate import APP_ROLE, SCRIPTS, guard
from renda.services.secrecy import Box, parts
from renda.store import make_engine


@pytest.fixture
def hall(database_url: Database, tmp_path: Path) -> Iterator[Hall]:
    hall = make_hall(database_url.app_url, tmp_path)
    yield hall
    hall.world.close()


def migration() -> ModuleType:
    file = next((SCRIPTS / "versions").glob("*_parts_of_ballots.py"))
    spec = importlib.util.spec_from_file_location("parts_of_ballots", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_it_was(connection: Connection, number: int, holder: int) -> None:
    """The ballot in the form of an earlier version: the paper's mark stands beside the result, and not among the papers."""
    if connection.dialect.name == "sqlite":
        for verb, table in (("delete", "paper"), ("update", "roll")):
            connection.execute(text(f"drop trigger append_only_{table}_{verb}"))
    found = connection.execute(text("select id, content from paper where ballot_id = :b"), {"b": number}).all()
    yes = next(paper for paper, content in found if Box.read(content)["marks"] == ["yes"])
    connection.execute(text("delete from paper where id = :id"), {"id": yes})
    for table in ("roll", "elector"):
        said = (
            f"update {table} set way = case person_id when :p then 'paper' else 'electronic' end where ballot_id = :b"
        )
        connection.execute(text(said), {"b": number, "p": holder})
    kept: dict[str, Any] = Box.read(
        connection.execute(text("select result from ballot where id = :b"), {"b": number}).scalar()
    )
    kept["turnout"] |= {"electronic": 5, "paper": 1, "paper_issued": 1, "not_pressed": 3}
    row = kept["total"][0]
    kept["subtotals"] = {
        "electronic": [{**row, "marks": {**row["marks"], "yes": 0}}],
        "paper": [{**row, "marks": {"yes": 1, "no": 0, "abstain": 0}}],
    }
    kept["checks"] = [{"text": "5 ≤ 8"}, {"text": "1 ≤ 1"}, {"text": "6 ≤ 9"}]
    given = {"b": number, "result": json.dumps(kept), "hand": json.dumps({"901": {"by": "甲", "figures": {}}})}
    connection.execute(text("update ballot set result = :result, hand_counts = :hand where id = :b"), given)
    connection.commit()


def test_old_ballots_lose_their_parts_and_keep_their_totals(hall: Hall, database_url: Database) -> None:
    number, named = one_on_paper(hall), one_on_paper(hall, secrecy="named")
    total = hall.row(number).result["total"]
    seen = [hall.people()[ON_PAPER]]
    with attacker(database_url) as connection:
        as_it_was(connection, number, seen[0])
        assert parts.votes_of_those_seen(Box(connection, number), seen) == [(seen[0], ("1", "yes"))]
    engine = make_engine(database_url.owner_url)
    with engine.begin() as connection:
        assert migration().remove_parts(connection) == 1
        assert migration().remove_parts(connection) == 0
        guard(connection, APP_ROLE)
    engine.dispose()
    with attacker(database_url) as connection:
        box = Box(connection, number)
        assert parts.votes_of_those_seen(box, seen) == []
        assert (parts.people_on_paper(box), parts.counters_sheets(box)) == (set(), 0)
        papers = [Box.read(content)["marks"] for (content,) in box.rows("paper", "content")]
        assert sorted(papers) == [["no"]] * 5 + [["yes"]]
        assert parts.people_on_paper(Box(connection, named)) == set(seen)
    row = hall.row(number)
    assert row.result["total"] == total
    assert row.result["parts_removed"]
    assert row.result["turnout"] == {"members": 9, "present": 9, "issued": 9, "returned": 6, "not_pressed": 3}
    assert [each["text"] for each in row.result["checks"]] == ["6 ≤ 9"]
    assert row.result["subjects"]["1"]["not_pressed"] == 3
