"""Goals, both monitors, both evaluations and the use, at their exact ends."""

from decimal import Decimal
from typing import Any

import pytest
from plugins.budget_performance.conftest import goals, points, refusal

from renda_plugins.budget_performance import BudgetPerformance

SPAN = {"n": 10, "unit": "working_day"}
SIGNS = {"gap": 10, "full_share": "0.8", "evidence": 2, "need": 2}
WHOLE = {
    "grades": [{"grade": "优", "at_least": 90}, {"grade": "差", "at_least": 0}],
    "attention": 15,
    "only_form": SIGNS,
    "correction": SPAN,
    "explanation": SPAN,
}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"goals": goals(50, 30, 19)}, "表单有误:绩效目标:指标权重合计应为 100,现为 99。"),
        ({"goals": goals(100, 0)}, "表单有误:绩效目标:指标“覆盖率”的权重应大于 0,现为 0。"),
        ({"goals": goals(50) * 2}, "表单有误:绩效目标:指标“服务人次”写了两次。"),
    ],
)
def test_goals_that_do_not_weigh_a_hundred_are_refused(item: Any, changes: Any, sentence: str) -> None:
    assert refusal(lambda: item.applied(**changes)) == sentence


def test_a_project_is_applied_for_once_a_year(item: Any) -> None:
    number = item.applied().number
    assert refusal(item.applied) == f"“养老”2020 年度已经申报(事项 {number})。请在那里继续。"
    assert item.applied(year=2021).number != number


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"verdict": "support", "approved": "300.01"}, "安排 300.01 万元超过申请的 300 万元,或者小于等于 0。"),
        ({"verdict": "support", "approved": "0"}, "安排 0 万元超过申请的 300 万元,或者小于等于 0。"),
        ({"verdict": "refuse", "approved": "1"}, "表单有误:安排金额(万元):不予支持的不安排;请把金额留空。"),
        ({"verdict": "adjust"}, "表单有误:安排金额(万元):支持或调整后支持的,要写明安排多少。"),
    ],
)
def test_no_more_is_granted_than_was_asked_for(item: Any, entries: Any, sentence: str) -> None:
    item.applied()
    assert refusal(lambda: item.done(item.bureau, "assess", assessed="意见", **entries)) == sentence


def test_a_project_that_is_refused_ends_there(item: Any) -> None:
    item.applied().done(item.bureau, "assess", verdict="refuse", assessed="依据不足")
    assert item.world.matter(item.number).state == "refused"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"goal_actual": "35"}, "off"),
        ({"goal_actual": "35.01"}, "fine"),
        ({"spent_actual": "35"}, "off"),
        ({"spent_actual": "90"}, "fine"),
    ],
)
def test_one_of_both_monitors_behind_by_the_districts_points_is_to_be_corrected(
    item: Any, changes: Any, state: str
) -> None:
    item.executing()
    found = item.monitored(**changes)
    assert found.state == state
    if state == "off":
        said = {"own_points": points(50, 30, 20), "own_words": "x"}
        assert "双监控" in refusal(lambda: item.done(item.unit, "evaluate_self", **said))
        item.world.act(item.unit, "correct", {"correction": "加班"}, matter=found.id)
        item.done(item.unit, "evaluate_self", **said)


def test_a_share_above_a_hundred_and_a_day_to_come_are_refused(item: Any) -> None:
    item.executing()
    assert refusal(lambda: item.monitored(spent_actual="101")) == (
        "表单有误:预算实际执行(%):比例应在 0 至 100 之间,现为 101。"
    )
    assert refusal(lambda: item.monitored(as_of="2020-09-02")) == "监控日期 2020-09-02 晚于今天 2020-09-01。请改正。"


@pytest.mark.parametrize(
    ("own", "other", "evidence", "flagged"),
    [
        ((50, 30, 20), (50, 25, 15), ("台账", "问卷"), True),
        ((50, 30, 20), (50, 25, 15.01), ("台账", "问卷"), False),
        ((50, 30, 19), (50, 25, 14), ("台账", "问卷"), False),
        ((50, 30, 19), (50, 25, 14), ("台账",), True),
        ((50, 30, 20), (50, 30, 20), ("台账", "台账"), True),
        ((40, 20, 10), (50, 30, 20), (), False),
    ],
)
def test_two_of_three_signs_make_a_self_evaluation_only_form(
    item: Any, own: Any, other: Any, evidence: Any, flagged: bool
) -> None:
    matter = item.evaluated(own, other, *evidence)
    assert (matter.payload["only_form"], matter.state) == (flagged, "gap" if flagged else "evaluated")


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ((50, 30), "还没有打分的指标:满意度。没有完成的指标请打 0 分。"),
        ((50.5, 30, 20), "指标“服务人次”的得分应在 0 至 50 之间,现为 50.5。"),
        ((-1, 30, 20), "指标“服务人次”的得分应在 0 至 50 之间,现为 -1。"),
    ],
)
def test_every_indicator_has_points_of_its_weight_at_most(item: Any, own: Any, sentence: str) -> None:
    item.executing()
    said = {"own_points": points(*own), "own_words": "x"}
    assert refusal(lambda: item.done(item.unit, "evaluate_self", **said)) == sentence


def test_an_indicator_nobody_set_and_one_with_points_twice_are_refused(item: Any) -> None:
    item.executing()
    strange = [*points(50, 30, 20), {"indicator": "新增", "points": "1"}]
    said = {"own_points": strange, "own_words": "x"}
    assert refusal(lambda: item.done(item.unit, "evaluate_self", **said)) == (
        "没有“新增”这个指标。申报的指标:服务人次、覆盖率、满意度。"
    )
    said["own_points"] = [*points(50, 30, 20), *points(1)]
    assert refusal(lambda: item.done(item.unit, "evaluate_self", **said)) == "指标“服务人次”打了两次分。"


def test_the_score_is_both_sides_with_gap_signs_and_grade_and_the_department_explains(item: Any) -> None:
    matter = item.evaluated((50, 30, 20), (40, 25, 15))
    with item.world.reading() as desk:
        found = desk.rulebook.practice_on("budget_performance", item.world.day).hook.score(matter=matter)
    assert [part.value for part in found.parts] == [Decimal(100), Decimal(80), Decimal(20), True, "良"]
    item.done(item.unit, "explain_gap", explained="没有核对").done(item.bureau, "conclude", concluded="按第三方")
    use = {"use": "cancel", "less": "100", "use_grounds": "差"}
    assert (
        refusal(lambda: item.done(item.bureau, "use_result", **use)) == "取消的项目应减少全部 280 万元,现为 100 万元。"
    )
    use = {"use": "cut", "less": "280.01", "use_grounds": "差"}
    assert refusal(lambda: item.done(item.bureau, "use_result", **use)) == (
        "减少 280.01 万元应大于 0、不超过已安排的 280 万元。"
    )
    sentence = "表单有误:下一年度减少(万元):调减或取消的,要写明下一年度减少多少。"
    assert refusal(lambda: item.done(item.bureau, "use_result", use="cut", use_grounds="差")) == sentence
    sentence = "表单有误:下一年度减少(万元):保留安排或改进管理的,不写减少的金额。"
    kept = {"use": "keep", "less": "1", "use_grounds": "好"}
    assert refusal(lambda: item.done(item.bureau, "use_result", **kept)) == sentence
    item.done(item.bureau, "use_result", use="cut", less="80", use_grounds="差")
    assert item.world.matter(item.number).state == "closed"


def test_another_department_sees_nothing_before_the_conclusion(item: Any) -> None:
    item.executing()
    stranger = item.world.actor("department", organ=item.world.organ("教育局"))
    assert "不能查看" in refusal(lambda: item.done(stranger, "evaluate_self"))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"attention": 0}, "双监控的偏离(百分点):双监控的偏离应大于 0、不超过 100,现为 0。"),
    ({"only_form": {**SIGNS, "need": 4}}, "自评流于形式的迹象几个迹象:流于形式共有 3 个迹象,need 应为 1 至 3,现为 4。"),
    (
        {"only_form": {**SIGNS, "full_share": 80}},
        "自评流于形式的迹象满分指标的比例:满分指标的比例应在 0 至 1 之间,现为 80。",
    ),
    ({"grades": [{"grade": "优", "at_least": 90}]}, "等次:等次的下限应从高到低、最后一等从 0 起,现为 90。"),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_rules_that_contradict_themselves_are_refused_with_the_place(changes: Any, sentence: str) -> None:
    assert refusal(lambda: BudgetPerformance.Params().read({**WHOLE, **changes})) == f"表单有误:{sentence}"
