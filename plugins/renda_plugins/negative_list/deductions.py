"""The life of one deduction: drafted, checked, heard, confirmed, told, appealed, reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action, due

from . import forms, papers, refusals

ENDS = ("effective", "rejected", "revoked", "withdrawn")
STATES = MappingProxyType(
    {
        "drafted": "待核实",
        "hearing": "听取说明",
        "heard": "待主任会议确认",
        "confirmed": "待告知",
        "notified": "申诉期内",
        "appealed": "复核中",
        "effective": "已生效",
        "rejected": "不予扣分",
        "revoked": "复核撤销",
        "withdrawn": "已撤回",
    }
)


class Deductions(Practice):
    """The actions on a deduction; the practice adds the year around it."""

    abstract = True

    @action("由事实起草", by="system", when=None, then="drafted", data=forms.FactDraft, kind="deduction", around="open")
    def draft_by_fact(self, matter: Matter, draft: Mapping[str, Any], turn: Turn) -> Change:
        return Change(refusals.checked_draft(matter, draft, self.params))

    @action(
        "提出扣分",
        by=("clerk", "member", "chair"),
        when=None,
        then="drafted",
        data=forms.Draft,
        kind="deduction",
        around="open",
    )
    def draft(self, matter: Matter, draft: Mapping[str, Any], turn: Turn) -> Change:
        refusals.may_enter(turn.actor, self.params.entered_by)
        return Change(refusals.checked_draft(matter, draft, self.params))

    @action("核实并转单位说明", by="clerk", when="drafted", then="hearing", data=forms.Found, kind="deduction")
    def verify(self, matter: Matter) -> None: ...

    @action("提交说明", by="subject", when="hearing", then="heard", data=forms.Explanation, kind="deduction")
    def explain(self, matter: Matter) -> None: ...

    @action("说明期满", by="clerk", when="hearing", then="heard", kind="deduction", aside=True)
    def hear_out(self, matter: Matter, turn: Turn) -> None:
        refusals.still_running(matter, "verify", self.params.explanation, turn)

    @action("确认扣分", by="chair", when="heard", then="confirmed", kind="deduction")
    def confirm(self, matter: Matter) -> None: ...

    @action("不予扣分", by="chair", when="heard", then="rejected", data=forms.Grounds, kind="deduction", aside=True)
    def reject(self, matter: Matter) -> None: ...

    @action("告知扣分", by="clerk", when="confirmed", then="notified", kind="deduction")
    def notify(self, matter: Matter, turn: Turn) -> Change:
        last = due(turn.day, self.params.appeal, turn.calendar).date
        assert last is not None
        return Change(papers=[papers.notification(matter, last)])

    @action("申诉", by="subject", when="notified", then="appealed", data=forms.Appeal, kind="deduction")
    def appeal(self, matter: Matter, turn: Turn) -> None:
        refusals.too_late(matter, "notify", self.params.appeal, turn)

    @action("无异议", by="subject", when="notified", then="effective", kind="deduction", aside=True)
    def accept(self, matter: Matter) -> None: ...

    @action("申诉期满生效", by="clerk", when="notified", then="effective", kind="deduction", aside=True)
    def take_effect(self, matter: Matter, turn: Turn) -> None:
        refusals.still_running(matter, "notify", self.params.appeal, turn)

    @action("复核", by="chair", when="appealed", then=("effective", "revoked"), data=forms.Review, kind="deduction")
    def review(self, matter: Matter, review: Mapping[str, Any]) -> Change:
        left = refusals.checked_review(matter, review, self.params.step)
        then = "revoked" if left == 0 else "effective"
        return Change(then=then, papers=[papers.decision(matter, review, left)])

    @action(
        "撤回",
        by="clerk",
        when=("drafted", "hearing", "heard"),
        then="withdrawn",
        data=forms.Grounds,
        kind="deduction",
        aside=True,
    )
    def withdraw(self, matter: Matter) -> None: ...
