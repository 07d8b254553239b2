"""The platform's kit for practices, on the negative list as 江北 has it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.negative_list import NegativeList

FILE = Path(__file__).parents[3] / "districts" / "jiangbei" / "negative_list.toml"
CODE = "negative_list"
YEAR = {"year": 2022, "since": "2022-01-01", "until": "2022-12-31"}
FACTS = ["project.unfinished@1"]


def drafted(world: World) -> dict[str, Any]:
    organ = world.organ("单位-subject").id
    return {"organ": organ, "item": "3.2", "occurred_on": "2022-01-01", "reason": "项目慢", "evidence": ["台账"]}


SAMPLES: Mapping[str, Any] = {
    "begin": YEAR,
    "draft_from_facts": {"facts_since": "2022-01-01", "facts_until": "2022-12-31"},
    "draft": drafted,
    "draft_by_fact": lambda world: {**drafted(world), "facts": FACTS},
    "review": {"outcome": "uphold", "review_grounds": "事实清楚"},
}


class Life:
    """One deduction led along its life by those who may."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.organ = world.actor("department", organ=world.organ("单位-subject"))
        year = world.act(self.clerk, "begin", YEAR, practice=CODE).matter_id
        self.number = world.act(self.clerk, "draft", drafted(world), practice=CODE, parent=year).matter_id

    def done(self, actor: Any, action: str, **entries: Any) -> "Life":
        self.world.act(actor, action, entries, matter=self.number)
        return self

    def hearing(self) -> "Life":
        return self.done(self.clerk, "verify", found="属实")

    def heard(self) -> "Life":
        return self.hearing().done(self.organ, "explain", explanation="无")

    def confirmed(self) -> "Life":
        return self.heard().done(self.chair, "confirm")

    def notified(self) -> "Life":
        return self.confirmed().done(self.clerk, "notify")

    def appealed(self) -> "Life":
        return self.notified().done(self.organ, "appeal", appeal="不服")

    def effective(self) -> "Life":
        return self.notified().done(self.organ, "accept")

    def rejected(self) -> "Life":
        return self.heard().done(self.chair, "reject", grounds="不构成")

    def revoked(self) -> "Life":
        return self.appealed().done(self.chair, "review", outcome="revoke", review_grounds="不成立")

    def withdrawn(self) -> "Life":
        return self.done(self.clerk, "withdraw", grounds="有误")


WAYS: Mapping[str, Callable[[Life], Any]] = {
    "drafted": lambda way: way,
    "hearing": Life.hearing,
    "heard": Life.heard,
    "confirmed": Life.confirmed,
    "notified": Life.notified,
    "appealed": Life.appealed,
    "effective": Life.effective,
    "rejected": Life.rejected,
    "revoked": Life.revoked,
    "withdrawn": Life.withdrawn,
}


def begun(way: Callable[[Life], Any]) -> Callable[[World], int]:
    def lead(world: World) -> int:
        led = Life(world)
        way(led)
        return led.number

    return lead


BEGUN = {("deduction", state): begun(way) for state, way in WAYS.items()}


@pytest.mark.parametrize(
    "check", conformance.checks(NegativeList, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_the_negative_list_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
