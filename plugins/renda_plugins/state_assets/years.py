"""The plan of a term and its years: accounts of all categories, one general and one special report, the opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, RendaError, Turn, action, declare

from . import forms, measuring, papers
from .params import ALL

declare(
    {
        "state_assets.topic": "没有“{topic}”这个主题。可选:{allowed}。",
        "state_assets.repeated": "“{topic}”在 {first} 年和 {second} 年重复,而“{missing}”还没有轮到。请依次轮流。",
        "state_assets.not_planned": "规划自 {since} 年至 {until} 年,不含 {year} 年。",
        "state_assets.incomplete": "还没有核对的资产账:{missing}。综合报告要覆盖全部类别。",
        "state_assets.too_early": "{year} 年度还没有结束,不能报告。",
    }
)
declare(
    {
        "state_assets.second_year": "{year} 年度已经开始(事项 {number})。请在那里继续。",
        "state_assets.begun": "{year} 年度的报告已经开始(事项 {number}),主题不能再调整。",
    },
    status=409,
)

PLAN = MappingProxyType({"drafted": "待审定", "approved": "已审定"})
STATES = MappingProxyType(
    {
        "gathering": "汇总资产账",
        "general": "待专项报告",
        "submitted": "待审议",
        "rectifying": "整改",
        "measuring": "整改测评中",
        "measured": "整改测评通过",
        "closed": "已办结",
    }
)


class Years(measuring.Measuring):
    """The actions on a plan and on a year."""

    abstract = True

    @action("拟定规划", by="clerk", when=None, then="drafted", data=forms.Plan, kind="plan")
    def draft(self, matter: Matter, plan: Mapping[str, Any]) -> None:
        in_turn(self.params.categories, plan["topics"])

    @action("审定规划", by="chair", when="drafted", then="approved", kind="plan")
    def approve(self, matter: Matter) -> Change:
        return Change(papers=[papers.plan(matter, self.params.categories)])

    @action("调整主题", by="chair", when="approved", data=forms.Adjustment, kind="plan", aside=True)
    def adjust(self, matter: Matter, wanted: Mapping[str, Any]) -> Change:
        year, topics = wanted["year"], matter.payload["topics"]
        _topic_of(matter, year)
        begun = next((each for each in matter.children("year") if each.payload["year"] == year), None)
        if begun is not None:
            raise RendaError("state_assets.begun", year=year, number=begun.id)
        _known(self.params.categories, wanted["topic"])
        after = [{**each, "topic": wanted["topic"]} if each["year"] == year else each for each in topics]
        return Change({"topics": after})

    @action("启动年度报告", by="clerk", when=None, then="gathering", data=forms.Year, kind="year", around="approved")
    def begin(self, matter: Matter, year: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None, "a year lies in a plan"
        topic = _topic_of(matter.parent, year["year"])
        if turn.day <= date(year["year"], 12, 31):
            raise RendaError("state_assets.too_early", year=year["year"])
        every = [each for each in turn.records.matters(self.code, "year") if each.id != matter.id]
        second = next((each for each in every if each.payload["year"] == year["year"]), None)
        if second is not None:
            raise RendaError("state_assets.second_year", year=year["year"], number=second.id)
        before = [each for each in every if each.payload["year"] == year["year"] - 1]
        lasting = [each for other in before for each in other.children("problem") if each.state == "lasting"]
        kept = ("title", "source", "category", "organ", "detail", "amount")
        opens = [
            Opening("problem", {**{name: each.payload[name] for name in kept if each.payload.get(name) is not None},
                                "carried_from": each.id})
            for each in lasting
        ]  # fmt: skip
        return Change({"topic": topic}, opens=opens)

    @action(
        "提交综合报告",
        by="reporter",
        when="gathering",
        then=("general", "submitted"),
        data=forms.Report,
        kind="year",
        children={"account": "checked"},
        source="地方组织法第五十条第一款第八项、监督法第二十四条",
    )
    def report(self, matter: Matter, report: Mapping[str, Any]) -> Change:
        found = {each.payload["category"] for each in matter.children("account")}
        missing = [each["label"] for each in self.params.categories if each["code"] not in found]
        if missing:
            raise RendaError("state_assets.incomplete", missing="、".join(missing))
        whole = matter.payload["topic"] == ALL
        paper = papers.general(matter, self.params.categories, report["report"])
        return Change(then="submitted" if whole else "general", papers=[paper])

    def last_day(self, year: Matter) -> date:
        """The last day on which a year may be reported."""
        return date(year.payload["year"] + 1, self.params.report_by["month"], self.params.report_by["day"])

    @action("提交专项报告", by="special", when="general", then="submitted", data=forms.Special, kind="year")
    def report_special(self, matter: Matter, special: Mapping[str, Any]) -> Change:
        label = topic_label(self.params.categories, matter.payload["topic"])
        return Change(papers=[papers.special(matter, label, special["special_report"])])

    @action("登记审议", by="clerk", when="submitted", then="rectifying", data=forms.Review, kind="year")
    def review(self, matter: Matter, review: Mapping[str, Any]) -> Change:
        return Change(papers=[papers.opinion(matter, review, self.params.report_to)])

    @action(
        "办结并公布",
        by="clerk",
        when=("rectifying", "measured"),
        then="closed",
        kind="year",
        children={"problem": measuring.SETTLED},
    )
    def close(self, matter: Matter) -> Change:
        self.require_measured(matter)
        return Change(papers=[papers.outcome(matter, self.params.report_to, public=self.params.published)])


def in_turn(categories: Sequence[Mapping[str, Any]], topics: Sequence[Mapping[str, Any]]) -> None:
    """No category stands twice before every other stood once; ``all`` takes no turn."""
    labels = {each["code"]: each["label"] for each in categories}
    seen: dict[str, int] = {}
    for each in sorted(topics, key=lambda one: one["year"]):
        _known(categories, each["topic"])
        if each["topic"] == ALL:
            continue
        if each["topic"] in seen:
            missing = next(label for code, label in labels.items() if code not in seen)
            said = {"topic": labels[each["topic"]], "first": seen[each["topic"]], "second": each["year"]}
            raise RendaError("state_assets.repeated", missing=missing, **said)
        seen[each["topic"]] = each["year"]
        if len(seen) == len(labels):
            seen = {}


def topic_label(categories: Sequence[Mapping[str, Any]], topic: str) -> str:
    """What people call a topic."""
    return next((each["label"] for each in categories if each["code"] == topic), "综合报告(口头)")


def _known(categories: Sequence[Mapping[str, Any]], topic: str) -> None:
    allowed = [*(each["code"] for each in categories), ALL]
    if topic not in allowed:
        raise RendaError("state_assets.topic", topic=topic, allowed="、".join(allowed))


def _topic_of(plan: Matter, year: int) -> str:
    for each in plan.payload["topics"]:
        if each["year"] == year:
            return str(each["topic"])
    raise RendaError("state_assets.not_planned", since=plan.payload["since"], until=plan.payload["until"], year=year)
