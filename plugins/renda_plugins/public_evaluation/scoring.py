"""Scores of what citizens ticked: the points of each answer times the share of those who ticked it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from renda import Explained, leaf, minus, ratio, rounded, times, total

MOST = 6


def exact(label: str, counts: Mapping[str, int], scale: Mapping[str, Decimal]) -> Explained | None:
    """The mean as it is; None where nobody ticked anything. A line is compared with this and not with what is shown."""
    if not any(counts.get(answer) for answer in scale):
        return None
    papers = total("作答份数", *(leaf(answer, counts.get(answer, 0)) for answer in scale))
    shares = (
        times(ratio(f"{answer}占比", leaf(answer, counts.get(answer, 0)), papers), points)
        for answer, points in scale.items()
    )
    return total(label, *shares)


def score(label: str, counts: Mapping[str, int], scale: Mapping[str, Decimal]) -> Explained | None:
    """The mean to one decimal, half up, as it is published; None where nobody ticked anything."""
    found = exact(label, counts, scale)
    return None if found is None else rounded(found, 1, label=label)


def told(found: Explained, line: Decimal, label: str = "") -> Explained:
    """A score as it is said: to one decimal, or to as many as show on which side of the line it lies."""
    digits = 1
    while digits < MOST and low(found, line) != low(rounded(found, digits), line):
        digits += 1
    return rounded(found, digits, label=label)


def low(found: Explained, line: Decimal) -> bool:
    """Whether a score lies below the line; exactly on it is not low."""
    return minus("", found, line).value < 0  # type: ignore[operator]
