"""The platform's kit for practices, on lifts as 宝山 has them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from plugins.lift_installation.conftest import CODE, WORKS, Entrance, flats

from backing.demo import DISTRICTS
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.lift_installation import LiftInstallation

FILE = DISTRICTS / "baoshan" / f"{CODE}.toml"


def begun(way: Callable[[Entrance], Any]) -> Callable[[World], int]:
    def lead(world: World) -> int:
        entrance = Entrance(world)
        way(entrance)
        return entrance.number

    return lead


def base(world: World) -> dict[str, Any]:
    numbers = {"estates": 2, "entrances": 30, "as_of": "2020-12-31", "record": "登记"}
    return {"street": world.organ("单位-street").id, "sort": "town", **numbers}


def replaced(world: World) -> int:
    clerk = world.actor("clerk")
    number = world.act(clerk, "enter_base", base(world), practice=CODE).matter_id
    world.act(clerk, "replace_base", {"ended_for": "重新普查"}, matter=number)
    return number


SAMPLES: Mapping[str, Any] = {
    "enter_base": base,
    "apply": lambda world: {
        "street": world.organ("单位-street").id, "estate": "小区", "entrance": "1号", "floors": 6,
        "households": flats(*["60"] * 12),
    },
    "record": {"said": [{"owner": "业主1", "opinion": "agree"}]},
    "record_estate": {
        "heads": 10, "heads_taking_part": 8, "heads_agreeing": 5,
        "area": "600", "area_taking_part": "480", "area_agreeing": "300",
    },
    "withdraw_consent": {"owner": "业主1", "withdrawn_for": "费用"},
    "approve": {"approval": "planning", "decision": "granted", "number": "文1"},
    "begin_works": {**WORKS, "finish_on": "2026-12-31"},
    "record_stage": {"stage": "调试", "checked": "合格"},
}  # fmt: skip
BEGUN = {
    ("entrance", "noticed"): begun(Entrance.noticed),
    ("entrance", "reviewing"): begun(Entrance.reviewing),
    ("entrance", "approved"): begun(Entrance.approved),
    ("entrance", "building"): begun(Entrance.building),
    ("entrance", "accepted"): begun(Entrance.accepted),
    ("entrance", "in_use"): begun(Entrance.in_use),
    ("entrance", "stopped"): begun(Entrance.stopped),
    ("entrance", "retired"): begun(lambda entrance: entrance.in_use().done("retire", ended_for="到期")),
    ("entrance", "withdrawn"): begun(lambda entrance: entrance.done("withdraw", ended_for="资金")),
    ("entrance", "rejected"): begun(
        lambda entrance: entrance.reviewing().done("approve", approval="fire", decision="refused", number="文1")
    ),
    ("base", "replaced"): replaced,
}


@pytest.mark.parametrize(
    "check", conformance.checks(LiftInstallation, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_lifts_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
