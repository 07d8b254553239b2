"""A reader and a report: named without a conflict, read in private, satisfied or not in the end."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Actor, Matter, Practice, Turn, action

from . import forms, refusals

STATES = MappingProxyType({"assigned": "待审阅", "handed": "已交审阅意见", "rated": "已评价", "excused": "不再审阅"})
ENDS = ("rated", "excused")
PRIVATE = ("forming", "reading")
GROUP = frozenset({"clerk", "chair", "member", "auditor", "system"})


class Readings(Practice):
    """The actions on a reading."""

    abstract = True

    @action(
        "指定评阅人",
        by="clerk",
        when=None,
        then="assigned",
        data=forms.Reader,
        kind="reading",
        around=("due", "submitted", "returned"),
    )
    def assign(self, matter: Matter, named: Mapping[str, Any], turn: Turn) -> None:
        refusals.phase(matter, self.kind("review").states, *PRIVATE)
        assert matter.parent is not None
        refusals.conflict(matter.parent, named["reader"], turn)

    @action(
        "交审阅意见",
        by="reader",
        when="assigned",
        then="handed",
        data=forms.Opinion,
        kind="reading",
        around="submitted",
    )
    def hand_in(self, matter: Matter, opinion: Mapping[str, Any]) -> None:
        refusals.phase(matter, self.kind("review").states, "reading")
        refusals.marks(opinion["given"], self.params.marks)

    @action(
        "不再审阅",
        by=("clerk", "reader"),
        when=("assigned", "handed"),
        then="excused",
        data=forms.Excuse,
        kind="reading",
        aside=True,
    )
    def excuse(self, matter: Matter) -> None: ...

    @action(
        "评价满意度",
        by="reader",
        when="handed",
        then="rated",
        data=forms.Verdict,
        kind="reading",
        around="rectifying",
    )
    def rate(self, matter: Matter) -> None: ...


def private_until_joint(matter: Matter, viewer: Actor) -> bool | None:
    """A reading is its reader's alone until all read together; then the committee's. Others never see one."""
    if matter.kind != "reading" or "system" in viewer.roles or "reader" in matter.relations_of(viewer):
        return None
    review = matter
    while review.parent is not None:
        review = review.parent
    if review.state in PRIVATE and matter.state != "assigned":
        return False
    return None if viewer.roles & GROUP else False
