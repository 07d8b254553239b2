"""The platform's kit for practices, on joint supervision as 坪山 has it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backing.clues import Joint
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.joint_supervision import JointSupervision

FILE = Path(__file__).parents[3] / "districts" / "pingshan" / "joint_supervision.toml"
WAYS: dict[tuple[str, str], Callable[[Joint], int]] = {
    ("ledger", "open"): Joint.begun,
    ("ledger", "closed"): Joint.closed_ledger,
    ("clue", "registered"): Joint.registered,
    ("clue", "shared"): Joint.shared,
    ("clue", "transferred"): Joint.transferred,
    ("clue", "accepted"): Joint.ready,
    ("clue", "declined"): Joint.declined,
    ("clue", "concluded"): Joint.concluded,
    ("clue", "filed"): Joint.filed,
    ("outcome", "recorded"): Joint.recorded,
    ("outcome", "counted"): Joint.counted,
    ("outcome", "rejected"): Joint.rejected,
    ("line", "entered"): Joint.entered,
    ("line", "checked"): Joint.checked,
    ("line", "dropped"): Joint.dropped,
}


def joint(world: World) -> list[int]:
    return [each.id for each in Joint(world).organs.values()]


SAMPLES: dict[str, Any] = {
    "begin": lambda world: {"year": 2019, "joint": joint(world)},
    "register": {"title": "污水", "source": "citizen", "area": "其他", "summary": "直排"},
    "share": lambda world: {"informed": joint(world)},
    "transfer": lambda world: {"body": joint(world)[2], "basis": "审计"},
    "record_outcome": {"sort": "suit", "quantity": "1", "done_on": "2020-03-02", "document": "起诉书"},
    "enter": {"line": "suit", "amount": "1", "provenance": "报表"},
}


def begun(way: Callable[[Joint], int]) -> Callable[[World], int]:
    return lambda world: way(Joint(world))


CHECKS = conformance.checks(
    JointSupervision, FILE.read_text("utf-8"), SAMPLES, {place: begun(way) for place, way in WAYS.items()}
)


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_joint_supervision_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
