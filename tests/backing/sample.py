"""A small practice with every kind of field, another that fails wherever it is asked, and folders for two districts."""

from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from backing.sample_forms import Answer, Grade, Handover, Proposal, Sharing
from renda import (
    Change,
    Deadline,
    Entry,
    Explained,
    Kind,
    Link,
    Matter,
    Opening,
    Paper,
    Practice,
    Schema,
    Section,
    Sheet,
    action,
    counted,
    due,
    fields,
    hookimpl,
    leaf,
    looked_up,
    times,
    total,
)


class Sample(Practice):
    """Suggestions as short as they can be, and shares of them inside."""

    plugin = "sample"
    title = "代表建议"
    about = "代表提出建议,部门答复,代表评价。"
    relations = MappingProxyType({"helper": "会办单位"})
    kinds = (
        Kind(
            "suggestion",
            "建议",
            {"filed": "已提出", "assigned": "已交办", "answered": "已答复", "closed": "办结", "withdrawn": "已撤回"},
            frozenset({"closed", "withdrawn"}),
        ),
        Kind("share", "会办", {"open": "会办中", "done": "会办完成"}, frozenset({"done"}), within="suggestion"),
    )

    class Params(Schema):
        """The district's numbers."""

        weight = fields.Decimal(required=True, label="评价权重")
        grades = fields.Dict(keys=fields.Str(), values=fields.Decimal(), required=True, label="等次分值")
        answer_within = fields.Span(required=True, label="答复期限")

    @action("提出建议", by="proposer", when=None, then="filed", data=Proposal, source="办法第三条")
    def propose(self, matter: Matter) -> None: ...

    @action("交办", by="clerk", when="filed", then="assigned", data=Handover)
    def assign(self, matter: Matter, handover: Any) -> Change:
        name = matter.records.party("organ", handover["organ"]).name if matter.records else ""
        paper = Paper("交办单", f"关于交办“{matter.title}”的通知", ["请按期答复。"], [name])
        return Change(papers=[paper], opens=[Opening("share", {"helper": handover["organ"], "title": "现场查看"})])

    @action("答复", by="assignee", when="assigned", then="answered", data=Answer, children={"share": "done"})
    def answer(self, matter: Matter, answer: Any) -> None: ...

    @action("评价", by="proposer", when="answered", then="closed", data=Grade)
    def rate(self, matter: Matter, grade: Any) -> None: ...

    @action("撤回", by=("proposer", "clerk"), when="*", then="withdrawn", aside=True)
    def withdraw(self, matter: Matter) -> None: ...

    @action("请求会办", by="clerk", when=None, then="open", data=Sharing, kind="share", around="assigned")
    def share(self, matter: Matter) -> None: ...

    @action("会办完成", by="helper", when="open", then="done", kind="share")
    def finish(self, matter: Matter) -> None: ...

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind != "suggestion" or matter.state != "closed":
            return None
        graded = times(looked_up("评价", matter.payload["grade"], self.params.grades), self.params.weight)
        return total("得分", graded, leaf("加分", 5))

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> list[Deadline]:
        if matter.state != "assigned":
            return []
        return [Deadline("答复", due(matter.done["assign"], self.params.answer_within, calendar))]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Any) -> bool | None:
        around = matter.parent or matter
        if not around.payload.get("secret"):
            return None if matter.state != "closed" else True
        return "clerk" in viewer.roles or bool(around.relations_of(viewer))

    @hookimpl
    def dossier(self, subject: Any, records: Any) -> list[Section]:
        matters = records.matters(self.code, "suggestion", party=subject)
        entries = [Entry(each.opened_on, each.title, each.id) for each in matters]
        return [Section("参与的建议", entries, [counted("件数", [each.text for each in entries])])] if entries else []

    @hookimpl
    def menu(self) -> list[Link]:
        return [Link("建议统计", f"/sheets/{self.code}/year")]

    @hookimpl
    def sheets(self, since: date, until: date, records: Any) -> list[Sheet]:
        matters = records.matters(self.code, "suggestion", since=since, until=until)
        open_ones = [each for each in matters if not each.payload.get("secret")]
        rows = [[each.title, leaf("件数", 1), each.opened_on] for each in open_ones]
        figures = [counted("建议件数", [each.title for each in open_ones])]
        return [
            Sheet(
                "year",
                "年度建议统计",
                ["标题", "件数", "提出日期"],
                rows,
                figures,
                chart=(0, 1),
                public=True,
                public_reason="a sample",
            ),
            Sheet("inner", "内部进度", ["标题"], [[each.title] for each in open_ones]),
        ]


class Faulty(Practice):
    """It answers every question with an error of its own."""

    plugin = "faulty"
    title = "出错的制度"
    states = MappingProxyType({"open": "办理中", "shut": "办结"})
    ends = ("shut",)

    class Payload(Schema):
        """What it holds."""

        title = fields.Str(label="标题")

    @action("登记", by="clerk", when=None, then="open", data=Payload)
    def note(self, matter: Matter) -> None: ...

    @action("结束", by="clerk", when="open", then="shut")
    def shut(self, matter: Matter) -> None: ...

    @action("弄坏", by="clerk", when="open", aside=True)
    def spoil(self, matter: Matter) -> None:
        raise ZeroDivisionError

    @hookimpl
    def dossier(self, subject: Any) -> list[Section]:
        raise ZeroDivisionError

    @hookimpl
    def sheets(self, since: date) -> list[Sheet]:
        raise ZeroDivisionError


DISTRICT = """name = "{name}"
full_name = "{name}人大常委会"
term = "第一届"
about = "测试用的区县,全部虚构。"
"""
SAMPLE = """plugin = "sample"
[[version]]
effective = 2018-01-01
source = "建议办理办法(试行)"
checked = 2020-01-02
[version.params]
weight = 0.5
grades = { A = 100, B = 80 }
answer_within = { n = 3, unit = "month" }

[[version]]
effective = 2020-01-01
source = "建议办理办法"
unconfirmed = ["answer_within"]
[version.params]
weight = 0.6
grades = { A = 100, B = 80 }
answer_within = { n = 20, unit = "working_day" }
"""
FAULTY = """plugin = "faulty"
[[version]]
effective = 2018-01-01
source = "无"
"""
PRACTICES: dict[str, type[Practice]] = {"sample": Sample, "faulty": Faulty}


def find_practice(plugin: str, file: str) -> type[Practice]:
    """What ``Rulebooks`` asks for a plugin."""
    return PRACTICES[plugin]


def write_districts(root: Path) -> Path:
    """Folders of three districts: two that work, and one whose file is no TOML."""
    for slug, name in (("jia", "甲区"), ("yi", "乙区")):
        folder = root / slug
        folder.mkdir(parents=True)
        (folder / "district.toml").write_text(DISTRICT.format(name=name), "utf-8")
        (folder / "suggestions.toml").write_text(SAMPLE, "utf-8")
        (folder / "zz_faulty.toml").write_text(FAULTY, "utf-8")
    (root / "bing").mkdir()
    (root / "bing" / "district.toml").write_text("name = 丙区", "utf-8")
    return root
