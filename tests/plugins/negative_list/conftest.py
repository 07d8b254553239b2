"""A district that follows the negative list and a practice that gives facts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from renda import Fact, Practice, Schema, action, fields, hookimpl, leaf, ratio
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.negative_list import NegativeList

LIST = """
plugin = "negative_list"
[[version]]
effective = 2019-01-01
source = "测试"
[version.params]
step = 0.1
base = 0
floor = -0.5
organ_cap = 0.5
entered_by = ["clerk"]
explanation = { n = 5, unit = "working_day" }
appeal = { n = 5, unit = "working_day" }
review = { n = 10, unit = "working_day" }
report_to = ["区委"]
categories = [{ code = "1", label = "甲类" }]
items = [
  { code = "1", category = "1", label = "项目未完成", deduction = 0.2, cap = 0.2, basis = "x", trigger = { fact = "project.unfinished" } },
  { code = "2", category = "1", label = "满意率低", deduction = 0.1, cap = 0.3, basis = "x", trigger = { fact = "suggestion.satisfaction", below = 0.6 } },
  { code = "3", category = "1", label = "两次落后", deduction = 0.1, cap = 0.3, basis = "x", trigger = { fact = "budget.gap", at_least = 30, times = 2 } },
  { code = "4", category = "1", label = "绩效差", deduction = 0.1, cap = 0.3, basis = "x", trigger = { fact = "project.grade", is = "差" } },
  { code = "5", category = "1", label = "人工", deduction = 0.1, most = 0.2, cap = 0.2, evidence = false, basis = "x" },
]
export = [{ header = "单位", shows = "organ" }, { header = "扣分", shows = "amount" }]
"""

GIVER = """
plugin = "giver"
[[version]]
effective = 2019-01-01
source = "测试"
"""


class Told(Schema):
    code = fields.Str(required=True, label="代码")
    organ = fields.Organ(label="单位", relation="assignee")
    official = fields.Official(label="干部", relation="subject")
    number = fields.Decimal(label="数")
    part = fields.Int(label="分子")
    whole = fields.Int(label="分母")
    grade = fields.Str(label="等次")
    works = fields.Project(label="项目", relation="project")
    alone = fields.Bool(load_default=False, label="不关单件事项")


class Giver(Practice):
    """Tells whatever it was told, about an organ or an official."""

    plugin = "giver"
    title = "事实"
    states: ClassVar[Mapping[str, str]] = {"told": "已告知"}
    ends = ("told",)

    @action("告知", by="clerk", when=None, then="told", data=Told)
    def tell(self, matter: Any) -> None: ...

    @hookimpl
    def facts(self, subject: Any, since: Any, until: Any, records: Any) -> Any:
        found = []
        for matter in records.matters(self.code, since=since, until=until):
            held = matter.payload
            number = None
            if "number" in held:
                number = leaf("数", held["number"])
            elif "whole" in held:
                number = ratio("满意率", held["part"], held["whole"])
            elif "grade" in held:
                number = leaf("等次", held["grade"])
            about = matter.party("assignee") or matter.party("subject")
            of = None if held["alone"] else matter.id
            found.append(
                Fact(held["code"], about, matter.opened_on, f"{held['code']} 发生", number, of, matter.party("project"))
            )
        return found


class Followed:
    """The district, with its year 2020 begun and verbs for what the tests do again and again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk = world.actor("clerk")
        self.chair = world.actor("chair")
        world.go_to(date(2020, 1, 2))
        self.year = world.act(self.clerk, "开展年度评价", {"year": 2020}, practice="negative").matter_id

    def tell(self, day: date, code: Any, **entries: Any) -> None:
        self.world.go_to(day)
        self.world.act(self.clerk, "告知", {"code": code, **entries}, practice="giver")

    def draft(self, since: Any = None, until: Any = None) -> Any:
        given = {"facts_since": since, "facts_until": until}
        entries = {name: day.isoformat() for name, day in given.items() if day is not None}
        self.world.act(self.clerk, "按事实起草", entries, matter=self.year)
        return self.deductions()

    def deductions(self) -> Any:
        return self.world.matter(self.year).children("deduction")

    def enter(self, organ: Any, item: str = "5", day: date = date(2020, 5, 6), **entries: Any) -> int:
        said = {"organ": organ.id, "item": item, "occurred_on": day.isoformat(), "reason": "由人提出", **entries}
        return self.world.act(self.clerk, "提出扣分", said, parent=self.year, practice="negative").matter_id

    def carry_through(self, number: Any, organ: Any) -> None:
        """From the draft until it takes effect without an appeal."""
        department = self.world.actor("department", organ=organ)
        self.world.act(self.clerk, "核实并转单位说明", {"found": "属实"}, matter=number)
        self.world.act(department, "提交说明", {"explanation": "无"}, matter=number)
        self.world.act(self.chair, "确认扣分", matter=number)
        self.world.act(self.clerk, "告知扣分", matter=number)
        self.world.act(department, "无异议", matter=number)

    def score(self) -> Any:
        with self.world.reading() as desk:
            matter = self.world.matter(self.year)
            return desk.rulebook.practice_on("negative", self.world.day).hook.score(matter=matter)


@pytest.fixture
def followed(tmp_path: Path) -> Any:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\n', encoding="utf-8")
    (folder / "negative.toml").write_text(LIST, encoding="utf-8")
    (folder / "giver.toml").write_text(GIVER, encoding="utf-8")
    classes = {"negative_list": NegativeList, "giver": Giver}
    NegativeList.plugin = "negative_list"
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", find_practice=lambda plugin, file: classes[plugin])
    yield Followed(world)
    world.close()
