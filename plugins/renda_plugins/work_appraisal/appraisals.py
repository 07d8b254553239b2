"""The four stages of an appraisal: preparing, looking into, appraising in the sitting, putting right."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Ballot, BallotSubject, Change, Matter, Opening, Practice, Turn, action, due, outcomes

from . import forms, papers, refusals

STATES = MappingProxyType(
    {
        "preparing": "评议准备",
        "investigating": "评议调查",
        "fed_back": "待会议评议",
        "measuring": "定性测评中",
        "appraised": "待交办评议意见",
        "rectifying": "整改落实",
        "reported": "待表决整改报告",
        "voting": "整改报告表决中",
        "deadlocked": "待主任会议决定",
        "closed": "已办结",
        "escalated": "转其他监督",
        "cancelled": "已终止",
    }
)
ENDS = ("closed", "escalated", "cancelled")
# The ballot itself keeps its figures with the sums; the matter keeps the grade and the marks.
SAID_ELSEWHERE = MappingProxyType({"figures": None, "outcome": None})


class Appraisals(Practice):
    """The actions on an appraisal."""

    abstract = True

    @action("确定评议", by=("clerk", "chair"), when=None, then="preparing", data=forms.Plan, kind="appraisal")
    def begin(self, matter: Matter, plan: Mapping[str, Any], turn: Turn) -> Change:
        refusals.plan(matter, plan, self.params, turn)
        return Change({"satisfied": self.params.satisfied})

    @action("审定评议方案", by="chair", when="preparing", then="investigating", kind="appraisal")
    def approve(self, matter: Matter) -> Change:
        return Change(papers=[papers.notice(matter)])

    @action(
        "记录调查",
        by=("clerk", "group-leader", "group-member"),
        when="investigating",
        data=forms.Inquiry,
        kind="appraisal",
        aside=True,
    )
    def look_into(self, matter: Matter, inquiry: Mapping[str, Any], turn: Turn) -> Change:
        refusals.inquiry(matter, inquiry["held_on"], turn.day)
        return Change({"inquiries": [*matter.payload.get("inquiries", ()), dict(inquiry)]})

    @action("原话反馈问题", by="clerk", when="investigating", then="fed_back", data=forms.Problems, kind="appraisal")
    def feed_back(self, matter: Matter, listed: Mapping[str, Any]) -> Change:
        texts = list(listed["problems"])
        refusals.enough(matter, self.params.inquiries_least)
        refusals.listed(texts, "问题")
        opened = [Opening("problem", {"text": text}) for text in texts]
        return Change(opens=opened, papers=[papers.problems(matter, texts)])

    @action("提请定性测评", by="clerk", when="fed_back", then="measuring", data=forms.Report, kind="appraisal")
    def put_quality(self, matter: Matter, turn: Turn) -> Change:
        refusals.meeting(matter, turn.day)
        return Change(ballots=[self._ballot(matter, "工作定性测评", self.params.quality)])

    @action(
        "定性测评结果", by="system", when="measuring", then="appraised", data=outcomes.BallotOutcome, kind="appraisal"
    )
    def measured(self, matter: Matter, counted: Mapping[str, Any]) -> Change:
        grade = counted.get("outcome", "")
        told = papers.quality(matter, grade, self.params.report_to, self.params.copies_to)
        kept = {"quality_grade": grade, "quality_counts": _counts(counted), **SAID_ELSEWHERE}
        return Change(kept, papers=[told])

    @action("交办评议意见", by="clerk", when="appraised", then="rectifying", data=forms.Opinions, kind="appraisal")
    def send(self, matter: Matter, listed: Mapping[str, Any], turn: Turn) -> Change:
        texts = list(listed["opinions"])
        refusals.listed(texts, "评议意见")
        last = due(turn.day, self.params.rectification, turn.calendar).date
        assert last is not None, "no pause holds this clock"
        opened = [Opening("opinion", {"text": text}) for text in texts]
        return Change({"rectify_by": last}, opens=opened, papers=[papers.opinions(matter, texts, last)])

    @action(
        "报送整改情况报告",
        by="assignee",
        when="rectifying",
        then="reported",
        data=forms.Rectification,
        kind="appraisal",
    )
    def report(self, matter: Matter) -> None:
        refusals.items(matter)

    @action("退回整改情况报告", by="clerk", when="reported", then="rectifying", data=forms.Grounds, kind="appraisal",
            aside=True)  # fmt: skip
    def return_report(self, matter: Matter) -> None: ...

    @action("提请表决整改报告", by="clerk", when="reported", then="voting", kind="appraisal")
    def put_result(self, matter: Matter) -> Change:
        return Change(ballots=[self._ballot(matter, "整改情况报告", self.params.result)])

    @action("重新提请测评", by="clerk", when=("measuring", "voting"), data=forms.Grounds, kind="appraisal", aside=True)
    def put_again(self, matter: Matter) -> Change:
        if matter.state == "measuring":
            return Change(ballots=[self._ballot(matter, "工作定性测评", self.params.quality)])
        return Change(ballots=[self._ballot(matter, "整改情况报告", self.params.result)])

    @action(
        "整改报告表决结果",
        by="system",
        when="voting",
        then=("closed", "rectifying", "deadlocked"),
        data=outcomes.BallotOutcome,
        kind="appraisal",
    )
    def voted(self, matter: Matter, counted: Mapping[str, Any], turn: Turn) -> Change:
        grade = counted.get("outcome", "")
        rounds = matter.payload.get("rounds", 0) + 1
        last = due(turn.day, self.params.rectification, turn.calendar).date
        told = papers.result(matter, grade, self.params.report_to, self.params.copies_to)
        kept = {"result_grade": grade, "result_counts": _counts(counted), "rounds": rounds, "rectify_by": last}
        return Change({**kept, **SAID_ELSEWHERE}, papers=[told])

    @action("继续整改", by="chair", when="deadlocked", then="rectifying", data=forms.Grounds, kind="appraisal")
    def go_on(self, matter: Matter, turn: Turn) -> Change:
        return Change({"rectify_by": due(turn.day, self.params.rectification, turn.calendar).date})

    @action(
        "转其他监督",
        by="chair",
        when="deadlocked",
        then="escalated",
        data=forms.Escalation,
        kind="appraisal",
        aside=True,
    )
    def escalate(self, matter: Matter) -> None: ...

    @action("终止评议", by="chair", when="*", then="cancelled", data=forms.Grounds, kind="appraisal", aside=True)
    def cancel(self, matter: Matter) -> None: ...

    def _ballot(self, matter: Matter, what: str, rule: Mapping[str, Any]) -> Ballot:
        organ = matter.party("assignee")
        name = "" if organ is None else organ.name
        subject = BallotSubject(name, matter=matter.id)
        question = f"{name}“{matter.payload['topic']}”{what}"
        return Ballot(question, "measurement", rule, [subject], electorate=self.params.electorate)


def _counts(counted: Mapping[str, Any]) -> dict[str, int]:
    counts: Mapping[str, int] = counted.get("figures", {}).get("counts", {})
    return dict(counts)
