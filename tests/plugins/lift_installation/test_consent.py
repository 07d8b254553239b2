"""Heads and area at the exact ends of the law's shares, and a consent that is taken back."""

from datetime import date
from typing import Any

import pytest
from plugins.lift_installation.conftest import Entrance, flats, refusal

from renda.explain import replay, to_json
from renda.testing.factories import World
from renda_plugins.lift_installation import consent

TWELVE = flats(*["60"] * 12)


@pytest.mark.parametrize(
    ("households", "opinions", "missing"),
    [
        # Eight of twelve take part, six of eight agree: both exactly reached.
        (TWELVE, {"agree": range(1, 7), "against": (7, 8)}, ""),
        (TWELVE, {"agree": range(1, 8)}, "参与表决人数 7,应不少于 2/3(全体人数 12)"),
        (TWELVE, {"agree": range(1, 9), "against": (9, 10, 11)}, "同意人数 8,应不少于 3/4(参与表决人数 11)"),
        (TWELVE, {"agree": range(1, 9), "abstain": (9, 10, 11)}, "同意人数 8,应不少于 3/4(参与表决人数 11)"),
        # Enough heads, and a hundredth of a square metre too little.
        (
            flats("60", "60", "60", "59.99"),
            {"agree": (1, 2, 4), "against": (3,)},
            "同意面积 179.99,应不少于 3/4(参与表决面积 239.99)",
        ),
        (flats("60", "60", "60", "60"), {"agree": (1, 2, 4), "against": (3,)}, ""),
        # Enough area, too few heads: the owner of the largest flats does not decide alone.
        (flats("300", "20", "20", "20"), {"agree": (1, 2), "against": (3,)}, "同意人数 2,应不少于 3/4(参与表决人数 3)"),
    ],
)
def test_two_thirds_take_part_and_three_quarters_of_them_agree_by_heads_and_by_area(
    world: World, households: Any, opinions: Any, missing: str
) -> None:
    entrance = Entrance(world, households).says(**opinions)
    if missing:
        assert missing in refusal(entrance.put_up)
    else:
        assert entrance.put_up().state == "noticed"
    with world.reading():
        held = world.matter(entrance.number).payload
    told = consent.standing(held, world.rulebook.practice_on("lift_installation", world.day).practice.params)
    assert replay(to_json(told)).value is (not missing)


def test_an_owner_of_two_flats_is_one_head_with_both_areas(world: World) -> None:
    owners = ["业主1", "业主1", "业主2", "业主3", "业主4"]
    entrance = Entrance(world, flats("60", "60", "60", "60", "60", owners=owners))
    entrance.says(agree=(2, 3, 4), against=(1,))
    counted = consent.count(world.matter(entrance.number).payload, "against")
    assert counted.heads == (4, 4, 3)
    assert [str(each) for each in counted.area] == ["300", "300", "180"]
    assert refusal(entrance.put_up) == "还没有达到法定比例:同意面积 180,应不少于 3/4(参与表决面积 300)。"


def test_before_2021_two_thirds_of_all_were_enough(world: World) -> None:
    world.go_to(date(2020, 12, 31))
    eight = Entrance(world, entrance="甲").says(agree=range(1, 9), against=(9, 10, 11, 12))
    seven = Entrance(world, entrance="乙").says(agree=range(1, 8))
    assert eight.put_up().state == "noticed"
    assert "同意人数 7,应不少于 2/3(全体人数 12)" in refusal(seven.put_up)
    world.go_to(date(2021, 1, 4))
    # What began under the old law goes on under it; what begins now does not.
    assert seven.says(agree=(8,), against=(9, 10, 11, 12)).put_up().state == "noticed"
    late = Entrance(world, entrance="丙").says(agree=range(1, 9), against=(9, 10, 11, 12))
    assert "同意人数 8,应不少于 3/4(参与表决人数 12)" in refusal(late.put_up)


def test_a_consent_taken_back_ends_the_notice_only_where_the_rest_is_not_enough(world: World) -> None:
    entrance = Entrance(world).says(agree=range(1, 11), against=(11, 12)).put_up()
    assert entrance.done("撤回同意", owner="业主1", withdrawn_for="费用").state == "noticed"
    assert entrance.done("撤回同意", owner="业主2", withdrawn_for="费用").state == "consulting"
    assert "同意人数 8,应不少于 3/4(参与表决人数 12)" in refusal(entrance.put_up)
    assert refusal(lambda: entrance.done("撤回同意", owner="业主2", withdrawn_for="费用")) == (
        "“业主2”没有同意过,不用撤回。"
    )
    assert entrance.says(agree=(2,)).put_up().state == "noticed"


def test_after_the_notice_a_consent_cannot_be_taken_back(world: World) -> None:
    entrance = Entrance(world).reviewing()
    assert "撤回同意" in refusal(lambda: entrance.done("撤回同意", owner="业主1", withdrawn_for="费用"))


def test_only_owners_of_the_entrance_say_something_and_once_at_a_time(world: World) -> None:
    entrance = Entrance(world, flats("60", "60"))
    assert refusal(lambda: entrance.says(agree=(3,))) == "“业主3”不是本门洞的业主。业主有:业主1、业主2。"
    assert refusal(lambda: entrance.says(agree=(1,), against=(1,))) == "“业主1”的意见写了两次。"


@pytest.mark.parametrize(
    ("agreeing", "missing"), [((51, "3000.01"), ""), ((50, "3000.01"), "同意人数 50"), ((51, "3000"), "同意面积 3000")]
)
def test_using_common_parts_takes_more_than_half_of_the_estate_too(world: World, agreeing: Any, missing: str) -> None:
    entrance = Entrance(world, common=True).says(agree=range(1, 13))
    assert refusal(entrance.put_up) == "占用小区共有部分,还要登记小区业主表决。"
    entrance.done(
        "登记小区业主表决",
        heads=150, heads_taking_part=100, heads_agreeing=agreeing[0],
        area="9000", area_taking_part="6000", area_agreeing=agreeing[1],
    )  # fmt: skip
    if missing:
        assert f"{missing},应超过 1/2" in refusal(entrance.put_up)
    else:
        assert entrance.put_up().state == "noticed"


def test_an_estate_that_votes_more_than_it_has_and_one_not_asked_are_refused(world: World) -> None:
    asked = Entrance(world, common=True, entrance="甲")
    vote = dict.fromkeys(("area", "area_taking_part", "area_agreeing"), "10")
    told = refusal(lambda: asked.done("登记小区业主表决", heads=3, heads_taking_part=4, heads_agreeing=1, **vote))
    assert told.endswith("小区表决:同意不超过参与,参与不超过全体,都不小于 0。请核对人数和面积。")
    other = Entrance(world, entrance="乙")
    vote["heads"], vote["heads_taking_part"], vote["heads_agreeing"] = "3", "3", "3"
    assert refusal(lambda: other.done("登记小区业主表决", **vote)) == "本门洞没有占用小区共有部分,不用小区业主表决。"
