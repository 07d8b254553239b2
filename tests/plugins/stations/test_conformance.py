"""The platform's kit for practices, on places as 青浦 has them."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.stations import Stations

FILE = Path(__file__).parents[3] / "districts" / "qingpu" / "stations.toml"
CODE = "stations"
MARKS = [{"aspect": aspect, "points": "80"} for aspect in ("place", "activity", "publicity", "effect")]


def place(world: World) -> dict[str, Any]:
    return {"title": f"站{world.rulebook.district.slug}", "sort": "station", "keeper": world.organ("单位-keeper").id}


def activity(world: World) -> dict[str, Any]:
    return {
        "activity": "走访",
        "day": "2021-03-01",
        "participants": [world.deputy("代表-participant").id],
        "note": "甲",
    }


def report(world: World) -> dict[str, Any]:
    return {"deputy": world.deputy("代表-receiver").id, "reported_on": "2021-03-01", "heard": 10}


SAMPLES: Mapping[str, Any] = {
    "establish": place,
    "begin": {"year": 2021},
    "arrange": {"months": [{"month": 3, "arrangement": "接待"}]},
    "report": report,
    "record": activity,
    "check": {"marks": MARKS, "check_note": "已看"},
}


class Kept:
    """A place with its year, led along."""

    def __init__(self, world: World) -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.place = world.act(self.clerk, "establish", place(world), practice=CODE).matter_id
        self.year = world.act(self.clerk, "begin", {"year": 2021}, practice=CODE, parent=self.place).matter_id
        said = {"opinion": "路灯", "receiver": world.deputy("代表-receiver").id}
        self.opinion = 0
        self.said = said

    def submitted(self) -> int:
        self.world.go_to(date(2022, 1, 10))
        self.world.act(self.clerk, "submit", {"self_check": "已查"}, matter=self.year)
        return self.year

    def checked(self) -> int:
        self.submitted()
        self.world.act(self.clerk, "check", SAMPLES["check"], matter=self.year)
        return self.year

    def told(self, steps: int) -> int:
        number = self.world.act(self.clerk, "receive", self.said, practice=CODE, parent=self.year).matter_id
        owner = self.world.organ("单位-assignee").id
        deeds: list[tuple[str, dict[str, Any]]] = [
            ("route", {"channel": "转部门", "owner": owner}),
            ("answer", {"reply": "已办"}),
            ("feed_back", {"satisfied": "satisfied"}),
        ]
        for name, entries in deeds[:steps]:
            self.world.act(self.clerk, name, entries, matter=number)
        return number

    def taken(self, name: str, entries: dict[str, Any], role: str, **who: Any) -> int:
        number = self.told(0)
        self.world.act(self.world.actor(role, **who), name, entries, matter=number)
        return number


def begun(way: Callable[[Kept], int]) -> Callable[[World], int]:
    return lambda world: way(Kept(world))


BEGUN = {
    ("year", "running"): begun(lambda kept: kept.year),
    ("year", "submitted"): begun(Kept.submitted),
    ("year", "checked"): begun(Kept.checked),
    ("opinion", "received"): begun(lambda kept: kept.told(0)),
    ("opinion", "routed"): begun(lambda kept: kept.told(1)),
    ("opinion", "answered"): begun(lambda kept: kept.told(2)),
    ("opinion", "suggested"): begun(
        lambda kept: kept.taken(
            "become_suggestion", {"facts": "不亮", "wanted": "修"}, "deputy", person=kept.world.deputy("代表-receiver")
        )
    ),
    ("opinion", "listed"): begun(lambda kept: kept.taken("be_listed", {"topic": 1}, "system")),
    ("opinion", "closed"): begun(lambda kept: kept.told(3)),
}


@pytest.mark.parametrize(
    "check", conformance.checks(Stations, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_stations_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
