"""选举: each candidate 赞成, 反对 or 弃权; who opposes may name somebody else.

代表法 2025 §17: only those who oppose a candidate may choose another person; who abstains may not. A row
left empty is 弃权. Persons written in stand beside the candidates with the votes they got.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from .motions import ABSTAIN, MOTION_LEVELS, NO, YES
from .papers import Marking, PaperCount, VoidReason, added
from .reading import RuleTable
from .seats import RoundKind
from .selection import (
    SELECTION_KEYS,
    SelectionResult,
    SelectionRule,
    check_options,
    decide_selection,
    selection_rule_from,
)

if TYPE_CHECKING:
    from .turnout import Turnout


class WriteIn(StrEnum):
    """Whether somebody who is no candidate may be chosen."""

    NEVER = "never"
    WHEN_OPPOSED = "when_opposed"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class ElectionRule:
    """A selection rule, and who may be written in."""

    selection: SelectionRule
    write_in: WriteIn = WriteIn.WHEN_OPPOSED


@dataclass(frozen=True, slots=True)
class ElectionPaper:
    """One paper: a mark for each candidate (``yes``, ``no``, ``abstain``) and the names written in."""

    marks: Mapping[str, str]
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElectionCount:
    """Papers counted: ``papers`` holds 赞成 and written-in votes; 反对 and 弃权 are for each candidate.

    Counts of paper and of terminals add up with ``+``.
    """

    papers: PaperCount
    opposed: Mapping[str, int] = field(default_factory=dict)
    abstained: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: ElectionCount) -> ElectionCount:
        return ElectionCount(
            self.papers + other.papers,
            added(self.opposed, other.opposed),
            added(self.abstained, other.abstained),
        )


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """An election decided: the seats, and every candidate's 赞成, 反对, 弃权."""

    count: ElectionCount
    selection: SelectionResult

    @property
    def elected(self) -> tuple[str, ...]:
        """Those elected, most votes first."""
        return self.selection.chosen


def election_rule_from(value: object, where: str) -> ElectionRule:
    """Read a selection rule with the further key ``write_in``."""
    table = RuleTable(value, where, (*SELECTION_KEYS, "write_in"))
    chosen = {key: table.value(key) for key in SELECTION_KEYS if key in table}
    return ElectionRule(selection_rule_from(chosen, where), table.choice("write_in", WriteIn, WriteIn.WHEN_OPPOSED))


def count_election(rule: ElectionRule, candidates: Sequence[str], papers: Iterable[ElectionPaper]) -> ElectionCount:
    """Count papers. A paper without a mark and a name is blank; on good papers an empty row abstains."""
    check_options(candidates)
    tallies = {level: Counter[str]() for level in MOTION_LEVELS}
    written = Counter[str]()
    reasons = Counter[VoidReason]()
    good = blank = 0
    for paper in papers:
        if not paper.marks and not paper.written:
            blank += 1
            continue
        fault = _fault(rule, candidates, paper)
        if fault is not None:
            reasons[fault] += 1
            continue
        good += 1
        written.update(paper.written)
        for candidate in candidates:
            tallies[paper.marks.get(candidate, ABSTAIN)][candidate] += 1
    votes = {candidate: tallies[YES][candidate] for candidate in candidates}
    votes.update(sorted(written.items()))
    return ElectionCount(
        PaperCount(votes, good, reasons.total(), blank, dict(reasons)),
        {candidate: tallies[NO][candidate] for candidate in candidates},
        {candidate: tallies[ABSTAIN][candidate] for candidate in candidates},
    )


def decide_election(rule: ElectionRule, turnout: Turnout, count: ElectionCount) -> ElectionResult:
    """Fill the seats; those written in compete with the votes they got.

    Where the whole vote is held again, it is among the candidates of ``count.opposed`` only.
    """
    decided = decide_selection(rule.selection, turnout, count.papers)
    following = decided.following
    if following is not None and following.kind is RoundKind.WHOLE_AGAIN:
        listed = tuple(name for name in following.candidates if name in count.opposed)
        decided = replace(decided, following=replace(following, candidates=listed))
    return ElectionResult(count, decided)


def _fault(rule: ElectionRule, candidates: Sequence[str], paper: ElectionPaper) -> VoidReason | None:
    marks = paper.marks
    if any(name not in candidates or mark not in MOTION_LEVELS for name, mark in marks.items()):
        return VoidReason.UNKNOWN
    named = set(paper.written)
    if len(named) < len(paper.written) or named & set(candidates):
        return VoidReason.REPEATED
    opposed = sum(mark == NO for mark in marks.values())
    allowed = {WriteIn.NEVER: 0, WriteIn.WHEN_OPPOSED: opposed, WriteIn.ALWAYS: len(named)}[rule.write_in]
    if len(named) > allowed:
        return VoidReason.WRITE_IN
    chosen = sum(mark == YES for mark in marks.values()) + len(named)
    one = rule.selection.marking is Marking.ONE
    if chosen > (1 if one else rule.selection.seats):
        return VoidReason.OVERVOTE
    exact = rule.selection.marking is Marking.EXACTLY_N
    return VoidReason.UNDERVOTE if exact and chosen < rule.selection.seats else None
