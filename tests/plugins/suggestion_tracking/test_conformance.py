"""The platform's kit for practices, on suggestions as 丹江口 has it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backing.tracking import Tracking
from renda import SuggestionAccounts
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.suggestion_tracking import SuggestionTracking

FILE = Path(__file__).parents[3] / "districts" / "danjiangkou" / "suggestion_tracking.toml"
CODE = "suggestion_tracking"

WAYS: dict[tuple[str, str], Callable[[Tracking], int]] = {
    ("suggestion", "signing"): Tracking.signing,
    ("suggestion", "filed"): Tracking.file,
    ("suggestion", "revising"): Tracking.revising,
    ("suggestion", "accepted"): Tracking.accepted,
    ("suggestion", "handling"): Tracking.handled,
    ("suggestion", "answered"): Tracking.answered,
    ("suggestion", "redoing"): Tracking.redoing,
    ("suggestion", "implementing"): Tracking.implementing,
    ("suggestion", "implemented"): Tracking.implemented,
    ("suggestion", "deciding"): Tracking.deciding,
    ("suggestion", "inadmissible"): Tracking.inadmissible,
    ("suggestion", "merged"): Tracking.merged,
    ("suggestion", "withdrawn"): Tracking.withdrawn,
    ("suggestion", "closed"): Tracking.closed,
    ("assignment", "delivered"): lambda life: life.part(life.handled(), "城管局"),
    ("assignment", "received"): lambda life: life.part(life.received(), "城管局"),
    ("assignment", "returning"): lambda life: life.part(life.returning(), "城管局"),
    ("assignment", "extending"): lambda life: life.part(life.extending(), "城管局"),
    ("assignment", "answered"): lambda life: life.part(life.answered(), "城管局"),
    ("assignment", "redoing"): lambda life: life.part(life.redoing(), "城管局"),
    ("assignment", "implementing"): lambda life: life.part(life.implementing(), "城管局"),
    ("assignment", "implemented"): lambda life: life.part(life.implemented(), "城管局"),
    ("assignment", "opined"): Tracking.opined,
    ("assignment", "transferred"): Tracking.transferred,
    ("assignment", "cancelled"): lambda life: life.part(life.withdrawn(), "城管局"),
    ("account", "registered"): Tracking.registered,
    ("account", "checked"): Tracking.checked,
    ("account", "dropped"): Tracking.dropped,
    ("inquiry", "asked"): Tracking.asked,
    ("inquiry", "explained"): Tracking.explained,
    ("inquiry", "accepted"): Tracking.explanation_accepted,
}


def begun(way: Callable[[Tracking], int]) -> Callable[[World], int]:
    return lambda world: way(Tracking(world, CODE))


EVERY = [action for kind in SuggestionTracking.kind_of.values() for action in kind.actions.values()]
SHARED = {f"“{action.label}”" for action in EVERY if hasattr(SuggestionAccounts, action.name)}
# What the shared life of a suggestion has to hold is checked once, with the first practice that leads it.
CHECKS = [
    check
    for check in conformance.checks(
        SuggestionTracking, FILE.read_text("utf-8"), None, {place: begun(way) for place, way in WAYS.items()}
    )
    if not check.name.startswith(tuple(SHARED))
]


def test_every_state_of_every_kind_is_led_to() -> None:
    assert set(WAYS) == {(kind.code, state) for kind in SuggestionTracking.kind_of.values() for state in kind.states}


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_suggestion_tracking_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
