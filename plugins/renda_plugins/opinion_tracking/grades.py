"""Why an opinion has its grade: the papers of the ballot, level by level, and the rules that were tried on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import Explained, Matter, chosen, cite_ballot, condition, leaf, total

LABEL = "测评等次"


def levels_of(rule: Mapping[str, Any]) -> list[str]:
    """The levels of a measurement rule, in the district's order."""
    return [str(level["code"]) if isinstance(level, Mapping) else str(level) for level in rule["scale"]]


def grade(opinion: Matter, levels: Sequence[str]) -> Explained | None:
    """The grade of the last measurement, with the ballot's counts as reasons, level by level; None before one.

    A ballot whose counts are withheld (too few papers to tell them) gives its grade alone.
    """
    outcome, figures = opinion.payload.get("outcome"), opinion.payload.get("figures") or {}
    if not outcome:
        return None
    ballot = cite_ballot(opinion.payload.get("ballot"), "无记名测评")
    counts, tried = figures.get("counts"), figures.get("tried")
    if not counts or not tried:
        return leaf(LABEL, outcome, ballot)
    papers = total("计入的票", *(leaf(level, counts.get(level, 0), ballot) for level in levels))
    whole = condition("票数不多于基数", papers, "<=", leaf("基数", figures["base_count"], ballot))
    rules = [(leaf(f"{reached}:{sum_['text']}", bool(sum_["met"])), reached) for sum_, reached in tried]
    return chosen(LABEL, (whole, chosen("按规则", *rules, otherwise=outcome)), otherwise=outcome)
