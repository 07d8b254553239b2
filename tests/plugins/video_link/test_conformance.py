"""The platform's kit for practices, on video links as 江北 has them."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.video_link import VideoLink

FILE = Path(__file__).parents[3] / "districts" / "jiangbei" / "video_link.toml"
CODE = "video_link"
NUMBERS = count(1)


def link(world: World) -> dict[str, Any]:
    number, organ = next(NUMBERS), world.organ("单位-site").id
    return {
        "title": "秋季民情",
        "organizer": world.organ("单位-organizer").id,
        "sites": [
            {"tier": "centre", "name": f"中心{number}", "organ": organ},
            {"tier": "home", "name": f"家{number}", "organ": organ},
        ],
        "participants": [world.deputy("代表-participant").id],
        **time(world),
    }


def time(world: World) -> dict[str, Any]:
    return {"on": world.day.isoformat(), "at": "09:30", "address": "https://video.jiangbei.example/r/1"}


def check_in(world: World) -> dict[str, Any]:
    return {"site": 1, "present": [world.deputy("代表-签到").id]}


def raised(world: World) -> dict[str, Any]:
    return {"title": "路灯", "detail": "不亮", "contact": world.deputy("代表-contact").id}


SAMPLES: Mapping[str, Any] = {
    "schedule": link,
    "move": time,
    "check_in": check_in,
    "record": lambda world: {"people": 3, "record": "已记", "raised": [raised(world)]},
    "bring": raised,
}


def scheduled(world: World) -> int:
    number = world.act(world.actor("clerk"), "schedule", link(world), practice=CODE).matter_id
    present = {"site": 1, "present": [world.deputy("代表-participant").id]}
    world.act(world.actor("clerk"), "check_in", present, matter=number)
    return number


def held(world: World) -> int:
    number = scheduled(world)
    world.act(world.actor("clerk"), "record", {"people": 3, "record": "已记"}, matter=number)
    return number


def closed(world: World) -> int:
    number = held(world)
    world.act(world.actor("clerk"), "close", {}, matter=number)
    return number


def item(*deeds: tuple[str, Mapping[str, Any]]) -> Callable[[World], int]:
    def lead(world: World) -> int:
        clerk = world.actor("clerk")
        number = world.act(clerk, "bring", raised(world), practice=CODE, parent=held(world)).matter_id
        for name, entries in deeds:
            organ = world.organ("单位-assignee")
            owner = {"owner": organ.id} if name == "route" else {}
            actor = world.actor("department", organ=organ) if name == "answer" else clerk
            if name == "become_suggestion":
                actor = world.actor("deputy", person=world.deputy("代表-contact"))
            if name == "be_listed":
                actor = world.actor("system")
            world.act(actor, name, {**entries, **owner}, matter=number)
        return number

    return lead


ROUTE: tuple[str, Mapping[str, Any]] = ("route", {})
ANSWER: tuple[str, Mapping[str, Any]] = ("answer", {"reply": "已办"})
BEGUN = {
    ("link", "scheduled"): scheduled,
    ("link", "held"): held,
    ("link", "closed"): closed,
    ("item", "received"): item(),
    ("item", "routed"): item(ROUTE),
    ("item", "answered"): item(ROUTE, ANSWER),
    ("item", "told"): item(ROUTE, ANSWER, ("tell", {"satisfied": "satisfied"})),
    ("item", "listed"): item(("be_listed", {"topic": 1})),
    ("item", "suggested"): item(("become_suggestion", {"facts": "事由", "wanted": "请修"})),
}


@pytest.mark.parametrize(
    "check", conformance.checks(VideoLink, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_video_links_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
