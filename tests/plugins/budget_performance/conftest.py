"""闵行's chain of performance budgeting, and one project led along it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from renda import RendaError
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
NAMES = ("服务人次", "覆盖率", "满意度")
WEIGHTS = (50, 30, 20)


def goals(*weights: object) -> list[dict[str, Any]]:
    given = weights or WEIGHTS
    held = zip(NAMES, given, strict=False)
    return [{"area": "产出", "indicator": name, "target": "达到", "weight": str(weight)} for name, weight in held]


def points(*given: object) -> list[dict[str, Any]]:
    return [{"indicator": name, "points": str(each)} for name, each in zip(NAMES, given, strict=False)]


def refusal(deed: Any) -> str:
    with pytest.raises(RendaError) as caught:
        deed()
    return caught.value.message


class Item:
    """A project of a budget year."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk = world.actor("clerk")
        self.unit = world.actor("department", organ=world.organ("民政局"))
        self.bureau = world.actor("department", organ=world.organ("财政局"))
        self.number = 0

    def applied(self, **entries: Any) -> "Item":
        held = {
            "year": 2020,
            "project": self.world.project("养老").id,
            "organ": self.world.organ("民政局").id,
            "finance": self.world.organ("财政局").id,
            "requested": "300",
            "goals": goals(),
        }
        done = self.world.act(self.unit, "apply", {**held, **entries}, practice="budget_performance")
        self.number = done.matter_id
        return self

    def done(self, actor: Any, action: str, **entries: Any) -> "Item":
        self.world.act(actor, action, entries, matter=self.number)
        return self

    def executing(self) -> "Item":
        return self.applied().done(self.bureau, "assess", verdict="support", approved="280", assessed="合理")

    def monitored(self, **entries: Any) -> Any:
        shares = {"goal_planned": "50", "goal_actual": "50", "spent_planned": "50", "spent_actual": "50"}
        held = {"as_of": self.world.day.isoformat(), **shares, **entries}
        where: dict[str, Any] = {"parent": self.number, "practice": "budget_performance"}
        return self.world.matter(self.world.act(self.unit, "monitor", held, **where).matter_id)

    def evaluated(self, own: Any, other: Any, *evidence: str) -> Any:
        said = {"own_points": points(*own), "own_words": "逐项", "evidence": list(evidence)}
        self.executing().done(self.unit, "evaluate_self", **said)
        found = {"institution": "某机构", "other_points": points(*other), "document": "报告"}
        self.done(self.bureau, "evaluate", **found)
        return self.world.matter(self.number)


@pytest.fixture
def item(tmp_path: Path) -> Any:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "minhang", day=date(2020, 9, 1))
    yield Item(world)
    world.close()
