"""重点项目绩效测评: a year's key projects judged by institution, finance, audit, experts and deputies, and graded.

Source: 《关于江北区人大“两个机关”建设的调研报告》 (江北区): three projects in 2019, four aspects, grades 优, 中, 差, deductions for
departments whose project is graded 差 or is slow. Points, weights and bands are the district's, marked 待确认.
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
from .evaluations import EVALUATION, RATING, ROUND, Evaluations
from .params import PerformanceParams


class ProjectPerformance(Evaluations):
    """A year's evaluation, its projects, and the sheets of experts and deputies."""

    title = "重点项目绩效测评"
    about = "委托第三方评价,财政、审计核实,预算监督专家和代表评分,按等次评定;等次差、推进慢的项目,主管部门扣分。"
    relations: ClassVar[Mapping[str, str]] = {
        "subject": "主管部门",
        "project": "项目",
        "finance": "财政部门",
        "audit": "审计部门",
        "reader": "评分人",
    }
    kinds = (
        Kind("round", "年度评价", ROUND, frozenset({"closed"})),
        Kind(
            "evaluation", "项目评价", EVALUATION, frozenset({"graded", "rectified"}), forms.EvaluationPayload, "round"
        ),
        Kind("rating", "评分", RATING, frozenset({"given", "excused"}), within="evaluation"),
    )

    class Params(PerformanceParams):
        """Aspects, grades, weights, clocks."""

    def title_of(self, matter: Matter) -> str:
        """The year; the project; the project with who judges it."""
        if matter.kind == "round":
            return f"{matter.payload.get('year', '')} 年度重点项目绩效评价"
        project, rater = matter.party("project"), matter.party("reader")
        name = "" if project is None else project.name
        return name if matter.kind == "evaluation" else f"{name}·{rater and rater.name}"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind == "rating" and matter.state == "given":
            return totals.of_sheet("评分表", matter.payload["given"], self.params)
        return totals.of_project(matter, self.params) if matter.kind == "evaluation" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind == "rating" and matter.state == "asked":
            return [Deadline("评分", due(matter.opened_on, self.params.rating, calendar), "rate")]
        start = matter.done_on("settle")
        if matter.state == "rectifying" and start is not None:
            return [Deadline("整改", due(start, self.params.rectification, calendar), "rectify")]
        return []

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """Sheets belong to those who gave them until the grade stands; others' departments see no project before."""
        if viewer.account_id is None or viewer.roles & {"clerk", "member", "chair", "auditor", "system"}:
            return None
        known = matter.relations_of(viewer)
        if matter.kind == "rating":
            return "reader" in known
        settled = matter.kind == "round" or matter.done_on("settle") is not None
        judging = any("reader" in each.relations_of(viewer) for each in matter.children("rating"))
        return settled or judging or not known.isdisjoint({"subject", "finance", "audit"})

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
