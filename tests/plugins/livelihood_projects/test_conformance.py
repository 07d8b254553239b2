"""The platform's kit for practices, on the projects as 江北 has them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.livelihood_projects import LivelihoodProjects

FILE = Path(__file__).parents[3] / "districts" / "jiangbei" / "livelihood_projects.toml"
CODE = "livelihood_projects"


def proposal(world: World) -> dict[str, Any]:
    organ = world.organ("单位-assignee").id
    return {
        "name": "路", "category": "教育", "content": "修", "organ": organ, "budget": "10", "finish_on": "2023-06-30",
        "stage_goal": "主体",
    }  # fmt: skip


COUNTED = {"ballot": 1, "outcome": "chosen", "figures": {"votes": 200, "needed": 114}}
SAMPLES: Mapping[str, Any] = {
    "begin": {"year": 2022},
    "file_idea": {"title": "路", "category": "教育", "source": "public"},
    "propose": proposal,
    "fix_candidates": {"seats": 1},
    "be_voted": COUNTED,
    "be_measured": {**COUNTED, "outcome": "满意"},
    "take_wishes": {"answered": 1, "ideas": [{"option": "教育", "text": "路", "pieces": 2}]},
    "inspect": {"inspection": "self", "found": "属实"},
    "be_inspected": {"inspection": "self", "found": "属实"},
    "tell_progress": {"progress": "40"},
    "ask_to_adjust": {"wanted": "延期", "wanted_because": "征地"},
}


class Life:
    """A year and a project in it, led along by those who may."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.organ = world.actor("department", organ=world.organ("单位-assignee"))
        world.deputy("代表-样例")
        self.round = world.act(self.clerk, "begin", {"year": 2022}, practice=CODE).matter_id
        self.projects: list[int] = []

    def on(self, number: int, actor: Any, action: str, **entries: Any) -> "Life":
        self.world.act(actor, action, entries, matter=number)
        return self

    def screening(self) -> "Life":
        return self.on(self.round, self.clerk, "close_solicitation")

    def proposed(self) -> "Life":
        self.screening()
        for _ in range(2):
            given = proposal(self.world)
            self.projects.append(self.world.act(self.clerk, "propose", given, parent=self.round).matter_id)
        return self

    def candidates(self) -> "Life":
        return self.proposed().on(self.round, self.chair, "fix_candidates", seats=1)

    def voting(self) -> "Life":
        return self.candidates().on(self.round, self.clerk, "put_to_the_vote")

    def chosen(self) -> "Life":
        self.voting()
        for number, then in zip(self.projects, ("chosen", "not_chosen"), strict=True):
            self.world.act(self.world.actor("system"), "be_voted", COUNTED, matter=number, then=then)
        return self

    def carrying(self) -> "Life":
        return self.chosen().on(self.round, self.clerk, "announce")

    def crossing(self) -> "Life":
        return self.carrying().on(self.projects[0], self.clerk, "carry_over")

    def reported(self) -> "Life":
        return self.crossing().on(self.round, self.clerk, "report", congress="大会")

    def completed(self) -> "Life":
        self.carrying()
        for code in ("self", "streets", "groups"):
            self.on(self.round, self.clerk, "inspect", inspection=code, found="属实")
        return self.on(self.projects[0], self.organ, "complete", completed_with="好了")

    def finished(self) -> "Life":
        return self.completed().on(self.projects[0], self.clerk, "verify")

    def measured(self) -> "Life":
        return self.finished().on(self.projects[0], self.world.actor("system"), "be_measured", **COUNTED)

    def unfinished(self) -> "Life":
        self.carrying()
        self.world.pass_days(1000)
        return self.on(self.projects[0], self.clerk, "find_unfinished", reason="没有动工")

    def adjusting(self) -> "Life":
        return self.carrying().on(self.projects[0], self.organ, "ask_to_adjust", **SAMPLES["ask_to_adjust"])

    def stopped(self) -> "Life":
        self.adjusting()
        return self.on(self.projects[0], self.chair, "decide", decision="stop", decision_because="不能建")

    def withdrawn(self) -> "Life":
        return self.proposed().on(self.projects[0], self.clerk, "withdraw", reason="重复")


OF_ROUND = {
    "screening": Life.screening, "candidates": Life.candidates, "voting": Life.chosen, "carrying": Life.carrying,
    "reported": Life.reported,
}  # fmt: skip
OF_PROJECT = {
    "proposed": Life.proposed, "candidate": Life.candidates, "chosen": Life.chosen, "carrying": Life.carrying,
    "crossing": Life.crossing, "completed": Life.completed, "done": Life.finished, "measured": Life.measured,
    "unfinished": Life.unfinished, "adjusting": Life.adjusting, "stopped": Life.stopped, "withdrawn": Life.withdrawn,
}  # fmt: skip


def begun(way: Any, place: int | None) -> Any:
    def lead(world: World) -> int:
        led = Life(world)
        way(led)
        return led.round if place is None else led.projects[place]

    return lead


BEGUN = {
    **{("round", state): begun(way, None) for state, way in OF_ROUND.items()},
    **{("project", state): begun(way, 0) for state, way in OF_PROJECT.items()},
    ("project", "not_chosen"): begun(Life.chosen, 1),
}


@pytest.mark.parametrize(
    "check", conformance.checks(LivelihoodProjects, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_the_projects_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
