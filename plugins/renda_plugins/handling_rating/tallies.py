"""Adding sheets up: how often each grade was given, and the level of the whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from renda import Explained, Matter, leaf, percent, ratio

from .forms import ASPECTS, GRADES, LEVELS


@dataclass(frozen=True)
class SheetTally:
    """Sheets given, how many said what of the whole and of each aspect, and what was written beside."""

    given: int
    overall: Mapping[str, int]
    aspects: Mapping[str, Mapping[str, int]]
    comments: Sequence[str] = ()

    @property
    def level(self) -> str:
        """满意 where more than half of the sheets say so, 基本满意 where more than half say that or better."""
        satisfied, mostly = self.overall["满意"], self.overall["基本满意"]
        if 2 * satisfied > self.given:
            return "满意"
        return "基本满意" if 2 * (satisfied + mostly) > self.given else "不满意"

    @property
    def entries(self) -> dict[str, Any]:
        """The tally as the suggestion keeps it."""
        kept: dict[str, Any] = {"measured_level": self.level, "sheets": self.given, "overall": dict(self.overall)}
        kept |= {aspect: dict(counts) for aspect, counts in self.aspects.items()}
        return kept | ({"comments": "\n".join(self.comments)} if self.comments else {})


def of_sheets(sheets: Sequence[Mapping[str, Any]]) -> SheetTally:
    """The tally of sheets, each with ``level`` and one grade for each aspect."""
    overall = Counter(str(sheet["level"]) for sheet in sheets)
    aspects = {}
    for aspect in ASPECTS:
        counts = Counter(str(sheet[aspect]) for sheet in sheets)
        aspects[aspect] = {grade: counts[grade] for grade in GRADES}
    comments = [str(sheet["comment"]) for sheet in sheets if sheet.get("comment")]
    return SheetTally(len(sheets), {level: overall[level] for level in LEVELS}, aspects, comments)


def of_meeting(meeting: Matter) -> dict[int, SheetTally]:
    """By suggestion, in the order they were listed."""
    given: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for sheet in meeting.children("sheet"):
        if sheet.state == "given":
            given[sheet.payload["about"]].append(sheet.payload)
    return {number: of_sheets(given[number]) for number in meeting.payload.get("listed") or ()}


def is_low(tally: Mapping[str, Any], low_below: Any) -> bool:
    """Whether so few of the sheets say 满意 that the suggestion is studied; ``tally`` as a suggestion keeps it."""
    return Fraction(tally["overall"]["满意"], tally["sheets"]) < Fraction(low_below)


def satisfaction(payload: Mapping[str, Any]) -> Explained | None:
    """The share of sheets that say 满意 of the whole; by numbers alone, since a sheet is nobody else's business."""
    if not payload.get("sheets"):
        return None
    said = leaf("综合测评满意票", payload["overall"]["满意"])
    return percent(ratio("满意票占比", said, leaf("收回票数", payload["sheets"])), 1, label="综合测评满意率")
