"""When a paper with several choices is good, and what the good ones say together.

选举法 §44: a paper with more choices than seats is void, with as many or fewer it is valid. That fewer
are valid is a switch, since some elections ask for exactly the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from renda.errors import RendaError, declare

from .rows import BlankPolicy

if TYPE_CHECKING:
    from .turnout import Turnout

declare(
    {
        "voting.papers_sum": "有效票{valid}、无效票{void}、空白票{blank}合计{sum},与收回票数{returned}不符。"
        "请重新清点。",
        "voting.papers_over": "“{option}”得{votes}票,多于有效票{valid}。请重新清点。",
    }
)


Key = TypeVar("Key")


class Marking(StrEnum):
    """How many choices a paper may hold."""

    ONE = "one"
    UP_TO_N = "up_to_n"
    EXACTLY_N = "exactly_n"
    RANKS = "ranks"


class VoidReason(StrEnum):
    """Why a paper is void."""

    OVERVOTE = "overvote"
    UNDERVOTE = "undervote"
    REPEATED = "repeated"
    UNKNOWN = "unknown"
    WRITE_IN = "write_in"


@dataclass(frozen=True, slots=True)
class PaperCount:
    """What the papers of one question say together, before the blank policy.

    ``votes`` are choices (or points, for ranks) of each option on the ``good`` papers with a mark.
    Counts of paper and of terminals add up with ``+``.
    """

    votes: Mapping[str, int]
    good: int
    void: int = 0
    blank: int = 0
    reasons: Mapping[VoidReason, int] = field(default_factory=dict)

    @property
    def returned(self) -> int:
        """All papers."""
        return self.good + self.void + self.blank

    def __add__(self, other: PaperCount) -> PaperCount:
        return PaperCount(
            added(self.votes, other.votes),
            self.good + other.good,
            self.void + other.void,
            self.blank + other.blank,
            added(self.reasons, other.reasons),
        )

    def judged(self, blank: BlankPolicy, turnout: Turnout) -> Turnout:
        """The turnout with valid, void and blank papers by the policy; an error where sums differ."""
        if self.returned != turnout.returned:
            raise RendaError(
                "voting.papers_sum",
                valid=self.good,
                void=self.void,
                blank=self.blank,
                sum=self.returned,
                returned=turnout.returned,
            )
        return turnout.with_papers(
            valid=self.good + (self.blank if blank is BlankPolicy.ABSTAIN else 0),
            void=self.void + (self.blank if blank is BlankPolicy.INVALID else 0),
            blank=self.blank if blank is BlankPolicy.IGNORED else 0,
        )

    def check_votes(self) -> None:
        """Raise ``RendaError`` where an option has more votes than there are good papers."""
        for option, votes in self.votes.items():
            if votes > self.good:
                raise RendaError("voting.papers_over", option=option, votes=votes, valid=self.good)


def added(one: Mapping[Key, int], other: Mapping[Key, int]) -> dict[Key, int]:
    """Two counts added key by key, the order of ``one`` first."""
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}


def fault_of(chosen: Sequence[str], options: Sequence[str], marking: Marking, seats: int) -> VoidReason | None:
    """What makes a marked paper void, or None; ``chosen`` is in rank order where ranks are asked."""
    if any(option not in options for option in chosen):
        return VoidReason.UNKNOWN
    if len(set(chosen)) < len(chosen):
        return VoidReason.REPEATED
    if len(chosen) > (1 if marking is Marking.ONE else seats):
        return VoidReason.OVERVOTE
    if marking is Marking.EXACTLY_N and len(chosen) < seats:
        return VoidReason.UNDERVOTE
    return None


def count_papers(
    papers: Iterable[Sequence[str]],
    options: Sequence[str],
    marking: Marking,
    seats: int,
    points: Sequence[int] = (),
) -> PaperCount:
    """Count papers that each list the options chosen; a paper of none is blank.

    With ``Marking.RANKS`` the order on the paper is the rank and ``points`` the worth of each place.
    """
    votes = Counter[str]()
    reasons = Counter[VoidReason]()
    good = blank = 0
    for chosen in papers:
        if not chosen:
            blank += 1
            continue
        fault = fault_of(chosen, options, marking, seats)
        if fault is not None:
            reasons[fault] += 1
            continue
        good += 1
        for place, option in enumerate(chosen):
            votes[option] += points[place] if marking is Marking.RANKS else 1
    counted = {option: votes[option] for option in options}
    return PaperCount(counted, good, reasons.total(), blank, dict(reasons))
