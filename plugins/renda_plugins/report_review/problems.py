"""A problem of a report's list: put right and checked, or disputed and settled with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, due, due_on

from . import forms, refusals

STATES = MappingProxyType(
    {
        "open": "待整改",
        "rectifying": "整改中",
        "rectified": "待核实",
        "disputed": "有异议",
        "confirmed": "整改到位",
        "unresolved": "未整改",
        "merged": "已并入",
        "withdrawn": "已撤回",
    }
)
ENDS = ("confirmed", "unresolved", "merged", "withdrawn")
TO_DO = ("open", "rectifying")


class Problems(Practice):
    """The actions on a problem."""

    abstract = True

    @action("登记问题", by="clerk", when=None, then="open", data=forms.Problem, kind="problem", around="submitted")
    def raise_problem(self, matter: Matter) -> Change:
        assert matter.parent is not None
        refusals.phase(matter, self.kind("review").states, "joint")
        # The matter that is being opened is already among its siblings.
        return Change({"number": len(matter.parent.children("problem"))})

    @action(
        "制定整改措施",
        by="assignee",
        when="open",
        then="rectifying",
        data=forms.Measure,
        kind="problem",
        around="rectifying",
        aside=True,
    )
    def take_on(self, matter: Matter) -> None: ...

    @action(
        "报告整改结果",
        by="assignee",
        when=TO_DO,
        then="rectified",
        data=forms.Rectified,
        kind="problem",
        around="rectifying",
    )
    def rectify(self, matter: Matter) -> None: ...

    @action("核实整改", by="clerk", when="rectified", then="confirmed", kind="problem")
    def confirm(self, matter: Matter) -> None: ...

    @action(
        "退回整改",
        by="clerk",
        when="rectified",
        then="rectifying",
        data=forms.Grounds,
        kind="problem",
        aside=True,
    )
    def send_back(self, matter: Matter) -> None: ...

    @action(
        "提出异议",
        by="assignee",
        when="open",
        then="disputed",
        data=forms.Objection,
        kind="problem",
        around="rectifying",
        aside=True,
    )
    def dispute(self, matter: Matter) -> None: ...

    @action("异议不成立", by="clerk", when="disputed", then="open", data=forms.Grounds, kind="problem")
    def uphold(self, matter: Matter) -> None: ...

    @action(
        "并入另一条",
        by="clerk",
        when=("open", "disputed"),
        then="merged",
        data=forms.Merge,
        kind="problem",
        aside=True,
    )
    def merge(self, matter: Matter, merged: Mapping[str, Any]) -> None:
        refusals.merge(matter, merged["into"])

    @action(
        "撤回问题",
        by="clerk",
        when=("open", "disputed"),
        then="withdrawn",
        data=forms.Grounds,
        kind="problem",
        aside=True,
    )
    def withdraw(self, matter: Matter) -> None: ...

    @action(
        "认定未整改",
        by="clerk",
        when=TO_DO,
        then="unresolved",
        data=forms.Grounds,
        kind="problem",
        around="rectifying",
        aside=True,
    )
    def give_up(self, matter: Matter, turn: Turn) -> None:
        last = self.last_day(matter, turn.calendar).date
        if last is not None and turn.day <= last:
            raise RendaError("report_review.time_left", due=last, day=turn.day)

    def fed_back(self, matter: Matter) -> bool:
        """Whether the list a problem stands in has gone out."""
        return matter.parent is not None and matter.parent.done_on("feed_back") is not None

    def last_day(self, matter: Matter, calendar: Any) -> Any:
        """Until when a problem is to be put right: the day it names, else the district's span after the list went out."""
        named = matter.payload.get("due")
        if named is not None:
            return due_on(named, calendar)
        assert matter.parent is not None
        begun = matter.parent.done_on("feed_back")
        assert begun is not None, "problems are put right after the list went out"
        return due(begun, self.params.rectification, calendar)
