"""专项工作评议: one area of a department's work, four stages, measured twice; both satisfied is 双满意.

Source: 《丹江口市人大加强干部任后履职监督——真监督带来好效果》 (丹江口市): ten departments in five years, 79 problems fed back
in the words in which they were said, 35 items of opinion, twice satisfied five years running. Stages and the plan 45 days
before the sitting are found in other districts' rules; the numbers are the district's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
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
    due_on,
    hookimpl,
    latest_before,
)

from . import appraisals, forms, items, telling
from .params import AppraisalParams


class WorkAppraisal(appraisals.Appraisals, items.Items):
    """An appraisal, the problems and the items of opinion inside it."""

    title = "专项工作评议"
    about = "评议准备、评议调查(问题原话反馈)、会议评议(定性测评)、整改落实(整改报告表决);两次都满意为双满意。"
    relations: ClassVar[Mapping[str, str]] = {
        "subject": "单位负责人",
        "assignee": "被评议单位",
        "group-leader": "调查组长",
        "group-member": "调查组成员",
    }
    kinds = (
        Kind("appraisal", "评议", appraisals.STATES, frozenset(appraisals.ENDS), forms.Payload),
        Kind("problem", "问题", items.STATES, frozenset({"rectified"}), forms.ItemPayload, within="appraisal"),
        Kind("opinion", "评议意见", items.STATES, frozenset({"rectified"}), forms.ItemPayload, within="appraisal"),
    )

    class Params(AppraisalParams):
        """Plan, inquiry, two rules of measuring, rectification."""

    def title_of(self, matter: Matter) -> str:
        """The organ and its work; for what lies inside, its number as well."""
        around = matter if matter.parent is None else matter.parent
        organ = around.party("assignee")
        name = f"{organ and organ.name} {around.payload.get('topic', '')}评议"
        label = {"problem": "问题", "opinion": "意见"}.get(matter.kind)
        return name if label is None else f"{name}·{label} {matter.payload.get('number', '')}"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        return telling.twice_satisfied(matter) if matter.kind == "appraisal" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind != "appraisal":
            last = None if matter.parent is None else matter.parent.payload.get("rectify_by")
            return [] if last is None or matter.state != "open" else [Deadline("整改", due_on(last, calendar))]
        held, meeting, found = matter.payload, matter.payload["meeting_on"], []
        if matter.state == "preparing":
            found = [Deadline("审定评议方案", latest_before(meeting, self.params.plan_before, calendar), "approve")]
        elif matter.state in {"investigating", "fed_back"}:
            found = [
                Deadline("专项报告", latest_before(meeting, self.params.report_before, calendar)),
                Deadline("会议评议", due_on(meeting, calendar), "put_quality"),
            ]
        elif matter.state == "appraised":
            found = [Deadline("交办评议意见", due(matter.done["measured"], self.params.send, calendar), "send")]
        elif matter.state == "rectifying":
            found = [Deadline("整改情况报告", due_on(held["rectify_by"], calendar), "report")]
        return found

    @hookimpl
    def ballot_closed(self, matter: Matter, ballot: Any) -> str | None:
        if not ballot.stands or ballot.line is None:
            return None
        if matter.state == "measuring":
            return "appraised"
        if matter.state != "voting":
            return None
        if ballot.line.outcome == self.params.satisfied:
            return "closed"
        failed = ballot.line.figures.get("failed", False)
        again = matter.payload.get("rounds", 0) + 1 < self.params.rounds_most
        return ("rectifying" if again else "deadlocked") if failed else "closed"

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return [telling.sheet(self.code, self.params.term_since, until, records)]
