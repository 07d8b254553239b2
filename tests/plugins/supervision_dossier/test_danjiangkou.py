"""丹江口: everybody appointed is covered, one page each, the five-year plan reached step by step."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from renda.matter import Party
from renda.services import chain
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.services.visible_records import dossier
from renda.testing.factories import World


def sheets(world: World, year: int, day: date | None = None) -> dict[str, Any]:
    until = day or min(date(year, 12, 31), world.day)
    with world.reading() as desk:
        answers = ask(desk, "sheets", world.day, since=date(year, 1, 1), until=until, records=DistrictRecords(desk))
        return {sheet.code: sheet for each in answers for sheet in each.said}


def page(world: World, name: str, *roles: str) -> Any:
    person = world.person(name)
    with world.reading() as desk:
        answers = dossier(desk, world.actor(*roles), person)
        return next((part for each in answers for part in each.said if part.title == "任后监督档案"), None)


def test_all_29_appointed_were_supervised_by_the_end_of_2020(danjiangkou: World) -> None:
    sheet = sheets(danjiangkou, 2020)["coverage"]
    assert sheet.figures[0].value == Decimal("100.0")
    assert [part.value for part in sheet.figures[0].parts[0].parts] == [29, 29]
    reported = [row for row in sheet.rows if row[3]]
    assert len(reported) == 26
    assert sum(1 for row in sheet.rows if row[4]) == 3
    assert not sheet.public


def test_nobody_was_covered_before_the_first_reports_were_settled(danjiangkou: World) -> None:
    rows = sheets(danjiangkou, 2016)["coverage"].rows
    assert {row[-1] for row in rows} <= {"否"}


def test_a_past_day_counts_what_had_been_done_by_then_and_not_what_was_done_since(danjiangkou: World) -> None:
    """The reviews of the 2019 reports began in the spring of 2020; those of 2018 were settled before."""
    with danjiangkou.reading() as desk:
        reports = DistrictRecords(desk).matters("report_review", "report", states=("settled",))
        days = sorted({each.done["settle"] for each in reports})
    before, first = (sheets(danjiangkou, day.year, day)["coverage"] for day in (days[0] - timedelta(1), days[0]))
    assert [row[3] for row in before.rows if row[3]] == []
    expected = sum(each.done["settle"] == days[0] for each in reports)
    assert sum(row[3] for row in first.rows) == expected


def test_the_five_year_plan_is_public_and_was_reached_in_time(danjiangkou: World) -> None:
    sheet = sheets(danjiangkou, 2020)["plan"]
    assert sheet.public
    assert [row[1] for row in sheet.rows] == ["一年打基础", "三年见成效", "五年建体系"]
    assert all(row[3] <= row[2] for row in sheet.rows)
    assert sheet.figures[0].value == Decimal("100.0")


def test_each_use_is_a_fact_about_the_official_and_a_line_of_the_table(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        told = DistrictRecords(desk).facts("use.*", since=date(2016, 1, 1), until=danjiangkou.day)
    assert [(fact.code, fact.subject.name, fact.day.year) for fact in told] == [
        ("use.interview", "局长丙五", 2018),
        ("use.special", "局长丙十二", 2019),
        ("use.circular", "局长丙二十一", 2020),
        ("use.transfer", "局长丙三", 2026),
    ]
    assert [figure.value for figure in sheets(danjiangkou, 2026)["uses"].figures] == [0, 0, 0, 1]


def test_an_officials_page_has_everything_in_the_order_of_time(danjiangkou: World) -> None:
    section = page(danjiangkou, "局长丙十二", "clerk")
    days = [entry.day for entry in section.entries]
    assert days == sorted(days)
    said = [entry.text for entry in section.entries]
    assert any(text.startswith("履职报告评阅:局长丙十二 2019 年度履职报告") for text in said)
    assert "专题监督:民生项目进度连续两季度落后(已办结);项目年内完成" in said


def test_the_page_is_for_insiders_and_the_official(danjiangkou: World) -> None:
    assert page(danjiangkou, "局长丙十二", "public") is None
    assert page(danjiangkou, "局长丙十二", "deputy") is None
    person = danjiangkou.person("局长丙十二")
    own = danjiangkou.actor("department", person=Party("person", person.id, person.name))
    with danjiangkou.reading() as desk:
        answers = dossier(desk, own, person)
    assert "任后监督档案" in [part.title for each in answers for part in each.said]


def test_before_the_general_rule_there_was_no_transfer(danjiangkou: World) -> None:
    before, after = (
        {use["code"] for use in danjiangkou.rulebook.practice_on("supervision_dossier", day).practice.params.uses}
        for day in (date(2020, 6, 30), date(2020, 7, 1))
    )
    assert after - before == {"transfer"}


def test_the_record_is_whole(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        assert chain.first_broken(desk) is None
