"""A year's review: the group, reading apart, reading together, looking further, the report, its use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Practice, Turn, action

from . import forms, papers, rates, refusals, reports

STATES = MappingProxyType(
    {
        "forming": "成立专班",
        "reading": "分散审阅",
        "joint": "集中评阅",
        "extended": "延伸评阅",
        "drafting": "拟定报告",
        "using": "结果运用",
        "closed": "已结束",
    }
)
FED_BACK = ("rectifying", *reports.ENDS)


class Reviews(Practice):
    """The actions on a review."""

    abstract = True

    @action("成立专班", by="clerk", when=None, then="forming", data=forms.Plan, kind="review")
    def begin(self, matter: Matter, plan: Mapping[str, Any], turn: Turn) -> Change:
        refusals.second_review(self.code, plan["year"], turn.records)
        last = refusals.due_day(plan["year"], plan, self.params.due)
        posts = [turn.records.post(number, turn.day) for number in plan["officials"]]
        organs = list(dict.fromkeys(post[1].name for post in posts if post is not None))
        names = [turn.records.party("official", number).name for number in plan["officials"]]
        return Change(
            {"due": last, "digits": self.params.digits},
            opens=[Opening("report", {"official": number}) for number in plan["officials"]],
            papers=[papers.plan(plan["year"], last, names, organs)],
        )

    @action("申明回避", by=("clerk", "group-member"), when="forming", data=forms.Conflict, kind="review", aside=True)
    def declare_conflict(self, matter: Matter, conflict: Mapping[str, Any]) -> Change:
        return Change({"conflicts": [*matter.payload.get("conflicts", ()), dict(conflict)]})

    @action(
        "开始分散审阅",
        by="clerk",
        when="forming",
        then="reading",
        kind="review",
        children={"report": ("submitted", "missing", "ended")},
    )
    def distribute(self, matter: Matter) -> None:
        refusals.readers(matter.children("report"), self.params.readers_least)

    @action("开始集中评阅", by="clerk", when="reading", then="joint", kind="review")
    def meet(self, matter: Matter) -> None:
        refusals.unread(matter.children("report"))

    @action("开始延伸评阅", by="clerk", when="joint", then="extended", kind="review", children={"report": FED_BACK})
    def extend(self, matter: Matter) -> None: ...

    @action(
        "拟定评阅报告", by="clerk", when="extended", then="drafting", kind="review", children={"report": reports.ENDS}
    )
    def draft_report(self, matter: Matter) -> None:
        refusals.checks(matter.children("report"), self.params.extended_least)

    @action("审定评阅报告", by="chair", when="drafting", then="using", kind="review")
    def approve(self, matter: Matter) -> Change:
        told = papers.findings(matter, rates.four(matter), self.params.report_to, self.params.copies_to)
        return Change(papers=told)

    @action("结束评阅", by="clerk", when="using", then="closed", kind="review")
    def close(self, matter: Matter) -> None: ...
