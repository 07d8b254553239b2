"""The platform's kit for practices, on the evaluation as 奉贤 has it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from plugins.public_evaluation.conftest import CODE, DISTRICTS, GOOD, Life

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.public_evaluation import PublicEvaluation

FILE = DISTRICTS / "fengxian" / f"{CODE}.toml"
SAMPLES: Mapping[str, Any] = {
    "begin": {"year": 2031},
    "enlist": lambda world: {"category": "交通出行", "organ": world.organ("单位-assignee").id},
    "ask": {},
    "hear": {"answered": 100, "figures": {"whole": GOOD, "为老服务": GOOD}},
    "be_scored": {"counts": GOOD},
}
WAYS: Mapping[tuple[str, str], Callable[[Life], int]] = {
    ("evaluation", "drafting"): lambda life: life.around,
    ("evaluation", "asking"): Life.asking,
    ("evaluation", "short"): Life.short,
    ("evaluation", "scored"): Life.counted,
    ("evaluation", "published"): Life.published,
    ("evaluation", "dropped"): Life.dropped,
    ("item", "listed"): lambda life: life.items[0],
    ("item", "removed"): Life.removed,
    ("item", "good"): Life.good,
    ("item", "low"): Life.low,
    ("item", "unscored"): Life.unscored,
    ("item", "improved"): Life.improved,
}


def begun(way: Callable[[Life], int]) -> Callable[[World], int]:
    return lambda world: way(Life(world))


BEGUN = {key: begun(way) for key, way in WAYS.items()}


@pytest.mark.parametrize(
    "check", conformance.checks(PublicEvaluation, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_the_evaluation_holds_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
