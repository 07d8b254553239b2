"""A year of points with two deputies, and a practice beside it that gives facts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from renda import Fact, Practice, Schema, action, fields, hookimpl
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.duty_points import DutyPoints

FILE = """
plugin = "duty_points"
[[version]]
effective = 2019-01-01
source = "测试"
[version.params]
periods = 4
average_over = "roll"
low = 10
review = { n = 5, unit = "working_day" }
objection = { n = 3, unit = "working_day" }
answer = { n = 5, unit = "working_day" }
uses = ["评优", "约谈"]
report_to = ["主任会议"]
items = [
  { code = "1", label = "议事会", sort = "assigned", unit = "次", points = 5, fact = "deliberation.attended", basis = "x" },
  { code = "2", label = "请假", sort = "statutory", unit = "半天", points = -1, cap = -3, recorded_by = ["clerk"], basis = "x" },
  { code = "3", label = "公益", sort = "voluntary", unit = "次", points = 2.5, cap = 5, evidence = true, basis = "x" },
]
"""

GIVER = 'plugin = "giver"\n[[version]]\neffective = 2019-01-01\nsource = "测试"\n'


class Told(Schema):
    deputy = fields.Deputy(required=True, label="代表", relation="subject")


class Giver(Practice):
    """Says that a deputy attended."""

    plugin = "giver"
    title = "事实"
    states: ClassVar[Mapping[str, str]] = {"told": "已告知"}
    ends = ("told",)

    @action("告知", by="clerk", when=None, then="told", data=Told)
    def tell(self, matter: Any) -> None: ...

    @hookimpl
    def facts(self, subject: Any, since: Any, until: Any, records: Any) -> Any:
        return [
            Fact("deliberation.attended", each.party("subject"), each.opened_on, "参加议事会", matter=each.id)
            for each in records.matters(self.code, since=since, until=until)
        ]


class Points:
    """The district in 2020, with verbs for what the tests do again and again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.first, self.second = world.deputy("代表甲"), world.deputy("代表乙")
        world.go_to(date(2020, 1, 6))
        named = {"year": 2020, "deputies": [self.first.id, self.second.id]}
        self.year = world.act(self.clerk, "开始年度积分", named, practice="points").matter_id
        self.own, self.other = (each.id for each in world.matter(self.year).children("register"))
        self.deputy = world.actor("deputy", person=self.first)

    def act(self, actor: Any, action: str, matter: int, **entries: Any) -> int:
        return self.world.act(actor, action, entries, matter=matter).matter_id

    def go(self, month: int, day: int, year: int = 2020) -> None:
        self.world.go_to(date(year, month, day))

    def enter(self, item: str, day: str, quantity: int = 1, matter: int = 0, **more: Any) -> None:
        activity = {"item": item, "day": day, "quantity": quantity, **more}
        self.act(self.clerk, "登记组织的活动", matter or self.own, activities=[activity])

    def record(self, item: str, day: str, **more: Any) -> None:
        self.act(self.deputy, "登记履职活动", self.own, item=item, day=day, **more)

    def lines(self, matter: int = 0) -> Any:
        return self.world.matter(matter or self.own).payload["lines"]

    def publish(self, period: int) -> None:
        self.act(self.clerk, "公布积分", self.year, period=period)

    def close(self) -> None:
        """Publish what is left, let the days of objection pass, and close."""
        self.go(1, 4, 2021)
        for period in range(len(self.world.matter(self.year).payload.get("published", ())) + 1, 5):
            self.publish(period)
        self.go(1, 20, 2021)
        self.act(self.clerk, "积分定案", self.year)


@pytest.fixture
def points(tmp_path: Path) -> Any:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\n', encoding="utf-8")
    (folder / "points.toml").write_text(FILE, encoding="utf-8")
    (folder / "giver.toml").write_text(GIVER, encoding="utf-8")
    classes = {"duty_points": DutyPoints, "giver": Giver}
    DutyPoints.plugin = "duty_points"
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", find_practice=lambda plugin, file: classes[plugin])
    yield Points(world)
    world.close()
