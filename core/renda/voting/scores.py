"""打分: every paper gives each subject a number; the mean is exact, rounding comes last and for display.

A rule may leave out the highest and lowest marks. A mark outside the range or between the steps makes
that row void.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from renda.errors import RendaError, declare

from .percent import MOST_DECIMALS, rounded
from .reading import RuleTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

declare(
    {
        "voting.score_range": "{where}的最低分{lowest}应小于最高分{highest}。请更正。",
        "voting.score_step": "{where}的分值间隔应大于0,实际写的是{step}。请更正。",
        "voting.score_decimals": "{where}的小数位数最多{most}位,实际写的是{decimals}。请改写。",
    }
)


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """Marks from ``lowest`` to ``highest`` in ``step``s; how many of each end are left out."""

    lowest: Fraction
    highest: Fraction
    step: Fraction = Fraction(1)
    leave_out_highest: int = 0
    leave_out_lowest: int = 0
    decimals: int = 2

    def allows(self, mark: Fraction) -> bool:
        """Whether ``mark`` is in the range and on a step."""
        return self.lowest <= mark <= self.highest and (mark - self.lowest) % self.step == 0


@dataclass(frozen=True, slots=True)
class Scored:
    """One subject's marks: all ``good`` ones ascending, those ``kept``, their exact mean.

    ``mean`` and ``shown`` are None where no mark is left.
    """

    subject: str
    good: tuple[Fraction, ...]
    kept: tuple[Fraction, ...]
    void: int
    blank: int
    mean: Fraction | None
    shown: Decimal | None


def score_rule_from(value: object, where: str) -> ScoreRule:
    """Read ``{lowest, highest, step, leave_out_highest, leave_out_lowest, decimals}``."""
    keys = ("lowest", "highest", "step", "leave_out_highest", "leave_out_lowest", "decimals")
    table = RuleTable(value, where, keys)
    lowest, highest = table.number("lowest", Fraction()), table.number("highest")
    step, decimals = table.number("step", Fraction(1)), table.whole("decimals", 2)
    if lowest >= highest:
        raise RendaError("voting.score_range", where=where, lowest=lowest, highest=highest)
    if step <= 0:
        raise RendaError("voting.score_step", where=where, step=step)
    if decimals > MOST_DECIMALS:
        raise RendaError("voting.score_decimals", where=where, most=MOST_DECIMALS, decimals=decimals)
    return ScoreRule(
        lowest,
        highest,
        step,
        table.whole("leave_out_highest", 0),
        table.whole("leave_out_lowest", 0),
        decimals,
    )


def decide_scores(
    rule: ScoreRule, subjects: Sequence[str], papers: Iterable[Mapping[str, int | Decimal | Fraction]]
) -> tuple[Scored, ...]:
    """The marks of every subject; a paper without a mark for a subject is blank for it."""
    marks: dict[str, list[Fraction]] = {subject: [] for subject in subjects}
    void = dict.fromkeys(subjects, 0)
    blank = dict.fromkeys(subjects, 0)
    for paper in papers:
        for subject in subjects:
            if subject not in paper:
                blank[subject] += 1
                continue
            mark = Fraction(paper[subject])
            if rule.allows(mark):
                marks[subject].append(mark)
            else:
                void[subject] += 1
    return tuple(_scored(rule, subject, marks[subject], void[subject], blank[subject]) for subject in subjects)


def _scored(rule: ScoreRule, subject: str, marks: Sequence[Fraction], void: int, blank: int) -> Scored:
    good = tuple(sorted(marks))
    kept = good[rule.leave_out_lowest : max(rule.leave_out_lowest, len(good) - rule.leave_out_highest)]
    mean = sum(kept, Fraction()) / len(kept) if kept else None
    shown = None if mean is None else rounded(mean, rule.decimals)
    return Scored(subject, good, kept, void, blank, mean, shown)
