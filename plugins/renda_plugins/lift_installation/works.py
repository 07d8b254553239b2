"""A lift from the first day of works to the last of its life: funds, stages, acceptance, upkeep, inspection."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, declare

from . import forms
from .applications import WINDOW

declare(
    {
        "lift_installation.funds": "资金合计 {funds} 万元,应等于施工金额和管线费用之和 {cost} 万元。",
        "lift_installation.too_much": "补贴 {given} 万元超过上限 {most} 万元(施工金额 {cost} 万元的 {share},每台不超过 "
        "{ceiling} 万元)。",
        "lift_installation.finish": "计划竣工 {day} 早于今天 {today}。请改正。",
        "lift_installation.stage_back": "现在是“{now}”,不能退回“{given}”。",
        "lift_installation.stages_left": "还没有施工到“{last}”,不能竣工验收。现在是“{now}”。",
    }
)
declare({"lift_installation.second_base": "{street}的底数已经登记(事项 {number})。请修订。"}, status=409)


class Works(Practice):
    """The actions on an entrance with an approved lift, and on the numbers of a street or town."""

    abstract = True

    @action("开工", by=WINDOW, when="approved", then="building", data=forms.Works, kind="entrance")
    def begin_works(self, matter: Matter, works: Mapping[str, Any], turn: Turn) -> None:
        if works["finish_on"] < turn.day:
            raise RendaError("lift_installation.finish", day=works["finish_on"], today=turn.day)
        cost = works["cost"] + works["pipelines"]
        funds = sum((each["amount"] for each in works["funds"]), Decimal(0))
        if funds != cost:
            raise RendaError("lift_installation.funds", funds=funds, cost=cost)
        subsidy = self.params.subsidy
        given = sum((each["amount"] for each in works["funds"] if each["source"] == subsidy["source"]), Decimal(0))
        most = min(works["cost"] * subsidy["share"], subsidy["ceiling"])
        if given > most:
            said = {"given": given, "most": most, "cost": works["cost"]}
            limits = {"share": subsidy["share"], "ceiling": subsidy["ceiling"]}
            raise RendaError("lift_installation.too_much", **said, **limits)

    @action("记录施工监管", by=WINDOW, when="building", data=forms.Stage, kind="entrance", aside=True)
    def record_stage(self, matter: Matter, given: Mapping[str, Any]) -> None:
        stages, now = self.params.stages, matter.payload.get("stage")
        if now is not None and stages.index(given["stage"]) < stages.index(now):
            raise RendaError("lift_installation.stage_back", now=now, given=given["stage"])

    @action("竣工验收", by=WINDOW, when="building", then="accepted", data=forms.Acceptance, kind="entrance")
    def accept(self, matter: Matter) -> None:
        last, now = self.params.stages[-1], matter.payload.get("stage")
        if now != last:
            raise RendaError("lift_installation.stages_left", last=last, now=now or "没有记录")

    @action("使用登记", by=WINDOW, when="accepted", then="in_use", data=forms.Registration, kind="entrance")
    def register(self, matter: Matter, turn: Turn) -> Change:
        return Change({"upkeeps": 0, "upkeep_from": turn.day, "inspection_from": turn.day})

    @action("登记维护保养", by=WINDOW, when="in_use", data=forms.Upkeep, kind="entrance")
    def keep_up(self, matter: Matter, turn: Turn) -> Change:
        return Change({"upkeeps": matter.payload["upkeeps"] + 1, "upkeep_from": turn.day})

    @action(
        "登记检验合格",
        by=WINDOW,
        when=("in_use", "stopped"),
        then="in_use",
        data=forms.Inspection,
        kind="entrance",
    )
    def inspect(self, matter: Matter, turn: Turn) -> Change:
        # Upkeep of a lift that stood still starts anew.
        again = {"upkeep_from": turn.day} if matter.state == "stopped" else {}
        return Change({"inspection_from": turn.day, **again})

    @action(
        "检验不合格停用",
        by=WINDOW,
        when="in_use",
        then="stopped",
        data=forms.Inspection,
        kind="entrance",
        aside=True,
    )
    def fail(self, matter: Matter, turn: Turn) -> Change:
        return Change({"inspection_from": turn.day})

    @action(
        "注销报废",
        by=WINDOW,
        when=("in_use", "stopped"),
        then="retired",
        data=forms.Reason,
        kind="entrance",
        aside=True,
    )
    def retire(self, matter: Matter) -> None: ...

    @action("登记底数", by="clerk", when=None, then="entered", data=forms.Base, kind="base")
    def enter_base(self, matter: Matter, base: Mapping[str, Any], turn: Turn) -> None:
        street = turn.records.party("organ", base["street"])
        for other in turn.records.matters(self.code, "base", party=street, relation="street"):
            if other.id != matter.id and other.state == "entered":
                raise RendaError("lift_installation.second_base", street=street.name, number=other.id)

    @action("注销底数", by="clerk", when="entered", then="replaced", data=forms.Reason, kind="base", aside=True)
    def replace_base(self, matter: Matter) -> None: ...
