"""A problem: found, put right, checked, or carried into the next year."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, declare, due

from . import forms, papers

declare(
    {
        "state_assets.early": "整改期限 {day} 早于今天 {today}。请改正。",
        "state_assets.not_lasting": "事项 {number} 不是上年持续整改的问题,不能转入。",
    }
)

STATES = MappingProxyType(
    {"open": "待整改", "reported": "待核查", "confirmed": "整改到位", "lasting": "持续整改,转下年"}
)


class Problems(Practice):
    """The actions on a problem."""

    abstract = True

    @action(
        "登记问题",
        by=("clerk", "auditor"),
        when=None,
        then="open",
        data=forms.Problem,
        kind="problem",
        around=("gathering", "general", "submitted", "rectifying"),
    )
    def find(self, matter: Matter, problem: Mapping[str, Any], turn: Turn) -> Change:
        earlier = problem.get("carried_from")
        before = None if earlier is None else turn.records.matter(earlier)
        if earlier is not None and (before is None or (before.practice, before.state) != (self.code, "lasting")):
            raise RendaError("state_assets.not_lasting", number=earlier)
        last = problem.get("due") or due(turn.day, self.params.rectify, turn.calendar).date
        assert last is not None, "no pause holds this clock"
        if last < turn.day:
            raise RendaError("state_assets.early", day=last, today=turn.day)
        organ = turn.records.party("organ", problem["organ"]).name
        return Change({"due": last}, papers=[papers.assignment(problem, organ, last)])

    @action("报告整改", by="assignee", when="open", then="reported", data=forms.Rectification, kind="problem")
    def rectify(self, matter: Matter) -> None: ...

    @action(
        "核查整改",
        by=("clerk", "auditor"),
        when="reported",
        then=("confirmed", "open"),
        data=forms.Verdict,
        kind="problem",
    )
    def check(self, matter: Matter, verdict: Mapping[str, Any], turn: Turn) -> Change:
        if verdict["verdict"] == "done":
            return Change(then="confirmed")
        return Change({"due": due(turn.day, self.params.rectify, turn.calendar).date}, then="open")

    @action(
        "列入持续整改",
        by="chair",
        when=("open", "reported"),
        then="lasting",
        data=forms.Lasting,
        kind="problem",
        aside=True,
    )
    def let_last(self, matter: Matter) -> None: ...
