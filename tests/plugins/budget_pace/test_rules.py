"""Bands at their exact ends, what runs and what does not, and what a panel may decide."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from renda import RendaError
from renda_plugins.budget_pace import BudgetPace
from renda_plugins.budget_pace.gaps import band, gap

Refused = Callable[[Callable[[], Any]], str]
BANDS = [{"at_least": Decimal(start), "label": f"{start}%档"} for start in (10, 20, 30)]


def figures(paid: str, planned: str = "50", budget: str = "1000000", adjustment: str = "0") -> dict[str, Decimal]:
    held = {"budget": budget, "adjustment": adjustment, "planned": planned, "paid": paid}
    return {name: Decimal(value) for name, value in held.items()}


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        ("400000", "10%档"),
        ("400000.01", "不预警"),
        ("300000", "20%档"),
        ("300000.01", "10%档"),
        ("200000", "30%档"),
        ("200000.01", "20%档"),
        ("0", "30%档"),
        ("900000", "不预警"),
    ],
)
def test_a_band_holds_its_lower_end_and_not_a_cent_less(paid: str, expected: str) -> None:
    assert band(gap(figures(paid)), BANDS).value == expected


def test_a_budget_cut_during_the_year_counts_as_it_stands_and_no_budget_has_no_gap() -> None:
    cut = gap(figures("300000", adjustment="-400000"))
    assert cut is not None
    assert cut.value == 0
    assert gap(figures("0", adjustment="-1000000")) is None
    assert band(None, BANDS).value == "无预算"


def test_a_district_may_measure_the_gap_against_the_plan() -> None:
    relative = gap(figures("400000"), "relative")
    assert relative is not None
    assert relative.value == 20
    assert gap(figures("0", planned="0"), "relative") is None


def test_two_warnings_at_thirty_running_lead_to_a_review_and_one_of_two_does_not(budget: Any) -> None:
    budget.told(1, "甲,1000000,0,40,100000", "丙,1000000,0,40,0")
    second = budget.told(2, "甲,1000000,0,50,200000", "乙,1000000,0,50,0", "丙,1000000,0,50,200001")
    assert budget.world.matter(second).state == "due"
    budget.world.act(budget.chair, "start_reviews", matter=second)
    (review,) = budget.world.matter(second).children("review")
    assert review.party("subject").name == "甲局"
    assert [each.title for each in review.children("finding")] == ["甲 评审认定"]
    assert review.children("finding")[0].payload["unexecuted"] == Decimal(800000)


@pytest.mark.parametrize(("first", "second"), [((1, 2020), (3, 2020)), ((4, 2020), (1, 2021))])
def test_a_quarter_left_out_and_a_new_year_begin_the_count_again(budget: Any, first: Any, second: Any) -> None:
    budget.told(first[0], "甲,1000000,0,40,0", year=first[1])
    quarter = budget.told(second[0], "甲,1000000,0,40,0", year=second[1])
    assert budget.world.matter(quarter).state == "circulated"


def test_a_project_is_reviewed_once_a_year_and_one_left_out_of_the_warning_breaks_the_run(budget: Any) -> None:
    rows = ("甲,1000000,0,50,0", "丙,1000000,0,50,0")
    first = budget.told(1, *rows)
    for pace in budget.paces(first):
        if pace.party("project").name == "丙":
            budget.world.act(budget.chair, "exempt", {"grounds": "全区统一停付"}, matter=pace.id)
    second = budget.told(2, *rows)
    budget.world.act(budget.chair, "start_reviews", matter=second)
    assert [each.title for each in budget.world.matter(second).children("review")] == ["甲局预算执行专项评审"]
    third = budget.told(3, *rows)
    budget.world.act(budget.chair, "start_reviews", matter=third)
    assert [each.title for each in budget.world.matter(third).children("review")] == ["乙局预算执行专项评审"]
    fourth = budget.told(4, *rows)
    assert budget.world.matter(fourth).state == "circulated"


def test_where_nothing_is_left_to_review_the_chair_goes_on_without(budget: Any) -> None:
    first = budget.told(1, "甲,1000000,0,50,0")
    second = budget.told(2, "甲,1000000,0,50,0")
    for number in (first, second):
        budget.world.act(budget.chair, "exempt", {"grounds": "停付"}, matter=budget.paces(number)[0].id)
    budget.world.act(budget.chair, "start_reviews", matter=second)
    assert budget.world.matter(second).state == "circulated"


def reviewed(budget: Any) -> tuple[Any, Any]:
    """The review and the finding of 甲, after the questions."""
    budget.told(1, "甲,1000000,0,50,0")
    quarter = budget.told(2, "甲,1000000,0,50,200000")
    act = budget.world.act
    act(budget.chair, "start_reviews", matter=quarter)
    (review,) = budget.world.matter(quarter).children("review")
    unit = budget.world.actor("department", organ=budget.world.organ("甲局"))
    act(unit, "hear", {"statement": "流标"}, matter=review.id)
    asked = {"asked_by": budget.world.person("专家").id, "question": "为何?", "answer": "流标。"}
    act(budget.clerk, "ask", asked, matter=review.id)
    act(budget.clerk, "ask", {**asked, "question": "何时?"}, matter=review.id)
    return budget.world.matter(review.id), review.children("finding")[0]


FOUND = {"present": 7, "in_favour": 4, "conclusion": "rejected", "amount": "80", "finding_grounds": "不具备条件"}


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"present": 4}, "评审组 7 人,到会 4 人,不足三分之二,不能合议。"),
        ({"in_favour": 3}, "认定须经评审组全体过半数赞成:共 7 人,赞成 3 人。"),
        ({"in_favour": 8}, "赞成 8 人、到会 7 人、评审组 7 人:人数应依次不减,且不小于 0。"),
        ({"amount": "80.01"}, "核减 80.01 万元应大于 0、不超过未执行的预算 80 万元。"),
        ({"amount": "0"}, "核减 0 万元应大于 0、不超过未执行的预算 80 万元。"),
        ({"amount": None}, "表单有误:建议核减(万元):说明不成立或不充分的,要写明建议核减多少。"),
        ({"conclusion": "accepted"}, "表单有误:建议核减(万元):说明成立的不核减;请把核减金额留空。"),
    ],
)
def test_a_panel_without_quorum_or_majority_and_a_cut_of_more_than_is_left_are_refused(
    budget: Any, refused: Refused, entries: Any, sentence: str
) -> None:
    _, finding = reviewed(budget)
    said = {**FOUND, **entries}
    assert refused(lambda: budget.world.act(budget.clerk, "deliberate", said, matter=finding.id)) == sentence
    assert budget.world.matter(finding.id).state == "pending"


def test_what_the_chair_concludes_goes_to_unit_and_finance_and_the_cut_must_be_that_sum(
    budget: Any, refused: Refused
) -> None:
    review, finding = reviewed(budget)
    assert len(review.payload["questions"]) == 2
    act = budget.world.act
    act(budget.clerk, "deliberate", {**FOUND, "amount": "24.5"}, matter=finding.id)
    act(budget.chair, "send_back", {"grounds": "金额再核"}, matter=finding.id)
    act(budget.clerk, "deliberate", {**FOUND, "amount": "20.5", "present": 5, "in_favour": 5}, matter=finding.id)
    act(budget.chair, "conclude", matter=review.id)
    assert budget.world.matter(review.id).state == "cutting"
    bureau = budget.world.actor("department", organ=budget.finance)
    said = {"cut_amount": "20", "cut_document": "批复"}
    assert refused(lambda: act(bureau, "report_cut", said, matter=review.id)) == (
        "评审要求核减 20.5 万元,报告已调减 20 万元,两数不符。请核实。"
    )
    act(bureau, "report_cut", {**said, "cut_amount": "20.50"}, matter=review.id)
    assert budget.world.matter(review.id).state == "done"


def test_other_departments_do_not_see_a_review_nor_a_quarter_that_is_not_told(budget: Any, refused: Refused) -> None:
    review, _ = reviewed(budget)
    other = budget.world.actor("department", organ=budget.world.organ("乙局"))
    assert "不能查看" in refused(lambda: budget.world.act(other, "hear", {"statement": "x"}, matter=review.id))
    quarter = budget.begin(3)
    assert "不能查看" in refused(lambda: budget.world.act(other, "take_table", {"table": "x"}, matter=quarter))


def test_who_has_not_explained_when_the_quarter_closes_is_no_longer_waited_for(budget: Any) -> None:
    quarter = budget.told(1, "甲,1000000,0,50,400000")
    assert budget.world.matter(quarter).children("pace")[0].state == "notified"
    budget.world.act(budget.clerk, "close", matter=quarter)
    assert budget.world.matter(quarter).children("pace")[0].state == "silent"


def test_a_quarter_is_told_once_with_figures_of_its_own_days(budget: Any, refused: Refused) -> None:
    quarter = budget.begin(1)
    assert refused(lambda: budget.begin(1)) == f"2020 年第 1 季度已经开展通报(事项 {quarter})。请在那里继续。"
    assert refused(lambda: budget.world.act(budget.clerk, "circulate", matter=quarter)) == (
        "还没有录入任何项目的进度,不能通报。请先导入进度表。"
    )
    said = {"year": 2020, "quarter": 2, "finance": budget.finance.id}

    def begin(**entries: Any) -> Any:
        return budget.world.act(budget.clerk, "begin", {**said, **entries}, practice="budget_pace")

    assert refused(lambda: begin(as_of="2020-03-31")) == "数据截止 2020-03-31 不在 2020 年第 2 季度内。请改正。"
    assert refused(lambda: begin(as_of="2020-06-30")) == "数据截止 2020-06-30 晚于今天 2020-03-31。请改正。"
    assert refused(lambda: begin(as_of="2020-03-31", quarter=5)) == "表单有误:季度:季度应为 1 至 4,现为 5。"


WRONG = [
    ({"bands": [{"at_least": 20, "label": "a"}, {"at_least": 10, "label": "b"}]},
     "预警档次:预警档次的起点应从低到高、各不相同、都大于 0,现为 20、10。"),
    ({"review_at": 5}, "评审起点:评审起点 5 低于第一档的起点 10。没有预警就谈不上连续预警。"),
    ({"running": 1}, "连续次数:连续次数应为 2 至 4,现为 1。一年只有四个季度。"),
    ({"schedule": [25, 50, 40, 100]}, "各季度计划进度:四个季度的计划进度应依次不减、在 0 至 100 之间,现为 25、50、40、100。"),
    ({"columns": {"paid": "项目编码"}}, "财政表的表头累计支出:“项目编码”和“累计支出”用了同一个表头“项目编码”。"),
    ({"panel_size": 0}, "评审组人数:评审组人数应大于 0,现为 0。"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_rules_that_contradict_themselves_are_refused_with_the_place(changes: Any, sentence: str) -> None:
    days = {"n": 10, "unit": "working_day"}
    whole = {"bands": [{"at_least": 10, "label": "10%档"}], "review_at": 30, "running": 2, "panel_size": 7}
    whole |= {"schedule": [25, 50, 75, 100], "explanation": days, "hearing": days, "cut_within": days}
    with pytest.raises(RendaError) as caught:
        BudgetPace.Params().read({**whole, **changes})
    assert caught.value.message == f"表单有误:{sentence}"
