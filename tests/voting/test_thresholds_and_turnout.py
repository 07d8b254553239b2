import pytest

from renda.errors import RendaError
from renda.voting import (
    AT_LEAST_HALF,
    MORE_THAN_HALF,
    PLURALITY,
    TWO_THIRDS,
    Base,
    Threshold,
    Turnout,
    threshold_from,
    turnout,
)


def test_at_least_half_includes_the_half_and_more_than_half_does_not() -> None:
    assert AT_LEAST_HALF.needed(10) == 5
    assert MORE_THAN_HALF.needed(10) == 6
    assert AT_LEAST_HALF.compare(5, 10).text == "2×5 ≥ 10"
    assert MORE_THAN_HALF.compare(5, 10).text == "2×5 ≤ 10"


def test_plurality_needs_any_vote_at_all() -> None:
    assert PLURALITY.needed(226) == 1
    assert PLURALITY.compare(1, 226).text == "1 > 0"
    assert not PLURALITY.compare(0, 226)


def test_no_votes_never_meet_a_threshold_not_even_of_nobody() -> None:
    for threshold in (AT_LEAST_HALF, MORE_THAN_HALF, TWO_THIRDS, PLURALITY):
        assert not threshold.met(0, 0)
        assert not threshold.compare(0, 0)


def test_thresholds_are_read_by_name_or_as_a_fraction() -> None:
    assert threshold_from("two_thirds", "测评") is TWO_THIRDS
    assert threshold_from(TWO_THIRDS, "测评") is TWO_THIRDS
    assert threshold_from({"numerator": 1, "denominator": 3}, "测评") == Threshold(1, 3)
    assert threshold_from({"numerator": 1, "denominator": 3, "strict": True}, "测评").needed(99) == 34


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (
            "half",
            (
                "测评写的是“half”,不认识这一标准。可用的有:more_than_half、at_least_half、two_thirds、plurality;"
                "或写 {numerator = 1, denominator = 3, strict = false}。"
            ),
        ),
        ({"numerator": 4, "denominator": 3}, "测评的比例4/3不成立:应在0与1之间。请更正。"),
        (
            {"numerator": 1, "denominator": 0},
            "测评的“denominator”应为不小于1的整数,实际写的是“0”。请改写。",
        ),
        ({"numerator": 1}, "测评缺少“denominator”。请补上。"),
        (7, "测评应写成一组“键 = 值”,实际写的是“7”。请改写。"),
    ],
)
def test_a_wrong_threshold_is_named(value: object, sentence: str) -> None:
    with pytest.raises(RendaError) as caught:
        threshold_from(value, "测评")
    assert caught.value.message == sentence


@pytest.mark.parametrize("share", [(-1, 2, False), (3, 2, False), (1, 0, False), (1, 1, True)])
def test_a_share_outside_nought_and_one_is_refused(share: tuple[int, int, bool]) -> None:
    with pytest.raises(RendaError) as caught:
        Threshold(*share)
    assert caught.value.code == "voting.threshold_fraction"


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(RendaError) as caught:
        MORE_THAN_HALF.compare(-1, 10)
    assert caught.value.message == "人数和票数不能是负数:-1。请核对后重录。"


def test_each_base_is_its_own_figure() -> None:
    counted = Turnout(31, 27, 26, 24, valid=20, void=3, blank=1, not_pressed=2)
    assert [counted.of(base) for base in Base] == [31, 27, 26, 24, 20]
    assert [base.label for base in Base] == ["全体组成人员", "实到", "发出", "收回", "有效"]
    assert counted.set_check.text == "24 ≤ 26"


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ((31, 32, 20, 20, 20, 0, 0, 0), "实到人数32多于全体组成人员31。请核对签到后重录。"),
        ((31, 27, 28, 20, 20, 0, 0, 0), "发出票数28多于实到人数27。请核对发票记录后重录。"),
        (
            (31, 27, 27, 27, 20, 3, 1, 0),
            "有效票20、无效票3、空白票1合计24,与收回票数27不符。请重新清点。",
        ),
        ((31, 27, 27, 26, 26, 0, 0, 2), "未按人数2多于发出与收回之差1。请核对后重录。"),
        ((31, 27, 27, -1, -1, 0, 0, 0), "收回票数不能是负数:-1。请核对后重录。"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(figures: tuple[int, ...], sentence: str) -> None:
    with pytest.raises(RendaError) as caught:
        Turnout(*figures)
    assert caught.value.message == sentence


def test_more_papers_than_issued_are_recorded_and_void_the_set() -> None:
    assert not turnout(226, 213, 213, 214).set_check
    assert turnout(226, 213, 213, 213).set_check
