from decimal import Decimal
from fractions import Fraction

import pytest

from renda.errors import RendaError
from renda.voting import (
    condition_from,
    election_rule_from,
    measurement_rule_from,
    motion_rule_from,
    percent,
    percentages,
    score_rule_from,
    selection_rule_from,
    surplus_from,
)

LEVELS = ("满意", "基本满意", "不满意")
COUNTS = {"满意": 20, "基本满意": 3, "不满意": 4}


@pytest.mark.parametrize(
    ("text", "met", "shown"),
    [
        ("2*满意 > N", True, "2×20 > 27"),
        ("2*(满意+基本满意) > N", True, "2×(20+3) > 27"),
        ("2×不满意>N", False, "2×4 ≤ 27"),
        ("100*(满意 + 基本满意) >= 94*N", False, "100×(20+3) < 94×27"),
        ("满意 - 不满意 ≥ 16", True, "20-4 ≥ 16"),
        ("基本满意 == 3", True, "3 = 3"),
        ("基本满意 < 3", False, "3 ≥ 3"),
        ("基本满意 <= 3", True, "3 ≤ 3"),
        ("3 = 不满意", False, "3 ≠ 4"),
        ("otherwise", True, "otherwise"),
    ],
)
def test_a_condition_is_compared_and_shown_with_its_figures(text: str, met: bool, shown: str) -> None:
    found = condition_from(text, LEVELS, "测评").compare(COUNTS, 27)
    assert (found.met, found.text) == (met, shown)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2*满意", "2*满意"),
        ("2*满意 > N > 3", ">"),
        ("2*满意 > __import__('os')", "'"),
        ("满意 基本满意 > N", "基本满意"),
        ("2*(满意 > N", "("),
        ("> N", "> N"),
        ("2* > N", "2* > N"),
        ("满意 / 2 > N", "/"),
        ("满意 * 满意 > N", "*"),
        ("", ""),
    ],
)
def test_a_condition_that_is_no_comparison_of_sums_is_refused(text: str, part: str) -> None:
    with pytest.raises(RendaError) as caught:
        condition_from(text, LEVELS, "测评")
    assert caught.value.code == "voting.condition_text"
    assert caught.value.message == (
        f"测评的条件“{text}”看不懂:{part}处有误。"
        "写法如“2*满意 > N”或“100*(满意 + 基本满意) >= 94*N”,最后一条可写 otherwise。"
    )


def test_a_condition_names_only_levels_of_the_scale() -> None:
    with pytest.raises(RendaError) as caught:
        condition_from("2*满意度 > N", LEVELS, "测评")
    assert caught.value.message == (
        "测评的条件“2*满意度 > N”用了“满意度”,量表里没有。可用的有:满意、基本满意、不满意、N。请更正。"
    )


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({}, "测评缺少“scale”。请补上。"),
        ({"scale": []}, "测评的“scale”是空的。请至少写一项。"),
        ({"scale": "满意"}, "测评的“scale”应写成列表,实际写的是“满意”。请用方括号列出各项。"),
        ({"scale": ["满意", "满意"]}, "测评的量表里“满意”写了两次。请删去一个。"),
        ({"scale": ["N"]}, "测评的量表不能用“N”作代码:它在条件里表示基数。请换一个。"),
        ({"scale": [{"code": ""}]}, "测评.scale[1]的“code”应为文字,实际写的是“”。请加引号写明。"),
        (
            {"scale": [{"code": "满意", "score": "高"}]},
            "测评.scale[1]的“score”应为数字,实际写的是“高”。请改写。",
        ),
        (
            {"scale": ["满意"], "bse": "valid"},
            "测评里没有“bse”这一项。可用的有:scale、base、blank、grades、fail、decimals、close_to_100。请更正拼写或删去。",
        ),
        (
            {"scale": ["满意"], "base": "everybody"},
            "测评的“base”不能写“everybody”。可用的有:all_members、present、issued、returned、valid。请选用其一。",
        ),
        ({"scale": ["满意"], "decimals": 9}, "测评的小数位数最多6位,实际写的是9。请改写。"),
        ({"scale": ["满意"], "decimals": True}, "测评的“decimals”应为不小于0的整数,实际写的是“True”。请改写。"),
        (
            {"scale": ["满意"], "close_to_100": "yes"},
            "测评的“close_to_100”只能写 true 或 false,实际写的是“yes”。请改写。",
        ),
        (
            {"scale": ["满意"], "grades": [{"when": "otherwise", "grade": "好"}], "fail": {"grades": ["差"]}},
            "测评.fail的不合格等次“差”不在评定等次里。可用的有:好。请更正。",
        ),
        (
            {"scale": ["满意"], "fail": {"consequences": [3]}},
            "测评.fail的“consequences”应为文字,实际写的是“3”。请加引号写明。",
        ),
    ],
)
def test_a_wrong_measurement_rule_says_what_and_where(table: dict[str, object], sentence: str) -> None:
    with pytest.raises(RendaError) as caught:
        measurement_rule_from(table, "测评")
    assert caught.value.message == sentence


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({}, "票决缺少“seats”。请补上。"),
        ({"seats": 0}, "票决的“seats”应为不小于1的整数,实际写的是“0”。请改写。"),
        (
            {"seats": 2, "marking": "ranks", "points": [3]},
            "票决按名次计分,要给2个名次各写一个分值(points),实际写了1个。请补齐。",
        ),
        ({"seats": 2, "marking": "ranks", "points": [1, 3]}, "票决的名次分值应从高到低:[1, 3]。请更正。"),
        (
            {"seats": 1, "marking": "ranks", "points": ["三"]},
            "票决.points[1]的“points”应为不小于0的整数,实际写的是“三”。请改写。",
        ),
        ({"seats": 2, "points": [2, 1]}, "票决写了名次分值(points),但填票方式不是 ranks。请删去或改填票方式。"),
        (
            {"seats": 1, "marking": "ranks", "points": [1], "threshold": "two_thirds"},
            '票决按名次计分时只能以得分高低定(threshold = "plurality")。请更正。',
        ),
        (
            {"seats": 2, "surplus": {"min_extra": 3, "max_extra": 1}},
            "票决.surplus的差额下限高于上限。请更正。",
        ),
        ({"seats": 2, "surplus": {"min_ratio": "-1/5"}}, "票决.surplus的差额比例不能是负数:-1/5。请更正。"),
        ({"seats": 2, "surplus": {"min_ratio": "1/0"}}, "票决.surplus的“min_ratio”应为数字,实际写的是“1/0”。请改写。"),
    ],
)
def test_a_wrong_selection_rule_says_what_and_where(table: dict[str, object], sentence: str) -> None:
    with pytest.raises(RendaError) as caught:
        selection_rule_from(table, "票决")
    assert caught.value.message == sentence


def test_a_wrong_score_rule_says_what_and_where() -> None:
    wrong = {
        "打分的最低分100应小于最高分60。请更正。": {"lowest": 100, "highest": 60},
        "打分的分值间隔应大于0,实际写的是0。请更正。": {"highest": 100, "step": 0},
        "打分的小数位数最多6位,实际写的是7。请改写。": {"highest": 100, "decimals": 7},
        "打分的“highest”应为数字,实际写的是“True”。请改写。": {"highest": True},
        "打分的“highest”应为数字,实际写的是“99.5”。请改写。": {"highest": 99.5},
    }
    for sentence, table in wrong.items():
        with pytest.raises(RendaError) as caught:
            score_rule_from(table, "打分")
        assert caught.value.message == sentence


def test_rules_are_read_from_plain_tables_with_their_defaults() -> None:
    motion = motion_rule_from({"threshold": "two_thirds", "participation": "more_than_half"}, "表决")
    assert (motion.threshold.needed(27), motion.base.value, motion.blank.value) == (18, "all_members", "abstain")
    assert motion.participation is not None
    assert motion_rule_from({}, "表决").threshold.needed(27) == 14
    election = election_rule_from({"seats": 2, "write_in": "never", "marking": "exactly_n"}, "选举")
    assert (election.write_in.value, election.selection.marking.value) == ("never", "exactly_n")
    surplus = surplus_from({"min_ratio": Decimal("0.2"), "max_extra": 9}, "差额")
    assert (surplus.min_ratio, surplus.most(13)) == (Fraction(1, 5), 22)


def test_a_percentage_of_nothing_is_refused() -> None:
    for attempt in (lambda: percent(0, 0), lambda: percentages((0, 0))):
        with pytest.raises(RendaError) as caught:
            attempt()
        assert caught.value.message == "基数为0,无法计算百分比。请核对基数。"


def test_too_many_decimals_are_refused() -> None:
    for close in (False, True):
        with pytest.raises(RendaError) as caught:
            percentages((1, 2), 7, close_to_100=close)
        assert caught.value.message == "百分比的小数位数应为0至6位,实际为7。请改写。"
