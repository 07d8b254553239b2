"""A batch: group and plan, investigation, the meeting, the measurement, the report, what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from renda import (
    Ballot,
    BallotSubject,
    Change,
    Follow,
    Matter,
    Opening,
    Practice,
    Records,
    RendaError,
    Turn,
    action,
)

from . import forms, papers, refusals

STATES = MappingProxyType(
    {
        "preparing": "研究启动",
        "investigating": "调研",
        "sitting": "会议评议",
        "voting": "测评",
        "reporting": "待审定报告",
        "following": "整改跟踪",
        "closed": "办结",
        "cancelled": "撤销",
    }
)


class Batches(Practice):
    """The actions on a batch."""

    abstract = True

    @action("启动评议", by="clerk", when=None, then="preparing", data=forms.Batch, kind="batch")
    def begin(self, matter: Matter, batch: Mapping[str, Any], turn: Turn) -> Change:
        refusals.second_batch(matter, self.code, batch["number"], turn.records)
        opens, organs = [], []
        for person in batch["officials"]:
            post, organ = refusals.in_scope(person, self.params, turn)
            refusals.already(self.code, person, self.params, turn.records)
            opens.append(Opening("appraisal", {"official": person, "post": post, "organ": organ.id}))
            organs.append(organ)
        refusals.group(batch, organs, turn)
        return Change(opens=opens)

    @action("批准评议方案", by="chair", when="preparing", then="investigating", kind="batch")
    def approve_plan(self, matter: Matter) -> Change:
        return Change(papers=[papers.notification(matter, self.params.headings)])

    @action(
        "开会评议",
        by="clerk",
        when="investigating",
        then="sitting",
        kind="batch",
        children={"appraisal": ("drafted", "dropped")},
    )
    def open_sitting(self, matter: Matter, turn: Turn) -> None:
        for appraisal in _in(matter, "drafted"):
            refusals.in_post(appraisal, turn)
            refusals.unheard(appraisal, self.params.audiences)

    @action(
        "提请测评",
        by="clerk",
        when="sitting",
        then="voting",
        kind="batch",
        children={"appraisal": ("reported", "dropped")},
    )
    def put_to_the_vote(self, matter: Matter) -> Change:
        subjects = [BallotSubject(each.title, matter=each.id) for each in _in(matter, "reported")]
        if not subjects:
            raise RendaError("duty_appraisal.nobody_left")
        question = f"第 {matter.payload['number']} 批履职评议:会议测评(面对面)"
        return Change(ballots=[Ballot(question, "measurement", self.params.measurement, subjects)])

    @action(
        "形成评议报告",
        by=("clerk", "group-leader"),
        when="voting",
        then="reporting",
        data=forms.GroupReport,
        kind="batch",
        children={"appraisal": ("measured", "dropped")},
    )
    def hand_in_report(self, matter: Matter) -> None: ...

    @action("审定报告", by="chair", when="reporting", then="following", kind="batch", source="主任会议审定")
    def approve_report(self, matter: Matter) -> Change:
        return Change(papers=papers.results(matter, self.params))

    @action("退回修改", by="chair", when="reporting", then="voting", data=forms.Reason, kind="batch", aside=True)
    def send_back(self, matter: Matter) -> None: ...

    @action(
        "批次办结",
        by="clerk",
        when="following",
        then="closed",
        kind="batch",
        children={"appraisal": ("closed", "dropped")},
    )
    def close(self, matter: Matter) -> None: ...

    @action(
        "撤销批次",
        by="chair",
        when=("preparing", "investigating", "sitting"),
        then="cancelled",
        data=forms.Reason,
        kind="batch",
        children={"appraisal": "dropped"},
        aside=True,
    )
    def cancel(self, matter: Matter) -> None: ...

    def follows(self, event: Any, records: Records) -> Sequence[Follow]:
        """The report approved, everybody measured has to put right what was found."""
        if event.action != "approve_report":
            return []
        children = records.children(event.matter, "appraisal")
        return [Follow("ask_to_rectify", {}, each.id) for each in children if each.state == "measured"]


def _in(batch: Matter, state: str) -> list[Matter]:
    return [each for each in batch.children("appraisal") if each.state == state]
