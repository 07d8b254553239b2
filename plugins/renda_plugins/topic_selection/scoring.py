"""How topics are marked, and how supervision itself is scored when a topic is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import (
    Explained,
    Matter,
    banded,
    capped,
    cite_matter,
    counted,
    leaf,
    mean,
    ratio,
    rounded,
    times,
    total,
)

TAKEN = ("selected", "researching", "researched", "reviewed", "following", "evaluated")
PARTS = {"topic": "选题", "research": "调研", "review": "审议", "follow": "跟踪"}
REASON = {"topic": "得分占满分", "research": "活动占要求", "review": "发言占出席", "follow": "按期办结占意见"}


def taken(plan: Matter | None) -> list[Matter]:
    """The topics of a plan that were chosen and not taken out again."""
    return [] if plan is None else [each for each in plan.children("topic") if each.state in TAKEN]


def of_mark(mark: Matter, criteria: Sequence[Mapping[str, Any]]) -> Explained:
    """What one member gives a topic: the sum of the sheet's lines."""
    points = {line["criterion"]: line["points"] for line in mark.payload["given"]}
    return total("议题评分", *(leaf(each["label"], points[each["code"]]) for each in criteria))


def mean_of(topic: Matter) -> Explained:
    """The mean of all sheets of a topic, each named by whose it is not: only the sums are told."""
    sums = [
        leaf(
            f"评分表 {place}", sum(line["points"] for line in each.payload["given"]), [cite_matter(each.id, each.title)]
        )
        for place, each in enumerate(topic.children("mark"), 1)
    ]
    return mean("议题平均分", *sums)


def one_digit(part: Explained, label: str = "") -> Explained:
    """As people read it."""
    return rounded(part, 1, label=label)


def evaluation(topic: Matter) -> Explained:
    """Four shares, none above one, by their weights: choosing, looking into, deliberating, following up.

    An item of the opinion counts where it was struck off and its report came by the last day.
    """
    plan, held = topic.parent, topic.payload
    assert plan is not None
    kept, items = plan.payload, topic.children("item")
    timely = [each for each in items if each.state == "closed" and each.payload["reported_on"] <= held["items_due"]]
    shares = {
        "topic": (mean_of(topic), kept["full"]),
        "research": (_count("调研活动", topic.children("activity")), leaf("至少几次", kept["activities_least"])),
        "review": (leaf("发言人数", held["speakers"]), leaf("出席人数", held["present"])),
        "follow": (_count("按期销号", timely), _count("审议意见", items)),
    }
    parts = [
        times(capped(ratio(REASON[code], *shares[code]), 1, PARTS[code]), kept["weights"][code], PARTS[code])
        for code in PARTS
    ]
    return one_digit(total("监督评估", *parts), "监督评估")


def grade(result: Explained, bands: Mapping[str, Any]) -> Explained:
    """The grade of an evaluation."""
    return banded("评估等次", result, bands)


def _count(label: str, matters: Sequence[Matter]) -> Explained:
    return counted(label, [str(each.id) for each in matters])
