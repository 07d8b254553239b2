"""表决: 赞成, 反对, 弃权, and those who did not press. Also appointments voted one by one on a sheet.

More than half of all members or deputies carries (地方组织法 §25, §51); those absent and those who did not
press stay in that base. A district may ask that enough take part at all (``participation``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .reading import RuleTable
from .rows import BlankPolicy, RowCount
from .thresholds import MORE_THAN_HALF, PLURALITY, Comparison, Threshold, compare, threshold_from
from .turnout import Base, Turnout

if TYPE_CHECKING:
    from collections.abc import Sequence

YES, NO, ABSTAIN = "yes", "no", "abstain"
MOTION_LEVELS = (YES, NO, ABSTAIN)


class MotionOutcome(StrEnum):
    """How a motion ended."""

    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    SET_VOID = "set_void"
    TOO_FEW_TOOK_PART = "too_few_took_part"


@dataclass(frozen=True, slots=True)
class MotionRule:
    """How a motion is carried. Plurality here means more 赞成 than 反对."""

    base: Base = Base.ALL_MEMBERS
    threshold: Threshold = MORE_THAN_HALF
    blank: BlankPolicy = BlankPolicy.ABSTAIN
    participation: Threshold | None = None


@dataclass(frozen=True, slots=True)
class MotionResult:
    """A motion counted: its figures, the comparison that decided, and what else was tested.

    ``comparison`` is None where the whole vote is void or too few took part, since nothing was decided.
    """

    subject: str
    outcome: MotionOutcome
    yes: int
    no: int
    abstain: int
    not_pressed: int
    turnout: Turnout
    base: Base
    base_count: int
    needed: int
    set_check: Comparison
    participation: Comparison | None
    comparison: Comparison | None

    @property
    def carried(self) -> bool:
        """Whether it passed."""
        return self.outcome is MotionOutcome.CARRIED


def motion_rule_from(value: object, where: str) -> MotionRule:
    """Read ``{base, threshold, blank, participation}``, all optional."""
    table = RuleTable(value, where, ("base", "threshold", "blank", "participation"))
    return MotionRule(
        table.choice("base", Base, Base.ALL_MEMBERS),
        threshold_from(table.value("threshold"), table.place("threshold")) if "threshold" in table else MORE_THAN_HALF,
        table.choice("blank", BlankPolicy, BlankPolicy.ABSTAIN),
        participation_from(table),
    )


def participation_from(table: RuleTable) -> Threshold | None:
    """The optional share of all members who must take part."""
    if "participation" not in table:
        return None
    return threshold_from(table.value("participation"), table.place("participation"))


def decide_motion(rule: MotionRule, turnout: Turnout, row: RowCount) -> MotionResult:
    """Decide one motion from its row (levels ``MOTION_LEVELS``)."""
    set_check = turnout.set_check
    seen = row.judged(rule.blank, turnout)
    yes, no = row.marks.get(YES, 0), row.marks.get(NO, 0)
    blank_as_abstain = row.blank if rule.blank is BlankPolicy.ABSTAIN else 0
    base_count = seen.of(rule.base)
    simple = rule.threshold == PLURALITY
    participation = rule.participation.compare(seen.returned, seen.members) if rule.participation else None
    comparison: Comparison | None = None
    if not set_check:
        outcome = MotionOutcome.SET_VOID
    elif participation is not None and not participation:
        outcome = MotionOutcome.TOO_FEW_TOOK_PART
    else:
        comparison = compare(yes, ">", no) if simple else rule.threshold.compare(yes, base_count)
        outcome = MotionOutcome.CARRIED if comparison else MotionOutcome.NOT_CARRIED
    return MotionResult(
        subject=row.subject,
        outcome=outcome,
        yes=yes,
        no=no,
        abstain=row.marks.get(ABSTAIN, 0) + blank_as_abstain,
        not_pressed=seen.not_pressed,
        turnout=seen,
        base=rule.base,
        base_count=base_count,
        needed=no + 1 if simple else rule.threshold.needed(base_count),
        set_check=set_check,
        participation=participation,
        comparison=comparison,
    )


def decide_motions(rule: MotionRule, turnout: Turnout, rows: Sequence[RowCount]) -> tuple[MotionResult, ...]:
    """Decide every row of a sheet, each for itself."""
    return tuple(decide_motion(rule, turnout, row) for row in rows)
