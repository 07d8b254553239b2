"""What was raised on a link: handed to an organ or answered, told to those who raised it, or made a suggestion."""

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
        "told": "已反馈",
        "suggested": "已转为建议",
        "listed": "已列为议题",
    }
)
OFFICE = ("clerk", "contact", "site")


class Items(Practice):
    """The actions on an item."""

    abstract = True

    @action(
        "登记民情",
        by=("clerk", "contact", "site"),
        when=None,
        then="received",
        data=forms.Raised,
        kind="item",
        around="held",
    )
    def bring(self, matter: Matter, raised: Mapping[str, Any], turn: Turn) -> None:
        refusals.private(raised)
        refusals.deputy(raised["contact"], turn)

    @action("转办", by=OFFICE, when="received", then="routed", data=forms.Routing, kind="item")
    def route(self, matter: Matter, routing: Mapping[str, Any], turn: Turn) -> Change:
        organ = turn.records.party("organ", routing["owner"]).name
        link = "" if matter.parent is None else matter.parent.title
        lines = (f"视频民情连线“{link}”上反映:{matter.payload['title']}。{matter.payload['detail']}", "请办理并答复。")
        return Change(papers=[Paper("交办单", f"民情事项交办单({matter.payload['title']})", lines, to=[organ])])

    @action("直接答复", by=OFFICE, when="received", then="answered", data=forms.Reply, kind="item", aside=True)
    def explain(self, matter: Matter) -> None: ...

    @action("答复", by="assignee", when="routed", then="answered", data=forms.Reply, kind="item")
    def answer(self, matter: Matter) -> None: ...

    @action("反馈反映人", by=OFFICE, when="answered", then="told", data=forms.Told, kind="item")
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
