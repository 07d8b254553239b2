"""Totals and grades at their exact ends, sheets that are wrong, who sees what."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from plugins.project_performance.conftest import points

from renda import RendaError, leaf
from renda_plugins.project_performance import ProjectPerformance
from renda_plugins.project_performance.totals import grade, of_sheet, slow

GRADES = [{"grade": name, "at_least": Decimal(bound)} for name, bound in (("优", 90), ("中", 60), ("差", 0))]
FULL = (20, 25, 20, 35)
WHOLE = {
    "aspects": [{"code": str(at), "label": str(at), "full": full} for at, full in enumerate(FULL)],
    "grades": [{"grade": each["grade"], "at_least": each["at_least"]} for each in GRADES],
    "weights": {"third_party": Decimal("0.6"), "expert": Decimal("0.2"), "deputy": Decimal("0.2")},
    "deducted": "差",
    "slow_at": 20,
    "rating": {"n": 5, "unit": "working_day"},
    "rectification": {"n": 60, "unit": "calendar_day"},
    "report_to": ["区委"],
}


def refusal(deed: Any) -> str:
    with pytest.raises(RendaError) as caught:
        deed()
    return caught.value.message


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("90", None, "优"),
        ("89.99", None, "中"),
        ("89.96", 1, "优"),
        ("60", None, "中"),
        ("59.999", None, "差"),
        ("0", None, "差"),
        ("100", None, "优"),
    ],
)
def test_a_grade_is_given_on_the_exact_total_unless_the_district_rounds_first(
    value: str, digits: int | None, expected: str
) -> None:
    params = SimpleNamespace(grades=GRADES, round_before=digits)
    assert grade(leaf("综合得分", Decimal(value)), params).value == expected


def test_an_aspect_without_points_is_nought_or_left_out_as_the_district_says() -> None:
    aspects = [{"code": code, "label": code, "full": Decimal(full)} for code, full in (("a", 60), ("b", 40))]
    given = [{"aspect": "a", "points": Decimal(45)}]
    assert of_sheet("表", given, SimpleNamespace(aspects=aspects, missing="zero")).value == 45
    assert of_sheet("表", given, SimpleNamespace(aspects=aspects, missing="reweight")).value == 75


@pytest.mark.parametrize(("actual", "expected"), [("60", True), ("60.01", False), ("100", False)])
def test_a_project_is_slow_from_the_districts_points_on(actual: str, expected: bool) -> None:
    params = SimpleNamespace(slow_at=Decimal(20))
    assert slow({"planned": Decimal(80), "actual": Decimal(actual)}, params).value is expected


def test_three_sides_are_weighted_and_the_department_hears_the_grade(year: Any) -> None:
    number = year.list_project()
    matter = year.graded(number, (20, 25, 20, 25), (18, 22, 18, 32), (20, 25, 20, 35))
    # 90 × 0.6 + 90 × 0.2 + 100 × 0.2
    assert (matter.payload["grade"], matter.state) == ("优", "graded")
    with year.world.reading() as desk:
        explained = desk.rulebook.practice_on("project_performance", year.world.day).hook.score(matter=matter)
    assert explained.value == Decimal(92)


def test_a_bad_grade_is_put_right_and_a_side_that_did_not_judge_has_no_weight(year: Any) -> None:
    number = year.list_project()
    sheets = year.to_rating(number, 10, 10, 10, 20)
    year.act(year.clerk, "excuse", {"grounds": "出差"}, matter=sheets["expert"])
    assert "评分" in refusal(lambda: year.act(year.chair, "settle", matter=number))
    year.act(year.clerk, "rate", {"given": points(20, 20, 20, 30), "opinion": "好"}, matter=sheets["deputy"])
    year.act(year.chair, "settle", matter=number)
    # (50 × 0.6 + 90 × 0.2) ÷ 0.8 = 60
    assert year.world.matter(number).payload["grade"] == "中"
    bad = year.graded(year.list_project("修路"), (5, 5, 5, 5), (5, 5, 5, 5), (5, 5, 5, 5))
    assert bad.state == "rectifying"
    year.act(year.unit, "rectify", {"rectified": "已改", "evidence": ["批复"]}, matter=bad.id)
    year.act(year.chair, "report_round", matter=year.round)
    assert year.world.matter(year.round).state == "closed"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([{"aspect": "decision", "points": "20.5"}], "“项目决策”满分 20,应在 0 至 20 之间,现为 20.5。"),
        ([{"aspect": "decision", "points": "-1"}], "“项目决策”满分 20,应在 0 至 20 之间,现为 -1。"),
        (points(1) + points(2), "“项目决策”打了两次分。每个方面只打一次。"),
        ([], "一个方面也没有打分。"),
    ],
)
def test_a_sheet_with_too_many_points_is_refused(year: Any, given: Any, sentence: str) -> None:
    number = year.list_project()
    report = {"points": given, "document": "报告"}
    assert refusal(lambda: year.act(year.clerk, "take_report", report, matter=number)) == sentence


def test_a_year_and_a_project_in_it_are_evaluated_once(year: Any) -> None:
    number = year.list_project()
    assert refusal(year.list_project) == f"“建校”已列入本年度评价(事项 {number})。"
    assert refusal(lambda: type(year)(year.world)) == f"2020 年度的绩效评价已经开展(事项 {year.round})。请在那里继续。"
    year.world.project("无主")
    lost = {"project": year.world.project("无主").id}
    where = {"parent": year.round, "practice": "project_performance"}
    sentence = "项目“无主”没有写明承担单位,请填写主管部门。"
    assert refusal(lambda: year.act(year.clerk, "list_project", lost, **where)) == sentence
    wrong = {"gate": "progress", "planned": "101", "actual": "0", "seen": "x"}
    assert refusal(lambda: year.act(year.clerk, "check_progress", wrong, matter=number)) == (
        "进度应在 0 至 100 之间,现为计划 101、实际 0。"
    )


def test_an_empty_year_is_not_reported(year: Any) -> None:
    assert refusal(lambda: year.act(year.chair, "report_round", matter=year.round)) == ("还没有项目列入评价,不能报告。")


def test_sheets_are_their_givers_and_a_project_is_its_departments_until_it_is_graded(year: Any) -> None:
    number = year.list_project()
    sheets = year.to_rating(number, *FULL)
    other = year.world.actor("deputy", person=year.world.deputy("代表乙"))
    said = {"given": points(*FULL), "opinion": "x"}
    assert "不能查看" in refusal(lambda: year.act(other, "rate", said, matter=sheets["deputy"]))
    stranger = year.world.actor("department", organ=year.world.organ("教育局"))
    assert "不能查看" in refusal(lambda: year.act(stranger, "rectify", {}, matter=number))
    judge = year.world.actor("deputy", person=year.world.deputy("代表甲"))
    year.act(judge, "rate", said, matter=sheets["deputy"])
    assert year.world.matter(sheets["deputy"]).state == "given"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"aspects": [{"code": "a", "label": "甲", "full": 99}]}, "评价方面:各方面满分合计应为 100,现为 99。"),
    ({"aspects": [{"code": "a", "label": "甲", "full": 50}] * 2}, "评价方面:“a”写了两次。每个方面只写一次。"),
    ({"weights": {"third_party": Decimal("0.9")}}, "各方权重:各方评分的权重应不小于 0、合计为 1,现为 0.9。"),
    (
        {"grades": [{"grade": "优", "at_least": 60}, {"grade": "差", "at_least": 90}]},
        "等次:等次的下限应从高到低、最后一等从 0 起,现为 60、90。",
    ),
    ({"deducted": "劣"}, "扣分的等次:扣分的等次“劣”不在等次表里。可选:优、中、差。"),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_rules_that_contradict_themselves_are_refused_with_the_place(changes: Any, sentence: str) -> None:
    assert refusal(lambda: ProjectPerformance.Params().read({**WHOLE, **changes})) == f"表单有误:{sentence}"
