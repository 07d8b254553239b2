"""The four rates over their own denominators, in the cases where they come apart."""

from datetime import date
from typing import Any

import pytest
from kernel.conftest import refusal
from sqlalchemy import select

from renda import RendaError
from renda.model import AppointmentRow

MARCH = date(2020, 3, 20)


def all_in(reviewed: Any) -> None:
    for place in range(3):
        reviewed.submit(place, MARCH)
    reviewed.read_all()


def test_before_anything_is_received_only_what_is_due_has_a_denominator(reviewed: Any) -> None:
    assert reviewed.rates() == {
        "按时报送率": (0, 3),
        "质量合格率": (0, 0),
        "问题整改率": (0, 0),
        "代表满意率": (0, 0),
    }


def test_a_report_on_the_last_day_is_on_time_and_one_a_day_later_is_not(reviewed: Any) -> None:
    reviewed.submit(0, date(2020, 3, 31))
    reviewed.submit(1, date(2020, 4, 1))
    assert reviewed.rates()["按时报送率"] == (1, 3)
    assert reviewed.facts() == [
        ("report.late", "局长乙", date(2020, 4, 1)),
        ("report.late", "局长丙", date(2020, 4, 1)),
    ]


def test_an_unqualified_report_is_received_and_not_qualified_and_a_fact(reviewed: Any) -> None:
    all_in(reviewed)
    reviewed.judge(0)
    said = refusal(lambda: reviewed.judge(1, "unqualified"))
    assert said.message == "评阅平均分 88.0,合格线 60,评定为“不合格”与分数不符。请写明评定理由。"
    reviewed.judge(1, "unqualified", "内容与上年雷同")
    assert reviewed.rates()["质量合格率"] == (1, 3)
    assert reviewed.facts("report.unqualified") == [("report.unqualified", "局长乙", date(2020, 4, 10))]


def test_merged_and_withdrawn_problems_leave_the_denominator_and_unresolved_ones_stay(reviewed: Any) -> None:
    all_in(reviewed)
    first, second, third, fourth = (reviewed.raise_problem(0, text) for text in ("一", "二", "三", "四"))
    reviewed.judge(0)
    assert reviewed.rates()["问题整改率"] == (0, 4)
    reviewed.rectify(0, first)
    reviewed.by_clerk("并入另一条", {"into": first, "grounds": "重复"}, matter=second)
    department = reviewed.world.actor("department", organ=reviewed.organs[0])
    reviewed.world.act(department, "提出异议", {"objection": "不是本单位的事"}, matter=third)
    reviewed.by_clerk("撤回问题", {"grounds": "异议成立"}, matter=third)
    reviewed.world.go_to(date(2020, 6, 11))
    reviewed.by_clerk("认定未整改", {"grounds": "没有结果"}, matter=fourth)
    assert reviewed.rates()["问题整改率"] == (1, 2)
    assert reviewed.facts("report.problem_open") == [("report.problem_open", "局长甲", date(2020, 6, 11))]


def test_an_objection_that_does_not_hold_puts_the_problem_back_on_the_list(reviewed: Any) -> None:
    all_in(reviewed)
    number = reviewed.raise_problem(0)
    reviewed.judge(0)
    department = reviewed.world.actor("department", organ=reviewed.organs[0])
    reviewed.world.act(department, "提出异议", {"objection": "不认可"}, matter=number)
    reviewed.by_clerk("异议不成立", {"grounds": "事实清楚"}, matter=number)
    assert reviewed.world.matter(number).state == "open"


def test_satisfaction_counts_readers_and_members_together(reviewed: Any) -> None:
    all_in(reviewed)
    reviewed.judge(0)
    readings = reviewed.report(0).children("reading")
    reviewed.by_reader(0, "评价满意度", {"verdict": "satisfied"}, readings[0].id)
    reviewed.by_reader(1, "评价满意度", {"verdict": "unsatisfied"}, readings[1].id)
    reviewed.by_clerk("登记满意评价", {"asked": 25, "satisfied": 24}, matter=reviewed.report(0).id)
    assert reviewed.rates()["代表满意率"] == (25, 27)


def test_the_report_of_an_official_who_left_counts_nowhere(reviewed: Any) -> None:
    all_in(reviewed)
    number = reviewed.raise_problem(2)
    reviewed.judge(2)
    reviewed.rectify(2, number)
    assert reviewed.rates()["问题整改率"] == (1, 1)
    with reviewed.world.writing() as desk:
        query = select(AppointmentRow).where(AppointmentRow.person_id == reviewed.heads[2].id)
        desk.session.scalars(query).one().until = date(2020, 4, 9)
    reviewed.by_clerk("离任终结", {"departure": "调任"}, matter=reviewed.report(2).id)
    assert reviewed.rates() == {
        "按时报送率": (2, 2),
        "质量合格率": (0, 2),
        "问题整改率": (0, 0),
        "代表满意率": (0, 0),
    }


def test_an_official_cannot_leave_the_review_with_problems_still_open(reviewed: Any) -> None:
    all_in(reviewed)
    reviewed.raise_problem(2)
    with pytest.raises(RendaError) as refused:
        reviewed.by_clerk("离任终结", {"departure": "调任"}, matter=reviewed.report(2).id)
    assert refused.value.code == "matter.children"


def test_the_review_has_a_score_from_the_draft_of_its_report_on(reviewed: Any) -> None:
    all_in(reviewed)
    for place in range(3):
        number = reviewed.raise_problem(place)
        reviewed.judge(place)
        reviewed.rectify(place, number)
    reviewed.by_clerk("开始延伸评阅", matter=reviewed.review)
    for place in range(3):
        report = reviewed.report(place)
        reviewed.by_clerk("记录延伸评阅", {"check": "visit", "check_found": "相符"}, matter=report.id)
        for reader, reading in zip((place, (place + 1) % 3), report.children("reading"), strict=True):
            reviewed.by_reader(reader, "评价满意度", {"verdict": "satisfied"}, reading.id)
        reviewed.by_clerk("登记满意评价", {"asked": 25, "satisfied": 25}, matter=report.id)
        reviewed.by_clerk("评阅办结", matter=report.id)
    reviewed.by_clerk("拟定评阅报告", matter=reviewed.review)
    reviewed.world.act(reviewed.chair, "审定评阅报告", matter=reviewed.review)
    reviewed.world.act(
        reviewed.chair, "结果运用", {"use": "talk", "use_grounds": "得分偏低"}, matter=reviewed.report(1).id
    )
    assert reviewed.report(1).payload["used"] == ("talk",)
    (section,) = reviewed.told("dossier", subject=reviewed.heads[1], viewer=reviewed.clerk)
    assert [entry.text for entry in section.entries] == ["2019 年度:按时报送;合格;问题 1 条,整改到位 1 条;工作约谈"]
    assert reviewed.told("dossier", subject=reviewed.organs[1], viewer=reviewed.clerk) == [section]
    reviewed.by_clerk("结束评阅", matter=reviewed.review)
    assert reviewed.matter().state == "closed"
