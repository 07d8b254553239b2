"""One head's report: submitted, perhaps written again, judged, its problems fed back, settled, made use of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, due

from . import forms, papers, rates, refusals

STATES = MappingProxyType(
    {
        "due": "待报送",
        "submitted": "已报送",
        "returned": "退回重写",
        "judged": "待反馈",
        "rectifying": "整改中",
        "settled": "评阅办结",
        "missing": "未报送",
        "ended": "离任终结",
    }
)
ENDS = ("settled", "missing", "ended")
COMING = ("forming", "reading", "joint")


class Reports(Practice):
    """The actions on a report."""

    abstract = True

    @action(
        "列入评阅",
        by="clerk",
        when=None,
        then="due",
        data=forms.Reporter,
        kind="report",
        around=("forming", "reading"),
    )
    def name_report(self, matter: Matter, named: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None
        organ = refusals.organ_of_reporter(matter.parent, named["official"], turn, self.params.filing_organs)
        return Change({"organ": organ.id})

    @action(
        "报送履职报告",
        by=("assignee", "subject"),
        when=("due", "returned"),
        then="submitted",
        data=forms.Document,
        kind="report",
        around=COMING,
    )
    def submit(self, matter: Matter, turn: Turn) -> Change:
        first = matter.payload.get("first_submitted_on", turn.day)
        return Change({"first_submitted_on": first, "edition": matter.payload.get("edition", 0) + 1})

    @action("催报", by="clerk", when="due", kind="report", aside=True)
    def remind(self, matter: Matter, turn: Turn) -> Change:
        last = _due(matter)
        refusals.not_late(last, turn)
        count = matter.payload.get("reminders", 0) + 1
        return Change({"reminders": count}, papers=[papers.reminder(matter, last)])

    @action("通报未报送", by="clerk", when="due", then="missing", kind="report", aside=True)
    def report_missing(self, matter: Matter) -> Change:
        if matter.done_on("remind") is None:
            raise RendaError("report_review.not_reminded")
        return Change(papers=[papers.not_received(matter)])

    @action(
        "退回重写",
        by="clerk",
        when="submitted",
        then="returned",
        data=forms.Return,
        kind="report",
        around=COMING,
        aside=True,
    )
    def return_report(self, matter: Matter) -> None: ...

    @action(
        "评定质量", by="clerk", when="submitted", then="judged", data=forms.Judgement, kind="report", around="joint"
    )
    def judge(self, matter: Matter, judgement: Mapping[str, Any]) -> None:
        given = rates.mean_of(matter, self.params.marks)
        if given is not None:
            refusals.verdict(judgement, given, self.params.pass_mark)

    @action("反馈问题清单", by="clerk", when="judged", then="rectifying", kind="report")
    def feed_back(self, matter: Matter, turn: Turn) -> Change:
        last = due(turn.day, self.params.rectification, turn.calendar).date
        assert last is not None, "no pause holds this clock"
        return Change(papers=[papers.problem_list(matter, last)])

    @action(
        "记录延伸评阅",
        by="clerk",
        when="rectifying",
        data=forms.ExtendedCheck,
        kind="report",
        around="extended",
        aside=True,
    )
    def check_further(self, matter: Matter) -> None: ...

    @action("登记满意评价", by="clerk", when="rectifying", data=forms.Measurement, kind="report", aside=True)
    def measure(self, matter: Matter) -> None: ...

    @action(
        "评阅办结",
        by="clerk",
        when="rectifying",
        then="settled",
        kind="report",
        children={"problem": ("confirmed", "unresolved", "merged", "withdrawn"), "reading": ("rated", "excused")},
    )
    def settle(self, matter: Matter) -> None:
        if matter.done_on("measure") is None:
            raise RendaError("report_review.not_measured")

    @action("改由继任者负责", by="clerk", when="*", data=forms.Successor, kind="report", aside=True)
    def hand_over(self, matter: Matter, successor: Mapping[str, Any], turn: Turn) -> Change:
        refusals.in_post(matter, successor["official"], turn, wanted=True)
        before = matter.party("subject")
        return Change({"former": [*matter.payload.get("former", ()), "" if before is None else before.name]})

    @action(
        "离任终结",
        by="clerk",
        when="*",
        then="ended",
        data=forms.Departure,
        kind="report",
        children={
            "problem": ("confirmed", "unresolved", "merged", "withdrawn"),
            "reading": ("handed", "rated", "excused"),
        },
        aside=True,
    )
    def end(self, matter: Matter, turn: Turn) -> None:
        refusals.in_post(matter, matter.payload["official"], turn, wanted=False)

    @action("结果运用", by="chair", when="settled", data=forms.Use, kind="report", around="using", aside=True)
    def use(self, matter: Matter, use: Mapping[str, Any]) -> Change:
        used = [*matter.payload.get("used", ()), use["use"]]
        return Change({"used": used}, papers=[papers.use(matter, use)])


def _due(report: Matter) -> date:
    assert report.parent is not None
    last: date = report.parent.payload["due"]
    return last
