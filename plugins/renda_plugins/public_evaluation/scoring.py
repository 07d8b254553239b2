"""Scores of what citizens ticked: the points of each answer times the share of those who ticked it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from renda import Explained, leaf, ratio, rounded, times, total


def score(label: str, counts: Mapping[str, int], scale: Mapping[str, Decimal]) -> Explained | None:
    """The mean to one decimal, half up; None where nobody ticked anything."""
    if not any(counts.get(answer) for answer in scale):
        return None
    papers = total("作答份数", *(leaf(answer, counts.get(answer, 0)) for answer in scale))
    shares = (
        times(ratio(f"{answer}占比", leaf(answer, counts.get(answer, 0)), papers), points)
        for answer, points in scale.items()
    )
    return rounded(total(label, *shares), 1, label=label)
