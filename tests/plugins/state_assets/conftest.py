"""普陀's supervision of state assets, and one year of it led along."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backing.demo import DISTRICTS
from renda import RendaError
from renda.testing.factories import World, fresh_sqlite

CODE = "state_assets"
MEASURES = {
    "enterprise": ("assets", "liabilities", "equity"),
    "finance": ("assets", "liabilities", "equity"),
    "administrative": ("assets", "liabilities", "equity"),
    "natural": ("land", "water", "green"),
}
WORTH = {"assets": "100", "liabilities": "40", "equity": "60"}
PUT = {"measured_at": "会议", "put_with": "已整改"}
TURNS = ("enterprise", "administrative", "natural", "all")


def amounts(category: str, **closing: Any) -> list[dict[str, Any]]:
    """Every measure of a category; the same at both ends but for ``closing``."""
    return [
        {"measure": name, "opening": WORTH.get(name, "10"), "closing": str(closing.get(name, WORTH.get(name, "10")))}
        for name in MEASURES[category]
    ]


def topics(since: int, *wanted: str) -> dict[str, Any]:
    every = [{"year": since + place, "topic": topic} for place, topic in enumerate(wanted)]
    return {"since": since, "until": since + len(wanted) - 1, "topics": every}


class Assets:
    """A plan with one year, led along by those who may; ``names`` are the organs by relation."""

    def __init__(self, world: World, first: int = 2018, turns: tuple[str, ...] = TURNS, prefix: str = "") -> None:
        self.world, self.prefix = world, prefix
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.auditor = world.actor("auditor")
        self.plan = world.act(self.clerk, "draft", topics(first, *turns), practice=CODE).matter_id
        self.first, self.year, self.problem = first, 0, 0

    def unit(self, relation: str) -> Any:
        return self.world.actor("department", organ=self.world.organ(f"单位-{relation}"))

    def organ(self, relation: str) -> int:
        return self.world.organ(f"单位-{relation}").id

    def begun(self, year: int = 0) -> "Assets":
        if self.world.matter(self.plan).state == "drafted":
            self.world.act(self.chair, "approve", matter=self.plan)
        entries = {"year": year or self.first, "reporter": self.organ("reporter"), "special": self.organ("special")}
        self.year = self.world.act(self.clerk, "begin", entries, parent=self.plan).matter_id
        return self

    def account(self, category: str, given: Any = None, because: str = "") -> int:
        entries: dict[str, Any] = {"category": category, "keeper": self.organ("keeper")}
        entries |= {"amounts": given or amounts(category), **({"because": because} if because else {})}
        return self.world.act(self.unit("keeper"), "enter", entries, parent=self.year).matter_id

    def complete(self) -> "Assets":
        for category in MEASURES:
            self.world.act(self.clerk, "check_account", matter=self.account(category))
        return self

    def found(self, source: str = "audit", **more: Any) -> "Assets":
        entries = {"title": "闲置房产", "source": source, "category": "enterprise", "detail": "两年未用", **more}
        entries.setdefault("organ", self.organ("assignee"))
        self.problem = self.world.act(self.auditor, "find", entries, parent=self.year).matter_id
        return self

    def reported(self) -> "Assets":
        self.world.act(self.unit("reporter"), "report", {"report": "全口径"}, matter=self.year)
        return self

    def submitted(self) -> "Assets":
        self.reported()
        self.world.act(self.unit("special"), "report_special", {"special_report": "企业"}, matter=self.year)
        return self

    def reviewed(self) -> "Assets":
        self.submitted().world.act(self.clerk, "review", {"sitting": "会议", "opinion": "盘活"}, matter=self.year)
        return self

    def rectified(self, verdict: str = "") -> "Assets":
        said = {"rectified_with": "已租", "recovered": "5", "rules": 1}
        self.world.act(self.unit("assignee"), "rectify", said, matter=self.problem)
        if verdict:
            self.world.act(self.auditor, "check", {"verdict": verdict, "checked_with": "看过"}, matter=self.problem)
        return self

    def lasting(self) -> "Assets":
        self.world.act(self.chair, "let_last", {"lasting_for": "需办证"}, matter=self.problem)
        return self

    def measuring(self) -> "Assets":
        """A year with a problem that was put right, put to the vote."""
        self.begun().complete().found().reviewed().rectified("done")
        self.world.act(self.clerk, "measure", PUT, matter=self.year)
        return self

    def measured(self, outcome: str = "满意") -> "Assets":
        """As the close of a ballot tells it; one that does not pass leaves the year to be put right again."""
        counted = {"ballot": 1, "outcome": outcome, "figures": {}}
        self.world.act(self.world.actor("system"), "be_measured", counted, matter=self.year)
        return self

    def closed(self) -> "Assets":
        self.world.act(self.clerk, "close", matter=self.year)
        return self


def refusal(deed: Callable[[], Any]) -> str:
    with pytest.raises(RendaError) as caught:
        deed()
    return caught.value.message


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(fresh_sqlite(tmp_path), DISTRICTS, "putuo", day=date(2019, 7, 1))
    yield made
    made.close()


@pytest.fixture
def assets(world: World) -> Assets:
    return Assets(world)
