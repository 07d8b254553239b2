"""全过程预算绩效管理: assessed before the money, monitored twice over while it is spent, evaluated by both sides after.

Source: 全过程预算绩效管理调研情况 (闵行区人大工作研究会): evaluation of expenditure since 2006, the whole chain since 2008, assessment and
review in one. Bands, deviations and the signs of mere form are the district's, marked 待确认.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Explained,
    Fact,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    due,
    hookimpl,
)

from . import forms, telling, totals
from .chain import ITEM, MONITORING, Chain
from .params import ChainParams


class BudgetPerformance(Chain):
    """A project of a budget year, and the monitors read while it is carried out."""

    title = "全过程预算绩效管理"
    about = "事前评估评审、事中双监控、事后自评与第三方评价并列,差距和流于形式的迹象列明理由,结果用于下一年度预算。"
    relations: ClassVar[Mapping[str, str]] = {"subject": "预算部门", "finance": "财政部门", "project": "项目"}
    kinds = (
        Kind("item", "项目绩效", ITEM, frozenset({"refused", "closed"}), forms.ItemPayload),
        Kind("monitoring", "双监控", MONITORING, frozenset({"fine", "corrected"}), within="item"),
    )

    class Params(ChainParams):
        """Grades, both monitors, the signs of mere form, clocks."""

    def title_of(self, matter: Matter) -> str:
        """The project and its year; the day of the monitors."""
        project = matter.party("project")
        name = "" if project is None else project.name
        if matter.kind == "monitoring":
            return f"{name} {matter.payload['as_of']} 双监控"
        return f"{name}({matter.payload.get('year', '')} 年度)"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind == "monitoring":
            return totals.off(matter.payload, self.params.attention)
        return totals.side_by_side(matter, self.params)

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind == "monitoring" and matter.state == "off":
            return [Deadline("纠偏", due(matter.opened_on, self.params.correction, calendar), "correct")]
        start = matter.done_on("evaluate")
        if matter.state == "gap" and start is not None:
            return [Deadline("说明差距", due(start, self.params.explanation, calendar), "explain_gap")]
        return []

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """A department sees its own projects; others' once a conclusion was drawn."""
        if viewer.account_id is None or viewer.roles & {"clerk", "member", "chair", "auditor", "system"}:
            return None
        item = matter if matter.parent is None else matter.parent
        known = matter.relations_of(viewer)
        return item.done_on("conclude") is not None or not known.isdisjoint({"subject", "finance"})

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self.code, self.params, since, until, records)
