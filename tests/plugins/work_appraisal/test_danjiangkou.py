"""丹江口: ten departments in five years, 79 problems, 35 items of opinion, twice satisfied five years running."""

from datetime import date
from decimal import Decimal
from typing import Any

from renda.services import chain, rescoring, scores
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World


def sheet(world: World, until: date) -> Any:
    with world.reading() as desk:
        days = {"since": date(until.year, 1, 1), "until": until}
        answers = ask(desk, "sheets", world.day, **days, records=DistrictRecords(desk))
        return next(each for some in answers for each in some.said if each.code == "appraisals")


def test_ten_departments_79_problems_35_opinions_twice_satisfied_five_years_running(danjiangkou: World) -> None:
    told = sheet(danjiangkou, date(2020, 7, 31))
    assert told.public
    assert {figure.label: figure.value for figure in told.figures} == {
        "被评议单位": 10,
        "原话反馈的问题": 79,
        "评议意见": 35,
        "双满意率": Decimal("100.0"),
        "连续双满意年数": 5,
    }
    assert sorted({row[0] for row in told.rows}) == [2016, 2017, 2018, 2019, 2020]
    assert {row[5:8] for row in told.rows} == {("满意", "满意", "是")}


def test_each_appraisal_says_why_it_is_twice_satisfied(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        closed = DistrictRecords(desk).matters("work_appraisal", "appraisal", states=("closed",))
        kept = [scores.latest(desk, each.id) for each in closed]
    assert len(kept) == 10
    assert all(each is not None and each.explained["label"] == "双满意" for each in kept)


def test_the_head_of_each_department_hears_of_the_measurement(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        told = DistrictRecords(desk).facts("appraisal.*", since=date(2016, 11, 1), until=date(2020, 12, 31))
    assert len({fact.subject.id for fact in told}) == 10
    assert {fact.number.value for fact in told if fact.number is not None} == {"满意"}


def test_two_appraisals_are_running(danjiangkou: World) -> None:
    rows = sheet(danjiangkou, danjiangkou.day).rows
    assert [row[-1] for row in rows if row[0] == 2026] == ["待交办评议意见", "评议准备"]


def test_the_record_is_whole_and_every_score_comes_out_again(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
