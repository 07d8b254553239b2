from itertools import permutations

import pytest

from renda import name_order
from renda.errors import RendaError
from renda.name_order import NameOrder, name_order_from

# The hundred commonest surnames hold these; their strokes as the national table gives them.
STROKES = {
    "丁": "12", "王": "1121", "马": "551", "田": "25121", "李": "1234521", "张": "515", "陈": "5215", "北": "21135",
    "江": "441121", "小": "234", "火": "4334", "心": "4544", "刘": "413422", "代": "32154", "周": "35121251",
}  # fmt: skip


def ordered(names: str, order: str) -> list[str]:
    return sorted(names.split(), key=lambda name: name_order.key(name, order))


@pytest.mark.parametrize("sign", STROKES)
def test_strokes_begin_as_they_are_written(sign: str) -> None:
    assert name_order.table()[sign][0].startswith(STROKES[sign])


def test_the_table_knows_all_characters_in_everyday_use() -> None:
    assert len(name_order.table()) > 6_900
    assert all(strokes and set(strokes) <= set("12345") for strokes, _ in name_order.table().values())


def test_by_strokes_the_second_character_is_compared_at_once() -> None:
    assert ordered("田富 田大利", "strokes") == ["田大利", "田富"]


def test_by_strokes_of_the_surname_a_name_of_two_characters_comes_first() -> None:
    assert ordered("田大利 田富", "surname_strokes") == ["田富", "田大利"]


def test_surnames_come_by_their_count_of_strokes_and_then_stroke_by_stroke() -> None:
    # 丁 2, 马 3, 王 4, 田 5, 刘 6 strokes; of seven, 李 begins with 横, 张 and 陈 with 折 and part at the second stroke.
    assert ordered("陈一 张一 李一 刘一 田一 王一 马一 丁一", "strokes") == [
        "丁一", "马一", "王一", "田一", "刘一", "李一", "张一", "陈一",
    ]  # fmt: skip


def test_a_single_surname_stands_before_a_compound_one_that_begins_alike() -> None:
    assert ordered("欧阳一 欧大海 欧阳 欧明", "surname_strokes") == ["欧阳", "欧明", "欧大海", "欧阳一"]


def test_one_surname_stays_together_though_another_has_the_same_strokes() -> None:
    assert name_order.table()["士"][0] == name_order.table()["土"][0]
    assert ordered("士小 土大 士一 土一", "strokes") == ["土一", "土大", "士一", "士小"]


def test_by_pinyin_a_surname_is_read_as_a_surname() -> None:
    assert ordered("王一 单一 赵一 任一 曾一 仇一", "pinyin") == ["仇一", "任一", "单一", "王一", "曾一", "赵一"]
    assert ordered("丁重 丁种", "pinyin") == ordered("丁种 丁重", "pinyin")


@pytest.mark.parametrize("order", name_order.ORDERS)
def test_the_order_does_not_depend_on_where_it_starts(order: str) -> None:
    names = ["田富", "田大利", "欧阳一", "㛃一", "A先生", "丁一"]
    assert len({tuple(ordered(" ".join(some), order)) for some in permutations(names)}) == 1


def test_a_character_without_strokes_stands_last_and_is_named() -> None:
    assert ordered("㛃一 魏一", "strokes") == ["魏一", "㛃一"]
    assert name_order.unknown("㛃一A") == ["㛃"]


def test_a_district_writes_the_strokes_of_a_rare_character_itself() -> None:
    own = name_order_from("strokes", {"㛃": "531111234"}, "jia/district.toml")
    assert own.unknown("㛃一") == []
    assert own.key("㛃一") < own.key("魏一")


def test_a_key_is_plain_digits_of_bounded_length_that_any_collation_compares_alike() -> None:
    for order in name_order.ORDERS:
        key = name_order.key("买买提·吐尔逊·阿卜杜热合曼·艾则孜", order)
        assert name_order.is_computed(key)
        assert len(key) <= name_order.LONGEST


def test_a_key_set_by_hand_is_known_from_one_that_was_made() -> None:
    assert [name_order.is_computed(key) for key in ("", "z0712", "5", "zz", "主任")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert all(f"{rank}" < NameOrder().key("丁一") for rank in range(10))


@pytest.mark.parametrize(
    ("order", "strokes", "said"),
    [
        (
            "stroke",
            {},
            "jia/district.toml 的 name_order 写的是“stroke”。可用的:strokes、surname_strokes、pinyin。",
        ),
        (
            "strokes",
            {"㛃": "126"},
            'jia/district.toml 的 name_strokes 里“㛃”的笔画写的是“126”:应为一个字和它依次的笔画,横1 竖2 撇3 点4 折5,例如 { "李" = "1234521" }。',
        ),
        (
            "strokes",
            {"李四": "1"},
            'jia/district.toml 的 name_strokes 里“李四”的笔画写的是“1”:应为一个字和它依次的笔画,横1 竖2 撇3 点4 折5,例如 { "李" = "1234521" }。',
        ),
    ],
)
def test_mistakes_in_the_districts_file_are_told(order: str, strokes: dict[str, str], said: str) -> None:
    with pytest.raises(RendaError) as refused:
        name_order_from(order, strokes, "jia/district.toml")
    assert refused.value.message == said
