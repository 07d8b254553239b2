"""The platform's kit for practices, on street committees as 徐汇 has them."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.street_committee import StreetCommittee

FILE = Path(__file__).parents[3] / "districts" / "xuhui" / "street_committee.toml"
CODE = "street_committee"
ASSESSED = {"marks": [{"duty": "08", "mark": "80", "reason": "看台账"}], "finding": "已核"}
DONE = {"duty": "01", "day": "2021-03-01", "note": "记录"}

SAMPLES: Mapping[str, Any] = {
    "establish": lambda world: {"organ": world.organ("另一街道").id},
    "staff_post": lambda world: {"post": "deputy", "person": world.person("人员-另一人").id},
    "let_go": {"leaves": 1, "left_for": "调动"},
    "begin": {"year": 2022},
    "enter": DONE,
    "assess": ASSESSED,
}


class Kept:
    """A committee with one in post and its year, led along."""

    def __init__(self, world: World) -> None:
        self.world, self.clerk = world, world.actor("clerk")
        organ = world.organ("单位-committee")
        self.own = world.actor("department", organ=organ)
        key = f"{id(world)}"
        if key not in world.names:
            world.names[key] = self.open("establish", {"organ": organ.id})
            entries = {"post": "head", "person": world.person("人员-在岗").id}
            self.act("staff_post", entries, world.names[key])
            world.names[f"{key}y"] = self.open("begin", {"year": 2021}, world.names[key])
        self.committee, self.year = world.names[key], world.names[f"{key}y"]

    def open(self, name: str, entries: Mapping[str, Any], parent: int | None = None) -> int:
        return self.world.act(self.clerk, name, entries, practice=CODE, parent=parent).matter_id

    def act(self, name: str, entries: Mapping[str, Any], matter: int) -> int:
        return self.world.act(self.clerk, name, entries, matter=matter).matter_id

    def done(self) -> int:
        self.world.go_to(date(2021, 6, 1))
        return self.open("enter", DONE, self.year)

    def void(self) -> int:
        return self.act("void", {"void_for": "重复"}, self.done())

    def reported(self) -> int:
        self.world.go_to(date(2022, 1, 10))
        return self.act("report", {"self_report": "已查"}, self.year)

    def assessed(self) -> int:
        return self.act("assess", ASSESSED, self.reported())

    def settled(self) -> int:
        number = self.assessed()
        self.world.act(self.world.actor("chair"), "settle", {}, matter=number)
        return number


def begun(way: Callable[[Kept], int]) -> Callable[[World], int]:
    return lambda world: way(Kept(world))


BEGUN = {
    ("committee", "open"): begun(lambda kept: kept.committee),
    ("year", "running"): begun(lambda kept: kept.year),
    ("year", "reported"): begun(Kept.reported),
    ("year", "assessed"): begun(Kept.assessed),
    ("year", "settled"): begun(Kept.settled),
    ("done", "entered"): begun(Kept.done),
    ("done", "void"): begun(Kept.void),
}


@pytest.mark.parametrize(
    "check", conformance.checks(StreetCommittee, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_street_committees_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
