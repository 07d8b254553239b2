"""An entrance until its lift is approved: owners asked, the plan put up, objections answered, one review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, declare, due

from . import consent, forms, papers

WINDOW = ("street", "clerk")

declare(
    {
        "lift_installation.objections": "还有 {open} 件异议没有答复。请先答复或者调解。",
        "lift_installation.not_over": "公示到 {until} 为止,今天是 {today},还不能报送审查。",
        "lift_installation.no_common": "本门洞没有占用小区共有部分,不用小区业主表决。",
    }
)
declare(
    {
        "lift_installation.second_application": "{estate}{entrance}已经受理(事项 {number})。每个门洞一件申请。",
        "lift_installation.approved_before": "“{approval}”已经准予。",
    },
    status=409,
)


class Applications(Practice):
    """The actions on an entrance from the window to the last approval."""

    abstract = True

    @action("受理申请", by=WINDOW, when=None, then="consulting", data=forms.Application, kind="entrance")
    def apply(self, matter: Matter, given: Mapping[str, Any], turn: Turn) -> Change:
        street = turn.records.party("organ", given["street"])
        for other in turn.records.matters(self.code, "entrance", party=street, relation="street"):
            if other.id == matter.id or other.state in {"withdrawn", "rejected", "retired"}:
                continue
            if (other.payload["estate"], other.payload["entrance"]) == (given["estate"], given["entrance"]):
                said = {"estate": given["estate"], "entrance": given["entrance"], "number": other.id}
                raise RendaError("lift_installation.second_application", **said)
        return Change({"opinions": [], "open_objections": 0, "granted": []})

    @action("登记业主意见", by=WINDOW, when="consulting", data=forms.Opinions, kind="entrance", aside=True)
    def record(self, matter: Matter, given: Mapping[str, Any]) -> Change:
        return Change({"opinions": consent.after(matter.payload, given["said"])})

    @action("登记小区业主表决", by=WINDOW, when="consulting", data=forms.EstateVote, kind="entrance", aside=True)
    def record_estate(self, matter: Matter) -> None:
        if not matter.payload["common"]:
            raise RendaError("lift_installation.no_common")

    @action(
        "撤回同意",
        by=WINDOW,
        when=("consulting", "noticed"),
        then=("consulting", "noticed"),
        data=forms.Withdrawal,
        kind="entrance",
        aside=True,
    )
    def withdraw_consent(self, matter: Matter, given: Mapping[str, Any]) -> Change:
        # Where the rest is no longer enough the notice ends and the owners are asked again.
        opinions = consent.withdrawn(matter.payload, given["owner"])
        stands = consent.standing({**matter.payload, "opinions": opinions}, self.params).value
        return Change({"opinions": opinions}, then="noticed" if stands and matter.state == "noticed" else "consulting")

    @action(
        "公示方案",
        by=WINDOW,
        when="consulting",
        then="noticed",
        data=forms.Notice,
        kind="entrance",
        source="民法典第二百七十八条",
    )
    def put_up(self, matter: Matter, notice: Mapping[str, Any], turn: Turn) -> Change:
        consent.require(matter.payload, self.params)
        until = due(turn.day, self.params.notice, turn.calendar).date
        counted = consent.count(matter.payload, self.params.withdrawn)
        return Change({"notice_until": until}, papers=[papers.notice(matter, notice, counted, until)])

    @action("登记异议", by=WINDOW, when="noticed", data=forms.Objection, kind="entrance", aside=True)
    def object_to(self, matter: Matter, given: Mapping[str, Any]) -> Change:
        known = consent.owners(matter.payload["households"])
        if given["objector"] not in known:
            said = {"owner": given["objector"], "allowed": "、".join(known)}
            raise RendaError("lift_installation.unknown_owner", **said)
        return Change({"open_objections": matter.payload["open_objections"] + 1})

    @action("答复异议", by=WINDOW, when="noticed", data=forms.Answer, kind="entrance", aside=True)
    def answer(self, matter: Matter) -> Change:
        return Change({"open_objections": 0})

    @action("报送审查", by=WINDOW, when="noticed", then="reviewing", kind="entrance")
    def submit(self, matter: Matter, turn: Turn) -> Change:
        held = matter.payload
        if held["open_objections"]:
            raise RendaError("lift_installation.objections", open=held["open_objections"])
        if turn.day <= held["notice_until"]:
            raise RendaError("lift_installation.not_over", until=held["notice_until"], today=turn.day)
        consent.require(held, self.params)
        return Change(papers=[papers.review(matter, [each["label"] for each in self.params.approvals])])

    @action(
        "登记审批",
        by=WINDOW,
        when="reviewing",
        then=("reviewing", "approved", "rejected"),
        data=forms.Approved,
        kind="entrance",
    )
    def approve(self, matter: Matter, given: Mapping[str, Any]) -> Change:
        labels = {each["code"]: each["label"] for each in self.params.approvals}
        granted = list(matter.payload["granted"])
        if given["approval"] in granted:
            raise RendaError("lift_installation.approved_before", approval=labels[given["approval"]])
        if given["decision"] == "refused":
            return Change(then="rejected", papers=[papers.refused(matter, labels[given["approval"]], given["number"])])
        granted.append(given["approval"])
        return Change({"granted": granted}, then="approved" if set(granted) == set(labels) else "reviewing")

    @action(
        "撤回申请",
        by=WINDOW,
        when=("consulting", "noticed", "reviewing", "approved"),
        then="withdrawn",
        data=forms.Reason,
        kind="entrance",
        aside=True,
    )
    def withdraw(self, matter: Matter) -> None: ...
