"""坪山's year gives the figures the article prints, and the demo shows every state somebody may find waiting."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from renda import Actor, Party, Sheet
from renda.model import MatterRow, OrganRow, PersonRow
from renda.services import chain, reading, rescoring
from renda.services.imports import import_folder
from renda.services.permissions import may_see
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
DATA = DISTRICTS / "pingshan" / "data"
YEAR: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}


@pytest.fixture(scope="module")
def pingshan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The district with all of its demo."""
    world = World(fresh_sqlite(tmp_path_factory.mktemp("pingshan")), DISTRICTS, "pingshan", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, DATA)
    yield world
    world.close()


def sheets(world: World) -> dict[str, Sheet]:
    with world.reading() as desk:
        answers = ask(desk, "sheets", world.day, records=DistrictRecords(desk), **YEAR)
        assert [each.failure for each in answers] == [None] * len(answers)
        return {sheet.code: sheet for each in answers for sheet in each.said}


def test_in_2020_a_hundred_points_were_given_to_156_replies_and_142_implementations(pingshan: World) -> None:
    answers, implementations, satisfaction = sheets(pingshan)["grades"].figures
    assert (answers.value, implementations.value, satisfaction.value) == (156, 142, Decimal("99.4"))


def test_the_grades_of_the_year_add_up_to_the_suggestions_rated(pingshan: World) -> None:
    rows = sheets(pingshan)["grades"].rows
    assert [row[1] for row in rows] == ["A+", "A", "A-", "B+", "B", "B-", "C"]
    assert [sum(row[place] for row in rows) for place in (3, 4)] == [162, 162]
    assert rows[-1] == ["不满意", "C", Decimal(50), 0, 1]


def test_the_averages_of_the_organs_rest_on_every_scored_suggestion(pingshan: World) -> None:
    table = sheets(pingshan)["organs"]
    assert sum(row[1] for row in table.rows) == 162
    values = [row[2].value for row in table.rows]
    assert values == sorted(values, reverse=True)
    assert len(table.rows[0][2].parts[0].parts) == table.rows[0][1]


def test_the_report_names_no_secret_suggestion_and_counts_merged_ones_once(pingshan: World) -> None:
    table = sheets(pingshan)["handling"]
    with pingshan.reading() as desk:
        rows = list(desk.session.scalars(select(MatterRow).where(MatterRow.kind == "suggestion")))
        hidden = {row.id for row in rows if row.payload.get("secret") or row.state == "merged"}
    assert len(hidden) == 6
    assert hidden.isdisjoint(row[0] for row in table.rows)
    assert len(table.rows) == 163
    assert sum(row[8] for row in table.rows) == 4


def test_nobody_without_a_part_in_it_sees_a_secret_suggestion(pingshan: World) -> None:
    with pingshan.reading() as desk:
        rows = desk.session.scalars(select(MatterRow).where(MatterRow.kind == "suggestion"))
        secret = [row for row in rows if row.payload.get("secret")]
        organ = desk.session.scalars(select(OrganRow).where(OrganRow.code == "caizheng")).one()
        stranger = Actor(900, organ.name, frozenset({"department"}), organ=Party("organ", organ.id, organ.name))
        for row in secret:
            assert not may_see(reading.rules_of(desk, row), reading.view(desk, row), stranger)
    assert len(secret) == 2


def test_every_kind_of_trouble_is_in_the_year(pingshan: World) -> None:
    with pingshan.reading() as desk:
        records = DistrictRecords(desk)
        states = {each.state for each in records.matters("segmented_scoring", "suggestion", **YEAR)}
        told = {fact.code for fact in records.facts("suggestion.*", **YEAR)}
        parts = records.matters("segmented_scoring", "assignment", **YEAR)
        extended = [each for each in parts if each.payload.get("extended")]
    assert states == {"closed", "inadmissible", "merged", "withdrawn"}
    assert {each.state for each in parts} >= {"implemented", "opined", "cancelled", "transferred"}
    assert len(extended) == 1
    assert told == {
        f"suggestion.{each}"
        for each in ("filed", "signed", "answered", "late", "rated", "dissatisfied", "satisfaction")
    }


def test_today_somebody_waits_in_every_state_of_a_suggestion(pingshan: World) -> None:
    with pingshan.reading() as desk:
        records = DistrictRecords(desk)
        since = date(2026, 1, 1)
        states = {each.state for each in records.matters("segmented_scoring", "suggestion", since=since)}
        parts = {each.state for each in records.matters("segmented_scoring", "assignment", since=since)}
        deputy = desk.session.scalars(select(PersonRow).where(PersonRow.code == "d01")).one()
        own = MatterRow.practice == "segmented_scoring"
        waiting = select(MatterRow).where(MatterRow.waits_for == f"person:{deputy.id}", own)
        found = sorted(row.state for row in desk.session.scalars(waiting))
    assert states >= {"signing", "filed", "revising", "accepted", "handling", "answered", "implementing", "implemented"}
    assert "deciding" in states
    assert parts >= {"delivered", "received", "returning", "extending", "answered", "implementing", "implemented"}
    assert found == ["answered", "implemented", "signing"]


def test_the_record_is_whole_and_all_scores_come_out_as_they_are_kept(pingshan: World) -> None:
    with pingshan.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []


def test_the_tables_are_what_the_tool_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, DISTRICTS.parent / "tools" / "pingshan.py", tmp_path], check=True)
    written = {path.relative_to(tmp_path): path.read_text("utf-8") for path in tmp_path.rglob("*.csv")}
    kept = {path: (DATA / path).read_text("utf-8") for path in written}
    # Other practices of the district add people and organs of their own below those of the tool.
    roster = {path for path in written if len(path.parts) == 1}
    assert {path: kept[path] for path in written.keys() - roster} == {
        path: written[path] for path in written.keys() - roster
    }
    assert all(kept[path].startswith(written[path]) for path in roster)
    assert all(text.startswith("# 虚构") for text in kept.values())
