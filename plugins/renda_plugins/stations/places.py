"""Places, their years and what happens in them: the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action

from . import forms, ledgers, papers, refusals

PLACE = MappingProxyType({"open": "启用", "closed": "已撤并"})
YEAR = MappingProxyType({"running": "运行中", "submitted": "待考核", "checked": "已考核"})
OPINION = MappingProxyType({
    "received": "待转办", "routed": "待处理结果", "answered": "待反馈", "closed": "已反馈",
    "suggested": "已转为建议", "listed": "已列为议题",
})  # fmt: skip


class Places(Practice):
    """The actions on places and their ledgers."""

    abstract = True

    @action("设立阵地", by="clerk", when=None, then="open", data=forms.Place, kind="place")
    def establish(self, matter: Matter, place: Mapping[str, Any], turn: Turn) -> None:
        refusals.same_name(self.code, matter, place["title"], turn)
        sort = next(each for each in self.params.sorts if each["code"] == place["sort"])
        refusals.too_small(place, sort)

    @action("调整驻站代表", by="clerk", when="open", data=forms.Attached, kind="place", aside=True)
    def attach(self, matter: Matter) -> None: ...

    @action("撤并", by="clerk", when="open", then="closed", data=forms.Closing, kind="place", aside=True)
    def close(self, matter: Matter) -> None: ...

    @action(
        "建立年度台账", by=("clerk", "keeper"), when=None, then="running", data=forms.Year, kind="year", around="open"
    )
    def begin(self, matter: Matter, year: Mapping[str, Any]) -> Change:
        refusals.no_ledgers(matter, self.params.sorts)
        refusals.second_year(matter, year["year"])
        assert matter.parent is not None
        return Change({"keeper": matter.parent.payload["keeper"]})

    @action("制定年度计划", by=("clerk", "keeper"), when="running", data=forms.Plan, kind="year", aside=True)
    def make_plan(self, matter: Matter) -> None: ...

    @action("安排月度活动", by=("clerk", "keeper"), when="running", data=forms.Months, kind="year", aside=True)
    def arrange(self, matter: Matter, given: Mapping[str, Any]) -> Change:
        known = {each["month"]: dict(each) for each in matter.payload.get("arranged", ())}
        known |= {each["month"]: dict(each) for each in given["months"]}
        return Change({"arranged": [known[month] for month in sorted(known)], "months": None})

    @action("登记履职报告", by=("clerk", "keeper"), when="running", data=forms.Report, kind="year", aside=True)
    def report(self, matter: Matter, report: Mapping[str, Any], turn: Turn) -> Change:
        refusals.in_year(matter, report["reported_on"], turn)
        line = {"deputy": report["deputy"], "on": report["reported_on"], "heard": report["heard"]}
        if "report_note" in report:
            line["said"] = report["report_note"]
        kept = [*map(dict, matter.payload.get("reports", ())), line]
        return Change({**dict.fromkeys(report), "reports": kept})

    @action("报送自查", by=("keeper", "clerk"), when="running", then="submitted", data=forms.SelfCheck, kind="year")
    def submit(self, matter: Matter, turn: Turn) -> None:
        refusals.year_not_over(matter, turn)

    @action("年度考核", by="clerk", when="submitted", then="checked", data=forms.Check, kind="year")
    def check(self, matter: Matter, check: Mapping[str, Any]) -> Change:
        refusals.marks(check["marks"], self.params.aspects)
        missing = ledgers.kept(matter, self.params)
        gaps, kept = ledgers.gaps(missing), sum(not each for each in missing.values())
        found = {"gaps": gaps, "kept": kept}
        checked = replace(matter, state="checked", payload={**matter.payload, **check, **found})
        points = ledgers.score(checked, self.params.aspects)
        assert points is not None
        level = ledgers.level_of(points, self.params.levels)
        return Change({**found, "level": level}, papers=[papers.checked(matter, points, level, gaps)])

    @action(
        "记录活动",
        by=("clerk", "keeper"),
        when=None,
        then="recorded",
        data=forms.Activity,
        kind="activity",
        around="running",
    )
    def record(self, matter: Matter, activity: Mapping[str, Any], turn: Turn) -> None:
        assert matter.parent is not None
        refusals.in_year(matter.parent, activity["day"], turn)
        refusals.recorded_before(matter, activity)

    @action(
        "登记意见",
        by=("clerk", "keeper", "receiver"),
        when=None,
        then="received",
        data=forms.Opinion,
        kind="opinion",
        around="running",
    )
    def receive(self, matter: Matter, opinion: Mapping[str, Any]) -> None:
        refusals.private(opinion)

    @action("转办意见", by=("clerk", "keeper"), when="received", then="routed", data=forms.Routing, kind="opinion")
    def route(self, matter: Matter, routing: Mapping[str, Any], turn: Turn) -> Change | None:
        if "owner" not in routing:
            return None
        organ = turn.records.party("organ", routing["owner"]).name
        return Change(papers=[papers.routed(matter, organ)])

    @action(
        "登记处理结果",
        by=("assignee", "clerk", "keeper"),
        when="routed",
        then="answered",
        data=forms.Reply,
        kind="opinion",
    )
    def answer(self, matter: Matter) -> None: ...

    @action(
        "反馈意见人",
        by=("clerk", "keeper", "receiver"),
        when="answered",
        then="closed",
        data=forms.Feedback,
        kind="opinion",
    )
    def feed_back(self, matter: Matter) -> None: ...

    @action(
        "转为代表建议",
        by="receiver",
        when=("received", "answered"),
        then="suggested",
        data=forms.Suggestion,
        kind="opinion",
        aside=True,
    )
    def become_suggestion(self, matter: Matter) -> None: ...

    @action("列为议题", by="system", when=("received", "answered"), then="listed", data=forms.Listed, kind="opinion")
    def be_listed(self, matter: Matter) -> None:
        """What follows where a deliberation takes it up as a topic."""
