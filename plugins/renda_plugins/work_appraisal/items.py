"""A problem said by people, or an item of the committee's opinion: put right, or returned."""

from __future__ import annotations

from types import MappingProxyType

from renda import Change, Matter, Practice, action

from . import forms

STATES = MappingProxyType({"open": "待整改", "rectified": "已整改"})
STAGES = ("fed_back", "measuring", "appraised", "rectifying")


class Items(Practice):
    """The actions on problems and items of an opinion."""

    abstract = True

    @action("列出问题", by="clerk", when=None, then="open", data=forms.Item, kind="problem", around="fed_back")
    def list_problem(self, matter: Matter) -> Change:
        return _numbered(matter)

    @action(
        "报告问题整改",
        by="assignee",
        when="open",
        then="rectified",
        data=forms.Rectified,
        kind="problem",
        around=STAGES,
    )
    def rectify_problem(self, matter: Matter) -> None: ...

    @action("退回问题整改", by="clerk", when="rectified", then="open", data=forms.Grounds, kind="problem",
            around=STAGES, aside=True)  # fmt: skip
    def return_problem(self, matter: Matter) -> None: ...

    @action("列出评议意见", by="clerk", when=None, then="open", data=forms.Item, kind="opinion", around="rectifying")
    def list_opinion(self, matter: Matter) -> Change:
        return _numbered(matter)

    @action(
        "报告意见落实",
        by="assignee",
        when="open",
        then="rectified",
        data=forms.Rectified,
        kind="opinion",
        around="rectifying",
    )
    def rectify_opinion(self, matter: Matter) -> None: ...

    @action("退回意见落实", by="clerk", when="rectified", then="open", data=forms.Grounds, kind="opinion",
            around="rectifying", aside=True)  # fmt: skip
    def return_opinion(self, matter: Matter) -> None: ...


def _numbered(item: Matter) -> Change:
    assert item.parent is not None
    # The matter that is being opened is already among its siblings.
    return Change({"number": len(item.parent.children(item.kind))})
