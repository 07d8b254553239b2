"""The gap between planned and actual progress, its band, and what runs through several quarters.

Source: 《关于江北区人大“两个机关”建设的调研报告》 (江北区): the difference of planned and actual progress of a project's
spending, marked at 10, 20 and 30 per cent; 30 and above twice running leads to a special review.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from renda import Explained, Matter, banded, leaf, minus, ratio, rounded, times, total

FINE = "不预警"
NO_BUDGET = "无预算"
COUNTED = ("warned", "notified", "explained", "silent", "on_pace")


def gap(figures: Mapping[str, Any], mode: str = "points") -> Explained | None:
    """Planned less actual progress in percentage points, or that as a share of the plan in per cent.

    ``figures``: ``planned`` in per cent; ``budget``, ``adjustment``, ``paid`` and, where money was carried over from the
    year before, ``carried`` in yuan. None where the adjusted
    budget is 0, or nothing was planned and the mode is ``relative``: nothing can lag behind nothing.
    """
    parts = [leaf("年初预算", figures["budget"]), leaf("预算调整", figures["adjustment"])]
    if figures.get("carried"):
        parts.append(leaf("上年结转", figures["carried"]))
    adjusted = total("调整后预算", *parts)
    if adjusted.value == 0:
        return None
    planned = leaf("计划执行进度", figures["planned"])
    actual = times(ratio("支出占预算", leaf("累计支出", figures["paid"]), adjusted), 100, "实际执行进度")
    points = minus("差额(百分点)", planned, actual)
    if mode == "points":
        return points
    return None if planned.value == 0 else times(ratio("差额占计划", points, planned), 100, "差额(占计划%)")


def band(found: Explained | None, bands: Iterable[Mapping[str, Any]]) -> Explained:
    """The band an exact gap falls into: from its start, inclusive, to the next; nothing is rounded before."""
    if found is None:
        return leaf("预警档次", NO_BUDGET)
    return banded("预警档次", found, {each["label"]: each["at_least"] for each in bands}, below=FINE)


def of_pace(pace: Matter, mode: str) -> Explained | None:
    """The gap of one project in one quarter."""
    return gap(pace.payload, mode)


def told(found: Explained | None) -> str:
    """A gap as people read it, to two decimals."""
    if found is None:
        return NO_BUDGET
    value = rounded(found, 2).value
    assert isinstance(value, Decimal)
    return f"{value.normalize():f}"


def unexecuted(figures: Mapping[str, Any]) -> Decimal:
    """What of the adjusted budget is not spent, in yuan; never less than 0."""
    carried = figures.get("carried") or Decimal(0)
    left: Decimal = figures["budget"] + figures["adjustment"] + carried - figures["paid"]
    return max(left, Decimal(0))


def reaches(pace: Matter, params: Any) -> bool:
    """Whether the gap counts towards a review."""
    found = of_pace(pace, params.mode)
    return (
        pace.state in COUNTED
        and found is not None
        and not isinstance(found.value, str)
        and _at_least(found, params.review_at)
    )


def _at_least(found: Explained, bound: Decimal) -> bool:
    return minus("", found, bound).value >= 0  # type: ignore[operator]


def running(quarters: Sequence[Matter], last: Matter, params: Any) -> dict[int, list[Matter]]:
    """Projects whose gap reached the start of a review in ``last`` and the quarters right before it.

    Project → its paces, oldest first. A quarter without a figure, and a new year, begin the count again.
    """
    year, number = last.payload["year"], last.payload["quarter"]
    by_number = {each.payload["quarter"]: each for each in quarters if each.payload["year"] == year}
    wanted = [by_number.get(at) for at in range(number - params.running + 1, number + 1)]
    if any(each is None for each in wanted):
        return {}
    found: dict[int, list[Matter]] = {}
    for quarter in wanted:
        assert quarter is not None
        for pace in quarter.children("pace"):
            if reaches(pace, params):
                found.setdefault(pace.payload["project"], []).append(pace)
    return {project: paces for project, paces in found.items() if len(paces) == params.running}
