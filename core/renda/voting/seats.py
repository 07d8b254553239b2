"""Who gets a seat: those over the threshold, most votes first; a tie for the last seat is voted again.

地方组织法 §29, 选举法 §45: where more reach the majority than there are seats, more votes win; where
votes are equal at the last seat, the vote is repeated among the tied only, and more votes win; where
fewer reach it, the seats left are voted on again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from renda.errors import RendaError, declare

from .reading import RuleTable
from .thresholds import PLURALITY, Comparison, Threshold, compare

declare(
    {
        "voting.surplus_order": "{where}的差额下限高于上限。请更正。",
        "voting.surplus_fraction": "{where}的差额比例不能是负数:{ratio}。请更正。",
    }
)


@dataclass(frozen=True, slots=True)
class Seating:
    """The seats filled.

    ``chosen`` and ``not_chosen`` stand in order of votes (equal votes: as listed); ``tied`` compete for
    ``tied_seats``; ``vacant`` seats nobody reached. ``comparisons`` gives each option's sum against the
    threshold. Where more reached it than there are seats, ``ranking`` gives the votes of each of these against
    those it competes with: one chosen against the best of the rest, the others against the last seat.
    """

    seats: int
    base_count: int
    needed: int
    votes: Mapping[str, int]
    comparisons: Mapping[str, Comparison]
    chosen: tuple[str, ...]
    tied: tuple[str, ...]
    tied_seats: int
    vacant: int
    not_chosen: tuple[str, ...]
    ranking: Mapping[str, Comparison] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every seat is filled."""
        return len(self.chosen) == self.seats


def fill_seats(votes: Mapping[str, int], seats: int, threshold: Threshold, base_count: int) -> Seating:
    """Fill ``seats`` from ``votes`` for each option; integers throughout."""
    comparisons = {option: threshold.compare(count, base_count) for option, count in votes.items()}
    ranked = sorted(votes, key=lambda option: -votes[option])
    able = [option for option in ranked if comparisons[option]]
    chosen, tied = able, list[str]()
    if len(able) > seats:
        last = votes[able[seats - 1]] if seats else votes[able[0]] + 1
        chosen = [option for option in able if votes[option] > last]
        level = [option for option in able if votes[option] == last]
        if len(chosen) + len(level) <= seats:
            chosen += level
        else:
            tied = level
    return Seating(
        seats=seats,
        base_count=base_count,
        needed=threshold.needed(base_count),
        votes=dict(votes),
        comparisons=comparisons,
        chosen=tuple(chosen),
        tied=tuple(tied),
        tied_seats=seats - len(chosen) if tied else 0,
        vacant=max(0, seats - len(able)),
        not_chosen=tuple(option for option in ranked if option not in chosen and option not in tied),
        ranking=_ranking(votes, able, chosen, tied) if len(able) > seats else {},
    )


def _ranking(
    votes: Mapping[str, int], able: Sequence[str], chosen: Sequence[str], tied: Sequence[str]
) -> dict[str, Comparison]:
    best = max(votes[option] for option in able if option not in chosen)
    last = votes[tied[0]] if tied else min((votes[option] for option in chosen), default=best)
    return {
        option: compare(votes[option], ">", best)
        if option in chosen
        else compare(votes[option], "=" if option in tied else "≥", last)
        for option in able
    }


@dataclass(frozen=True, slots=True)
class Surplus:
    """差额: how many more candidates than seats a list must and may have.

    The least is the larger of ``min_extra`` and ``min_ratio × seats`` rounded up; the most is the larger
    of ``max_extra`` and ``max_ratio × seats`` rounded down, never below the least; None sets no limit.
    """

    min_extra: int = 0
    max_extra: int | None = None
    min_ratio: Fraction = Fraction()
    max_ratio: Fraction | None = None

    def least(self, seats: int) -> int:
        """The fewest candidates for ``seats``."""
        return seats + max(self.min_extra, -(-self.min_ratio.numerator * seats // self.min_ratio.denominator))

    def most(self, seats: int) -> int | None:
        """The most candidates for ``seats``, or None."""
        extras = [] if self.max_extra is None else [self.max_extra]
        if self.max_ratio is not None:
            extras.append(self.max_ratio.numerator * seats // self.max_ratio.denominator)
        return max(self.least(seats), seats + max(extras)) if extras else None

    def check(self, candidates: int, seats: int) -> tuple[Comparison, ...]:
        """Both limits, each with its sum; the list is in order where all hold."""
        most = self.most(seats)
        found = [compare(candidates, "≥", self.least(seats))]
        return tuple(found if most is None else [*found, compare(candidates, "≤", most)])


def surplus_from(value: object, where: str) -> Surplus:
    """Read ``{min_extra, max_extra, min_ratio, max_ratio}``; ratios as Decimal or text such as ``1/5``."""
    table = RuleTable(value, where, ("min_extra", "max_extra", "min_ratio", "max_ratio"))
    least, most = (table.number(key, Fraction()) for key in ("min_ratio", "max_ratio"))
    for ratio in (least, most):
        if ratio < 0:
            raise RendaError("voting.surplus_fraction", where=where, ratio=ratio)
    surplus = Surplus(
        table.whole("min_extra", 0),
        table.whole("max_extra") if "max_extra" in table else None,
        least,
        most if "max_ratio" in table else None,
    )
    over = surplus.max_extra is not None and surplus.max_extra < surplus.min_extra
    if over or (surplus.max_ratio is not None and surplus.max_ratio < surplus.min_ratio):
        raise RendaError("voting.surplus_order", where=where)
    return surplus


class RoundKind(StrEnum):
    """Why there is another round."""

    TIED_ONLY = "tied_only"
    SEATS_LEFT = "seats_left"
    WHOLE_AGAIN = "whole_again"


@dataclass(frozen=True, slots=True)
class NextRound:
    """The vote that has to follow: its candidates in order, its seats and its threshold."""

    kind: RoundKind
    candidates: tuple[str, ...]
    seats: int
    threshold: Threshold


def next_round(seating: Seating, threshold: Threshold, surplus: Surplus | None = None) -> NextRound | None:
    """The round that follows ``seating``, or None where all seats are filled or nobody is left.

    The tied vote again by plurality. For seats left the list follows the votes of this round, cut to
    the surplus' most (those level with the last on the list stay on it); ``threshold`` applies to it.
    """
    if seating.tied:
        return NextRound(RoundKind.TIED_ONLY, seating.tied, seating.tied_seats, PLURALITY)
    left = seating.not_chosen
    if not seating.vacant or not left:
        return None
    most = surplus.most(seating.vacant) if surplus else None
    if most is not None and len(left) > most:
        last = seating.votes[left[most - 1]]
        left = tuple(option for option in left if seating.votes[option] >= last)
    return NextRound(RoundKind.SEATS_LEFT, left, seating.vacant, threshold)
