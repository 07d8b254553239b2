"""A table may ask to be drawn as tiles: by groups, each with its whole and a bar that its parts fill."""

from renda import Sheet, leaf
from renda.web.tiles import WIDTH, groups_of

COLUMNS = ("街镇", "分组", "门洞", "征询", "施工", "使用")
ROWS = (
    ("甲街道", "街道", leaf("门洞", 1920), leaf("征询", 1), 1, leaf("使用", 1)),
    ("乙镇", "镇", 2450, 0, 0, 0),
    ("丙街道", "街道", 1320, 0, 3, ""),
)


def test_each_row_is_a_tile_of_its_group_in_the_order_of_the_rows() -> None:
    groups = groups_of(Sheet("board", "进度", COLUMNS, ROWS, tiles=(0, 1, 2, 3, 4, 5)))
    assert [(group.name, [tile.name for tile in group.tiles]) for group in groups] == [
        ("街道", ["甲街道", "丙街道"]), ("镇", ["乙镇"]),
    ]  # fmt: skip
    first = groups[0].tiles[0]
    assert (first.whole_label, first.whole) == ("门洞", "1920")
    assert [(part.place, part.label, part.shown) for part in first.parts] == [
        (1, "征询", "1"), (2, "施工", "1"), (3, "使用", "1"),
    ]  # fmt: skip


def test_the_parts_fill_the_bar_whatever_their_shares_are_rounded_to() -> None:
    (streets, towns) = groups_of(Sheet("board", "进度", COLUMNS, ROWS, tiles=(0, 1, 2, 3, 4, 5)))
    thirds = [(part.start, part.width) for part in streets.tiles[0].parts]
    assert thirds == [(0, 333), (333, 333), (666, 334)]
    assert sum(width for _, width in thirds) == WIDTH
    assert [part.width for part in streets.tiles[1].parts] == [0, WIDTH, 0]
    assert [tile.empty for tile in (*streets.tiles, *towns.tiles)] == [False, False, True]


def test_a_table_that_asks_for_none_has_no_tiles() -> None:
    assert groups_of(Sheet("board", "进度", COLUMNS, ROWS)) == []
