"""One head's appraisal: who is heard, the unit's own poll, the report, the meeting, the measurement, what is put right."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Ballot, BallotSubject, Change, Matter, Practice, RendaError, action, outcomes

from . import forms, refusals

STATES = MappingProxyType(
    {
        "begun": "调研中",
        "drafted": "已提交履职报告",
        "reported": "已到会报告",
        "measured": "已测评",
        "rectifying": "整改中",
        "rectified": "待确认整改",
        "closed": "办结",
        "dropped": "不再评议",
    }
)
ENDS = ("closed", "dropped")
KEPT_APART = MappingProxyType({"unit_ballot": "ballot", "unit_grade": "outcome", "unit_figures": "figures"})


class Appraisals(Practice):
    """The actions on an appraisal and on the hearings inside it."""

    abstract = True

    @action("列入评议", by="system", when=None, then="begun", data=forms.Appraised, kind="appraisal")
    def name_official(self, matter: Matter) -> None: ...

    @action(
        "记录调研",
        by=("clerk", "group-leader", "group-deputy", "group-member"),
        when=None,
        then="recorded",
        data=forms.Activity,
        kind="activity",
        around=("begun", "drafted"),
    )
    def record_activity(self, matter: Matter, activity: Mapping[str, Any]) -> None:
        refusals.sessions(activity["sessions"])

    @action("提交履职报告", by="subject", when="begun", then="drafted", data=forms.Report, kind="appraisal",
            around="investigating")  # fmt: skip
    def submit_report(self, matter: Matter, report: Mapping[str, Any]) -> None:
        refusals.headings(report["covered"], self.params.headings)

    @action("组织民主测评", by="clerk", when=("begun", "drafted"), kind="appraisal", around="investigating", aside=True)
    def poll_unit(self, matter: Matter) -> Change:
        question = f"{matter.title}:单位民主测评(背对背)"
        subject = BallotSubject(matter.title, matter=matter.id)
        ballot = Ballot(
            question, "questionnaire", self.params.unit_measurement, [subject], electorate="invited", display="delayed"
        )
        return Change(ballots=[ballot])

    @action(
        "记录民主测评",
        by="system",
        when="begun",
        then="begun",
        data=outcomes.BallotOutcome,
        kind="appraisal",
        aside=True,
    )
    def record_poll(self, matter: Matter, counted: Mapping[str, Any]) -> Change:
        return _apart(counted)

    @action(
        "补记民主测评",
        by="system",
        when="drafted",
        then="drafted",
        data=outcomes.BallotOutcome,
        kind="appraisal",
        aside=True,
    )
    def record_later_poll(self, matter: Matter, counted: Mapping[str, Any]) -> Change:
        return _apart(counted)

    @action("记录会议报告", by="clerk", when="drafted", then="reported", data=forms.Spoken, kind="appraisal",
            around="sitting")  # fmt: skip
    def speak(self, matter: Matter) -> None: ...

    @action(
        "记录会议测评", by="system", when="reported", then="measured", data=outcomes.BallotOutcome, kind="appraisal"
    )
    def record_measurement(self, matter: Matter, counted: Mapping[str, Any]) -> Change:
        return Change({"failed": outcomes.is_failed(counted)})

    @action("交办整改", by="system", when="measured", then="rectifying", kind="appraisal")
    def ask_to_rectify(self, matter: Matter) -> None: ...

    @action("报送整改报告", by=("subject", "assignee"), when="rectifying", then="rectified", data=forms.Rectified,
            kind="appraisal")  # fmt: skip
    def rectify(self, matter: Matter) -> None: ...

    @action("提请再次测评", by="clerk", when="rectified", kind="appraisal", aside=True)
    def measure_again(self, matter: Matter) -> Change:
        if not matter.payload.get("failed"):
            raise RendaError("duty_appraisal.not_failed", title=matter.title)
        subject = BallotSubject(matter.title, matter=matter.id)
        question = f"{matter.title}:再次测评"
        return Change(ballots=[Ballot(question, "measurement", self.params.measurement, [subject])])

    @action("记录再次测评", by="system", when="rectified", then="rectified", data=outcomes.BallotOutcome, kind="appraisal",
            aside=True)  # fmt: skip
    def record_again(self, matter: Matter, counted: Mapping[str, Any]) -> Change:
        return Change({"failed": outcomes.is_failed(counted), "measured_again": True})

    @action("确认整改", by="clerk", when="rectified", then="closed", kind="appraisal")
    def confirm(self, matter: Matter) -> None:
        if matter.payload.get("failed"):
            raise RendaError("duty_appraisal.failed", title=matter.title)

    @action(
        "退回整改", by="clerk", when="rectified", then="rectifying", data=forms.Reason, kind="appraisal", aside=True
    )
    def return_rectification(self, matter: Matter) -> None: ...

    @action("不再评议", by="clerk", when=("begun", "drafted", "reported"), then="dropped", data=forms.Reason,
            kind="appraisal", aside=True)  # fmt: skip
    def drop(self, matter: Matter) -> None: ...


def _apart(counted: Mapping[str, Any]) -> Change:
    """The unit's own poll under names of its own, so that the meeting's never takes its place or adds to it."""
    kept = {name: counted[entry] for name, entry in KEPT_APART.items()}
    return Change({**kept, **dict.fromkeys(KEPT_APART.values())})
