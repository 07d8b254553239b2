"""The platform's kit for practices, on appraisals as 丹江口 makes them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from plugins.work_appraisal.conftest import DISTRICTS, Life, plan

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.work_appraisal import WorkAppraisal

RULES = (DISTRICTS / "danjiangkou" / "work_appraisal.toml").read_text(encoding="utf-8")
SAMPLES: Mapping[str, Any] = {
    "begin": plan,
    "look_into": {"way": "visit", "held_on": "2021-03-01", "found": "听取意见"},
    "measured": {"outcome": "满意"},
    "voted": {"outcome": "满意"},
}


def item(kind: str, *, done: bool) -> Callable[[Life], int]:
    def lead(life: Life) -> int:
        life.rectifying()
        number = life.items(kind)[0]
        return life.does(f"rectify_{kind}", life.organ, number, result="已改") if done else number

    return lead


def escalated(life: Life) -> int:
    life.deadlocked()
    return life.does("escalate", life.chair, measure="inquiry", grounds="整改不力")


def cancelled(life: Life) -> int:
    life.begun()
    return life.does("cancel", life.chair, grounds="机构撤销")


WAYS: Mapping[tuple[str, str], Callable[[Life], int]] = {
    ("appraisal", "preparing"): Life.begun,
    ("appraisal", "investigating"): Life.investigating,
    ("appraisal", "fed_back"): Life.fed_back,
    ("appraisal", "measuring"): Life.measuring,
    ("appraisal", "appraised"): Life.appraised,
    ("appraisal", "rectifying"): Life.rectifying,
    ("appraisal", "reported"): Life.reported,
    ("appraisal", "voting"): Life.voting,
    ("appraisal", "deadlocked"): Life.deadlocked,
    ("appraisal", "closed"): Life.closed,
    ("appraisal", "escalated"): escalated,
    ("appraisal", "cancelled"): cancelled,
    ("problem", "open"): item("problem", done=False),
    ("problem", "rectified"): item("problem", done=True),
    ("opinion", "open"): item("opinion", done=False),
    ("opinion", "rectified"): item("opinion", done=True),
}


def begun(way: Callable[[Life], int]) -> Callable[[World], int]:
    return lambda world: way(Life(world))


BEGUN = {key: begun(way) for key, way in WAYS.items()}


@pytest.mark.parametrize("check", conformance.checks(WorkAppraisal, RULES, SAMPLES, BEGUN), ids=str)
def test_appraisals_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
