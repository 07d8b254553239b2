"""A plan of several years and its steps, such as 一年打基础、三年见成效、五年建体系."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Practice, RendaError, Turn, action, declare

from . import forms, papers

PLAN = MappingProxyType({"running": "实施中", "done": "已完成"})
STEP = MappingProxyType({"pending": "推进中", "reached": "已实现"})

declare(
    {
        "supervision_dossier.no_steps": "区县文件没有写规划步骤(steps),不能制定规划。",
        "supervision_dossier.second_plan": "规划“{name}”已经制定(事项 {number})。",
        "supervision_dossier.reached_on": "实现日期 {given} 应在规划起始 {since} 以后、今天 {day} 以前。",
        "supervision_dossier.later": "延期后的期限 {given} 应晚于原期限 {due}。",
    }
)


class Plans(Practice):
    """The actions on a plan and its steps."""

    abstract = True

    @action("制定规划", by=("clerk", "chair"), when=None, then="running", data=forms.Plan, kind="plan")
    def begin(self, matter: Matter, plan: Mapping[str, Any], turn: Turn) -> Change:
        if not self.params.steps:
            raise RendaError("supervision_dossier.no_steps")
        for other in turn.records.matters(self.code, "plan"):
            if other.id != matter.id and other.payload["name"] == plan["name"]:
                raise RendaError("supervision_dossier.second_plan", name=plan["name"], number=other.id)
        steps = [
            {"step": step["label"], "due": years_after(plan["since"], step["years"])} for step in self.params.steps
        ]
        return Change(opens=[Opening("step", step) for step in steps])

    @action("规划总结", by="chair", when="running", then="done", kind="plan", children={"step": "reached"})
    def finish(self, matter: Matter) -> Change:
        return Change(papers=[papers.plan_done(matter, self.params.report_to)])

    @action("列出目标", by="clerk", when=None, then="pending", data=forms.Step, kind="step", around="running")
    def add_step(self, matter: Matter) -> None: ...

    @action("目标实现", by="clerk", when="pending", then="reached", data=forms.Reached, kind="step")
    def reach(self, matter: Matter, reached: Mapping[str, Any], turn: Turn) -> None:
        assert matter.parent is not None
        since, given = matter.parent.payload["since"], reached["reached_on"]
        if not since <= given <= turn.day:
            raise RendaError("supervision_dossier.reached_on", given=given, since=since, day=turn.day)

    @action("延期", by="chair", when="pending", data=forms.Later, kind="step", aside=True)
    def put_off(self, matter: Matter, later: Mapping[str, Any]) -> None:
        if later["due"] <= matter.payload["due"]:
            raise RendaError("supervision_dossier.later", given=later["due"], due=matter.payload["due"])


def years_after(since: date, years: int) -> date:
    """The same day so many years later; 29 February falls on the 28th where there is none."""
    year = since.year + years
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return since.replace(year=year, day=28 if (since.month, since.day) == (2, 29) and not leap else since.day)
