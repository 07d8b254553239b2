"""A year's plan of topics, and the register of reports heard in years before."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action

from . import forms, papers, refusals, topics

STATES = MappingProxyType({"collecting": "征集议题", "scoring": "评分", "decided": "已审定", "closed": "已总结"})
PAST = MappingProxyType({"recorded": "已登记"})


class Plans(Practice):
    """The actions on a plan, and on the register."""

    abstract = True

    @action("开始年度选题", by="clerk", when=None, then="collecting", data=forms.Year, kind="plan")
    def begin(self, matter: Matter, year: Mapping[str, Any], turn: Turn) -> Change:
        refusals.second_plan(self.code, year["year"], turn.records)
        return Change(
            {
                "weights": dict(self.params.weights),
                "full": sum(each["most"] for each in self.params.criteria),
                "activities_least": self.params.activities_least,
                "bands": {band["grade"]: band["lower"] for band in self.params.bands},
            }
        )

    @action("开始评分", by="clerk", when="collecting", then="scoring", kind="plan")
    def open_scoring(self, matter: Matter) -> None:
        refusals.no_topics(matter)

    @action(
        "审定年度计划",
        by="chair",
        when="scoring",
        then="decided",
        kind="plan",
        children={"topic": topics.DECIDED},
    )
    def decide(self, matter: Matter) -> Change:
        return Change(papers=[papers.plan(matter, self.params)])

    @action("年度总结", by="clerk", when="decided", then="closed", kind="plan", children={"topic": topics.ENDS})
    def sum_up(self, matter: Matter) -> Change:
        return Change(papers=[papers.year(matter, self.params)])

    @action("登记历年报告", by="clerk", when=None, then="recorded", data=forms.Past, kind="past")
    def record_past(self, matter: Matter, past: Mapping[str, Any], turn: Turn) -> None:
        refusals.second_entry(self.code, past["year"], self.params.law_since, turn)
