"""The platform's kit for practices, on micro projects as 坪山 has them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.micro_projects import MicroProjects

FILE = Path(__file__).parents[3] / "districts" / "pingshan" / "micro_projects.toml"
CODE = "micro_projects"
SCREENED = {"community": "社区甲", "category": "goods", "budget": "20"}


def street_year(world: World) -> dict[str, Any]:
    return {"street": world.organ("单位-street").id, "year": 2021}


def proposal(world: World) -> dict[str, Any]:
    return {"title": "雨棚", "source": "deputy", "detail": "无处避雨", "proposer": world.deputy("代表-proposer").id}


class Year:
    """A street's year with one project, led along by those who may."""

    def __init__(self, world: World) -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.round = world.act(self.clerk, "begin", street_year(world), practice=CODE).matter_id
        self.item = world.act(self.clerk, "propose", proposal(world), parent=self.round).matter_id

    def done(self, action: str, matter: int, **entries: Any) -> "Year":
        self.world.act(self.clerk, action, entries, matter=matter)
        return self

    def passed(self) -> "Year":
        entries = {"title": "座椅", "source": "council", "origin": "x@1", "detail": "议政会通过"}
        self.item = self.world.act(self.world.actor("system"), "take_over", entries, parent=self.round).matter_id
        return self

    def listed(self) -> "Year":
        return self.done("shortlist", self.item, **SCREENED)

    def voting(self) -> "Year":
        return self.listed().done("close_solicitation", self.round)

    def voted(self, yes: int) -> "Year":
        votes = [{"item": self.item, "yes": yes}]
        day = self.world.day.isoformat()
        return self.voting().done("vote", self.round, voted_on=day, present=10, lines=votes)

    def carrying(self) -> "Year":
        owner = {"owner": self.world.organ("单位-assignee").id, "watchers": [self.world.deputy("代表-watcher").id]}
        return self.voted(6).done("assign", self.item, **owner)

    def finished(self) -> "Year":
        self.carrying()
        unit = self.world.actor("department", organ=self.world.organ("单位-assignee"))
        self.world.act(unit, "finish", {"finished_with": "已装", "spent": "19"}, matter=self.item)
        return self

    def evaluated(self) -> "Year":
        return self.finished().done("evaluate", self.item, satisfied=5, basically=1, dissatisfied=0)

    def closed(self) -> "Year":
        return self.evaluated().done("publish", self.round)


def begun(kind: str, way: Callable[[Year], Any]) -> Callable[[World], int]:
    def lead(world: World) -> int:
        year = Year(world)
        way(year)
        return year.round if kind == "round" else year.item

    return lead


SAMPLES: Mapping[str, Any] = {
    "begin": street_year,
    "take_over": {"title": "座椅", "source": "council", "origin": "x@1", "detail": "议政会通过"},
    "propose": proposal,
    "shortlist": SCREENED,
    "vote": {"voted_on": "2021-03-01", "present": 10, "lines": []},
    "choose": {"votes": 6, "present": 10, "because": "列入"},
    "assign": lambda world: {"owner": world.organ("单位-assignee").id},
    "finish": {"finished_with": "已装", "spent": "19"},
    "evaluate": {"satisfied": 5, "basically": 1, "dissatisfied": 0},
    "enter_before": lambda world: {
        "street": world.organ("单位-street").id,
        "since": "2020-01-01",
        "until": "2020-12-31",
        **dict.fromkeys(("proposed", "by_deputies", "deputies_shortlisted", "chosen", "finished"), 1),
        "record": "登记簿",
    },
}
BEGUN = {
    ("round", "voting"): begun("round", Year.voting),
    ("round", "carrying"): begun("round", Year.carrying),
    ("round", "closed"): begun("round", Year.closed),
    ("item", "proposed"): begun("item", lambda year: year),
    ("item", "passed"): begun("item", Year.passed),
    ("item", "shortlisted"): begun("item", Year.listed),
    ("item", "chosen"): begun("item", lambda year: year.voted(6)),
    ("item", "not_chosen"): begun("item", lambda year: year.voted(5)),
    ("item", "carrying"): begun("item", Year.carrying),
    ("item", "done"): begun("item", Year.finished),
    ("item", "evaluated"): begun("item", Year.evaluated),
}


@pytest.mark.parametrize(
    "check", conformance.checks(MicroProjects, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_micro_projects_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
