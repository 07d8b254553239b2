"""Words, sources and kinds of an explanation where one step has no name, no value or another reader."""

from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

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
    from_json,
    gathered,
    leaf,
    looked_up,
    mean,
    minus,
    outline,
    percent,
    ratio,
    replay,
    rounded,
    sentence,
    shown,
    shown_value,
    times,
    to_json,
    total,
)

NOTHING = ratio("满意率", leaf("满意", 0), leaf("收回", 0))
HALF = ratio("满意率", leaf("满意", 1), leaf("收回", 2))
RULE = cite_rule("第八条", "r8")


def marked(text: str) -> str:
    return f"<{text}>"


@pytest.mark.parametrize("cite", [cite_matter, cite_ballot, cite_rating, cite_fact])
def test_a_source_is_kept_by_its_kind_its_number_and_its_text(cite: Any) -> None:
    kind = cite.__name__.removeprefix("cite_")
    assert cite(12) == Cite(kind, "12", "")
    assert cite(12, "说明") == Cite(kind, "12", "说明")


def test_equal_explanations_are_one_in_a_set_and_nothing_of_one_can_be_removed() -> None:
    first, second = leaf("成绩", 60), leaf("成绩", 60)
    assert len({first, second, leaf("成绩", 61)}) == 2
    with pytest.raises(AttributeError, match="an explanation does not change: label"):
        del first.label


def test_a_limit_or_a_product_without_a_name_is_named_by_its_part_in_a_refusal() -> None:
    for limited in (floored, capped):
        with pytest.raises(RendaError) as caught:
            limited(leaf("一季度", "无"), 0, "总分")
        assert caught.value.values["label"] == "一季度"
    with pytest.raises(RendaError) as unnamed:
        floored(leaf("", "无"), 0, "总分")
    assert unnamed.value.values["label"] == "总分"


def test_a_count_of_many_keeps_its_sources_and_begins_above_two_hundred() -> None:
    names = [f"m{at}" for at in range(201)]
    many = counted("事项", names, cites=RULE)
    assert many.cites == (RULE,)
    assert replay(to_json(many)) == many
    assert counted("事项", names[:200], cites=RULE).detail == (tuple(names[:200]),)
    assert many.detail[0] == 201


@pytest.mark.parametrize("digest", ["a" * 63, "a" * 65, 7])
def test_a_count_of_many_without_a_whole_digest_is_not_read(digest: object) -> None:
    kept = to_json(counted("事项", [f"m{at}" for at in range(201)]))
    kept["detail"] = [kept["detail"][0], f"s:{digest}" if isinstance(digest, str) else f"i:{digest}"]
    with pytest.raises(RendaError):
        from_json(kept)


def test_sources_of_every_step_come_back_from_the_record() -> None:
    steps = [
        banded("等次", leaf("分", 91), {"优": 90, "良": 80}, below="差", cites=RULE),
        condition("及格", leaf("分", 91), ">=", 60, cites=RULE),
        chosen(
            "结论", (condition("及格", leaf("分", 91), ">=", 60), leaf("一", 1)), otherwise=leaf("二", 2), cites=RULE
        ),
    ]
    for step in steps:
        assert step.cites == (RULE,)
        assert from_json(to_json(step)).cites == (RULE,)


def test_each_case_is_kept_and_the_last_one_may_be_the_one_that_holds() -> None:
    no, yes = (condition(name, leaf("分", 5), ">", limit) for name, limit in (("高", 9), ("低", 1)))
    second = chosen("结论", (no, leaf("甲", 1)), (yes, leaf("乙", 2)), otherwise=leaf("丙", 3))
    assert sentence(second) == "结论 2 = 低（分 5 > 1）满足 → 乙 2"
    assert replay(to_json(second)) == second
    assert sentence(chosen("结论", (no, leaf("甲", 1)), otherwise=leaf("丙", 3))) == "结论 3 = 其他情形 → 丙 3"


def test_what_has_no_denominator_says_so_through_every_step_that_carries_it() -> None:
    carried = [NOTHING, percent(NOTHING, 1), rounded(NOTHING, 2), banded("等次", NOTHING, {"优": 0}, below="差")]
    assert [shown_value(each, marked) for each in carried] == ["<没有分母>"] * 4
    assert shown_value(gathered("并列", leaf("甲", 1), leaf("乙", 2)), marked) == ""


def test_a_term_is_read_in_the_readers_language_and_without_a_name_where_it_has_none() -> None:
    grades = {"优": "好", "良": "可"}
    nameless = total("合计", looked_up("", "A", {"A": 90}), times(leaf("办理", 10), 2))
    assert sentence(nameless, marked) == "<合计> 110 = <A> 90 + <办理> 10×2"
    assert sentence(looked_up("等次", "优", grades), marked) == "<等次> <好> = <优> → <好>"
    inner = chosen("结论", (condition("", leaf("分", 5), ">", 1), looked_up("", "优", grades)), otherwise=leaf("丙", 3))
    assert sentence(inner, marked) == "<结论> <好> = （<分> 5 > 1）<满足> → <优> <好>"
    assert sentence(minus("差", leaf("甲", 5), leaf("乙", 2)), marked) == "<差> 3 = <甲> 5 - <乙> 2"
    assert sentence(HALF, marked) == "<满意率> 50% = <满意> 1 ÷ <收回> 2"


def test_a_limit_is_read_beside_what_it_limits() -> None:
    assert sentence(capped(leaf("得分", 12), 10, "总分"), marked) == "<总分> 10 = <得分> 12（<不超过 10>）"
    assert sentence(floored(minus("", leaf("甲", 1), leaf("乙", 3)), 0, "总分")) == "总分 0 = 甲 1 - 乙 3（不低于 0）"
    assert sentence(capped(HALF, Fraction(1, 4), "总分")) == "总分 25% = 满意 1 ÷ 收回 2（不超过 25%）"
    assert sentence(capped(leaf("得分", 12), leaf("上限", 10), "总分")) == "总分 10 = 得分 12（不超过 上限 10）"
    assert sentence(times(HALF, Decimal("0.5"), "折算")) == "折算 0.25 = 满意率 50%×0.5"


def test_a_step_without_a_name_is_headed_by_its_first_part_but_a_list_is_not() -> None:
    assert outline(rounded(HALF, 2))[0].label == "满意率"
    assert outline(gathered("", leaf("甲", 1), leaf("乙", 2)), marked)[0].label == ""
    assert outline(leaf("", 3), marked)[0].label == ""


def test_the_rows_of_an_outline_have_a_table_only_where_one_was_read() -> None:
    grades = {"优": "好", "良": "可"}
    row = outline(looked_up("等次", "优", grades), marked)[0]
    assert (row.table, row.taken, row.shown) == ((("<优>", "<好>"), ("<良>", "<可>")), "<优>", "<好>")
    plain = outline(total("合计", leaf("甲", 1)), marked)[0]
    assert (plain.table, plain.taken) == ((), "")
    bands = outline(banded("等次", leaf("分", 91), {"优": 90, "良": 80}, below="差"), marked)[0]
    assert (bands.taken, bands.shown) == ("<优>", "<优>")


@pytest.mark.parametrize(
    ("combined", "text"),
    [
        (total("合计", HALF, HALF), "100%"),
        (mean("平均", HALF, HALF), "50%"),
        (minus("差", HALF, HALF), "0%"),
        (capped(HALF, 1, "上限"), "50%"),
        (floored(HALF, 0, "下限"), "50%"),
        (total("合计", HALF, leaf("加", 1)), "1.5"),
        (percent(HALF, 1), "50%"),
        (total("合计", percent(HALF, 1), percent(HALF, 1)), "100%"),
        (times(HALF, 2, "折算"), "1"),
        (total("合计"), "0"),
    ],
)
def test_a_sum_of_shares_is_a_share_and_a_sum_of_other_things_is_not(combined: Explained, text: str) -> None:
    assert shown_value(combined) == text


def test_text_and_yes_and_no_are_translated_and_numbers_are_not() -> None:
    assert shown_value(leaf("等次", "优"), marked) == "<优>"
    assert shown_value(leaf("合格", value=False), marked) == "<否>"
    assert shown_value(leaf("分", 7), marked) == "7"
    assert shown_value(leaf("说明", ""), marked) == ""


class Grade(IntEnum):
    GOOD = 10**3990


@pytest.mark.parametrize(
    "value",
    [Grade.GOOD, type("Long", (Fraction,), {})(1, 10**3990), type("Long", (Decimal,), {})("1e61")],
    ids=["integer", "fraction", "decimal"],
)
def test_a_number_too_long_is_refused_by_its_name_whatever_class_it_has(value: Any) -> None:
    with pytest.raises(RendaError) as caught:
        leaf("总分", value)
    assert (caught.value.code, caught.value.values["label"]) == ("explain.too_long", "总分")


def test_three_hundred_decimals_are_written_out_and_one_more_is_not() -> None:
    assert shown(Fraction(1, 10**300)) == "0." + "0" * 299 + "1"
    assert shown(Fraction(1, 10**301)) == f"1/{10**301}"
    assert shown(Fraction(3, 8)) == "0.375"
