"""The platform's kit for practices, on opinions as 丹江口 has them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backing.tracked_opinions import Tracked
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.opinion_tracking import OpinionTracking

FILE = Path(__file__).parents[3] / "districts" / "danjiangkou" / "opinion_tracking.toml"
WAYS: dict[tuple[str, str], Callable[[Tracked], int]] = {
    ("opinion", "drafted"): Tracked.drafted,
    ("opinion", "approved"): Tracked.approved,
    ("opinion", "handling"): Tracked.handling,
    ("opinion", "reported"): Tracked.reported,
    ("opinion", "checked"): Tracked.checked,
    ("opinion", "voting"): Tracked.voting,
    ("opinion", "closed"): Tracked.closed,
    ("item", "handling"): Tracked.item,
    ("item", "reported"): Tracked.item_reported,
    ("item", "carried"): Tracked.item_carried,
    ("item", "closed"): Tracked.item_closed,
    ("item", "linked"): Tracked.item_linked,
    ("batch", "put"): Tracked.batch_put,
}
SAMPLES: dict[str, Any] = {
    "compile": lambda world: Tracked(world).form(),
    "report": {"results": ["已办"] * 3, "document": "报告"},
    "check": {"checked": "逐条核对"},
    "send_back": {"numbers": [1], "wanting": "没有办"},
    "extend": {"extended_until": "2030-01-31", "extended_for": "面广"},
    "carry": {"carried_for": "列入明年", "carried_until": "2031-06-30"},
    "link": lambda world: {"elsewhere": Tracked(world).drafted(title="同一件事"), "linked_for": "前次提出"},
    "convene": lambda world: {"title": "某次", "held_on": world.day, "listed": [Tracked(world).checked()]},
}


def begun(way: Callable[[Tracked], int]) -> Callable[[World], int]:
    return lambda world: way(Tracked(world))


CHECKS = conformance.checks(
    OpinionTracking, FILE.read_text("utf-8"), SAMPLES, {place: begun(way) for place, way in WAYS.items()}
)


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_opinion_tracking_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
