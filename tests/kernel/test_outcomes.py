"""What a ballot leaves with a matter, read once for all practices."""

from datetime import date
from decimal import Decimal
from types import MappingProxyType

from renda import Matter, outcomes

MATTER = Matter(7, "some", "some", "open", "主任甲(甲局)", date(2020, 3, 2), MappingProxyType({}))
FIGURES = {"counts": {"满意": 20, "不满意": 1}, "satisfied_count": 22, "base_count": 23, "failed": False}
WITHHELD = {"outcome": "满意", "grade": "满意", "failed": True}


def test_the_rate_is_satisfied_and_fairly_satisfied_of_the_base_and_cites_the_matter() -> None:
    rate = outcomes.satisfied_rate(FIGURES, MATTER)
    assert rate is not None
    assert rate.value == Decimal("95.7")
    assert [part.value for part in rate.parts[0].parts] == [22, 23]


def test_of_a_ballot_whose_figures_are_withheld_only_the_decision_is_read() -> None:
    assert outcomes.satisfied_rate(WITHHELD, MATTER) is None
    assert outcomes.satisfied_rate(None, MATTER) is None
    assert outcomes.counts_of(WITHHELD, ["满意"]) is None
    assert outcomes.is_failed({"outcome": "不满意", "figures": WITHHELD})
    assert not outcomes.is_failed({"outcome": "满意"})


def test_counts_stand_in_the_order_of_the_levels_and_a_level_nobody_marked_is_none() -> None:
    levels = outcomes.levels_of({"scale": ["满意", {"code": "基本满意"}, "不满意"]})
    assert levels == ["满意", "基本满意", "不满意"]
    assert outcomes.counts_of(FIGURES, levels) == [20, 0, 1]
