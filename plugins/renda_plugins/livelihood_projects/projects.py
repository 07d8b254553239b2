"""One project: proposed, a candidate, chosen or not, carried out, inspected, finished or not, measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action, outcomes

from . import forms, papers, refusals, roster

STATES = MappingProxyType(
    {
        "proposed": "建议项目",
        "candidate": "候选项目",
        "chosen": "票决确定",
        "not_chosen": "未入选",
        "withdrawn": "撤出",
        "carrying": "实施中",
        "adjusting": "申请调整",
        "crossing": "跨年实施",
        "completed": "待核实",
        "unfinished": "未完成",
        "done": "已办结",
        "measured": "已测评",
        "stopped": "终止",
    }
)
UNDER_WAY = ("carrying", "crossing", "adjusting", "completed", "unfinished")
ENDS = ("not_chosen", "withdrawn", "measured", "stopped")


class Projects(Practice):
    """The actions on a project."""

    abstract = True

    @action(
        "提出建议项目",
        by=("clerk", "department"),
        when=None,
        then="proposed",
        data=forms.Proposal,
        kind="project",
        around="screening",
    )
    def propose(self, matter: Matter, proposal: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None
        refusals.dropped(matter.parent, proposal["category"])
        refusals.stage_goal(proposal, matter.parent.payload["year"])
        refusals.not_adopted(matter.parent, proposal.get("ideas") or ())
        linked = roster.linked(matter, proposal.get("project"), proposal["organ"], turn.records)
        return Change(roster.budget_of(proposal, linked))

    @action(
        "撤出", by="clerk", when=("proposed", "candidate"), then="withdrawn", data=forms.Withdrawal, kind="project",
        around=("screening", "candidates"), aside=True,
    )  # fmt: skip
    def withdraw(self, matter: Matter, withdrawal: Mapping[str, Any]) -> None:
        refusals.not_merged(matter, withdrawal.get("merged_into"))

    @action("关联名册项目", by=("clerk", "assignee"), when=("proposed", "candidate", *UNDER_WAY), data=forms.Linked,
            kind="project", aside=True)  # fmt: skip
    def link(self, matter: Matter, given: Mapping[str, Any], turn: Turn) -> None:
        roster.linked(matter, given["project"], matter.payload["organ"], turn.records)

    @action("列为候选项目", by="system", when="proposed", then="candidate", data=forms.Number, kind="project")
    def list_as_candidate(self, matter: Matter) -> None: ...

    @action("退回拟定", by="system", when="candidate", then="proposed", kind="project", aside=True)
    def leave_list(self, matter: Matter) -> Change:
        return Change({"number": None})

    @action(
        "票决", by="system", when="candidate", then=("chosen", "not_chosen"), data=outcomes.BallotOutcome, kind="project",
    )  # fmt: skip
    def be_voted(self, matter: Matter, counted: Mapping[str, Any]) -> Change:
        return Change({name: counted["figures"][name] for name in ("votes", "needed")})

    @action("交办", by="system", when="chosen", then="carrying", kind="project")
    def begin_work(self, matter: Matter) -> None: ...

    @action("报送办结", by="assignee", when=("carrying", "crossing", "unfinished"), then="completed",
            data=forms.Completion, kind="project")  # fmt: skip
    def complete(self, matter: Matter) -> None: ...

    @action("填报进度", by="assignee", when=("carrying", "crossing"), data=forms.Progress, kind="project", aside=True)
    def tell_progress(self, matter: Matter, progress: Mapping[str, Any]) -> None:
        refusals.progress(progress["progress"])

    @action("接受检查", by="system", when=UNDER_WAY,
            data=forms.Check, kind="project", aside=True)  # fmt: skip
    def be_inspected(self, matter: Matter, check: Mapping[str, Any]) -> Change:
        made = tuple(matter.payload.get("checks") or ())
        return Change({"checks": [*made, check["inspection"]] if check["inspection"] not in made else made})

    @action("核实办结", by="clerk", when="completed", then="done", kind="project")
    def verify(self, matter: Matter) -> None:
        refusals.unchecked(matter, self.params.inspections)

    @action(
        "退回继续办理", by="clerk", when="completed", then=("carrying", "crossing"), data=forms.Reason, kind="project",
        aside=True,
    )  # fmt: skip
    def send_back(self, matter: Matter) -> Change:
        return Change(then=_on_the_way(matter))

    @action("转为跨年实施", by="clerk", when="carrying", then="crossing", kind="project", aside=True)
    def carry_over(self, matter: Matter) -> None:
        assert matter.parent is not None
        refusals.not_across(matter, matter.parent.payload["year"])

    @action("认定未完成", by="clerk", when=("carrying", "crossing"), then="unfinished", data=forms.Reason,
            kind="project", aside=True)  # fmt: skip
    def find_unfinished(self, matter: Matter, turn: Turn) -> Change:
        refusals.not_due(matter, turn.day)
        return Change({"unfinished_on": turn.day})

    @action("申请调整", by="assignee", when=("carrying", "crossing"), then="adjusting", data=forms.Adjustment, kind="project",
            aside=True)  # fmt: skip
    def ask_to_adjust(self, matter: Matter) -> None: ...

    @action("决定调整", by="chair", when="adjusting", then=("carrying", "crossing", "stopped"),
            data=forms.Decision, kind="project")  # fmt: skip
    def decide(self, matter: Matter, decision: Mapping[str, Any]) -> Change:
        stopped = decision["decision"] == "stop"
        finish = matter.payload.get("new_finish_on") if decision["decision"] == "change" else None
        kept = {"finish_on": finish} if finish is not None else {}
        return Change(kept, then="stopped" if stopped else _on_the_way(matter),
                      papers=[papers.decision(matter, decision)])  # fmt: skip

    @action("测评", by="system", when="done", then=("measured", "carrying", "crossing"), data=outcomes.BallotOutcome,
            kind="project")  # fmt: skip
    def be_measured(self, matter: Matter, counted: Mapping[str, Any]) -> Change:
        grade = counted["outcome"]
        then = after_measurement(matter, grade, self.params.again)
        return Change({"grade": grade}, then=then, papers=[] if then == "measured" else [papers.again(matter, grade)])


def after_measurement(project: Matter, grade: str, again: Sequence[str]) -> str:
    """Measured, or back to the works where the district has such a grade put right."""
    return _on_the_way(project) if grade in again else "measured"


def _on_the_way(project: Matter) -> str:
    """Where a project goes back to: what was carried over once goes on across years."""
    return "crossing" if project.done_on("carry_over") else "carrying"
