"""The platform's kit for practices, on points as 坪山 has them."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.duty_points import DutyPoints

FILE = Path(__file__).parents[3] / "districts" / "pingshan" / "duty_points.toml"
CODE = "duty_points"
ACTIVITY = {"item": "01", "day": "2021-03-01"}


def begin(world: World) -> dict[str, Any]:
    return {"year": 2021, "deputies": [world.deputy("代表-subject").id]}


def lines(world: World) -> dict[str, Any]:
    return {"fact_lines": [{"item": "01", "day": "2021-03-01", "fact": "deliberation.attended@1", "note": "甲"}]}


SAMPLES: Mapping[str, Any] = {
    "begin": begin,
    "gather": {"facts_since": "2021-01-01", "facts_until": "2021-03-01"},
    "publish": {"period": 1},
    "open_register": lambda world: {"deputy": world.deputy("代表-另一人").id},
    "record": ACTIVITY,
    "enter": {"activities": [ACTIVITY]},
    "enter_facts": lines,
    "answer_objection": {"answer": "已核对"},
    "correct": {"line": 1, "right_quantity": 2, "correction": "补记"},
    "end": {"ended_on": "2021-03-01", "ended_for": "辞职"},
}


def year(world: World, until: str) -> int:
    clerk = world.actor("clerk")
    number = world.act(clerk, "begin", begin(world), practice=CODE).matter_id
    if until != "open":
        world.go_to(date(2022, 1, 4))
        for period in (1, 2, 3, 4):
            world.act(clerk, "publish", {"period": period}, matter=number)
    if until == "closed":
        world.go_to(date(2022, 1, 20))
        world.act(clerk, "close", matter=number)
    return number


def register(world: World) -> int:
    return world.matter(year(world, "open")).children("register")[0].id


def after(*deeds: tuple[str, str, Mapping[str, Any]]) -> Callable[[World], int]:
    def lead(world: World) -> int:
        number = register(world)
        for role, name, entries in deeds:
            person = world.deputy("代表-subject") if role == "deputy" else None
            world.act(world.actor(role, person=person), name, entries, matter=number)
        return number

    return lead


BEGUN = {
    ("year", "notice"): lambda world: year(world, "notice"),
    ("year", "closed"): lambda world: year(world, "closed"),
    ("register", "open"): after(("clerk", "enter", {"activities": [ACTIVITY]})),
    ("register", "pending"): after(("deputy", "record", ACTIVITY)),
    ("register", "objected"): after(("deputy", "object_to", {"objection": "少记"})),
    ("register", "ended"): after(("clerk", "end", {"ended_on": "2021-03-01", "ended_for": "辞职"})),
}


@pytest.mark.parametrize(
    "check", conformance.checks(DutyPoints, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_duty_points_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
