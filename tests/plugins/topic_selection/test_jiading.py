"""嘉定: 228 reports since the Supervision Law; eight topics from the reasons to the evaluation."""

from datetime import date
from decimal import Decimal
from typing import Any

from renda.services import chain, rescoring
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World


def sheets(world: World, year: int) -> dict[str, Any]:
    until = min(date(year, 12, 31), world.day)
    with world.reading() as desk:
        answers = ask(desk, "sheets", world.day, since=date(year, 1, 1), until=until, records=DistrictRecords(desk))
        return {sheet.code: sheet for each in answers for sheet in each.said}


def test_228_reports_were_heard_since_the_law_and_each_year_adds_up(jiading: World) -> None:
    sheet = sheets(jiading, 2020)["reports"]
    assert sheet.public
    assert sheet.figures[0].value == 228
    assert [row[0] for row in sheet.rows] == list(range(2007, 2021))
    assert [part.value for part in sheet.rows[-1][3].parts] == [8, 8]
    assert sheets(jiading, 2019)["reports"].figures == sheets(jiading, 2018)["reports"].figures


def test_the_topics_of_2020_are_public_with_their_marks_and_evaluations(jiading: World) -> None:
    sheet = sheets(jiading, 2020)["topics_2020"]
    assert sheet.public
    assert [row[4] for row in sheet.rows] == ["已评估"] * 8 + ["未列入", "已并入"]
    late = sheet.rows[6]
    shares = [part.value for part in late[6].parts[0].parts]
    assert shares[1:] == [25, 25 * Decimal(14) / Decimal(20), 20]
    assert (late[6].value, late[7].value) == (Decimal("79.3"), "良好")
    rate = sheets(jiading, 2020)["items_2020"].figures[0]
    assert [part.value for part in rate.parts[0].parts] == [19, 20]


def test_a_late_item_is_told_as_a_fact_about_the_organ(jiading: World) -> None:
    with jiading.reading() as desk:
        records = DistrictRecords(desk)
        found = records.facts("opinion.late", since=date(2020, 1, 1), until=date(2021, 12, 31))
    assert [(fact.subject.name, fact.day) for fact in found] == [("区农业农村委员会", date(2020, 12, 29))]


def test_the_running_year_stands_at_every_step(jiading: World) -> None:
    states = [row[4] for row in sheets(jiading, 2026)["topics_2026"].rows]
    assert states == ["待审议", "调研中", "调研中", "列入计划", "待评分审定"]


def test_the_record_is_whole_and_every_score_comes_out_again(jiading: World) -> None:
    with jiading.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
