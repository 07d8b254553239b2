"""Facts of any practice in force draft deductions, each once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from renda import RendaError


def items(deductions: Any) -> Any:
    return [(each.party("subject").name, each.payload["item"]) for each in deductions]


def test_a_fact_without_a_condition_drafts_one_deduction_with_reason_and_evidence(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    followed.tell(date(2020, 12, 31), "project.unfinished", organ=organ.id)
    (drafted,) = followed.draft()
    assert drafted.state == "drafted"
    assert drafted.payload["amount"] == Decimal("0.2")
    assert drafted.payload["occurred_on"] == date(2020, 12, 31)
    assert drafted.payload["reason"] == "project.unfinished 发生"
    assert drafted.payload["evidence"] == ("2020-12-31 project.unfinished 发生",)


def test_drafting_again_doubles_nothing_not_even_what_was_withdrawn(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    followed.tell(date(2020, 12, 1), "project.unfinished", organ=organ.id)
    (drafted,) = followed.draft()
    assert len(followed.draft()) == 1
    followed.world.act(followed.clerk, "撤回", {"grounds": "查明不属实"}, matter=drafted.id)
    assert len(followed.draft()) == 1


def test_another_fact_of_the_same_kind_drafts_another_deduction(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    followed.tell(date(2020, 3, 2), "project.unfinished", organ=organ.id)
    followed.draft()
    followed.tell(date(2020, 6, 1), "project.unfinished", organ=organ.id)
    assert len(followed.draft()) == 2


@pytest.mark.parametrize(
    ("part", "whole", "drafted"), [(59, 100, 1), (3, 5, 0), (299_999, 500_000, 1), (300_001, 500_000, 0), (0, 0, 0)]
)
def test_a_satisfaction_of_exactly_sixty_per_cent_is_not_below_it(
    followed: Any, part: Any, whole: Any, drafted: Any
) -> None:
    organ = followed.world.organ("甲局")
    followed.tell(date(2020, 12, 1), "suggestion.satisfaction", organ=organ.id, part=part, whole=whole)
    assert len(followed.draft()) == drafted


def test_a_fact_about_no_single_matter_counts_once_in_a_year(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    for day in (date(2020, 11, 30), date(2020, 12, 30)):
        followed.tell(day, "suggestion.satisfaction", organ=organ.id, part=1, whole=2, alone=True)
        deductions = followed.draft()
    assert items(deductions) == [("甲局", "2")]


def test_two_gaps_of_thirty_in_a_row_draft_and_one_below_breaks_the_row(followed: Any) -> None:
    first, second = followed.world.organ("甲局"), followed.world.organ("乙局")
    gaps = {3: (30, 31), 6: ("29.9", 30), 9: (40, 30), 12: (30, 20)}
    for month, (of_first, of_second) in gaps.items():
        followed.tell(date(2020, month, 20), "budget.gap", organ=first.id, number=of_first)
        followed.tell(date(2020, month, 20), "budget.gap", organ=second.id, number=of_second)
    deductions = followed.draft()
    assert sorted(items(deductions)) == [("乙局", "3"), ("甲局", "3")]
    by_name = {each.party("subject").name: each.payload for each in deductions}
    assert by_name["乙局"]["occurred_on"] == date(2020, 6, 20)
    assert by_name["甲局"]["occurred_on"] == date(2020, 12, 20)
    assert len(by_name["甲局"]["facts"]) == 2


def test_a_row_that_began_before_the_days_asked_for_is_still_a_row(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    followed.tell(date(2020, 3, 20), "budget.gap", organ=organ.id, number=30)
    assert followed.draft(until=date(2020, 3, 31)) == []
    followed.tell(date(2020, 6, 20), "budget.gap", organ=organ.id, number=30)
    assert items(followed.draft(since=date(2020, 4, 1), until=date(2020, 6, 30))) == [("甲局", "3")]


def test_two_projects_behind_in_one_quarter_are_no_project_behind_twice(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    road, school = (followed.world.project(name, "甲局") for name in ("修路", "建校"))
    for works in (road, school):
        followed.tell(date(2020, 4, 1), "budget.gap", organ=organ.id, number=31, works=works.id)
    assert followed.draft() == []
    followed.tell(date(2020, 7, 1), "budget.gap", organ=organ.id, number=29, works=road.id)
    followed.tell(date(2020, 7, 1), "budget.gap", organ=organ.id, number=30, works=school.id)
    (drafted,) = followed.draft()
    assert drafted.payload["occurred_on"] == date(2020, 7, 1)
    assert [key.partition("@")[0] for key in drafted.payload["facts"]] == ["budget.gap"] * 2


def test_only_the_grade_the_item_names_drafts(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    followed.tell(date(2020, 6, 1), "project.grade", organ=organ.id, grade="中")
    followed.tell(date(2020, 6, 2), "project.grade", organ=organ.id, grade="差")
    followed.tell(date(2020, 6, 3), "project.grade", organ=organ.id)
    assert [each.payload["occurred_on"] for each in followed.draft()] == [date(2020, 6, 2)]


def test_a_fact_about_an_official_goes_to_the_organ_of_the_post_and_nowhere_without_one(followed: Any) -> None:
    official = followed.world.official("局长乙一", "甲局")
    followed.tell(date(2020, 6, 1), "project.unfinished", official=official.id)
    assert items(followed.draft()) == [("甲局", "1")]


def test_facts_outside_the_days_asked_for_draft_nothing(followed: Any) -> None:
    organ = followed.world.organ("甲局")
    followed.tell(date(2020, 6, 1), "project.unfinished", organ=organ.id)
    assert followed.draft(since=date(2020, 6, 2), until=date(2020, 6, 30)) == []


def test_days_outside_the_year_are_refused(followed: Any) -> None:
    followed.world.go_to(date(2020, 6, 1))
    with pytest.raises(RendaError) as refused:
        followed.draft(until=date(2021, 1, 31))
    assert refused.value.message == (
        "2021-01-31 不在 2020 年度的评价期(2020-01-01 至 2020-12-31)内。请改日期,或在相应年度提出。"
    )


def test_days_the_wrong_way_round_are_refused(followed: Any) -> None:
    with pytest.raises(RendaError) as refused:
        followed.draft(since=date(2020, 6, 1), until=date(2020, 5, 1))
    assert refused.value.message == "表单有误:事实至:起日 2020-06-01 晚于止日 2020-05-01。请对调或改正。"
