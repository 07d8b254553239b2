"""The platform's kit for practices, on the pace of the budget as 江北 has it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.budget_pace import BudgetPace

FILE = Path(__file__).parents[3] / "districts" / "jiangbei" / "budget_pace.toml"
CODE = "budget_pace"
SLOW = {"budget": "1000000", "adjustment": "0", "planned": "50", "paid": "100000"}
GOOD = {**SLOW, "paid": "500000"}
QUARTERS = ((1, "2020-03-31"), (2, "2020-06-30"))


def quarter(number: int, as_of: str) -> Callable[[World], dict[str, Any]]:
    def entries(world: World) -> dict[str, Any]:
        return {"year": 2020, "quarter": number, "as_of": as_of, "finance": world.organ("单位-finance").id}

    return entries


def table(world: World) -> dict[str, Any]:
    world.project("项目-project", "单位-subject")
    return {"table": "项目编码,年初预算,累计支出\n项目-project,1000000,100000\n"}


def row(world: World) -> dict[str, Any]:
    return {"project": world.project("项目-project", "单位-subject").id, **SLOW}


FOUND = {"present": 7, "in_favour": 7, "finding_grounds": "年初不具备条件"}
SAMPLES: Mapping[str, Any] = {
    "begin": quarter(2, "2020-06-30"),
    "take_table": table,
    "enter": row,
    "correct": SLOW,
    "revise": {**SLOW, "revised_for": "漏记"},
    "deliberate": {**FOUND, "conclusion": "rejected", "amount": "24"},
    "report_cut": {"cut_amount": "24", "cut_document": "2021 年部门预算批复"},
}


class Year:
    """Two quarters of one project, and all that follows."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.unit = world.actor("department", organ=world.organ("单位-subject"))
        self.numbers = [
            world.act(self.clerk, "begin", quarter(*each)(world), practice=CODE).matter_id for each in QUARTERS
        ]
        self.last = self.numbers[-1]

    def child(self, kind: str, of: int = 0) -> int:
        (found,) = self.world.matter(of or self.last).children(kind)
        return found.id

    def enter(self, of: int, figures: Mapping[str, Any] = SLOW) -> "Year":
        self.world.act(self.clerk, "enter", {**row(self.world), **figures}, practice=CODE, parent=of)
        return self

    def told(self, figures: Mapping[str, Any] = SLOW) -> "Year":
        for number in self.numbers:
            self.enter(number, figures)
            self.world.act(self.clerk, "circulate", matter=number)
        return self

    def reviewing(self) -> "Year":
        self.told().world.act(self.chair, "start_reviews", matter=self.last)
        return self

    def heard(self) -> "Year":
        self.reviewing().world.act(self.unit, "hear", {"statement": "已汇报"}, matter=self.child("review"))
        return self

    def questioned(self) -> "Year":
        said = {"asked_by": self.world.person("人员-anybody").id, "question": "为何滞后", "answer": "流标"}
        self.heard().world.act(self.clerk, "ask", said, matter=self.child("review"))
        return self

    def found(self, **entries: Any) -> "Year":
        finding = self.child("finding", self.questioned().child("review"))
        self.world.act(self.clerk, "deliberate", {**FOUND, **entries}, matter=finding)
        return self

    def concluded(self, **entries: Any) -> "Year":
        self.found(**entries).world.act(self.chair, "conclude", matter=self.child("review"))
        return self

    def done(self) -> "Year":
        self.concluded(conclusion="rejected", amount="24")
        self.world.act(self.clerk, "report_cut", SAMPLES["report_cut"], matter=self.child("review"))
        return self

    def closed(self) -> "Year":
        self.done().world.act(self.clerk, "close", matter=self.last)
        return self

    def lapsed(self) -> "Year":
        return self.closed()

    def explained(self) -> "Year":
        said = {"explanation": "流标", "remedy": "重新招标"}
        self.told().world.act(self.unit, "explain", said, matter=self.child("pace"))
        return self

    def exempt(self) -> "Year":
        self.told().world.act(self.chair, "exempt", {"grounds": "统一停付"}, matter=self.child("pace"))
        return self


def first(year: Year) -> int:
    return year.last


def pace(year: Year) -> int:
    return year.child("pace")


def review(year: Year) -> int:
    return year.child("review")


def finding(year: Year) -> int:
    return year.child("finding", year.child("review"))


WAYS: Mapping[tuple[str, str], tuple[Callable[[Year], Year], Callable[[Year], int]]] = {
    ("quarter", "collecting"): (lambda year: year, first),
    ("quarter", "circulated"): (lambda year: year.told(GOOD), first),
    ("quarter", "due"): (Year.told, first),
    ("quarter", "reviewing"): (Year.done, first),
    ("quarter", "closed"): (Year.closed, first),
    ("pace", "warned"): (lambda year: year.enter(year.last), pace),
    ("pace", "on_pace"): (lambda year: year.enter(year.last, GOOD), pace),
    ("pace", "notified"): (Year.told, pace),
    ("pace", "explained"): (Year.explained, pace),
    ("pace", "exempt"): (Year.exempt, pace),
    ("pace", "silent"): (Year.lapsed, pace),
    ("review", "called"): (Year.reviewing, review),
    ("review", "heard"): (Year.heard, review),
    ("review", "questioned"): (lambda year: year.found(conclusion="rejected", amount="24"), review),
    ("review", "cutting"): (lambda year: year.concluded(conclusion="insufficient", amount="24"), review),
    ("review", "concluded"): (lambda year: year.concluded(conclusion="accepted"), review),
    ("review", "done"): (Year.done, review),
    ("finding", "pending"): (Year.questioned, finding),
    ("finding", "accepted"): (lambda year: year.found(conclusion="accepted"), finding),
    ("finding", "not_accepted"): (lambda year: year.found(conclusion="rejected", amount="24"), finding),
}


def begun(way: Callable[[Year], Year], which: Callable[[Year], int]) -> Callable[[World], int]:
    return lambda world: which(way(Year(world)))


BEGUN = {place: begun(*way) for place, way in WAYS.items()}


@pytest.mark.parametrize(
    "check", conformance.checks(BudgetPace, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_the_pace_of_the_budget_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
