"""A district with a pace of its budget, and verbs for what the tests do again and again."""

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
ENDS = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}


class Budget:
    """江北's rules, a finance bureau and quarters told one after the other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.finance = world.organ("财政局")

    def begin(self, number: int, year: int = 2020) -> int:
        as_of = date.fromisoformat(f"{year}-{ENDS[number]}")
        self.world.go_to(max(as_of, self.world.day))
        entries = {"year": year, "quarter": number, "as_of": as_of.isoformat(), "finance": self.finance.id}
        return self.world.act(self.clerk, "begin", entries, practice="budget_pace").matter_id

    def table(self, quarter: int, *rows: str, heading: str = "项目编码,年初预算,预算调整,计划进度,累计支出") -> None:
        self.world.act(self.clerk, "take_table", {"table": "\n".join((heading, *rows))}, matter=quarter)

    def told(self, number: int, *rows: str, year: int = 2020) -> int:
        quarter = self.begin(number, year)
        self.table(quarter, *rows)
        self.world.act(self.clerk, "circulate", matter=quarter)
        return quarter

    def paces(self, quarter: int) -> Any:
        return self.world.matter(quarter).children("pace")


def alone(folder: Path, *others: str) -> Path:
    """A folder of districts with 江北 and this practice, alone or beside ``others``."""
    place = folder / "districts" / "jiangbei"
    place.mkdir(parents=True)
    for name in ("district.toml", "budget_pace.toml", *others):
        shutil.copy(DISTRICTS / "jiangbei" / name, place)
    return place.parent


@pytest.fixture
def budget(tmp_path: Path) -> Any:
    world = World(fresh_sqlite(tmp_path), alone(tmp_path), "jiangbei", day=date(2020, 1, 2))
    for name, organ in (("甲", "甲局"), ("乙", "甲局"), ("丙", "乙局")):
        world.project(name, organ, budget=Decimal(1_000_000))
    yield Budget(world)
    world.close()


@pytest.fixture
def refused() -> Callable[[Callable[[], Any]], str]:
    """The sentence something is refused with."""

    def sentence(deed: Callable[[], Any]) -> str:
        with pytest.raises(Exception) as caught:
            deed()
        return str(getattr(caught.value, "message", caught.value))

    return sentence
