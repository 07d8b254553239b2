"""A use of a result: proposed, decided, answered, concluded; a matter and a fact of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, declare, due

from . import forms, papers
from .params import USES

STATES = MappingProxyType(
    {
        "proposed": "待主任会议决定",
        "served": "待说明",
        "answered": "待办结",
        "concluded": "已办结",
        "refused": "不予运用",
        "revoked": "已撤销",
    }
)
ENDS = ("concluded", "refused", "revoked")
MADE = ("served", "answered", "concluded")
# Each leads to its state and is taken once, so that what stood on a day can be read from the days they were taken.
STEPS = MappingProxyType({"respond": "answered", "conclude": "concluded", "revoke": "revoked"})

declare(
    {
        "supervision_dossier.not_here": "本办法没有规定“{use}”。可选:{allowed}。",
        "supervision_dossier.evidence": "“{use}”须附依据材料,至少一份。",
        "supervision_dossier.twice": "{name}因同一事项已作“{use}”(事项 {number}),不重复运用。",
        "supervision_dossier.time_left": "说明期限到 {last} 才届满,今天是 {day},还不能不经说明办结。",
    }
)


def stood_on(use: Matter, day: date) -> str | None:
    """The state in which a use stood at the end of ``day``; None before it was decided, and where it never was."""
    decided: date | None = use.payload.get("decided_on")
    if decided is None or decided > day:
        return None
    state = "served"
    for name, reached in STEPS.items():
        taken = use.done_on(name)
        if taken is not None and taken <= day:
            state = reached
    return state


class Uses(Practice):
    """The actions on a use."""

    abstract = True

    @action("提出运用", by=("clerk", "member", "chair"), when=None, then="proposed", data=forms.Proposal, kind="use")
    def propose(self, matter: Matter, proposal: Mapping[str, Any], turn: Turn) -> Change:
        self._check(matter, proposal, turn)
        post = turn.records.post(proposal["official"], turn.day)
        assert post is not None, "an official holds a post"
        return Change({"organ": post[1].id})

    @action("随其他办法运用", by="system", when=None, then="served", data=forms.Followed, kind="use")
    def follow(self, matter: Matter, used: Mapping[str, Any], turn: Turn) -> Change:
        post = turn.records.post(used["person"], turn.day)
        organ = {} if post is None else {"organ": post[1].id}
        return Change({"decided_on": turn.day, **organ})

    @action("决定运用", by="chair", when="proposed", then="served", kind="use")
    def decide(self, matter: Matter, turn: Turn) -> Change:
        last = due(turn.day, self.params.response, turn.calendar).date
        assert last is not None, "no pause holds this clock"
        rule = next(use for use in self.params.uses if use["code"] == matter.payload["use"])
        return Change({"decided_on": turn.day}, papers=[papers.served(matter, last, rule)])

    @action("不予运用", by="chair", when="proposed", then="refused", data=forms.Refusal, kind="use", aside=True)
    def refuse(self, matter: Matter) -> None: ...

    @action(
        "提交说明",
        by=("subject", "assignee", "clerk"),
        when="served",
        then="answered",
        data=forms.Response,
        kind="use",
    )
    def respond(self, matter: Matter) -> None: ...

    @action("办结", by="clerk", when=("answered", "served"), then="concluded", data=forms.Outcome, kind="use")
    def conclude(self, matter: Matter, turn: Turn) -> None:
        last = due(matter.payload["decided_on"], self.params.response, turn.calendar).date
        if matter.state == "served" and last is not None and turn.day <= last:
            raise RendaError("supervision_dossier.time_left", last=last, day=turn.day)

    @action(
        "撤销运用",
        by="chair",
        when=("served", "answered"),
        then="revoked",
        data=forms.Refusal,
        kind="use",
        aside=True,
    )
    def revoke(self, matter: Matter, why: Mapping[str, Any]) -> Change:
        return Change(papers=[papers.revoked(matter, why["refused_for"])])

    def _check(self, matter: Matter, proposal: Mapping[str, Any], turn: Turn) -> None:
        code, about = proposal["use"], proposal.get("about")
        rules = {use["code"]: use for use in self.params.uses}
        if code not in rules:
            allowed = "、".join(USES[each] for each in rules)
            raise RendaError("supervision_dossier.not_here", use=USES[code], allowed=allowed)
        if rules[code]["evidence"] and not proposal.get("evidence"):
            raise RendaError("supervision_dossier.evidence", use=USES[code])
        person = turn.records.party("official", proposal["official"])
        for other in turn.records.matters(self.code, "use", party=person, relation="subject"):
            same = about is not None and (other.payload["use"], other.payload.get("about")) == (code, about)
            if same and other.id != matter.id and other.state not in {"refused", "revoked"}:
                raise RendaError("supervision_dossier.twice", name=person.name, use=USES[code], number=other.id)
