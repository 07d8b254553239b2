"""The platform's kit for practices, on the lectures of 江北."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.study_sessions import StudySessions

FILE = Path(__file__).parents[3] / "districts" / "jiangbei" / "study_sessions.toml"
CODE = "study_sessions"
NUMBERS = count(1)
HELD = {"attendance": [{"group": "staff", "expected": 46, "present": 40}], "summary": "已讲"}


def parts(world: World) -> list[dict[str, Any]]:
    return [{"part": "stage", "speaker": world.person("人员-speaker").id}]


def plan(world: World) -> dict[str, Any]:
    return {"title": "老街", "theme": "历史", "on": world.day.isoformat(), "parts": parts(world)}


def marks(world: World) -> dict[str, Any]:
    return {"marks": [{"lecture": 1, "points": "80"}]}


SAMPLES: Mapping[str, Any] = {
    "begin": lambda world: {"year": world.day.year + next(NUMBERS)},
    "plan": plan,
    "move": lambda world: {"on": world.day.isoformat()},
    "hold": HELD,
    "mark": marks,
}


def act(world: World, role: str, name: str, entries: Mapping[str, Any], **where: Any) -> int:
    return world.act(world.actor(role), name, entries, **where).matter_id


def year(world: World) -> int:
    key = f"{id(world)}"
    if key not in world.names:
        world.names[key] = act(world, "clerk", "begin", {"year": world.day.year}, practice=CODE)
    return world.names[key]


def lecture(world: World) -> int:
    return act(world, "clerk", "plan", plan(world), practice=CODE, parent=year(world))


def held(world: World) -> int:
    number = lecture(world)
    act(world, "clerk", "hold", HELD, matter=number)
    return number


def rated(roles: tuple[str, ...], *, settled: bool = False) -> Callable[[World], int]:
    def lead(world: World) -> int:
        held(world)
        number = year(world)
        act(world, "clerk", "start_rating", {}, matter=number)
        for role in roles:
            act(world, role, "mark", marks(world), practice=CODE, parent=number)
        if settled:
            act(world, "clerk", "settle", {}, matter=number)
        return number

    return lead


ALL = ("clerk", "member", "chair")


def given(world: World) -> int:
    number = rated(())(world)
    return act(world, "chair", "mark", marks(world), practice=CODE, parent=number)


BEGUN = {
    ("year", "running"): year,
    ("year", "rating"): rated(ALL),
    ("year", "rated"): rated(ALL, settled=True),
    ("lecture", "planned"): lecture,
    ("lecture", "held"): held,
    ("marks", "given"): given,
}


@pytest.mark.parametrize(
    "check", conformance.checks(StudySessions, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_lectures_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
