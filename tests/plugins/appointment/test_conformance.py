"""The platform's kit for practices, on appointments as 江北 makes them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from plugins.appointment.conftest import DISTRICTS, Life, nomination, removal

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.appointment import AppointmentPractice

RULES = (DISTRICTS / "jiangbei" / "appointment.toml").read_text(encoding="utf-8")
SAMPLES: Mapping[str, Any] = {
    "nominate": nomination,
    "propose_removal": removal,
    "vote_removal": {"outcome": "carried", "figures": {"yes": 13, "needed": 13}},
    "examine": {"exam_on": "2021-03-01", "paper": "A", "score": "80"},
    "speak": {"spoken_on": "2021-03-01", "statement": "表态"},
    "vote": {"outcome": "carried", "figures": {"yes": 13, "needed": 13}},
    "swear": lambda world: {"sworn_on": world.day.isoformat(), "place": "会议厅"},
}


def resit(life: Life) -> int:
    life.qualified()
    return life.scored("59.5")


def barred(life: Life) -> int:
    resit(life)
    return life.scored("50", "B")


def examined(life: Life) -> int:
    life.qualified()
    return life.scored("60")


def held(life: Life) -> int:
    life.ready()
    return life.does("hold", life.chair, grounds="有反映")


def voting(life: Life) -> int:
    life.ready()
    return life.put()


def unqualified(life: Life) -> int:
    life.nominated()
    return life.does("reject", grounds="年限不够")


def withdrawn(life: Life) -> int:
    life.nominated()
    return life.does("withdraw", grounds="另有安排")


def sworn(life: Life) -> int:
    life.certified()
    life.world.go_to(life.world.day + timedelta(1))
    return life.does("swear", sworn_on=life.world.day.isoformat(), place="会议厅")


def removal_held(life: Life) -> int:
    life.proposed()
    return life.does("hold_removal", life.chair, grounds="有反映")


def removal_voting(life: Life) -> int:
    life.proposed()
    return life.put_removal()


def removal_withdrawn(life: Life) -> int:
    life.proposed()
    return life.does("withdraw_removal", grounds="另有安排")


def kept(life: Life) -> int:
    return life.removed(4, 5)


WAYS: Mapping[str, Callable[[Life], int]] = {
    "filed": Life.nominated,
    "qualified": Life.qualified,
    "resit": resit,
    "examined": examined,
    "spoken": Life.ready,
    "held": held,
    "voting": voting,
    "passed": Life.passed,
    "certified": Life.certified,
    "sworn": sworn,
    "unqualified": unqualified,
    "barred": barred,
    "failed": Life.failed,
    "withdrawn": withdrawn,
}


def begun(way: Callable[[Life], int]) -> Callable[[World], int]:
    return lambda world: way(Life(world))


REMOVING: Mapping[str, Callable[[Life], int]] = {
    "filed": Life.proposed,
    "held": removal_held,
    "voting": removal_voting,
    "removed": Life.removed,
    "kept": kept,
    "withdrawn": removal_withdrawn,
}
BEGUN = {("appointment", state): begun(way) for state, way in WAYS.items()} | {
    ("removal", state): begun(way) for state, way in REMOVING.items()
}


@pytest.mark.parametrize("check", conformance.checks(AppointmentPractice, RULES, SAMPLES, BEGUN), ids=str)
def test_appointments_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
