"""The year's ledger: clues gathered from audits, and numbers of what was not entered clue by clue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Practice, RendaError, Turn, action, declare

from . import forms

declare(
    {
        "joint_supervision.body_missing": "联动机关里没有一个是可以移送的机关:{allowed}。",
        "joint_supervision.nothing_new": "自 {since} 至今没有新的审计问题可以汇集。",
        "joint_supervision.amount": "合计数应大于 0,现为 {given}。",
        "joint_supervision.own_line": "登记人不能核对自己登记的合计数。请由另一个人核对。",
    }
)
declare(
    {
        "joint_supervision.second_ledger": "{year} 年度的台账已经建立(事项 {number})。请在那里登记。",
        "joint_supervision.line_twice": "“{line}”的合计数已经登记(事项 {number})。",
    },
    status=409,
)

LEDGER = MappingProxyType({"open": "进行中", "closed": "已结"})
LINE = MappingProxyType({"entered": "待核对", "checked": "已核对", "dropped": "已撤销"})


class Ledgers(Practice):
    """The actions on a ledger and on its lines."""

    abstract = True

    @action("建立年度台账", by="clerk", when=None, then="open", data=forms.Ledger, kind="ledger")
    def begin(self, matter: Matter, ledger: Mapping[str, Any], turn: Turn) -> None:
        """A year of joint supervision begins."""
        names = {turn.records.party("organ", number).name for number in ledger["joint"]}
        if names.isdisjoint(self.params.bodies):
            raise RendaError("joint_supervision.body_missing", allowed="、".join(self.params.bodies))
        for other in turn.records.matters(self.code, "ledger"):
            if other.payload.get("year") == ledger["year"]:
                raise RendaError("joint_supervision.second_ledger", year=ledger["year"], number=other.id)

    @action("汇集审计问题", by="clerk", when="open", kind="ledger", aside=True)
    def gather(self, matter: Matter, turn: Turn) -> Change:
        """A clue for each problem an audit found this year that is none yet (facts ``audit.problem``)."""
        since = date(matter.payload["year"], 1, 1)
        known = {each.payload.get("origin") for each in matter.children("clue")}
        opened = []
        for fact in turn.records.facts("audit.problem", since=since, until=turn.day):
            origin = f"{fact.code}@{fact.matter}"
            if origin not in known and fact.matter is not None:
                known.add(origin)
                entries: dict[str, Any] = {
                    "title": fact.text[:60],
                    "source": "audit",
                    "area": self.params.areas[0],
                    "summary": fact.text,
                    "origin": origin,
                }
                if fact.subject.noun == "organ":
                    entries["concerns"] = [fact.subject.id]
                opened.append(Opening("clue", entries))
        if not opened:
            raise RendaError("joint_supervision.nothing_new", since=since)
        return Change(opens=opened)

    @action(
        "年度结账", by="clerk", when="open", then="closed", kind="ledger", children={"clue": ("concluded", "filed")}
    )
    def close(self, matter: Matter) -> None:
        """Every clue of the year is concluded or filed."""

    @action("登记合计数", by="clerk", when=None, then="entered", data=forms.Line, kind="line", around="open")
    def enter(self, matter: Matter, line: Mapping[str, Any], turn: Turn) -> Change:
        """A number of clues or outcomes that were not entered one by one, and where it comes from."""
        if line["amount"] <= 0:
            raise RendaError("joint_supervision.amount", given=line["amount"])
        assert matter.parent is not None, "a line lies in a ledger"
        for other in matter.parent.children("line"):
            if other.id != matter.id and other.state != "dropped" and other.payload.get("line") == line["line"]:
                label = next(each["label"] for each in self.params.lines if each["code"] == line["line"])
                raise RendaError("joint_supervision.line_twice", line=label, number=other.id)
        return Change({"registrar": turn.actor.name})

    @action("核对合计数", by=("auditor", "chair", "clerk"), when="entered", then="checked", kind="line")
    def check_line(self, matter: Matter, turn: Turn) -> None:
        """Somebody else has compared it with its source; from now on it counts."""
        if turn.actor.name == matter.payload["registrar"]:
            raise RendaError("joint_supervision.own_line")

    @action("撤销合计数", by="clerk", when="entered", then="dropped", data=forms.Doubt, kind="line", aside=True)
    def drop_line(self, matter: Matter) -> None:
        """It was entered by mistake."""
