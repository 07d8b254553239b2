"""What a ballot leaves with the matter of one of its subjects: the form of the step it takes, and how that is read.

Where a ballot's figures are withheld (few papers, or the chair does not publish them) a matter hears its decision
alone, so that everything here that reads counts answers None without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import fields
from renda.explain import Explained, cite_matter, leaf, percent, ratio
from renda.matter import Matter
from renda.schema import Schema


class BallotOutcome(Schema):
    """The form of a step ``by="system"`` a matter takes at the close: the ballot's number, outcome and figures."""

    ballot = fields.Int(label="表决")
    outcome = fields.Str(label="结论")
    figures = fields.Dict(label="票数")


def is_failed(counted: Mapping[str, Any]) -> bool:
    """Whether the district's rule calls the measurement failed; ``counted`` is what the form read."""
    return bool((counted.get("figures") or {}).get("failed"))


def levels_of(rule: Mapping[str, Any]) -> list[str]:
    """The levels of a measurement rule (``fields.CountingRule``), in the district's order."""
    return [str(level["code"]) if isinstance(level, Mapping) else str(level) for level in rule["scale"]]


def counts_of(figures: Mapping[str, Any] | None, levels: Sequence[str]) -> list[int] | None:
    """How many papers had each level; None where that is not told."""
    counts = (figures or {}).get("counts")
    return None if counts is None else [counts.get(level, 0) for level in levels]


def satisfied_rate(figures: Mapping[str, Any] | None, matter: Matter) -> Explained | None:
    """满意 and 基本满意 in per cent of the measurement's base, to one place; None where no counts are told."""
    if figures is None or "satisfied_count" not in figures:
        return None
    satisfied = leaf("满意和基本满意", figures["satisfied_count"], cite_matter(matter.id, matter.title))
    return percent(ratio("满意和基本满意率", satisfied, leaf("基数", figures["base_count"])), 1)
