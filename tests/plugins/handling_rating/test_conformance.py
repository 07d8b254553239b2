"""The platform's kit for practices, on the measurement as 江北 has it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backing.measuring import Measuring
from renda import SuggestionLife
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.handling_rating import HandlingRating

FILE = Path(__file__).parents[3] / "districts" / "jiangbei" / "handling_rating.toml"
CODE = "handling_rating"

WAYS: dict[tuple[str, str], Callable[[Measuring], int]] = {
    ("suggestion", "signing"): Measuring.signing,
    ("suggestion", "filed"): Measuring.file,
    ("suggestion", "revising"): Measuring.revising,
    ("suggestion", "accepted"): Measuring.accepted,
    ("suggestion", "handling"): Measuring.handled,
    ("suggestion", "answered"): Measuring.answered,
    ("suggestion", "redoing"): Measuring.redoing,
    ("suggestion", "implementing"): Measuring.implementing,
    ("suggestion", "implemented"): Measuring.implemented,
    ("suggestion", "deciding"): Measuring.deciding,
    ("suggestion", "inadmissible"): Measuring.inadmissible,
    ("suggestion", "merged"): Measuring.merged,
    ("suggestion", "withdrawn"): Measuring.withdrawn,
    ("suggestion", "closed"): Measuring.closed,
    ("assignment", "delivered"): lambda life: life.part(life.handled(), "城管局"),
    ("assignment", "received"): lambda life: life.part(life.received(), "城管局"),
    ("assignment", "returning"): lambda life: life.part(life.returning(), "城管局"),
    ("assignment", "extending"): lambda life: life.part(life.extending(), "城管局"),
    ("assignment", "answered"): lambda life: life.part(life.answered(), "城管局"),
    ("assignment", "redoing"): lambda life: life.part(life.redoing(), "城管局"),
    ("assignment", "implementing"): lambda life: life.part(life.implementing(), "城管局"),
    ("assignment", "implemented"): lambda life: life.part(life.implemented(), "城管局"),
    ("assignment", "opined"): Measuring.opined,
    ("assignment", "transferred"): Measuring.transferred,
    ("assignment", "cancelled"): lambda life: life.part(life.withdrawn(), "城管局"),
    ("account", "registered"): Measuring.registered,
    ("account", "checked"): Measuring.checked,
    ("account", "dropped"): Measuring.dropped,
    ("meeting", "rating"): Measuring.all_in,
    ("meeting", "announced"): Measuring.announced,
    ("meeting", "cancelled"): Measuring.cancelled,
    ("sheet", "open"): Measuring.sheet,
    ("sheet", "given"): Measuring.sheet_given,
    ("sheet", "absent"): Measuring.sheet_absent,
    ("study", "planned"): Measuring.study,
    ("study", "rectifying"): Measuring.studied,
    ("study", "rectified"): Measuring.rectified,
    ("study", "settled"): Measuring.settled,
}


def begun(way: Callable[[Measuring], int]) -> Callable[[World], int]:
    return lambda world: way(Measuring(world, CODE))


SAMPLES: dict[str, Any] = {
    "put_to_meeting": lambda world: {"meeting": Measuring(world, CODE).convened()},
    "register": {"year": 2019, "handled": 10, "satisfied": 10, "provenance": "台账"},
    "amend": {"year": 2018, "handled": 10, "satisfied": 10, "provenance": "台账"},
}
EVERY = [action for kind in HandlingRating.kind_of.values() for action in kind.actions.values()]
SHARED = {f"“{action.label}”" for action in EVERY if hasattr(SuggestionLife, action.name)}
# What the shared life of a suggestion has to hold is checked once, with the first practice that leads it.
CHECKS = [
    check
    for check in conformance.checks(
        HandlingRating, FILE.read_text("utf-8"), SAMPLES, {place: begun(way) for place, way in WAYS.items()}
    )
    if not check.name.startswith(tuple(SHARED))
]


def test_every_state_of_every_kind_is_led_to() -> None:
    assert set(WAYS) == {(kind.code, state) for kind in HandlingRating.kind_of.values() for state in kind.states}


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_handling_rating_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
