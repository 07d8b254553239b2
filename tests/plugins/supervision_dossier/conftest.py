"""丹江口's dossier beside a made-up practice whose matters name officials."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backing.alone import alone
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
CODE = "supervision_dossier"


class Life:
    """A world of 丹江口 with two heads, and verbs for what the tests do again and again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.head = world.official("局长甲", "市甲局")
        self.organ = world.actor("department", organ=world.organ("市甲局"))

    def opens(self, action: str, actor: Any = None, **entries: Any) -> int:
        number: int = self.world.act(actor or self.clerk, action, entries, practice=CODE).matter_id
        return number

    def does(self, action: str, number: int, actor: Any = None, **entries: Any) -> int:
        self.world.act(actor or self.clerk, action, entries, matter=number)
        return number

    def proposed(self, use: str = "interview", **entries: Any) -> int:
        said = {"official": self.head.id, "use": use, "grounds": "整改不力", **entries}
        return self.opens("propose", **said)

    def served(self, **entries: Any) -> int:
        return self.does("decide", self.proposed(**entries), self.chair)

    def answered(self) -> int:
        return self.does("respond", self.served(), self.organ, response="已改")

    def plan(self) -> int:
        return self.opens("begin", name="五年规划", since="2020-07-01")


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "danjiangkou", day=date(2020, 9, 1))
    yield Life(world)
    world.close()


@pytest.fixture(scope="module")
def danjiangkou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("danjiangkou")
    world = alone(folder, "danjiangkou", ("report_review", CODE))
    yield world
    world.close()
