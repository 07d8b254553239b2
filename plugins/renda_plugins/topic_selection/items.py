"""One item of an opinion: reported on, struck off the list, or carried over with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action

from . import forms

STATES = MappingProxyType({"open": "待办理", "reported": "待销号", "closed": "已销号", "carried": "转跨年"})
ENDS = ("closed", "carried")


class Items(Practice):
    """The actions on an item."""

    abstract = True

    @action("列出意见", by="clerk", when=None, then="open", data=forms.Asked, kind="item", around="following")
    def list_item(self, matter: Matter) -> Change:
        assert matter.parent is not None
        # The matter that is being opened is already among its siblings.
        return Change({"number": len(matter.parent.children("item"))})

    @action("报告办理结果", by="assignee", when="open", then="reported", data=forms.Done, kind="item")
    def report(self, matter: Matter, done: Mapping[str, Any], turn: Turn) -> Change:
        return Change({"reported_on": turn.day})

    @action("销号", by="clerk", when="reported", then="closed", kind="item")
    def close(self, matter: Matter) -> None: ...

    @action("退回续办", by="clerk", when="reported", then="open", data=forms.Grounds, kind="item", aside=True)
    def send_back(self, matter: Matter) -> None: ...

    @action(
        "转跨年办理",
        by="clerk",
        when=("open", "reported"),
        then="carried",
        data=forms.Grounds,
        kind="item",
        aside=True,
    )
    def carry_over(self, matter: Matter) -> None: ...
