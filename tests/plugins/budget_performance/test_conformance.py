"""The platform's kit for practices, on the chain as 闵行 has it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from plugins.budget_performance.conftest import DISTRICTS, WEIGHTS, goals, points

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.budget_performance import BudgetPerformance

FILE = DISTRICTS / "minhang" / "budget_performance.toml"
CODE = "budget_performance"
PLANNED = {"as_of": "2008-01-01", "goal_planned": "50", "spent_planned": "50", "spent_actual": "50"}
OWN = {"own_points": points(*WEIGHTS), "own_words": "逐项"}
OTHER = {"institution": "某机构", "document": "报告"}


def application(world: World) -> dict[str, Any]:
    parties = {"organ": world.organ("单位-subject").id, "finance": world.organ("单位-finance").id}
    project = world.project("项目-project", "单位-project").id
    return {"year": 2020, "project": project, "requested": "300", "goals": goals(), **parties}


SAMPLES: Mapping[str, Any] = {
    "apply": application,
    "assess": {"verdict": "support", "approved": "280", "assessed": "合理"},
    "monitor": {**PLANNED, "goal_actual": "50"},
    "evaluate_self": OWN,
    "evaluate": {**OTHER, "other_points": points(*WEIGHTS)},
    "use_result": {"use": "keep", "use_grounds": "好"},
}


class Life:
    """One project, led on by those who may."""

    def __init__(self, world: World, other: Any = WEIGHTS) -> None:
        self.world, self.other = world, other
        self.unit = world.actor("department", organ=world.organ("单位-subject"))
        self.bureau = world.actor("department", organ=world.organ("单位-finance"))
        self.number = world.act(self.unit, "apply", application(world), practice=CODE).matter_id

    def done(self, actor: Any, action: str, entries: Mapping[str, Any], matter: int = 0) -> "Life":
        self.world.act(actor, action, entries, matter=matter or self.number)
        return self

    def refused(self) -> "Life":
        return self.done(self.bureau, "assess", {"verdict": "refuse", "assessed": "依据不足"})

    def executing(self) -> "Life":
        return self.done(self.bureau, "assess", SAMPLES["assess"])

    def monitored(self, reached: str) -> "Life":
        held = {**PLANNED, "goal_actual": reached}
        self.executing().world.act(self.unit, "monitor", held, practice=CODE, parent=self.number)
        return self

    def corrected(self) -> "Life":
        return self.monitored("10").done(self.unit, "correct", {"correction": "加班"}, self.monitoring())

    def monitoring(self) -> int:
        (found,) = self.world.matter(self.number).children("monitoring")
        return found.id

    def own(self) -> "Life":
        return self.executing().done(self.unit, "evaluate_self", {**OWN, "evidence": ["台账", "问卷"]})

    def both(self) -> "Life":
        return self.own().done(self.bureau, "evaluate", {**OTHER, "other_points": points(*self.other)})

    def concluded(self) -> "Life":
        return self.both().done(self.bureau, "conclude", {"concluded": "按第三方"})

    def closed(self) -> "Life":
        return self.concluded().done(self.bureau, "use_result", SAMPLES["use_result"])


def of_item(life: Life) -> int:
    return life.number


Way = tuple[Any, Callable[[Life], Life], Callable[[Life], int]]
WAYS: Mapping[tuple[str, str], Way] = {
    ("item", "applied"): (WEIGHTS, lambda life: life, of_item),
    ("item", "refused"): (WEIGHTS, Life.refused, of_item),
    ("item", "executing"): (WEIGHTS, Life.executing, of_item),
    ("item", "self_evaluated"): (WEIGHTS, Life.own, of_item),
    ("item", "gap"): ((1, 1, 1), Life.both, of_item),
    ("item", "evaluated"): (WEIGHTS, Life.both, of_item),
    ("item", "concluded"): (WEIGHTS, Life.concluded, of_item),
    ("item", "closed"): (WEIGHTS, Life.closed, of_item),
    ("monitoring", "fine"): (WEIGHTS, lambda life: life.monitored("50"), Life.monitoring),
    ("monitoring", "off"): (WEIGHTS, lambda life: life.monitored("10"), Life.monitoring),
    ("monitoring", "corrected"): (WEIGHTS, Life.corrected, Life.monitoring),
}


def begun(other: Any, way: Callable[[Life], Life], which: Callable[[Life], int]) -> Callable[[World], int]:
    return lambda world: which(way(Life(world, other)))


BEGUN = {place: begun(*way) for place, way in WAYS.items()}


@pytest.mark.parametrize(
    "check", conformance.checks(BudgetPerformance, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_the_chain_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
