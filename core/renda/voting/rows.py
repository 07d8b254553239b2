"""One sheet, several subjects: each row judged for itself, one mark a row.

A sheet maps each subject to the levels marked in its row. A row with one known level is good, with none
blank, with more than one void; a sheet with a subject that is not on the ballot is void in all its rows,
so that a spoilt or unreadable paper never stops a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from renda.errors import RendaError, declare

if TYPE_CHECKING:
    from .turnout import Turnout

declare(
    {
        "voting.row_sum": "“{subject}”一行的各档票、无效票、空白票合计{sum},与收回票数{returned}不符。请重新清点。",
        "voting.row_other": "不能把“{subject}”的票并入“{other}”。请核对两份计票结果是否同一张票。",
    }
)

Sheet = Mapping[str, Sequence[str]]


class BlankPolicy(StrEnum):
    """What a paper or row without any mark is."""

    ABSTAIN = "abstain"
    INVALID = "invalid"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class RowCount:
    """What was found in one subject's row on all sheets, before any policy.

    ``marks`` maps a level's code to its papers. Counts of paper and of terminals add up with ``+``.
    """

    subject: str
    marks: Mapping[str, int]
    void: int = 0
    blank: int = 0

    @property
    def returned(self) -> int:
        """All papers that have this row."""
        return sum(self.marks.values()) + self.void + self.blank

    def __add__(self, other: RowCount) -> RowCount:
        if other.subject != self.subject:
            raise RendaError("voting.row_other", subject=other.subject, other=self.subject)
        return RowCount(
            self.subject,
            {code: self.marks.get(code, 0) + other.marks.get(code, 0) for code in {**self.marks, **other.marks}},
            self.void + other.void,
            self.blank + other.blank,
        )

    def judged(self, blank: BlankPolicy, turnout: Turnout) -> Turnout:
        """The turnout as this row sees it: valid, void and blank papers by the blank policy.

        Raises ``RendaError`` where the row does not add up to the papers returned.
        """
        if self.returned != turnout.returned:
            raise RendaError("voting.row_sum", subject=self.subject, sum=self.returned, returned=turnout.returned)
        marked = sum(self.marks.values())
        return turnout.with_papers(
            valid=marked + (self.blank if blank is BlankPolicy.ABSTAIN else 0),
            void=self.void + (self.blank if blank is BlankPolicy.INVALID else 0),
            blank=self.blank if blank is BlankPolicy.IGNORED else 0,
        )


def count_rows(sheets: Iterable[Sheet], subjects: Sequence[str], levels: Collection[str]) -> tuple[RowCount, ...]:
    """Count every row of every sheet; the answer is in the order of ``subjects``."""
    marks = {subject: Counter[str]() for subject in subjects}
    void = Counter[str]()
    blank = Counter[str]()
    for sheet in sheets:
        spoilt = any(subject not in marks for subject in sheet)
        for subject in subjects:
            marked = sheet.get(subject, ())
            if spoilt or len(marked) > 1 or any(code not in levels for code in marked):
                void[subject] += 1
            elif marked:
                marks[subject][marked[0]] += 1
            else:
                blank[subject] += 1
    return tuple(
        RowCount(subject, {code: marks[subject][code] for code in levels}, void[subject], blank[subject])
        for subject in subjects
    )
