"""The platform's kit for practices, on the dossier as 丹江口 keeps it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from plugins.supervision_dossier.conftest import DISTRICTS, Life

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.supervision_dossier import SupervisionDossier

RULES = (DISTRICTS / "danjiangkou" / "supervision_dossier.toml").read_text(encoding="utf-8")


def proposal(world: World) -> dict[str, Any]:
    return {"official": world.official("局长甲", "市甲局").id, "use": "interview", "grounds": "整改不力"}


SAMPLES: Mapping[str, Any] = {
    "propose": proposal,
    "begin": {"name": "五年规划", "since": "2020-07-01"},
    "reach": {"reached_on": "2021-03-01", "shown_by": ["办法"]},
    "put_off": {"due": "2031-07-01", "later_for": "机构改革"},
}


def step(life: Life) -> int:
    number: int = life.world.matter(life.plan()).children("step")[0].id
    return number


def reached(life: Life) -> int:
    return life.does("reach", step(life), reached_on="2021-03-01", shown_by=["办法"])


def done(life: Life) -> int:
    plan = life.plan()
    for each in life.world.matter(plan).children("step"):
        life.does("reach", each.id, reached_on="2021-03-01", shown_by=["办法"])
    return life.does("finish", plan, life.chair)


WAYS: Mapping[tuple[str, str], Callable[[Life], int]] = {
    ("use", "proposed"): Life.proposed,
    ("use", "served"): Life.served,
    ("use", "answered"): Life.answered,
    ("use", "concluded"): lambda life: life.does("conclude", life.answered(), outcome="到位"),
    ("use", "refused"): lambda life: life.does("refuse", life.proposed(), life.chair, refused_for="已改"),
    ("use", "revoked"): lambda life: life.does("revoke", life.served(), life.chair, refused_for="有误"),
    ("plan", "running"): Life.plan,
    ("plan", "done"): done,
    ("step", "pending"): step,
    ("step", "reached"): reached,
}


def begun(way: Callable[[Life], int]) -> Callable[[World], int]:
    return lambda world: way(Life(world))


BEGUN = {key: begun(way) for key, way in WAYS.items()}


@pytest.mark.parametrize("check", conformance.checks(SupervisionDossier, RULES, SAMPLES, BEGUN), ids=str)
def test_the_dossier_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
