"""How an explanation reads: one line, and rows for a tree."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.explain import (
    Explained,
    banded,
    capped,
    chosen,
    cite_rule,
    condition,
    counted,
    floored,
    gathered,
    leaf,
    looked_up,
    mean,
    met,
    minus,
    outline,
    percent,
    ratio,
    rounded,
    sentence,
    shown,
    shown_value,
    times,
    total,
)

GRADES = {"A+": 100, "A": 90, "B+": 70, "C": 50}
SHARE = ratio("落实率", leaf("已落实", 327), leaf("建议总数", 774))
EXAM = condition("法律考试及格", leaf("成绩", 58), ">=", 60)
QUALIFIED = leaf("资格初审合格", value=True)
SCORE = total(
    "最终得分",
    times(looked_up("答复", "A", GRADES, cites=cite_rule("第八条")), Decimal("0.4")),
    times(looked_up("办理落实", "B+", GRADES), Decimal("0.6")),
)


@pytest.mark.parametrize(
    ("value", "percent_", "text"),
    [
        (Decimal("78.00"), False, "78"),
        (Decimal("1E+3"), False, "1000"),
        (Decimal("-0.50"), False, "-0.5"),
        (Decimal("-0"), False, "0"),
        (Decimal("1E-10"), False, "0.0000000001"),
        (1952, False, "1952"),
        (Fraction(17, 2), False, "8.5"),
        (Fraction(1, 3), False, "1/3"),
        (Fraction(1, 2**400), False, f"1/{2**400}"),
        (Fraction(1, 8), True, "12.5%"),
        (Fraction(2, 3), True, "2/3"),
        (1, True, "100%"),
        (None, False, ""),
        (True, False, "是"),
        (False, False, "否"),
        ("优", False, "优"),
    ],
)
def test_a_value_is_shown_without_exponent_and_trailing_zeros(value: Any, percent_: bool, text: str) -> None:
    assert shown(value, percent=percent_) == text


@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False))
def test_a_shown_decimal_is_the_decimal(value: Decimal) -> None:
    text = shown(value)
    assert Decimal(text) == value
    assert "E" not in text


@pytest.mark.parametrize(
    ("explained", "line"),
    [
        (SCORE, "最终得分 78 = 答复 A 90×0.4 + 办理落实 B+ 70×0.6"),
        (leaf("事实", 3), "事实 3"),
        (looked_up("答复", "A", GRADES), "答复 90 = A → 90"),
        (times(leaf("次数", 3), 5, "议事会积分"), "议事会积分 15 = 次数 3×5"),
        (times(leaf("得分", 80), leaf("权重", Decimal("0.5"))), "得分 40 = 得分 80×权重 0.5"),
        (total("积分", times(leaf("次数", 3), 5, "议事会"), 2), "积分 17 = 议事会 15 + 2"),
        (total("扣分合计"), "扣分合计 0 = 没有分项"),
        (minus("进度差距", leaf("计划", 80), leaf("实际", 50)), "进度差距 30 = 计划 80 - 实际 50"),
        (SHARE, "落实率 327/774 = 已落实 327 ÷ 建议总数 774"),
        (ratio("办结率", 774, 774), "办结率 100% = 774 ÷ 774"),
        (ratio("比例", Decimal("0.1"), 3), "比例 1/30 = 0.1 ÷ 3"),
        (ratio("满意率", 0, 0), "满意率 没有分母 = 0 ÷ 0"),
        (percent(SHARE, 1), "落实率 42.2% = 已落实 327 ÷ 建议总数 774（四舍五入，保留 1 位小数）"),
        (rounded(SHARE, 3), "落实率 42.2% = 已落实 327 ÷ 建议总数 774（四舍五入，保留 3 位小数）"),
        (rounded(leaf("得分", Decimal("1.25")), 1, "down"), "得分 1.2 = 得分 1.25（舍去尾数，保留 1 位小数）"),
        (mean("平均分", 89, 90, 88), "平均分 89 = (89 + 90 + 88)÷3"),
        (mean("平均率", ratio("甲", 1, 2), ratio("乙", 1, 4)), "平均率 37.5% = (甲 50% + 乙 25%)÷2"),
        (total("混合", ratio("甲", 1, 2), 1), "混合 1.5 = 甲 50% + 1"),
        (capped(total("扣分", 1, 2), 2), "扣分 2 = 1 + 2（不超过 2）"),
        (floored(ratio("率", 1, 4), Fraction(1, 2)), "率 50% = 1 ÷ 4（不低于 50%）"),
        (counted("建议", ["一", "二"]), "建议 2"),
        (banded("绩效等次", leaf("得分", Decimal("89.995")), {"优": 90, "良": 80}), "绩效等次 良 = 得分 89.995 → 良"),
        (EXAM, "法律考试及格 不满足 = 成绩 58 ≥ 60"),
        (condition("达标", SHARE, "<", Fraction(3, 5)), "达标 满足 = 落实率 327/774 < 60%"),
        (condition("同级", leaf("等次", "优"), "==", "优"), "同级 满足 = 等次 优 = 优"),
        (
            met("可以提交表决", QUALIFIED, EXAM),
            "可以提交表决 不满足 = 资格初审合格 是 且 法律考试及格（成绩 58 ≥ 60）不满足",
        ),
        (met("其一", QUALIFIED, EXAM, need=1), "其一 满足 = 资格初审合格 是 或 法律考试及格（成绩 58 ≥ 60）不满足"),
        (
            met("两项", QUALIFIED, QUALIFIED, EXAM, need=2),
            "两项 满足 = 至少满足 2 项：资格初审合格 是、资格初审合格 是、法律考试及格（成绩 58 ≥ 60）不满足",
        ),
        (
            chosen("评定", (EXAM, "合格"), (QUALIFIED, "补考"), otherwise="不合格"),
            "评定 补考 = 资格初审合格 是 → 补考",
        ),
        (chosen("评定", (EXAM, "合格"), otherwise="不合格"), "评定 不合格 = 其他情形 → 不合格"),
        (gathered("四率", SHARE, ratio("办结率", 26, 26)), "四率 = 落实率 327/774、办结率 100%"),
    ],
)
def test_an_explanation_reads_as_one_line(explained: Explained, line: str) -> None:
    assert sentence(explained) == line


def test_the_outline_has_a_row_for_every_node_with_its_table_and_its_sources() -> None:
    rows = outline(SCORE)
    assert [(row.depth, row.op, row.label, row.shown) for row in rows] == [
        (0, "合计", "最终得分", "78"),
        (1, "乘以", "答复", "36"),
        (2, "查表", "答复", "90"),
        (1, "乘以", "办理落实", "42"),
        (2, "查表", "办理落实", "70"),
    ]
    assert rows[2].table == (("A+", "100"), ("A", "90"), ("B+", "70"), ("C", "50"))
    assert (rows[2].taken, rows[2].formula) == ("A", "A → 90")
    assert [cite.text for cite in rows[2].cites] == ["第八条"]


def test_the_outline_of_bands_shows_their_bounds_as_shares_where_the_value_is_one() -> None:
    (row, *_) = outline(banded("评定", SHARE, {"达标": Fraction(2, 5), "不达标": 0}))
    assert row.table == (("达标", "40%"), ("不达标", "0%"))
    assert (row.taken, row.shown) == ("达标", "达标")


def test_labels_grades_and_phrases_pass_through_the_translation() -> None:
    english = {
        "落实率": "Implemented",
        "已落实": "done",
        "建议总数": "all",
        "四舍五入，保留 {digits} 位小数": "rounded half up to {digits} places",
        "良": "good",
        "等次": "Grade",
        "得分": "score",
    }
    line = sentence(percent(SHARE, 1), lambda text: english.get(text, text))
    assert line == "Implemented 42.2% = done 327 ÷ all 774（rounded half up to 1 places）"
    grade = banded("等次", leaf("得分", 85), {"良": 80})
    assert sentence(grade, lambda text: english.get(text, text)) == "Grade good = score 85 → good"


def test_every_text_of_an_outline_that_is_no_number_was_translated() -> None:
    asked: list[str] = []

    def remembering(text: str) -> str:
        asked.append(text)
        return text

    outline(met("可以提交表决", QUALIFIED, EXAM), remembering)
    assert {"全部条件", "可以提交表决", "资格初审合格", "是", "不满足", "条件", "成绩", "依据"} <= set(asked)
    assert "" not in asked


def test_a_single_value_is_shown_with_its_unit() -> None:
    assert shown_value(percent(SHARE, 1)) == "42.2%"
    assert shown_value(minus("差", ratio("甲", 1, 2), ratio("乙", 1, 4))) == "25%"
    assert shown_value(leaf("未填", None)) == ""
