"""The platform's kit for practices, on state assets as 普陀 has them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from plugins.state_assets.conftest import CODE, PUT, Assets, amounts, topics

from backing.demo import DISTRICTS
from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.state_assets import StateAssets

FILE = DISTRICTS / "putuo" / f"{CODE}.toml"
Way = Callable[[Assets], Any]


def begun(kind: str, way: Way, turns: tuple[str, ...] = ("enterprise", "all")) -> Callable[[World], int]:
    def lead(world: World) -> int:
        assets = Assets(world, 2018, turns)
        answer = way(assets)
        if kind == "account":
            return int(answer)
        return {"plan": assets.plan, "year": assets.year, "problem": assets.problem}[kind]

    return lead


def checked(assets: Assets) -> int:
    account = assets.begun().account("enterprise")
    assets.world.act(assets.clerk, "check_account", matter=account)
    return account


def returned(assets: Assets) -> int:
    account = assets.begun().account("enterprise")
    assets.world.act(assets.clerk, "return_account", {"returned_for": "漏报"}, matter=account)
    return account


SAMPLES: Mapping[str, Any] = {
    "draft": topics(2018, "enterprise", "finance"),
    "adjust": {"year": 2018, "topic": "natural", "adjusted_for": "需要"},
    "begin": lambda world: {"year": 2018, **{each: world.organ(f"单位-{each}").id for each in ("reporter", "special")}},
    "enter": lambda world: {
        "category": "enterprise", "keeper": world.organ("单位-keeper").id, "amounts": amounts("enterprise"),
    },
    "correct": {"amounts": amounts("enterprise")},
    "find": lambda world: {
        "title": "闲置", "source": "audit", "category": "enterprise", "detail": "两年",
        "organ": world.organ("单位-assignee").id,
    },
    "rectify": {"rectified_with": "已租"},
    "check": {"verdict": "done", "checked_with": "看过"},
    "measure": PUT,
    "be_measured": {"ballot": 1, "outcome": "满意", "figures": {}},
}  # fmt: skip
BEGUN = {
    ("plan", "drafted"): begun("plan", lambda assets: assets),
    ("plan", "approved"): begun("plan", Assets.begun),
    ("year", "gathering"): begun("year", Assets.begun),
    ("year", "general"): begun("year", lambda assets: assets.begun().complete().reported()),
    ("year", "submitted"): begun("year", lambda assets: assets.begun().complete().reported(), ("all",)),
    ("year", "rectifying"): begun("year", lambda assets: assets.begun().complete().reviewed()),
    ("year", "measuring"): begun("year", Assets.measuring),
    ("year", "measured"): begun("year", lambda assets: assets.measuring().measured()),
    ("year", "closed"): begun("year", lambda assets: assets.begun().complete().reviewed().closed()),
    ("account", "entered"): begun("account", lambda assets: assets.begun().account("enterprise")),
    ("account", "returned"): begun("account", returned),
    ("account", "checked"): begun("account", checked),
    ("problem", "open"): begun("problem", lambda assets: assets.begun().found()),
    ("problem", "reported"): begun("problem", lambda assets: assets.begun().found().rectified()),
    ("problem", "confirmed"): begun(
        "problem", lambda assets: assets.begun().complete().found().reviewed().rectified("done")
    ),
    ("problem", "lasting"): begun("problem", lambda assets: assets.begun().found().lasting()),
}


@pytest.mark.parametrize(
    "check", conformance.checks(StateAssets, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_state_assets_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
