from decimal import Decimal
from fractions import Fraction

import pytest

from renda.errors import RendaError
from renda.voting import (
    MOTION_LEVELS,
    PLURALITY,
    Base,
    BlankPolicy,
    MotionOutcome,
    MotionRule,
    RowCount,
    Threshold,
    count_rows,
    decide_motions,
    measure,
    measurement_rule_from,
    turnout,
)

SHEET = {
    "scale": [
        {"code": "满意", "satisfied": True, "score": 100},
        {"code": "基本满意", "satisfied": True, "score": 80},
        {"code": "不满意", "score": Decimal("40.5")},
    ],
    "grades": [
        {"when": "2*满意 > N", "grade": "满意"},
        {"when": "2*(满意+基本满意) > N", "grade": "基本满意"},
        {"when": "2*不满意 > N", "grade": "不满意"},
    ],
    "fail": {"when": ["2*不满意 > N"], "grades": ["不满意"], "consequences": ["整改", "下次会议再次报告"]},
}


def test_each_row_of_a_sheet_is_judged_for_itself() -> None:
    sheets = [
        {"甲": ["yes"], "乙": ["no"]},
        {"甲": ["yes", "no"], "乙": ["abstain"]},
        {"甲": [], "乙": ["yes"]},
        {"甲": ["maybe"]},
    ]
    first, second = count_rows(sheets, ("甲", "乙"), MOTION_LEVELS)
    assert (first.marks, first.void, first.blank) == ({"yes": 1, "no": 0, "abstain": 0}, 2, 1)
    assert (second.marks, second.void, second.blank) == ({"yes": 1, "no": 1, "abstain": 1}, 0, 1)


def test_a_sheet_with_a_foreign_subject_is_void_in_all_its_rows() -> None:
    (row,) = count_rows([{"甲": ["yes"], "丙": ["yes"]}], ("甲",), MOTION_LEVELS)
    assert (row.marks["yes"], row.void) == (0, 1)


def test_not_pressed_is_no_abstention_and_stays_in_the_base() -> None:
    rows = (RowCount("任命", {"yes": 13, "no": 1, "abstain": 2}, blank=1),)
    (result,) = decide_motions(MotionRule(), turnout(27, 20, 20, 17, not_pressed=3), rows)
    assert (result.yes, result.no, result.abstain, result.not_pressed) == (13, 1, 3, 3)
    assert (result.outcome, result.needed, result.base_count) == (MotionOutcome.NOT_CARRIED, 14, 27)


@pytest.mark.parametrize(
    ("policy", "valid", "void", "blank", "abstain"),
    [
        (BlankPolicy.ABSTAIN, 10, 1, 0, 3),
        (BlankPolicy.INVALID, 8, 3, 0, 1),
        (BlankPolicy.IGNORED, 8, 1, 2, 1),
    ],
)
def test_blank_papers_follow_the_policy(policy: BlankPolicy, valid: int, void: int, blank: int, abstain: int) -> None:
    rows = (RowCount("决定", {"yes": 5, "no": 2, "abstain": 1}, void=1, blank=2),)
    (result,) = decide_motions(MotionRule(Base.VALID, blank=policy), turnout(11, 11, 11, 11), rows)
    seen = result.turnout
    assert (seen.valid, seen.void, seen.blank, result.abstain) == (valid, void, blank, abstain)
    assert result.base_count == valid
    assert result.carried is (valid < 2 * 5)


def test_a_whole_vote_that_is_void_decides_nothing() -> None:
    rows = (RowCount("决定", {"yes": 12, "no": 0, "abstain": 0}),)
    (result,) = decide_motions(MotionRule(), turnout(12, 11, 11, 12), rows)
    assert result.outcome is MotionOutcome.SET_VOID
    assert result.comparison is None


def test_too_few_taking_part_decide_nothing_where_the_district_asks_for_it() -> None:
    rule = MotionRule(participation=Threshold(1, 2, strict=True))
    rows = (RowCount("决定", {"yes": 5, "no": 0, "abstain": 0}),)
    (result,) = decide_motions(rule, turnout(10, 9, 9, 5, not_pressed=4), rows)
    assert result.outcome is MotionOutcome.TOO_FEW_TOOK_PART
    assert result.participation is not None
    assert result.participation.text == "2×5 ≤ 10"
    (enough,) = decide_motions(rule, turnout(10, 9, 9, 6), (RowCount("决定", {"yes": 6}),))
    assert enough.carried


@pytest.mark.parametrize(("yes", "carried"), [(4, True), (3, False)])
def test_a_simple_majority_is_more_for_than_against(yes: int, carried: bool) -> None:
    rows = (RowCount("程序", {"yes": yes, "no": 3, "abstain": 0}),)
    (result,) = decide_motions(MotionRule(threshold=PLURALITY), turnout(30, 20, 20, yes + 3), rows)
    assert result.carried is carried
    assert result.needed == 4


def test_a_row_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(RendaError) as caught:
        decide_motions(MotionRule(), turnout(9, 9, 9, 9), (RowCount("任命甲", {"yes": 7}, void=1),))
    assert caught.value.message == ("“任命甲”一行的各档票、无效票、空白票合计8,与收回票数9不符。请重新清点。")


def test_paper_and_electronic_counts_add_up_row_by_row() -> None:
    total = RowCount("甲", {"yes": 7}, void=1) + RowCount("甲", {"yes": 2, "no": 1}, blank=1)
    assert total == RowCount("甲", {"yes": 9, "no": 1}, 1, 1)
    with pytest.raises(RendaError) as caught:
        RowCount("甲", {}) + RowCount("乙", {})
    assert caught.value.message == "不能把“乙”的票并入“甲”。请核对两份计票结果是否同一张票。"


def test_a_measurement_grades_by_the_first_rule_that_holds() -> None:
    rule = measurement_rule_from(SHEET, "测评")
    rows = (
        RowCount("甲局", {"满意": 25, "基本满意": 1, "不满意": 1}),
        RowCount("乙局", {"满意": 10, "基本满意": 10, "不满意": 5}, void=1, blank=1),
        RowCount("丙局", {"满意": 2, "基本满意": 5, "不满意": 20}),
        RowCount("丁局", {"满意": 4, "基本满意": 5, "不满意": 8}, void=10),
    )
    results = measure(rule, turnout(27, 27, 27, 27), rows)
    assert [result.grade for result in results] == ["满意", "基本满意", "不满意", None]
    assert [result.failed for result in results] == [False, False, True, False]
    assert results[2].consequences == ("整改", "下次会议再次报告")
    assert [tried.text for tried, _ in results[1].tried] == ["2×10 ≤ 27", "2×(10+10) > 27"]
    assert results[1].turnout.void == 2
    assert results[0].satisfied_share == Decimal("96.3")
    assert results[0].mean == Fraction(25 * 100 + 80 + Fraction(81, 2), 27)


def test_shares_close_to_100_only_where_the_marks_make_up_the_base() -> None:
    table = {"scale": ["A", "B", "C", "D"], "base": "valid", "decimals": 2, "close_to_100": True}
    counts = {"A": 54, "B": 33, "C": 2, "D": 4}
    (closed,) = measure(measurement_rule_from(table, "测评"), turnout(93, 93, 93, 93), (RowCount("甲", counts),))
    assert closed.shares is not None
    assert [str(share) for share in closed.shares.values()] == ["58.07", "35.48", "2.15", "4.30"]
    table["base"] = "all_members"
    (open_,) = measure(measurement_rule_from(table, "测评"), turnout(100, 93, 93, 93), (RowCount("甲", counts),))
    assert open_.shares is not None
    assert str(open_.shares["A"]) == "54.00"


def test_a_void_measurement_has_no_grade_and_no_shares() -> None:
    rule = measurement_rule_from(SHEET, "测评")
    (result,) = measure(rule, turnout(27, 26, 26, 27), (RowCount("甲局", {"不满意": 27}),))
    assert (result.grade, result.failed, result.shares, result.mean) == (None, False, None, None)
    assert result.set_check.text == "27 > 26"


def test_a_measurement_nobody_answered_has_no_shares() -> None:
    rule = measurement_rule_from({**SHEET, "base": "valid"}, "测评")
    (result,) = measure(rule, turnout(27, 26, 26, 0), (RowCount("甲局", {}),))
    assert (result.grade, result.shares, result.satisfied_share, result.mean) == (None, None, None, None)
