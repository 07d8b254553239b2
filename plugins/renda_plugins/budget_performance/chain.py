"""A project's way through the chain: assessed before, monitored during, evaluated after, its result used."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Paper, Practice, RendaError, Turn, action, declare, rounded

from . import forms, totals

ITEM = MappingProxyType(
    {
        "applied": "待事前评估",
        "refused": "不予安排",
        "executing": "执行监控",
        "self_evaluated": "待第三方评价",
        "gap": "待说明差距",
        "evaluated": "待形成结论",
        "concluded": "待结果应用",
        "closed": "已应用",
    }
)
MONITORING = MappingProxyType({"fine": "正常", "off": "待纠偏", "corrected": "已纠偏"})

declare(
    {
        "budget_performance.second_item": "“{project}”{year} 年度已经申报(事项 {number})。请在那里继续。",
    },
    status=409,
)
declare(
    {
        "budget_performance.above_requested": "安排 {approved} 万元超过申请的 {requested} 万元,或者小于等于 0。",
        "budget_performance.less": "减少 {less} 万元应大于 0、不超过已安排的 {approved} 万元。",
        "budget_performance.cancel": "取消的项目应减少全部 {approved} 万元,现为 {less} 万元。",
        "budget_performance.not_yet": "监控日期 {as_of} 晚于今天 {day}。请改正。",
    }
)


class Chain(Practice):
    """The actions; the practice adds scores, facts and tables."""

    abstract = True

    @action(
        "申报项目和绩效目标", by=("subject", "clerk"), when=None, then="applied", data=forms.Application, kind="item"
    )
    def apply(self, matter: Matter, application: Mapping[str, Any], turn: Turn) -> None:
        project = turn.records.project(application["project"])
        for other in turn.records.matters(self.code, "item", party=project.party, relation="project"):
            if other.id != matter.id and other.payload["year"] == application["year"]:
                said = {"project": project.name, "year": application["year"], "number": other.id}
                raise RendaError("budget_performance.second_item", **said)

    @action("事前评估评审", by=("finance", "clerk"), when="applied", then=("executing", "refused"),
            data=forms.Assessment, kind="item")  # fmt: skip
    def assess(self, matter: Matter, assessment: Mapping[str, Any]) -> Change:
        approved, requested = assessment.get("approved"), matter.payload["requested"]
        if approved is None:
            return Change(then="refused")
        if not 0 < approved <= requested:
            raise RendaError("budget_performance.above_requested", approved=approved, requested=requested)
        return Change(then="executing")

    @action("提交自评", by="subject", when="executing", then="self_evaluated", data=forms.SelfEvaluation, kind="item",
            children={"monitoring": ("fine", "corrected")})  # fmt: skip
    def evaluate_self(self, matter: Matter, own: Mapping[str, Any]) -> None:
        totals.check(own["own_points"], matter.payload["goals"])

    @action("第三方评价", by=("finance", "clerk"), when="self_evaluated", then=("evaluated", "gap"),
            data=forms.ThirdParty, kind="item")  # fmt: skip
    def evaluate(self, matter: Matter, other: Mapping[str, Any]) -> Change:
        totals.check(other["other_points"], matter.payload["goals"])
        found = totals.only_form({**matter.payload, **other}, self.params)
        return Change({"only_form": found.value}, then="gap" if found.value else "evaluated")

    @action("说明差距", by="subject", when="gap", then="evaluated", data=forms.Explanation, kind="item")
    def explain_gap(self, matter: Matter) -> None: ...

    @action(
        "形成评价结论", by=("finance", "chair"), when="evaluated", then="concluded", data=forms.Conclusion, kind="item"
    )
    def conclude(self, matter: Matter, conclusion: Mapping[str, Any]) -> Change:
        held = matter.payload
        grade = str(totals.grade(held, self.params).value)
        own, other = (rounded(totals.of("", held[name]), 2).value for name in ("own_points", "other_points"))
        said = f"{matter.title}:部门自评 {own} 分,第三方评价 {other} 分,等次为“{grade}”。"
        form = ["自评与第三方评价差距大、佐证不足,有流于形式的迹象,请改进自评工作。"] if held.get("only_form") else []
        organ = matter.party("subject")
        lines = (said, *form, conclusion["concluded"])
        paper = Paper("函", "项目支出绩效评价结果告知函", lines, to=[organ.name] if organ else [],
                      copies=self.params.copies_to)  # fmt: skip
        return Change({"grade": grade}, papers=[paper])

    @action("结果应用", by=("finance", "clerk"), when="concluded", then="closed", data=forms.Use, kind="item")
    def use_result(self, matter: Matter, use: Mapping[str, Any]) -> None:
        less, approved = use.get("less"), matter.payload["approved"]
        if less is not None and not 0 < less <= approved:
            raise RendaError("budget_performance.less", less=less, approved=approved)
        if use["use"] == "cancel" and less != approved:
            raise RendaError("budget_performance.cancel", less=less, approved=approved)

    @action("登记双监控", by=("subject", "clerk"), when=None, then=("fine", "off"), data=forms.Monitors,
            kind="monitoring", around="executing")  # fmt: skip
    def monitor(self, matter: Matter, monitors: Mapping[str, Any], turn: Turn) -> Change:
        if monitors["as_of"] > turn.day:
            raise RendaError("budget_performance.not_yet", as_of=monitors["as_of"], day=turn.day)
        return Change(then="off" if totals.off(monitors, self.params.attention).value else "fine")

    @action("纠偏", by="subject", when="off", then="corrected", data=forms.Correction, kind="monitoring")
    def correct(self, matter: Matter) -> None: ...
