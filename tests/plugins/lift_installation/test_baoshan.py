"""宝山's 2.3 万 entrances by street and town, from the district's own spreadsheets, and who may read what."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from backing.demo import figures, matters, page_text, played, sheets
from renda.matter import ANYBODY
from renda.services import chain, permissions, rescoring
from renda.services.reading import find, rules_of, view
from renda.testing.factories import World

CODE = "lift_installation"
# Consulting; notice, review and approved; works; in use.
STAGES_ON = {
    "2019-07-07": [0, 0, 0, 0],
    "2019-07-08": [1, 0, 0, 0],
    "2019-07-25": [0, 1, 0, 0],
    "2019-12-31": [0, 0, 1, 0],
    "2020-05-20": [0, 0, 1, 0],
    "2021-06-01": [0, 0, 0, 1],
    "2025-04-10": [1, 0, 0, 1],
    "2026-06-01": [0, 2, 0, 2],
    "2026-07-01": [1, 0, 1, 2],
    "2026-09-10": [0, 1, 1, 2],
    "2026-11-22": [1, 2, 1, 2],
}
TIME = (date(2019, 1, 1), date(2026, 11, 22))


@pytest.fixture(scope="module")
def baoshan() -> Iterator[World]:
    world = played("baoshan", CODE)
    yield world
    world.close()


def test_three_streets_have_176_estates_and_5500_entrances_nine_towns_422_and_17800(baoshan: World) -> None:
    board = sheets(baoshan, CODE, *TIME)["board"]
    told = figures(board)
    assert (told["街道数"], told["街道小区"], told["街道无电梯门洞"]) == (3, 176, 5500)
    assert (told["镇数"], told["镇小区"], told["镇无电梯门洞"]) == (9, 422, 17800)
    assert told["全区无电梯门洞"] == 23300
    assert told["全区无电梯门洞(万个)"] == Decimal("2.3")
    assert [row[1] for row in board.rows] == ["街道"] * 3 + ["镇"] * 9


def test_the_board_tells_the_stages_and_anybody_reads_it(baoshan: World) -> None:
    told = figures(sheets(baoshan, CODE, *TIME)["board"])
    assert [told[name] for name in ("征询意见", "公示和审查", "施工", "使用")] == [1, 2, 1, 2]
    text = page_text(baoshan, f"/sheets/{CODE}/board?since=2019-01-01&until=2026-11-22")
    assert all(figure in text for figure in ("176", "5500", "422", "17800", "2.3"))
    assert "业主" not in text


def test_the_board_of_a_day_gone_by_tells_the_stages_of_that_day(baoshan: World) -> None:
    days = [date.fromisoformat(day) for day in STAGES_ON]
    told = [figures(sheets(baoshan, CODE, date(2019, 1, 1), day)["board"]) for day in days]
    stages = [[each[name] for name in ("征询意见", "公示和审查", "施工", "使用")] for each in told]
    assert stages == list(STAGES_ON.values())
    assert {each["全区无电梯门洞"] for each in told} == {23300}


def test_the_board_is_drawn_as_tiles_by_street_and_town_and_names_nobody(baoshan: World) -> None:
    board = sheets(baoshan, CODE, *TIME)["board"]
    assert board.tiles == (0, 1, 3, 4, 5, 6, 7)
    text = page_text(baoshan, f"/sheets/{CODE}/board?since=2019-01-01&until=2026-11-22")
    assert "演示街道甲(虚构) 无电梯门洞 1920 征询意见 0 公示和审查 0 施工 0 使用 1" in text


def test_who_lives_there_and_what_they_said_is_not_for_everybody(baoshan: World) -> None:
    number = next(each.id for each in matters(baoshan, CODE, "entrance"))
    with baoshan.reading() as desk:
        row = find(desk, number)
        rules, matter = rules_of(desk, row), view(desk, row)
        readers = [ANYBODY, baoshan.actor("deputy"), baoshan.actor("department"), baoshan.actor("clerk")]
        assert [permissions.may_see(rules, matter, each) for each in readers] == [False, False, False, True]


def test_the_first_lift_began_under_the_property_law_and_the_others_under_the_civil_code(baoshan: World) -> None:
    with baoshan.reading() as desk:
        laws = [
            rules_of(desk, find(desk, each.id)).version.effective.year for each in matters(baoshan, CODE, "entrance")
        ]
    assert laws == [2007, *[2021] * 7]


def test_the_record_is_whole_and_every_score_comes_out_again(baoshan: World) -> None:
    with baoshan.writing() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
