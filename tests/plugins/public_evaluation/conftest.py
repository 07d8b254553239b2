"""One evaluation with two kinds, led along by those who may."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from renda.services.questionnaires import counting, finding
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
CODE = "public_evaluation"
GOOD = {"很满意": 60, "满意": 40}
POOR = {"满意": 40, "很不满意": 60}


class Life:
    """``around`` is the year, ``items`` the kinds in it; each method goes on from the one before."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.party = world.organ("单位-assignee")
        self.organ = world.actor("department", organ=self.party)
        self.around: int = world.act(self.clerk, "begin", {"year": world.day.year}, practice=CODE).matter_id
        self.items = [self.enlist("为老服务")]

    def enlist(self, category: str) -> int:
        said = {"category": category, "organ": self.party.id}
        number: int = self.world.act(self.clerk, "enlist", said, parent=self.around).matter_id
        return number

    def does(self, action: str, number: int = 0, actor: Any = None, **entries: Any) -> int:
        self.world.act(actor or self.clerk, action, entries, matter=number or self.around)
        return number or self.around

    def asking(self) -> int:
        return self.does("ask")

    def counted(self, answered: int = 100, **counts: Mapping[str, int]) -> int:
        """Counts entered: by default the whole is good and the kind as ``counts`` says."""
        self.asking()
        with self.world.writing() as desk:
            number = finding.listed(desk, self.clerk)[0].id
            counting.enter_counts(desk, self.clerk, number, answered, counts or {"whole": GOOD, "为老服务": GOOD})
        return self.around

    def low(self) -> int:
        self.counted(whole=GOOD, 为老服务=POOR)
        return self.items[0]

    def unscored(self) -> int:
        self.counted(whole=GOOD)
        return self.items[0]

    def good(self) -> int:
        self.counted()
        return self.items[0]

    def short(self) -> int:
        return self.counted(49, whole={"很满意": 49})

    def published(self) -> int:
        self.counted()
        return self.does("publish")

    def improved(self) -> int:
        return self.does("improve", self.low(), self.organ, measures="改")

    def removed(self) -> int:
        return self.does("remove", self.items[0], reason="不评")

    def dropped(self) -> int:
        return self.does("drop", 0, self.chair, reason="停")


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    """An evaluation of 2020 in 奉贤, begun."""
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "fengxian", day=date(2020, 6, 1))
    yield Life(world)
    world.close()
