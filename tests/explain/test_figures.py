"""The figures districts published, computed to the last digit."""

from decimal import Decimal
from fractions import Fraction

import pytest

from renda.errors import RendaError
from renda.explain import (
    Explained,
    banded,
    capped,
    chosen,
    condition,
    counted,
    floored,
    gathered,
    leaf,
    looked_up,
    mean,
    met,
    minus,
    percent,
    ratio,
    replay,
    rounded,
    times,
    total,
    unmet,
)

GRADES = {"A+": 100, "A": 90, "A-": 80, "B+": 70, "B": 65, "B-": 60, "C": 50}
BANDS = {"优": 90, "良": 80, "中": 60, "差": 0}


def final_score(answer: str, implementation: str) -> Explained:
    return total(
        "最终得分",
        times(looked_up("答复", answer, GRADES), Decimal("0.4")),
        times(looked_up("办理落实", implementation, GRADES), Decimal("0.6")),
    )


@pytest.mark.parametrize(
    ("answer", "implementation", "score"),
    [("A+", "A+", 100), ("A", "B+", 78), ("A+", "C", 70), ("C", "A+", 80), ("B-", "B-", 60)],
)
def test_two_grades_make_the_printed_score(answer: str, implementation: str, score: int) -> None:
    assert final_score(answer, implementation).value == score


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("100", "优"),
        ("90.0", "优"),
        ("89.995", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_a_band_begins_with_its_lower_bound_and_the_value_is_not_rounded(value: str, grade: str) -> None:
    assert banded("绩效等次", leaf("得分", Decimal(value)), BANDS, top=100).value == grade


def test_the_order_in_which_bands_are_written_does_not_matter() -> None:
    backwards = dict(reversed(BANDS.items()))
    assert banded("等次", 85, backwards) == banded("等次", 85, BANDS)


def test_a_value_under_the_lowest_band_gets_the_grade_named_for_it() -> None:
    warnings = {"黄": 10, "橙": 20, "红": 30}
    assert banded("预警", Decimal("9.99"), warnings, below="正常").value == "正常"
    assert banded("预警", 30, warnings, below="正常").value == "红"


def test_327_of_774_is_42_point_2_per_cent_and_the_share_itself_stays_exact() -> None:
    share = ratio("落实率", leaf("已落实", 327), leaf("建议总数", 774))
    assert share.value == Fraction(327, 774)
    assert percent(share, 1).value == Decimal("42.2")
    assert rounded(share, 3).value == Decimal("0.422")


def test_62_of_67_is_92_point_54_per_cent() -> None:
    assert percent(ratio("解决采纳率", 62, 67), 2).value == Decimal("92.54")


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [
        ("0.125", "half_up", "0.13"),
        ("-0.125", "half_up", "-0.13"),
        ("0.125", "half_even", "0.12"),
        ("0.135", "half_even", "0.14"),
        ("0.1251", "half_even", "0.13"),
        ("0.129", "down", "0.12"),
        ("-0.129", "down", "-0.12"),
        ("0.121", "up", "0.13"),
        ("0.12", "up", "0.12"),
    ],
)
def test_rounding_does_what_its_mode_says(value: str, mode: str, expected: str) -> None:
    assert rounded(leaf("值", Decimal(value)), 2, mode).value == Decimal(expected)


def test_a_rounding_of_a_rounding_is_two_steps_and_may_differ_from_one() -> None:
    exact = leaf("得分", Decimal("89.449"))
    assert rounded(exact, 0).value == 89
    assert rounded(rounded(exact, 1), 0).value == 89
    assert rounded(rounded(exact, 2), 1).value == Decimal("89.5")
    assert rounded(rounded(rounded(exact, 2), 1), 0).value == 90


def test_a_share_of_nothing_has_no_value_and_says_so() -> None:
    nothing = ratio("满意率", 0, 0)
    assert nothing.value is None
    assert nothing.detail == ("没有分母",)
    assert percent(nothing, 1).value is None
    assert rounded(nothing, 2).value is None
    assert banded("等次", nothing, BANDS).value is None


def test_the_mean_is_exact_until_it_is_rounded() -> None:
    average = mean("平均分", 89, 90, Decimal("88.5"), 90)
    assert average.value == Fraction(715, 8)
    assert rounded(average, 1).value == Decimal("89.4")


def test_deductions_stop_at_the_cap_and_points_at_the_floor() -> None:
    deductions = total("扣分合计", Decimal("0.1"), Decimal("0.2"))
    assert deductions.value == Decimal("0.3")
    assert capped(deductions, Decimal("0.2")).value == Decimal("0.2")
    assert capped(deductions, 1).value == Decimal("0.3")
    assert floored(minus("积分", 3, 5), 0).value == 0
    assert floored(4, leaf("下限", 3)).value == 4


def test_a_sum_of_nothing_is_zero() -> None:
    assert total("扣分合计").value == 0


def test_a_weight_may_have_reasons_of_its_own() -> None:
    weighted = times(leaf("得分", 80), ratio("权重", 3, 4))
    assert weighted.value == 60
    assert [part.label for part in weighted.parts] == ["得分", "权重"]


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        (2, 3, int),
        (2, Decimal("0.5"), Decimal),
        (Fraction(1, 3), Decimal("0.5"), Fraction),
        (Fraction(1, 3), 2, Fraction),
    ],
)
def test_sums_and_products_keep_the_most_exact_kind(a: int, b: int, kind: type) -> None:
    assert type(total("和", a, b).value) is kind
    assert type(times(a, b).value) is kind
    assert total("和", a, b).value == Fraction(a) + Fraction(b)
    assert minus("差", a, b).value == Fraction(a) - Fraction(b)


def test_counted_things_are_kept_by_name_up_to_200_and_by_digest_beyond() -> None:
    few = counted("重点督办", [f"建议{number}" for number in range(200)])
    assert (few.value, len(few.detail[0])) == (200, 200)
    many = counted("全年建议", [f"建议{number}" for number in range(1952)])
    assert many.value == 1952
    assert many.detail[0] == 1952
    assert many == counted("全年建议", (f"建议{number}" for number in reversed(range(1952))))
    assert many != counted("全年建议", (f"意见{number}" for number in range(1952)))
    assert replay(many) == many


@pytest.mark.parametrize(
    ("left", "relation", "right", "holds"),
    [
        (Fraction(3, 5), ">=", Decimal("0.6"), True),
        (Fraction(2, 3), "<", Decimal("0.6667"), True),
        (Fraction(2, 3), "<=", Decimal("0.6666"), False),
        (107, ">", Fraction(213, 2), True),
        (2, "==", Decimal("2.0"), True),
        (2, "!=", Decimal("2.0"), False),
        ("合格", "==", "合格", True),
        ("合格", "!=", "不合格", True),
    ],
)
def test_a_condition_compares_exactly(left: int, relation: str, right: int, holds: bool) -> None:
    assert condition("条件", left, relation, right).value is holds


def test_why_not_is_answered_with_the_conditions_that_do_not_hold() -> None:
    qualified = leaf("资格初审合格", value=False)
    exam = condition("法律考试及格", leaf("成绩", 58), ">=", 60)
    heard = condition("任前表态发言", leaf("次数", 1), ">=", 1)
    ready = met("可以提交表决", qualified, exam, heard)
    assert ready.value is False
    assert unmet(ready) == [qualified, exam]
    assert unmet(gathered("情况", ready, heard)) == [qualified, exam]
    assert unmet(exam) == [exam]
    assert unmet(leaf("事实", 1)) == []


def test_where_some_of_several_suffice_nothing_is_missing_once_they_hold() -> None:
    first, second, third = (condition(f"条件{n}", n, ">", 1) for n in (1, 2, 3))
    enough = met("至少两项", first, second, third, need=2)
    assert enough.value is True
    assert unmet(enough) == []
    assert unmet(met("三项", enough, first)) == [first]
    none = met("任一", first, condition("条件4", 1, ">", 5), need=1)
    assert len(unmet(none)) == 2


def test_the_first_case_that_holds_is_chosen_and_the_others_stay_visible() -> None:
    vetoed = condition("一票否决", leaf("次数", 1), ">", 0)
    passed = condition("达标", leaf("得分", 80), ">=", 60)
    grade = chosen("评定", (vetoed, "不合格"), (passed, "合格"), otherwise="待定")
    assert grade.value == "不合格"
    assert len(grade.parts) == 5
    assert chosen("评定", (met("无", passed, vetoed), 3), otherwise=leaf("默认", 4)).value == 3
    failing = condition("达标", leaf("得分", 50), ">=", 60)
    assert chosen("评定", (failing, "合格"), otherwise="待定").value == "待定"


def test_numbers_side_by_side_have_no_number_of_their_own() -> None:
    rates = gathered("四率", ratio("办结率", 26, 26), ratio("满意率", 26, 26))
    assert rates.value is None
    with pytest.raises(RendaError, match=r"explain\.not_a_number"):
        total("合计", rates)
