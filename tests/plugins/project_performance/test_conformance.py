"""The platform's kit for practices, on the grading of key projects as 江北 has it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from plugins.project_performance.conftest import DISTRICTS, points

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.project_performance import ProjectPerformance

FILE = DISTRICTS / "jiangbei" / "project_performance.toml"
CODE = "project_performance"
GOOD, BAD = points(20, 25, 20, 35), points(1, 1, 1, 1)
SHEET = {"given": GOOD, "opinion": "好"}


def plan(world: World) -> dict[str, Any]:
    bureaus = {"finance": world.organ("单位-finance").id, "audit": world.organ("单位-audit").id}
    return {"year": 2020, "institution": "某事务所", **bureaus}


def subject(world: World) -> dict[str, Any]:
    return {"project": world.project("项目-project", "单位-project").id, "organ": world.organ("单位-subject").id}


def invited(world: World) -> dict[str, Any]:
    return {"experts": [world.person("人员-reader").id], "deputies": [world.deputy("代表-anybody").id]}


SAMPLES: Mapping[str, Any] = {
    "begin": plan,
    "list_project": subject,
    "take_report": {"points": GOOD, "document": "报告"},
    "check_progress": {"gate": "progress", "planned": "80", "actual": "60", "seen": "查看"},
    "invite": invited,
    "rate": SHEET,
}


class Life:
    """One project in a year."""

    def __init__(self, world: World, given: Any = GOOD) -> None:
        self.world, self.given = world, given
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.round = world.act(self.clerk, "begin", plan(world), practice=CODE).matter_id
        self.number = world.act(self.clerk, "list_project", subject(world), practice=CODE, parent=self.round).matter_id

    def done(self, actor: Any, action: str, entries: Any = None, matter: int = 0) -> "Life":
        self.world.act(actor, action, entries or {}, matter=matter or self.number)
        return self

    def sheets(self) -> list[int]:
        return [each.id for each in self.world.matter(self.number).children("rating")]

    def reported(self) -> "Life":
        return self.done(self.clerk, "take_report", {"points": self.given, "document": "报告"})

    def checked(self) -> "Life":
        return self.reported().done(self.clerk, "check_funds", {"finance_found": "相符"})

    def audited(self) -> "Life":
        return self.checked().done(self.clerk, "audit_funds", {"audit_found": "相符"})

    def asked(self) -> "Life":
        return self.audited().done(self.clerk, "invite", invited(self.world))

    def rated(self) -> "Life":
        life = self.asked()
        for sheet in self.sheets():
            life.done(self.clerk, "rate", {"given": self.given, "opinion": "如上"}, matter=sheet)
        return life

    def excused(self) -> "Life":
        return self.asked().done(self.clerk, "excuse", {"grounds": "出差"}, matter=self.sheets()[0])

    def settled(self) -> "Life":
        return self.rated().done(self.chair, "settle")

    def rectified(self) -> "Life":
        unit = self.world.actor("department", organ=self.world.organ("单位-subject"))
        return self.settled().done(unit, "rectify", {"rectified": "已改", "evidence": ["批复"]})

    def closed(self) -> "Life":
        return self.settled().done(self.chair, "report_round", matter=self.round)


def of_round(life: Life) -> int:
    return life.round


def of_project(life: Life) -> int:
    return life.number


def of_sheet(life: Life) -> int:
    return life.sheets()[0]


Way = tuple[Any, Callable[[Life], Life], Callable[[Life], int]]
WAYS: Mapping[tuple[str, str], Way] = {
    ("round", "open"): (GOOD, Life.settled, of_round),
    ("round", "closed"): (GOOD, Life.closed, of_round),
    ("evaluation", "listed"): (GOOD, lambda life: life, of_project),
    ("evaluation", "reported"): (GOOD, Life.reported, of_project),
    ("evaluation", "checked"): (GOOD, Life.checked, of_project),
    ("evaluation", "audited"): (GOOD, Life.audited, of_project),
    ("evaluation", "rating"): (GOOD, Life.rated, of_project),
    ("evaluation", "graded"): (GOOD, Life.settled, of_project),
    ("evaluation", "rectifying"): (BAD, Life.settled, of_project),
    ("evaluation", "rectified"): (BAD, Life.rectified, of_project),
    ("rating", "asked"): (GOOD, Life.asked, of_sheet),
    ("rating", "given"): (GOOD, Life.rated, of_sheet),
    ("rating", "excused"): (GOOD, Life.excused, of_sheet),
}


def begun(given: Any, way: Callable[[Life], Life], which: Callable[[Life], int]) -> Callable[[World], int]:
    return lambda world: which(way(Life(world, given)))


BEGUN = {place: begun(*way) for place, way in WAYS.items()}


@pytest.mark.parametrize(
    "check", conformance.checks(ProjectPerformance, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_the_grading_of_key_projects_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
