"""What is brought: handed to an organ or answered, told to those who brought it, or made a deputy's suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Paper, Practice, Turn, action

from . import forms, refusals

ITEM = MappingProxyType(
    {
        "received": "待转办",
        "routed": "待答复",
        "answered": "待反馈",
        "closed": "已反馈",
        "suggested": "已转为建议",
        "listed": "已列为议题",
    }
)


class Items(Practice):
    """The actions on an item."""

    abstract = True

    @action("反映民情", by=("contact", "clerk"), when=None, then="received", data=forms.Brought, kind="item")
    def bring(self, matter: Matter, brought: Mapping[str, Any], turn: Turn) -> Change:
        refusals.private(brought)
        team = refusals.team(self.code, brought["team"], turn)
        member = refusals.member(team, brought["liaison"])
        return Change({"deputy": team.payload["deputy"], "brought_by": f"民情联络员{member['name']}"})

    @action("监督员反映", by="system", when=None, then="received", data=forms.Said, kind="item")
    def bring_from_meeting(self, matter: Matter, said: Mapping[str, Any], turn: Turn) -> Change:
        refusals.private(said)
        found = refusals.supervisor(self.code, said["supervisor"], turn)
        return Change({"brought_by": f"选民监督员{found.payload['name']}"})

    @action("转办", by=("contact", "clerk"), when="received", then="routed", data=forms.Routing, kind="item")
    def route(self, matter: Matter, routing: Mapping[str, Any], turn: Turn) -> Change:
        organ = turn.records.party("organ", routing["owner"]).name
        lines = (
            f"{matter.payload['brought_by']}反映:{matter.payload['title']}。{matter.payload['detail']}",
            "请办理并答复。",
        )
        return Change(papers=[Paper("交办单", f"民情事项交办单({matter.payload['title']})", lines, to=[organ])])

    @action(
        "直接答复", by=("contact", "clerk"), when="received", then="answered", data=forms.Reply, kind="item", aside=True
    )
    def explain(self, matter: Matter) -> None: ...

    @action("答复", by="assignee", when="routed", then="answered", data=forms.Reply, kind="item")
    def answer(self, matter: Matter) -> None: ...

    @action("反馈反映人", by=("contact", "clerk"), when="answered", then="closed", data=forms.Told, kind="item")
    def tell(self, matter: Matter) -> None: ...

    @action(
        "转为代表建议",
        by="contact",
        when=("received", "answered"),
        then="suggested",
        data=forms.Suggestion,
        kind="item",
        aside=True,
    )
    def become_suggestion(self, matter: Matter) -> None: ...

    @action("列为议题", by="system", when=("received", "answered"), then="listed", data=forms.Listed, kind="item")
    def be_listed(self, matter: Matter) -> None:
        """What follows where a deliberation takes it up as a topic."""
