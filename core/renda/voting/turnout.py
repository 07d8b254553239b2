"""Who could vote, who was there, which papers went out and came back.

Whole vote: 选举法 §44, more papers returned than voters makes it void; equal or fewer is valid.
未按表决器 is kept apart from 弃权: it is no paper at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from renda.errors import RendaError, declare

from .thresholds import Comparison, compare

declare(
    {
        "voting.turnout_negative": "{name}不能是负数:{count}。请核对后重录。",
        "voting.turnout_present": "实到人数{present}多于全体组成人员{members}。请核对签到后重录。",
        "voting.turnout_issued": "发出票数{issued}多于实到人数{present}。请核对发票记录后重录。",
        "voting.turnout_returned": "有效票{valid}、无效票{void}、空白票{blank}合计{sum},"
        "与收回票数{returned}不符。请重新清点。",
        "voting.turnout_not_pressed": "未按人数{not_pressed}多于发出与收回之差{missing}。请核对后重录。",
    }
)


class Base(StrEnum):
    """Of what a share is taken; chosen for each ballot by the district's rule."""

    ALL_MEMBERS = "all_members"
    PRESENT = "present"
    ISSUED = "issued"
    RETURNED = "returned"
    VALID = "valid"

    @property
    def label(self) -> str:
        """The Chinese term."""
        return _BASE_LABELS[self]


_BASE_LABELS = {
    Base.ALL_MEMBERS: "全体组成人员",
    Base.PRESENT: "实到",
    Base.ISSUED: "发出",
    Base.RETURNED: "收回",
    Base.VALID: "有效",
}

_FIELD_LABELS = {
    "members": "全体组成人员",
    "present": "实到人数",
    "issued": "发出票数",
    "returned": "收回票数",
    "valid": "有效票",
    "void": "无效票",
    "blank": "空白票",
    "not_pressed": "未按人数",
}


@dataclass(frozen=True, slots=True)
class Turnout:
    """The figures of one ballot, people and papers as integers.

    ``present`` is the number present when the ballot was opened. ``valid + void + blank`` is
    ``returned``: ``blank`` holds the blank papers the rule sets aside, while those it takes as
    abstentions are in ``valid`` and those it takes as void are in ``void``. ``not_pressed`` had a
    terminal (or a paper on the screen) and answered nothing. ``returned`` may exceed ``issued``: that
    is recorded, and ``set_check`` says what follows.
    Raises ``RendaError`` where the figures contradict each other.
    """

    members: int
    present: int
    issued: int
    returned: int
    valid: int
    void: int = 0
    blank: int = 0
    not_pressed: int = 0

    def __post_init__(self) -> None:
        for name, label in _FIELD_LABELS.items():
            count = getattr(self, name)
            if count < 0:
                raise RendaError("voting.turnout_negative", name=label, count=count)
        if self.present > self.members:
            raise RendaError("voting.turnout_present", present=self.present, members=self.members)
        if self.issued > self.present:
            raise RendaError("voting.turnout_issued", issued=self.issued, present=self.present)
        papers = self.valid + self.void + self.blank
        if papers != self.returned:
            raise RendaError(
                "voting.turnout_returned",
                valid=self.valid,
                void=self.void,
                blank=self.blank,
                sum=papers,
                returned=self.returned,
            )
        missing = max(0, self.issued - self.returned)
        if self.not_pressed > missing:
            raise RendaError("voting.turnout_not_pressed", not_pressed=self.not_pressed, missing=missing)

    def of(self, base: Base) -> int:
        """The number that ``base`` means here."""
        return {
            Base.ALL_MEMBERS: self.members,
            Base.PRESENT: self.present,
            Base.ISSUED: self.issued,
            Base.RETURNED: self.returned,
            Base.VALID: self.valid,
        }[base]

    def with_papers(self, *, valid: int, void: int, blank: int) -> Turnout:
        """The same people, the papers counted for one row or one question."""
        return replace(self, valid=valid, void=void, blank=blank)

    @property
    def set_check(self) -> Comparison:
        """Whether the ballot stands as a whole: returned at most issued (选举法 §44)."""
        return compare(self.returned, "≤", self.issued)


def turnout(members: int, present: int, issued: int, returned: int, *, not_pressed: int = 0) -> Turnout:
    """A turnout before the papers were judged: all that came back stand as valid."""
    return Turnout(members, present, issued, returned, valid=returned, not_pressed=not_pressed)
