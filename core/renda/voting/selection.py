"""票决: choose N of M. Base, threshold and what happens to seats left are the district's rule.

Each seat goes by the rules of ``seats``; papers are judged by those of ``papers``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from renda.errors import RendaError, declare

from .motions import participation_from
from .papers import Marking, PaperCount, count_papers
from .reading import RuleTable
from .rows import BlankPolicy
from .seats import NextRound, RoundKind, Seating, Surplus, fill_seats, next_round, surplus_from
from .thresholds import MORE_THAN_HALF, PLURALITY, Comparison, Threshold, threshold_from
from .turnout import Base, Turnout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

declare(
    {
        "voting.option_twice": "选项“{option}”列了两次。请删去一个。",
        "voting.points_places": "{where}按名次计分,要给{seats}个名次各写一个分值(points),实际写了{given}个。请补齐。",
        "voting.points_order": "{where}的名次分值应从高到低:{points}。请更正。",
        "voting.points_unused": "{where}写了名次分值(points),但填票方式不是 ranks。请删去或改填票方式。",
        "voting.ranks_threshold": '{where}按名次计分时只能以得分高低定(threshold = "plurality")。请更正。',
    }
)


class SeatsLeft(StrEnum):
    """What happens where fewer reach the threshold than there are seats."""

    SECOND_ROUND = "second_round"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class SelectionRule:
    """How ``seats`` of the options are chosen; make it with ``selection_rule_from``."""

    seats: int
    marking: Marking = Marking.UP_TO_N
    blank: BlankPolicy = BlankPolicy.ABSTAIN
    base: Base = Base.ALL_MEMBERS
    threshold: Threshold = MORE_THAN_HALF
    seats_left: SeatsLeft = SeatsLeft.SECOND_ROUND
    second_threshold: Threshold | None = None
    participation: Threshold | None = None
    surplus: Surplus | None = None
    points: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SelectionResult:
    """A selection counted.

    ``seating`` is None where the whole vote is void or too few took part: the vote is then held again as
    a whole. ``following`` is the round that has to come, if any.
    """

    count: PaperCount
    turnout: Turnout
    base: Base
    set_check: Comparison
    participation: Comparison | None
    seating: Seating | None
    following: NextRound | None

    @property
    def chosen(self) -> tuple[str, ...]:
        """Those chosen, most votes first."""
        return self.seating.chosen if self.seating else ()


SELECTION_KEYS = (
    "seats",
    "marking",
    "blank",
    "base",
    "threshold",
    "seats_left",
    "second_threshold",
    "participation",
    "surplus",
    "points",
)


def selection_rule_from(value: object, where: str) -> SelectionRule:
    """Read a selection rule; only ``seats`` is required."""
    table = RuleTable(value, where, SELECTION_KEYS)
    seats = table.whole("seats", least=1)
    marking = table.choice("marking", Marking, Marking.UP_TO_N)
    ranked = marking is Marking.RANKS
    points = table.items("points", ())
    if ranked:
        if len(points) != seats:
            raise RendaError("voting.points_places", where=where, seats=seats, given=len(points))
    elif points:
        raise RendaError("voting.points_unused", where=where)
    places = tuple(
        RuleTable({"points": point}, table.place("points", number), ("points",)).whole("points")
        for number, point in enumerate(points, 1)
    )
    if list(places) != sorted(places, reverse=True):
        raise RendaError("voting.points_order", where=where, points=list(places))
    threshold = threshold_at(table, "threshold") or (PLURALITY if ranked else MORE_THAN_HALF)
    if ranked and threshold != PLURALITY:
        raise RendaError("voting.ranks_threshold", where=where)
    return SelectionRule(
        seats,
        marking,
        table.choice("blank", BlankPolicy, BlankPolicy.ABSTAIN),
        table.choice("base", Base, Base.ALL_MEMBERS),
        threshold,
        table.choice("seats_left", SeatsLeft, SeatsLeft.SECOND_ROUND),
        threshold_at(table, "second_threshold"),
        participation_from(table),
        surplus_from(table.value("surplus"), table.place("surplus")) if "surplus" in table else None,
        places,
    )


def threshold_at(table: RuleTable, key: str) -> Threshold | None:
    """The threshold under ``key``, or None where there is none."""
    return threshold_from(table.value(key), table.place(key)) if key in table else None


def count_selection(rule: SelectionRule, options: Sequence[str], papers: Iterable[Sequence[str]]) -> PaperCount:
    """Count papers that each list the chosen options."""
    check_options(options)
    return count_papers(papers, options, rule.marking, rule.seats, rule.points)


def check_options(options: Sequence[str]) -> None:
    """Raise ``RendaError`` where an option is listed twice."""
    for option in options:
        if options.count(option) > 1:
            raise RendaError("voting.option_twice", option=option)


def decide_selection(rule: SelectionRule, turnout: Turnout, count: PaperCount) -> SelectionResult:
    """Fill the seats from a count, which may be the sum of a paper and an electronic one."""
    if rule.marking is not Marking.RANKS:
        count.check_votes()
    seen = count.judged(rule.blank, turnout)
    participation = rule.participation.compare(seen.returned, seen.members) if rule.participation else None
    seating: Seating | None = None
    if not seen.set_check or (participation is not None and not participation):
        following: NextRound | None = NextRound(RoundKind.WHOLE_AGAIN, tuple(count.votes), rule.seats, rule.threshold)
    else:
        seating = fill_seats(count.votes, rule.seats, rule.threshold, seen.of(rule.base))
        following = next_round(seating, rule.second_threshold or rule.threshold, rule.surplus)
        if rule.seats_left is SeatsLeft.FEWER and not seating.tied:
            following = None
    return SelectionResult(count, seen, rule.base, seen.set_check, participation, seating, following)
