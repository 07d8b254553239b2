"""履职评议: heads of departments investigated, heard in a meeting, measured in secret, followed until it is put right.

Source: 《由人大产生 对人大负责 受人大监督》 (杨浦区): a working group, forums, visits, interviews and polls, ten
headings of the report, the measurement in three levels shown on the spot, within two weeks a report approved by the
chairpersons' meeting, to the Party committee, the government and the organisation department. 2019 to 2021: five
batches, more than 190 forums and 60 visits, each head with 94% or more, coverage complete.
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
    Follow,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    due,
    hookimpl,
    latest_before,
)

from . import appraisals, batches, forms, telling
from .params import AppraisalParams


class DutyAppraisal(batches.Batches, appraisals.Appraisals):
    """A batch, the appraisals in it, the hearings in each."""

    title = "履职评议"
    about = "对任命的政府部门主要负责人:成立工作小组,多方听取意见,会议报告、询问、无记名测评,报告、函告、抄送,跟踪整改;一届全覆盖。"
    relations: ClassVar[Mapping[str, str]] = {
        "subject": "被评议人员",
        "assignee": "所在单位",
        "group-leader": "组长",
        "group-deputy": "副组长",
        "group-member": "组员",
    }
    kinds = (
        Kind("batch", "评议批次", batches.STATES, frozenset({"closed", "cancelled"})),
        Kind(
            "appraisal",
            "履职评议",
            appraisals.STATES,
            frozenset(appraisals.ENDS),
            forms.AppraisalPayload,
            within="batch",
        ),
        Kind("activity", "调研活动", {"recorded": "已记录"}, frozenset({"recorded"}), within="appraisal"),
    )

    class Params(AppraisalParams):
        """Scope, headings, hearings, ballots, clocks, recipients."""

    def title_of(self, matter: Matter) -> str:
        """The batch, who is appraised, or how somebody was heard."""
        if matter.kind == "batch":
            return f"第 {matter.payload['number']} 批履职评议"
        if matter.kind == "activity":
            return f"{forms.SORTS[matter.payload['sort']]}·{getattr(matter.party('subject'), 'name', '')}"
        return f"{getattr(matter.party('subject'), 'name', '')}({getattr(matter.party('assignee'), 'name', '')})"

    @hookimpl
    def ballot_closed(self, matter: Matter, ballot: Any) -> str | None:
        if not ballot.stands:
            return None
        if ballot.bench == "questionnaire":
            return matter.state if matter.state in {"begun", "drafted"} else None
        return {"reported": "measured", "rectified": "rectified"}.get(matter.state)

    @hookimpl
    def acted(self, event: Any, records: Records) -> Sequence[Follow]:
        return self.follows(event, records) if event.matter.practice == self.code else []

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        return telling.satisfied_rate(matter) if matter.kind == "appraisal" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind == "appraisal" and matter.state == "begun" and matter.parent is not None:
            last = latest_before(matter.parent.payload["meeting_on"], self.params.draft_before, calendar)
            return [Deadline("提交履职报告", last, "submit_report")]
        clocks = {
            ("batch", "voting"): ("形成报告", "open_sitting", self.params.report, "hand_in_report"),
            ("appraisal", "rectifying"): ("整改", "ask_to_rectify", self.params.rectification, "rectify"),
        }
        label, begun, span, name = clocks.get((matter.kind, matter.state), ("", "", None, ""))
        start = matter.done_on(begun)
        return [] if start is None or span is None else [Deadline(label, due(start, span, calendar), name)]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        return telling.insiders_only(matter, viewer)

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
