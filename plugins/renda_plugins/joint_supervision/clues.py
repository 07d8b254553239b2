"""A clue's way: registered, shared, transferred, accepted or declined, its outcomes counted, concluded, opened."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, declare, due

from . import forms, papers

declare(
    {
        "joint_supervision.not_a_body": "“{organ}”不是可以移送的机关。可选:{allowed}。",
        "joint_supervision.about_itself": "线索涉及“{organ}”自己,不能移送给它。",
        "joint_supervision.refused_before": "“{organ}”已经决定不予受理。请移送别的机关,或者存查。",
        "joint_supervision.later": "文书日期 {day} 晚于今天。",
        "joint_supervision.nothing": "还没有登记任何成果。没有成果的,请写明结果后由牵头机构存查。",
    }
)
declare({"joint_supervision.opened": "这条线索已经解密。"}, status=409)

CLUE = MappingProxyType(
    {
        "registered": "待共享",
        "shared": "待移送",
        "transferred": "待受理",
        "accepted": "办理中",
        "declined": "不予受理",
        "concluded": "办结",
        "filed": "存查",
    }
)
OUTCOME = MappingProxyType({"recorded": "待核对", "counted": "已计入", "rejected": "不计入"})


class Clues(Practice):
    """The actions on a clue and on what came of it."""

    abstract = True

    @action(
        "登记线索", by=("provider", "clerk"), when=None, then="registered", data=forms.Clue, kind="clue", around="open"
    )
    def register(self, matter: Matter, clue: Mapping[str, Any], turn: Turn) -> None:
        """Enter what a deputy, a citizen, an audit or the congress's own supervision points at."""

    @action(
        "共享线索",
        by="clerk",
        when=("registered", "shared"),
        then="shared",
        data=forms.Sharing,
        kind="clue",
        source="“1+3”联动监督机制",
    )
    def share(self, matter: Matter) -> None:
        """Let the organs of the mechanism look at it together."""

    @action("移送线索", by="clerk", when=("shared", "declined"), then="transferred", data=forms.Transfer, kind="clue")
    def transfer(self, matter: Matter, transfer: Mapping[str, Any], turn: Turn) -> Change:
        """Hand it to the one organ that has the power: 监察, 检察 or 审计."""
        organ = turn.records.party("organ", transfer["body"])
        if organ.name not in self.params.bodies:
            allowed = "、".join(self.params.bodies)
            raise RendaError("joint_supervision.not_a_body", organ=organ.name, allowed=allowed)
        if organ.id in (matter.payload.get("concerns") or ()):
            raise RendaError("joint_supervision.about_itself", organ=organ.name)
        if organ.id in (matter.payload.get("refused_by") or ()):
            raise RendaError("joint_supervision.refused_before", organ=organ.name)
        paper = papers.transfer(self.params, matter, organ.name, transfer["basis"])
        return Change({"transferred_on": turn.day}, papers=[paper])

    @action("受理", by="assignee", when="transferred", then="accepted", data=forms.Acceptance, kind="clue")
    def accept(self, matter: Matter, turn: Turn) -> Change:
        """The organ takes it on."""
        return Change({"accepted_on": turn.day})

    @action("不予受理", by="assignee", when="transferred", then="declined", data=forms.Refusal, kind="clue", aside=True)
    def decline(self, matter: Matter, refusal: Mapping[str, Any]) -> Change:
        """The organ does not, and says why; the clue can go to another."""
        body = matter.parties["assignee"][0]
        refused = [*(matter.payload.get("refused_by") or ()), body.id]
        return Change({"refused_by": refused}, papers=[papers.refusal(self.params, matter, body.name, refusal)])

    @action(
        "存查",
        by="clerk",
        when=("registered", "shared", "declined", "accepted"),
        then="filed",
        data=forms.Filing,
        kind="clue",
        aside=True,
    )
    def file(self, matter: Matter) -> None:
        """Keep it without further handling."""

    @action(
        "登记成果",
        by=("assignee", "clerk"),
        when=None,
        then="recorded",
        data=forms.Outcome,
        kind="outcome",
        around="accepted",
    )
    def record_outcome(self, matter: Matter, outcome: Mapping[str, Any], turn: Turn) -> Change:
        """A suit, a proposal, land taken back…; its legal document is copied in time or late."""
        if outcome["done_on"] > turn.day:
            raise RendaError("joint_supervision.later", day=outcome["done_on"])
        last = due(outcome["done_on"], self.params.copy, turn.calendar).date
        late = 0 if last is None else max(0, (turn.day - last).days)
        return Change({"days_late": late})

    @action("核对成果", by="clerk", when="recorded", then="counted", kind="outcome")
    def count(self, matter: Matter) -> None:
        """It is as the document says, and is counted."""

    @action("不计入", by="clerk", when="recorded", then="rejected", data=forms.Doubt, kind="outcome", aside=True)
    def reject(self, matter: Matter) -> None:
        """It is not, or was counted elsewhere."""

    @action("督促整改", by="clerk", when="accepted", data=forms.Pressing, kind="clue", aside=True)
    def press(self, matter: Matter, pressing: Mapping[str, Any], turn: Turn) -> Change:
        """Rectification is weak: the congress hears a report or investigates, the procuratorate sues."""
        pressed = {"measure": pressing["measure"], "day": turn.day}
        paper = papers.press(self.params, matter, pressing)
        return Change({"pressed": [*(matter.payload.get("pressed") or ()), pressed]}, papers=[paper])

    @action(
        "反馈办结",
        by="assignee",
        when="accepted",
        then="concluded",
        data=forms.Conclusion,
        kind="clue",
        children={"outcome": ("counted", "rejected")},
    )
    def conclude(self, matter: Matter, conclusion: Mapping[str, Any]) -> Change:
        """The organ reports back what came of it."""
        counted = [each for each in matter.children("outcome") if each.state == "counted"]
        if not counted:
            raise RendaError("joint_supervision.nothing")
        return Change(papers=[papers.feedback(self.params, matter, counted, conclusion)])

    @action("解密", by="chair", when=("concluded", "filed"), data=forms.Opening, kind="clue", aside=True)
    def declassify(self, matter: Matter, opening: Mapping[str, Any], turn: Turn) -> Change:
        """It may be seen by all who sign in from now on, and views are no longer recorded."""
        if matter.payload.get("open_since"):
            raise RendaError("joint_supervision.opened")
        return Change({"open_since": turn.day})
