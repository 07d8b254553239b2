"""What an explanation refuses, and the sentences it refuses with."""

import copy
from collections.abc import Callable
from decimal import Decimal, localcontext
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Any, cast

import pytest

from renda.errors import RendaError
from renda.explain import (
    Cite,
    Explained,
    banded,
    capped,
    chosen,
    cite_ballot,
    cite_fact,
    cite_matter,
    cite_rating,
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
    percent,
    ratio,
    rounded,
    times,
    to_json,
    total,
)

FLOAT = cast("Any", 0.4)
SIXTY = leaf("得分", 60)
HOLDING = condition("达标", SIXTY, ">=", 60)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: leaf("权重", FLOAT),
        lambda: looked_up("权重", "A", {"A": 1, "B": FLOAT}),
        lambda: times(FLOAT, 1, "权重"),
        lambda: times(1, FLOAT, "权重"),
        lambda: total("权重", 1, FLOAT),
        lambda: minus("权重", FLOAT, 1),
        lambda: minus("权重", 1, FLOAT),
        lambda: ratio("权重", FLOAT, 1),
        lambda: ratio("权重", 1, FLOAT),
        lambda: rounded(FLOAT, 1, label="权重"),
        lambda: percent(FLOAT, 1, label="权重"),
        lambda: mean("权重", FLOAT),
        lambda: capped(1, FLOAT, "权重"),
        lambda: floored(FLOAT, 1, "权重"),
        lambda: gathered("权重", FLOAT),
        lambda: banded("权重", FLOAT, {"优": 0}),
        lambda: banded("权重", 1, {"优": FLOAT}),
        lambda: banded("权重", 1, {"优": 0}, top=FLOAT),
        lambda: condition("权重", FLOAT, ">", 1),
        lambda: condition("权重", 1, ">", FLOAT),
        lambda: chosen("权重", (HOLDING, FLOAT), otherwise=1),
        lambda: chosen("权重", (HOLDING, 1), otherwise=FLOAT),
    ],
)
def test_no_float_comes_in_by_any_door(attempt: Callable[[], Explained]) -> None:
    with pytest.raises(RendaError) as refused:
        attempt()
    assert refused.value.code == "explain.float"
    assert refused.value.message == (
        "“权重”里有浮点数 0.4，浮点数有误差；请改用整数、十进制数（Decimal）或分数（Fraction）。"
    )


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (
            lambda: Explained("leaf", "得分", 78),
            "解释不能直接构造；请用 leaf、looked_up、times、total 等组合函数得出。",
        ),
        (
            lambda: leaf("得分", cast("Any", [1])),
            "“得分”里有不能解释的值（list）；只能是整数、十进制数、分数、文字、是否或空。",
        ),
        (lambda: leaf("得分", Decimal("NaN")), "“得分”里的 NaN 不是一个确定的数；请检查它的来源。"),
        (lambda: leaf("得分", Decimal("-Infinity")), "“得分”里的 -Infinity 不是一个确定的数；请检查它的来源。"),
        (lambda: leaf("得分", Decimal("1E+99")), "“得分”的数字位数过多，无法精确计算；请先把各项四舍五入。"),
        (lambda: leaf("得分", 10**5000), "“得分”的数字位数过多，无法精确计算；请先把各项四舍五入。"),
        (lambda: leaf(cast("Any", 3), 1), "解释的名称必须是文字（现为 int）。"),
        (
            lambda: leaf("得分", 1, cast("Any", ["第八条"])),
            "“得分”的依据写法不对；请用 cite_rule、cite_matter、cite_ballot、cite_rating 或 cite_fact 写明。",
        ),
        (
            lambda: leaf("", 1, Cite("hearsay", "", "听说")),
            "“未命名的一项”的依据写法不对；请用 cite_rule、cite_matter、cite_ballot、cite_rating 或 cite_fact 写明。",
        ),
        (
            lambda: total("合计", leaf("评价", "满意")),
            "“评价”没有可以计算的数（现为 满意）；请先补齐数据，或改用有数值的项。",
        ),
        (
            lambda: total("合计", ratio("满意率", 0, 0)),
            "“满意率”没有可以计算的数（现为 空）；请先补齐数据，或改用有数值的项。",
        ),
        (
            lambda: times(leaf("通过", value=True), 2),
            "“通过”没有可以计算的数（现为 是）；请先补齐数据，或改用有数值的项。",
        ),
        (lambda: looked_up("答复", "D", {"A": 90, "B": 65}), "“答复”的表里没有“D”；表中有：A、B。"),
        (lambda: mean("平均分"), "“平均分”没有任何一项，无法计算；请先确认有数据。"),
        (lambda: counted("建议", ["甲", "乙", "甲"]), "“建议”把“甲”数了两次；请用各不相同的编号计数。"),
        (
            lambda: rounded(SIXTY, 1, "bankers"),
            "“得分”的舍入方法无法识别（保留 1 位，方法 bankers）；位数为 0 至 20，方法为 half_up、half_even、down、up。",
        ),
        (
            lambda: percent(SIXTY, -1),
            "“得分”的舍入方法无法识别（保留 -1 位，方法 half_up）；位数为 0 至 20，方法为 half_up、half_even、down、up。",
        ),
        (lambda: banded("等次", 1, {}), "“等次”的分档写法不对：没有等次；请给每个等次一个不同的下限。"),
        (
            lambda: banded("等次", 1, {"优": 90, "良": Decimal("90.0")}),
            "“等次”的分档写法不对：两个等次的下限相同；请给每个等次一个不同的下限。",
        ),
        (
            lambda: banded("等次", 1, {"优": 90}, top=80),
            "“等次”的分档写法不对：上限低于最高一档的下限；请给每个等次一个不同的下限。",
        ),
        (
            lambda: banded("等次", Decimal("100.01"), {"优": 90, "差": 0}, top=100),
            "“等次”的数值 100.01 不在任何一档（0 至 100）；请检查数值或分档。",
        ),
        (
            lambda: banded("等次", -1, {"优": 90, "差": 0}),
            "“等次”的数值 -1 不在任何一档（0 至 ∞）；请检查数值或分档。",
        ),
        (
            lambda: condition("达标", 1, "=>", 2),
            "“达标”的比较符号 => 无法识别；只能用 < <= > >= == !=。",
        ),
        (
            lambda: condition("达标", "合格", ">", "优"),
            "“达标”两边不能比较：合格 与 优；请比较两个数，或用 == 比较两段文字。",
        ),
        (
            lambda: condition("达标", ratio("满意率", 0, 0), ">=", 60),
            "“达标”两边不能比较：空 与 60；请比较两个数，或用 == 比较两段文字。",
        ),
        (lambda: met("通过", HOLDING, SIXTY), "“通过”里的“得分”不是条件；请用 condition 或 met 得出是或否。"),
        (
            lambda: met("通过", cast("Any", "达标")),
            "“通过”里的“达标”不是条件；请用 condition 或 met 得出是或否。",
        ),
        (lambda: met("通过", HOLDING, need=2), "“通过”要求满足 2 项，但共有 1 项；请改为 1 至 1。"),
    ],
)
def test_a_refusal_says_what_is_wrong_where_and_what_to_do(attempt: Callable[[], Explained], message: str) -> None:
    with pytest.raises(RendaError) as refused:
        attempt()
    assert refused.value.message == message


def test_an_explanation_does_not_change() -> None:
    with pytest.raises(AttributeError):
        SIXTY.value = 100
    with pytest.raises(AttributeError):
        del SIXTY.value
    assert copy.deepcopy(SIXTY) is copy.copy(SIXTY) is SIXTY


def test_there_is_no_kind_of_explanation_beside_explained() -> None:
    with pytest.raises(RendaError, match=r"explain\.direct"):
        type("Forged", (Explained,), {})


def _added_one_by_one(times_added: int) -> Explained:
    running = leaf("积分", 0)
    for _ in range(times_added):
        running = total("积分", running, 5)
    return running


def test_adding_one_by_one_is_refused_before_it_gets_too_deep() -> None:
    assert _added_one_by_one(59).value == 295
    with pytest.raises(RendaError) as refused:
        _added_one_by_one(60)
    assert refused.value.message == "“积分”的解释层层相套超过 60 层；请把各项并列相加，不要逐项累加。"


def test_many_tables_are_read_as_well_as_one() -> None:
    for bound in range(1100):
        explained = looked_up("答复", "A", {"A": bound})
        assert explained.value == bound
        assert to_json(explained)["detail"] == ["s:A", [["s:A", f"i:{bound}"]]]


def test_a_number_too_long_to_be_written_with_its_decimals_is_refused() -> None:
    with pytest.raises(RendaError, match=r"explain\.too_long"):
        rounded(leaf("数", 10**450 + 1), 20)


def _power(base: Explained, exponent: int) -> Explained:
    product = base
    for _ in range(exponent - 1):
        product = times(product, base)
    return product


def test_an_explanation_of_too_many_items_is_refused() -> None:
    with pytest.raises(RendaError) as refused:
        total("积分", *range(20_000))
    assert refused.value.message == "“积分”的解释超过 20000 项；请分部分汇总，或用 counted 计数。"


def test_a_product_too_long_to_be_exact_is_refused_not_rounded() -> None:
    long = leaf("数", Decimal(1) / Decimal(7) + 10**20)
    with pytest.raises(RendaError, match=r"explain\.too_long"):
        _power(long, 40)
    with pytest.raises(RendaError, match=r"explain\.too_long"):
        total("和", *(Fraction(1, (1 << 500) + odd) for odd in range(1, 99, 2)))


def test_the_precision_a_thread_has_set_changes_nothing() -> None:
    with localcontext() as coarse:
        coarse.prec = 2
        product = times(Decimal("89.995"), Decimal("0.35"))
        assert total("和", product, Decimal("0.00001")).value == Decimal("31.49826")


class _Grade(str, Enum):  # noqa: UP042 - the kind whose str() is not its text
    A = "A"


class _Points(IntEnum):
    LED = 10


class _Yuan(Decimal):
    pass


class _Share(Fraction):
    pass


def test_enumerations_and_other_subclasses_are_kept_as_their_plain_kinds() -> None:
    assert looked_up("答复", _Grade.A, {_Grade.A: _Points.LED}) == looked_up("答复", "A", {"A": 10})
    kept = [leaf("", value).value for value in (_Grade.A, _Points.LED, _Yuan("1.5"), _Share(1, 3))]
    assert [type(value) for value in kept] == [str, int, Decimal, Fraction]
    assert kept == ["A", 10, Decimal("1.5"), Fraction(1, 3)]


def test_a_table_changed_after_its_first_use_is_read_anew() -> None:
    table: dict[str, Any] = {"A": 90}
    assert looked_up("答复", "A", table).value == 90
    table["A"] = Decimal(95)
    assert looked_up("答复", "A", table).value == 95
    table["A"] = 0.5
    with pytest.raises(RendaError, match=r"explain\.float"):
        looked_up("答复", "A", table)
    del table["A"]
    table["B"] = 1
    with pytest.raises(RendaError, match=r"explain\.missing_key"):
        looked_up("答复", "A", table)


def test_equal_explanations_are_equal_and_one_is_not_yes() -> None:
    assert leaf("值", 1) == leaf("值", 1)
    assert hash(leaf("值", 1)) == hash(leaf("值", 1))
    assert leaf("值", 1) != leaf("值", value=True)
    assert leaf("值", 1) != 1
    assert repr(leaf("值", Decimal("1.50"))) == "<Explained leaf 值 1.5>"


def test_a_leaf_cites_what_it_rests_on() -> None:
    cites = [
        cite_rule("《办法》第八条"),
        cite_matter(17),
        cite_ballot("b-3", "测评表决"),
        cite_rating(5),
        cite_fact("budget/2"),
    ]
    assert [cite.kind for cite in leaf("得分", 1, cites).cites] == ["rule", "matter", "ballot", "rating", "fact"]
    assert leaf("得分", 1, cites[0]).cites == (Cite("rule", "", "《办法》第八条"),)
