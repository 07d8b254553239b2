"""Liaisons and supervisors: who they are, since when, and to what they are invited."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Paper, Practice, Turn, action

from . import forms, refusals

SERVING = MappingProxyType({"serving": "在任", "ended": "已结束"})
INVITED = MappingProxyType({"invited": "已邀请", "held": "已记录"})


class People(Practice):
    """The actions on liaisons, supervisors and invitations."""

    abstract = True

    @action("建立联络关系", by=("contact", "clerk"), when=None, then="serving", data=forms.Team, kind="team")
    def begin(self, matter: Matter, team: Mapping[str, Any], turn: Turn) -> Change:
        refusals.second_team(self.code, matter, team["deputy"], turn)
        refusals.too_many(len(team["liaisons"]), self.params.per_deputy)
        refusals.same_names([each["name"] for each in team["liaisons"]])
        members = [
            {"number": place, "name": each["name"], "capacity": each["capacity"], "since": turn.day}
            for place, each in enumerate(team["liaisons"], 1)
        ]
        return Change({"members": members, "liaisons": None})

    @action("增补联络员", by=("contact", "clerk"), when="serving", data=forms.More, kind="team", aside=True)
    def add(self, matter: Matter, more: Mapping[str, Any], turn: Turn) -> Change:
        refusals.too_many(len(serving(matter)) + 1, self.params.per_deputy)
        return Change({**dict.fromkeys(more), "members": _joined(matter, more, turn)})

    @action("更换联络员", by=("contact", "clerk"), when="serving", data=forms.Exchange, kind="team", aside=True)
    def exchange(self, matter: Matter, change: Mapping[str, Any], turn: Turn) -> Change:
        refusals.member(matter, change["leaves"])
        left = {"until": turn.day, "left_for": change["left_for"]}
        members = [
            {**each, **(left if each["number"] == change["leaves"] else {})} for each in _joined(matter, change, turn)
        ]
        return Change({**dict.fromkeys(change), "members": members})

    @action("结束联络关系", by="clerk", when="serving", then="ended", data=forms.Ending, kind="team", aside=True)
    def end(self, matter: Matter) -> None: ...

    @action("聘任选民监督员", by="clerk", when=None, then="serving", data=forms.Supervisor, kind="supervisor")
    def appoint(self, matter: Matter) -> None: ...

    @action("解聘", by="clerk", when="serving", then="ended", data=forms.Ending, kind="supervisor", aside=True)
    def dismiss(self, matter: Matter) -> None: ...

    @action("邀请选民监督员", by="clerk", when=None, then="invited", data=forms.Invitation, kind="invitation")
    def invite(self, matter: Matter, invitation: Mapping[str, Any], turn: Turn) -> Change:
        names = [refusals.supervisor(self.code, number, turn).payload["name"] for number in invitation["invited"]]
        said = f"请于 {invitation['on']} 参加{invitation['occasion']}:{invitation['subject']}。"
        return Change(papers=[Paper("函", f"选民监督员邀请函({invitation['subject']})", (said,), to=names)])

    @action("记录参加", by="clerk", when="invited", then="held", data=forms.Attendance, kind="invitation")
    def record(self, matter: Matter, attendance: Mapping[str, Any], turn: Turn) -> None:
        refusals.not_yet(matter, turn)
        remarks = attendance.get("remarks", ())
        refusals.only_invited(matter, attendance["attended"], [each["supervisor"] for each in remarks])


def serving(team: Matter) -> list[Mapping[str, Any]]:
    """A deputy's liaisons who have not left."""
    return [each for each in team.payload.get("members", ()) if "until" not in each]


def _joined(team: Matter, fresh: Mapping[str, Any], turn: Turn) -> list[dict[str, Any]]:
    members = [dict(each) for each in team.payload.get("members", ())]
    refusals.same_names([*(each["name"] for each in serving(team)), fresh["name"]])
    named = {"name": fresh["name"], "capacity": fresh["capacity"]}
    return [*members, {"number": len(members) + 1, **named, "since": turn.day}]
