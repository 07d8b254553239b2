"""One project: proposed, a candidate, chosen or not, carried out, inspected, finished or not, measured."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action

from . import forms, papers, refusals

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
    def propose(self, matter: Matter, proposal: Mapping[str, Any]) -> None:
        assert matter.parent is not None
        refusals.dropped(matter.parent, proposal["category"])
        refusals.stage_goal(proposal, matter.parent.payload["year"])

    @action(
        "撤出", by="clerk", when=("proposed", "candidate"), then="withdrawn", data=forms.Reason, kind="project",
        around=("screening", "candidates"), aside=True,
    )  # fmt: skip
    def withdraw(self, matter: Matter) -> None: ...

    @action("列为候选项目", by="system", when="proposed", then="candidate", data=forms.Number, kind="project")
    def list_as_candidate(self, matter: Matter) -> None: ...

    @action(
        "票决", by="system", when="candidate", then=("chosen", "not_chosen"), data=forms.Counted, kind="project",
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

    @action("接受检查", by="system", when=("carrying", "crossing", "adjusting", "completed", "unfinished"),
            data=forms.Check, kind="project", aside=True)  # fmt: skip
    def be_inspected(self, matter: Matter, check: Mapping[str, Any]) -> Change:
        made = tuple(matter.payload.get("checks") or ())
        return Change({"checks": [*made, check["inspection"]] if check["inspection"] not in made else made})

    @action("核实办结", by="clerk", when="completed", then="done", kind="project")
    def verify(self, matter: Matter) -> None:
        refusals.unchecked(matter, self.params.inspections)

    @action(
        "退回继续办理", by="clerk", when="completed", then="carrying", data=forms.Reason, kind="project", aside=True
    )
    def send_back(self, matter: Matter) -> None: ...

    @action("转为跨年实施", by="clerk", when="carrying", then="crossing", kind="project", aside=True)
    def carry_over(self, matter: Matter) -> None:
        assert matter.parent is not None
        refusals.not_across(matter, matter.parent.payload["year"])

    @action("认定未完成", by="clerk", when=("carrying", "crossing"), then="unfinished", data=forms.Reason,
            kind="project", aside=True)  # fmt: skip
    def find_unfinished(self, matter: Matter, turn: Turn) -> Change:
        refusals.not_due(matter, turn.day)
        return Change({"unfinished_on": turn.day})

    @action("申请调整", by="assignee", when="carrying", then="adjusting", data=forms.Adjustment, kind="project",
            aside=True)  # fmt: skip
    def ask_to_adjust(self, matter: Matter) -> None: ...

    @action("决定调整", by="chair", when="adjusting", then=("carrying", "stopped"), data=forms.Decision,
            kind="project")  # fmt: skip
    def decide(self, matter: Matter, decision: Mapping[str, Any]) -> Change:
        stopped = decision["decision"] == "stop"
        finish = matter.payload.get("new_finish_on") if decision["decision"] == "change" else None
        kept = {"finish_on": finish} if finish is not None else {}
        return Change(kept, then="stopped" if stopped else "carrying", papers=[papers.decision(matter, decision)])

    @action("测评", by="system", when="done", then="measured", data=forms.Counted, kind="project")
    def be_measured(self, matter: Matter, counted: Mapping[str, Any]) -> Change:
        return Change({"grade": counted["outcome"]})
