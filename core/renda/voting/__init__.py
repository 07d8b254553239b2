"""Pure counting rules: bases, thresholds, validity, ties, shares. Integers and fractions only.

A count is made from papers (``count_rows``, ``count_selection``, ``count_election``) or given as figures
counted by hand; counts of paper and of terminals add up with ``+``; then a rule decides (``decide_motions``,
``measure``, ``decide_selection``, ``decide_election``, ``decide_scores``). Rules are read from a district's
plain tables by the functions named ``…_from``. Every result carries the sums it rests on.
"""

from .conditions import Condition, condition_from
from .election import (
    ElectionCount,
    ElectionPaper,
    ElectionResult,
    ElectionRule,
    WriteIn,
    count_election,
    decide_election,
    election_rule_from,
)
from .measurement import (
    FailRule,
    GradeRule,
    Level,
    Measured,
    MeasurementRule,
    measure,
    measurement_rule_from,
)
from .motions import (
    ABSTAIN,
    MOTION_LEVELS,
    NO,
    YES,
    MotionOutcome,
    MotionResult,
    MotionRule,
    decide_motion,
    decide_motions,
    motion_rule_from,
)
from .papers import Marking, PaperCount, VoidReason, count_papers
from .percent import percent, percentages, rounded
from .rows import BlankPolicy, RowCount, Sheet, count_rows
from .scores import Scored, ScoreRule, decide_scores, score_rule_from
from .seats import NextRound, RoundKind, Seating, Surplus, fill_seats, next_round, surplus_from
from .selection import (
    SeatsLeft,
    SelectionResult,
    SelectionRule,
    count_selection,
    decide_selection,
    selection_rule_from,
)
from .thresholds import (
    AT_LEAST_HALF,
    MORE_THAN_HALF,
    PLURALITY,
    THRESHOLDS,
    TWO_THIRDS,
    Comparison,
    Threshold,
    committee_quorum,
    compare,
    congress_quorum,
    threshold_from,
)
from .turnout import Base, Turnout, turnout

__all__ = [
    "ABSTAIN",
    "AT_LEAST_HALF",
    "MORE_THAN_HALF",
    "MOTION_LEVELS",
    "NO",
    "PLURALITY",
    "THRESHOLDS",
    "TWO_THIRDS",
    "YES",
    "Base",
    "BlankPolicy",
    "Comparison",
    "Condition",
    "ElectionCount",
    "ElectionPaper",
    "ElectionResult",
    "ElectionRule",
    "FailRule",
    "GradeRule",
    "Level",
    "Marking",
    "Measured",
    "MeasurementRule",
    "MotionOutcome",
    "MotionResult",
    "MotionRule",
    "NextRound",
    "PaperCount",
    "RoundKind",
    "RowCount",
    "ScoreRule",
    "Scored",
    "Seating",
    "SeatsLeft",
    "SelectionResult",
    "SelectionRule",
    "Sheet",
    "Surplus",
    "Threshold",
    "Turnout",
    "VoidReason",
    "WriteIn",
    "committee_quorum",
    "compare",
    "condition_from",
    "congress_quorum",
    "count_election",
    "count_papers",
    "count_rows",
    "count_selection",
    "decide_election",
    "decide_motion",
    "decide_motions",
    "decide_scores",
    "decide_selection",
    "election_rule_from",
    "fill_seats",
    "measure",
    "measurement_rule_from",
    "motion_rule_from",
    "next_round",
    "percent",
    "percentages",
    "rounded",
    "score_rule_from",
    "selection_rule_from",
    "surplus_from",
    "threshold_from",
    "turnout",
]
