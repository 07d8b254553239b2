"""Points of a year: entered, reviewed, corrected, published, closed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from renda import RendaError
from renda.services import rescoring, scores
from renda.services.permissions import may_see
from renda.services.questions import ask
from renda.services.reading import DistrictRecords, find, rules_of, view
from renda.services.visible_records import dossier


def score(points: Any, matter: int) -> Any:
    with points.world.reading() as desk:
        row = scores.latest(desk, matter)
        return None if row is None else row.value


def sheets(points: Any) -> Any:
    with points.world.reading() as desk:
        records, until = DistrictRecords(desk), points.world.day
        answers = ask(desk, "sheets", until, since=date(2020, 1, 1), until=until, records=records)
        return {sheet.code: sheet for each in answers for sheet in each.said}


def refused(points: Any, call: Any) -> str:
    with pytest.raises(RendaError) as caught:
        call()
    return caught.value.message


def test_what_a_deputy_records_counts_once_it_is_reviewed(points: Any) -> None:
    points.go(3, 2)
    points.record("1", "2020-03-01")
    points.record("3", "2020-03-02", evidence=["照片"])
    assert score(points, points.own) == 0
    register = points.world.matter(points.own)
    assert register.state == "pending"
    assert set(register.payload) == {"deputy", "lines"}, "the next form begins empty"
    points.act(points.clerk, "核实登记", points.own, refused=[2], refused_because="当天没有活动")
    assert [line["status"] for line in points.lines()] == ["counted", "refused"]
    assert score(points, points.own) == 5


def test_each_item_is_capped_over_the_year_deductions_included(points: Any) -> None:
    points.go(6, 1)
    points.enter("1", "2020-03-01", 4)
    points.enter("2", "2020-03-02", 5)
    points.enter("3", "2020-03-03", 3, evidence=["照片"])
    assert score(points, points.own) == Decimal("22.0")


def test_a_correction_is_a_line_of_its_own_and_the_wrong_line_stays(points: Any) -> None:
    points.go(3, 2)
    points.enter("1", "2020-03-01", 3)
    points.act(points.clerk, "更正", points.own, line=1, right_quantity=1, correction="多记两次")
    points.act(points.clerk, "更正", points.own, line=1, right_quantity=2, correction="实为两次")
    assert [(line["quantity"], line.get("corrects")) for line in points.lines()] == [(3, None), (-2, 1), (1, 1)]
    assert score(points, points.own) == 10


def test_what_was_published_stays_and_a_later_correction_counts_in_the_running_period(points: Any) -> None:
    points.go(3, 2)
    points.enter("1", "2020-03-01", 3)
    points.go(4, 2)
    points.publish(1)
    points.act(points.clerk, "更正", points.own, line=1, right_quantity=1, correction="多记两次")
    points.enter("1", "2020-03-20")
    found = sheets(points)
    assert [figure.value for figure in found["points_2020_1"].figures][:1] == [15]
    rows = {row[1]: [cell.value for cell in row[2:]] for row in found["points_2020"].rows}
    assert rows["代表甲"] == [15, -5, 0, 0, 10]


def test_equals_share_a_rank(points: Any) -> None:
    points.go(3, 2)
    points.enter("1", "2020-03-01")
    points.enter("1", "2020-03-01", matter=points.other)
    assert [row[0] for row in sheets(points)["points_2020"].rows] == [1, 1]


def test_a_deputy_who_resigned_keeps_the_points_and_is_left_out_of_the_average(points: Any) -> None:
    points.go(5, 6)
    points.enter("1", "2020-03-01", 2)
    points.enter("1", "2020-05-01", 4, matter=points.other)
    told = refused(
        points, lambda: points.act(points.clerk, "终止代表资格", points.other, ended_on="2020-04-30", ended_for="辞职")
    )
    assert told == "第 1 条登记在 2020-05-01,晚于资格终止日期 2020-04-30。请先更正这一条。"
    points.act(points.clerk, "终止代表资格", points.other, ended_on="2020-05-05", ended_for="辞职")
    whole, average = sheets(points)["points_2020"].figures
    assert (whole.value, average.value) == (30, Decimal("10.0"))
    with pytest.raises(RendaError) as caught:
        points.enter("1", "2020-05-06", matter=points.other)
    assert caught.value.code == "matter.not_now"


def test_facts_of_other_practices_enter_once_and_never_beside_what_was_entered_by_hand(points: Any) -> None:
    points.go(3, 2)
    for day in (2, 3):
        points.go(3, day)
        points.world.act(points.clerk, "告知", {"deputy": points.first.id}, practice="giver")
    points.enter("1", "2020-03-02")
    for _ in range(2):
        points.act(points.clerk, "按事实登记", points.year)
    assert [(line["day"].day, line["source"]) for line in points.lines()] == [(2, "organiser"), (3, "fact")]
    assert points.lines(points.other) == ()
    assert score(points, points.own) == 10


@pytest.mark.parametrize(
    ("item", "day", "more", "sentence"),
    [
        ("1", "2020-03-05", {}, "2020-03-05 还没有到,不能登记。"),
        ("1", "2019-12-31", {}, "2019-12-31 不在 2020 年度内。请在相应年度登记。"),
        ("2", "2020-03-01", {}, "“请假”由组织单位登记,您不能登记这一项。"),
        ("3", "2020-03-01", {}, "“公益”须附佐证。请至少写明一件。"),
        ("1", "2020-02-01", {}, "2020-02-01 的“议事会”已登记为第 1 条。确是另一次的,请勾选“确是另一次”并写明说明。"),
        ("1", "2020-03-01", {"quantity": 0}, "表单有误:数量:数量应大于 0,现为 0。记错的请用“更正”。"),
    ],
)
def test_an_activity_that_cannot_be_is_refused(points: Any, item: str, day: str, more: Any, sentence: str) -> None:
    points.go(3, 2)
    points.enter("1", "2020-02-01")
    assert refused(points, lambda: points.record(item, day, **more)) == sentence


def test_the_same_day_twice_is_taken_where_it_is_said_to_be_another_time(points: Any) -> None:
    points.go(3, 2)
    points.enter("1", "2020-02-01")
    points.record("1", "2020-02-01", another=True, note="下午另一场")
    assert len(points.lines()) == 2


def test_periods_are_published_in_turn_when_they_are_over_and_nothing_waits(points: Any) -> None:
    points.go(3, 31)
    publish = points.publish
    assert refused(points, lambda: publish(2)) == "应先公布第 1 期,现在要公布的是第 2 期。"
    assert refused(points, lambda: publish(5)) == "一年公布 4 次,没有第 5 期。"
    assert refused(points, lambda: publish(1)) == "第 1 期到 2020-03-31 才结束,今天是 2020-03-31,还不能公布。"
    points.record("1", "2020-03-30")
    points.go(4, 1)
    assert refused(points, lambda: publish(1)) == "代表甲还有登记等待核实,第 1 期不能公布。"
    points.act(points.clerk, "核实登记", points.own)
    publish(1)


def test_a_year_is_closed_after_the_public_had_its_days_and_then_told_as_facts(points: Any) -> None:
    points.go(3, 2)
    points.enter("1", "2020-03-01", 4)
    points.go(1, 4, 2021)
    for period in (1, 2, 3, 4):
        points.publish(period)
    told = refused(points, lambda: points.act(points.clerk, "积分定案", points.year))
    assert told == "公示到 2021-01-07 才届满,今天是 2021-01-04,还不能定案。"
    points.act(points.deputy, "提出异议", points.own, objection="少记一次")
    points.go(1, 8, 2021)
    with pytest.raises(RendaError) as caught:
        points.act(points.clerk, "积分定案", points.year)
    assert caught.value.code == "matter.children"
    points.act(points.clerk, "答复异议", points.own, answer="属实,补记", line=1, right_quantity=5)
    points.act(points.clerk, "积分定案", points.year)
    points.act(points.chair, "运用积分", points.year, deputy=points.second.id, use="约谈", use_grounds="积分偏低")
    with points.world.reading() as desk:
        facts = DistrictRecords(desk).facts("points.*", since=date(2021, 1, 1), until=date(2021, 1, 31))
        assert [(fact.code, fact.subject.name, fact.number and fact.number.value) for fact in facts] == [
            ("points.year", "代表甲", 25),
            ("points.year", "代表乙", 0),
            ("points.low", "代表乙", 0),
        ]
        assert list(rescoring.differences(desk)) == []


def test_a_deputy_sees_the_own_register_and_no_other(points: Any) -> None:
    with points.world.reading() as desk:
        seen = [
            may_see(rules_of(desk, row), view(desk, row), points.deputy)
            for row in (find(desk, number) for number in (points.own, points.other))
        ]
        told = [
            [section.figures[0].value for answer in answers for section in answer.said]
            for answers in (dossier(desk, points.deputy, each) for each in (points.first, points.second))
        ]
    assert seen == [True, False]
    assert told == [[0], []]


@pytest.mark.parametrize(
    ("action", "entries", "sentence"),
    [
        ("核实登记", {"refused": [9], "refused_because": "x"}, "第 9 条没有在等待核实。等待核实的有:2。"),
        ("核实登记", {"refused": [2]}, "表单有误:不予认定的理由:不予认定的,要写明理由。"),
        ("核实登记", {"refused_because": "x"}, "表单有误:不予认定的序号:写了不予认定的理由,却没有写明是哪几条。"),
        ("更正", {"line": 7, "right_quantity": 0, "correction": "x"}, "档案里没有第 7 条可以更正的登记。"),
        ("更正", {"line": 1, "right_quantity": 1, "correction": "x"}, "第 1 条的数量本来就是 1,不用更正。"),
        (
            "更正",
            {"line": 1, "right_quantity": -1, "correction": "x"},
            "表单有误:更正后的数量:更正后的数量不能小于 0,现为 -1。",
        ),
    ],
)
def test_a_review_or_correction_of_nothing_is_refused(points: Any, action: str, entries: Any, sentence: str) -> None:
    points.go(3, 2)
    points.enter("1", "2020-02-01")
    points.record("1", "2020-03-01")
    assert refused(points, lambda: points.act(points.clerk, action, points.own, **entries)) == sentence


def test_a_second_year_and_a_second_register_are_refused(points: Any) -> None:
    again = lambda: points.world.act(points.clerk, "开始年度积分", {"year": 2020}, practice="points")  # noqa: E731
    assert refused(points, again) == f"2020 年度的积分已经开始登记(事项 {points.year})。请在那里继续。"
    entries = {"deputy": points.first.id}
    twice = lambda: points.world.act(points.clerk, "建立积分档案", entries, parent=points.year)  # noqa: E731
    assert refused(points, twice) == f"代表甲 在本年度已有积分档案(事项 {points.own})。"
