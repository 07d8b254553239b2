"""The platform's kit for practices, on liaisons as 江北 has them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.liaisons import Liaisons

FILE = Path(__file__).parents[3] / "districts" / "jiangbei" / "liaisons.toml"
CODE = "liaisons"
PEOPLE = [{"name": "居民一", "capacity": "志愿者"}, {"name": "居民二", "capacity": "党员"}]


def kept(world: World, name: str, action: str, entries: Mapping[str, Any]) -> int:
    """A matter of the world that is opened once under that name."""
    key = f"{id(world)} {name}"
    if key not in world.names:
        world.names[key] = world.act(world.actor("clerk"), action, entries, practice=CODE).matter_id
    return world.names[key]


def team(world: World) -> int:
    return kept(world, "team", "begin", {"deputy": world.deputy("代表-contact").id, "liaisons": PEOPLE})


def supervisor(world: World) -> int:
    entries = {"name": "监督员甲", "capacity": "社区书记", "keeper": world.organ("单位-keeper").id}
    return kept(world, "supervisor", "appoint", entries)


def brought(world: World) -> dict[str, Any]:
    return {"team": team(world), "liaison": 1, "title": "路灯", "detail": "不亮"}


def said(world: World) -> dict[str, Any]:
    return {"supervisor": supervisor(world), "title": "车位", "detail": "不足"}


def invitation(world: World) -> dict[str, Any]:
    return {"occasion": "视察", "subject": "改造", "on": world.day.isoformat(), "invited": [supervisor(world)]}


SAMPLES: Mapping[str, Any] = {
    "begin": lambda world: {"deputy": world.deputy("代表-另一人").id, "liaisons": PEOPLE},
    "exchange": {"leaves": 1, "left_for": "迁出", "name": "居民三", "capacity": "志愿者"},
    "add": {"name": "居民三", "capacity": "志愿者"},
    "invite": invitation,
    "record": lambda world: {"attended": [supervisor(world)]},
    "bring": brought,
    "bring_from_meeting": said,
}


def item(*deeds: tuple[str, str, Mapping[str, Any]]) -> Callable[[World], int]:
    def lead(world: World) -> int:
        number = world.act(world.actor("clerk"), "bring", brought(world), practice=CODE).matter_id
        for who, name, entries in deeds:
            actors = {
                "clerk": world.actor("clerk"),
                "system": world.actor("system"),
                "contact": world.actor("deputy", person=world.deputy("代表-contact")),
                "owner": world.actor("department", organ=world.organ("单位-assignee")),
            }
            owner = {"owner": world.organ("单位-assignee").id} if name == "route" else {}
            world.act(actors[who], name, {**entries, **owner}, matter=number)
        return number

    return lead


ROUTE: tuple[str, str, Mapping[str, Any]] = ("clerk", "route", {})
ANSWER: tuple[str, str, Mapping[str, Any]] = ("owner", "answer", {"reply": "已办"})
BEGUN = {
    ("item", "received"): item(),
    ("item", "routed"): item(ROUTE),
    ("item", "answered"): item(ROUTE, ANSWER),
    ("item", "listed"): item(("system", "be_listed", {"topic": 1})),
    ("item", "closed"): item(ROUTE, ANSWER, ("clerk", "tell", {"satisfied": "satisfied"})),
    ("item", "suggested"): item(("contact", "become_suggestion", {"facts": "事由", "wanted": "请修"})),
    ("team", "serving"): team,
    ("supervisor", "serving"): supervisor,
}


@pytest.mark.parametrize(
    "check", conformance.checks(Liaisons, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_liaisons_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
