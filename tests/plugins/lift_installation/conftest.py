"""宝山's lifts, and one entrance led from the window to the end of its lift."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backing.demo import DISTRICTS
from renda import RendaError
from renda.testing.factories import World, fresh_sqlite

CODE = "lift_installation"
FUNDS = [{"source": "业主出资", "amount": "53"}, {"source": "政府补贴", "amount": "28"}]
WORKS = {"builder": "某公司", "supervisor": "某监理", "cost": "72", "pipelines": "9", "funds": FUNDS}
STAGES = ("管线移位", "基础", "主体结构", "电梯安装", "调试")
APPROVALS = ("planning", "housing", "fire", "market")


def flats(*areas: str, owners: Sequence[str] = ()) -> list[dict[str, str]]:
    """Flats of these areas, each with an owner of its own where none is named."""
    names = owners or [f"业主{place}" for place in range(1, len(areas) + 1)]
    return [
        {"room": f"{place}01", "owner": owner, "area": area}
        for place, (area, owner) in enumerate(zip(areas, names, strict=True), 1)
    ]


class Entrance:
    """An entrance that has applied at its street's window; twelve flats of 60 m² unless others are given."""

    def __init__(self, world: World, households: Any = None, **more: Any) -> None:
        self.world = world
        street = world.organ("单位-street", sort="street")
        self.window = world.actor("department", organ=street)
        given: dict[str, Any] = {"street": street.id, "estate": "小区", "entrance": "1号", "floors": 6, **more}
        given["households"] = households or flats(*["60"] * 12)
        self.number = world.act(self.window, "apply", given, practice=CODE).matter_id

    def done(self, action: str, **entries: Any) -> "Entrance":
        self.world.act(self.window, action, entries, matter=self.number)
        return self

    @property
    def state(self) -> str:
        return self.world.matter(self.number).state

    def says(self, **opinions: Sequence[int]) -> "Entrance":
        """Owners by their numbers: ``agree=range(1, 10)``."""
        said = [{"owner": f"业主{each}", "opinion": opinion} for opinion, some in opinions.items() for each in some]
        return self.done("record", said=said)

    def put_up(self) -> "Entrance":
        return self.done("put_up", plan="北侧", designer="某院")

    def noticed(self) -> "Entrance":
        return self.says(agree=range(1, 11)).put_up()

    def reviewing(self) -> "Entrance":
        self.noticed()
        self.world.pass_days(14)
        return self.done("submit")

    def approved(self) -> "Entrance":
        self.reviewing()
        for approval in APPROVALS:
            self.done("approve", approval=approval, decision="granted", number="文1")
        return self

    def building(self) -> "Entrance":
        self.approved()
        return self.done("begin_works", **WORKS, finish_on=self.world.day.isoformat())

    def accepted(self) -> "Entrance":
        self.building()
        for stage in STAGES:
            self.done("record_stage", stage=stage, checked="合格")
        return self.done("accept", certificate="检1", accepted_with="通过")

    def in_use(self) -> "Entrance":
        return self.accepted().done("register", registration="梯1", manager="业委会", keeper="维保公司")

    def stopped(self) -> "Entrance":
        return self.in_use().done("fail", inspected_with="限速器不合格")


def refusal(deed: Callable[[], Any]) -> str:
    with pytest.raises(RendaError) as caught:
        deed()
    return caught.value.message


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(fresh_sqlite(tmp_path), DISTRICTS, "baoshan", day=date(2026, 3, 2))
    yield made
    made.close()
