"""The platform's kit for practices, on deliberations as 坪山 has them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.deliberation import Deliberation

FILE = Path(__file__).parents[3] / "districts" / "pingshan" / "deliberation.toml"
CODE = "deliberation"
SUM = {"since": "2017-01-01", "until": "2020-12-31", "meetings": 8, "outcomes": 100, "record": "登记簿"}


class Led:
    """A session with one topic, led along by those who may."""

    def __init__(self, world: World, form: str = "assembly") -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.station, self.street = world.organ("单位-host"), world.organ("单位-street")
        self.leader = world.deputy("代表-leader")
        entries = {"form": form, "host": self.station.id, "street": self.street.id}
        self.session = world.act(self.clerk, "begin", entries, practice=CODE).matter_id
        self.topic = world.act(self.clerk, "propose", topic(world), practice=CODE, parent=self.session).matter_id

    def adopted(self) -> "Led":
        self.world.act(self.clerk, "adopt", matter=self.topic)
        return self

    def notified(self) -> "Led":
        self.adopted()
        day = (self.world.day + timedelta(days=3)).isoformat()
        self.world.act(self.clerk, "notify", {**invitation(self.world), "meets_on": day}, matter=self.session)
        return self

    def held(self) -> "Led":
        self.notified()
        self.world.pass_days(3)
        self.world.act(self.clerk, "hold", minutes(self.world), matter=self.session)
        return self

    def assigned(self) -> "Led":
        self.held()
        owner = {"owner": self.world.organ("单位-assignee").id, "task": "核实"}
        self.world.act(self.clerk, "assign", owner, matter=self.topic)
        return self

    def reported(self) -> "Led":
        self.assigned()
        department = self.world.actor("department", organ=self.world.organ("单位-assignee"))
        self.world.act(department, "report", {"result": "已办"}, matter=self.topic)
        return self

    def confirmed(self, verdict: str) -> "Led":
        self.reported()
        self.world.act(self.clerk, "confirm", {"verdict": verdict, "verdict_note": "看过"}, matter=self.topic)
        return self

    def voted(self, yes: int) -> "Led":
        self.held()
        self.world.act(self.clerk, "vote", {"present": 10, "yes": yes}, matter=self.topic)
        return self

    def closed(self) -> "Led":
        self.confirmed("solved")
        self.world.act(self.clerk, "close", matter=self.session)
        return self


def topic(world: World) -> dict[str, Any]:
    return {"title": "路灯", "source": "群众", "detail": "不亮", "leader": world.deputy("代表-leader").id}


def invitation(world: World) -> dict[str, Any]:
    day = (world.day + timedelta(days=3)).isoformat()
    return {"meets_on": day, "departments": [world.organ("单位-invited").id]}


def minutes(world: World) -> dict[str, Any]:
    return {"participants": [world.deputy(f"代表-{name}").id for name in ("leader", "二", "三")], "minutes": "记录"}


def taken(world: World) -> dict[str, Any]:
    street = {"host": world.organ("单位-host").id, "street": world.organ("单位-street").id}
    other = world.act(world.actor("clerk"), "begin", {"form": "assembly", **street}, practice=CODE).matter_id
    return {"item": other, "source": "群众", "detail": "不亮", "leader": world.deputy("代表-leader").id}


SAMPLES: Mapping[str, Any] = {
    "take_item": taken,
    "propose": topic,
    "notify": invitation,
    "hold": minutes,
    "assign": lambda world: {"owner": world.organ("单位-assignee").id, "task": "核实"},
    "vote": {"present": 10, "yes": 6},
    "enter_before": lambda world: {"form": "assembly", "host": world.organ("单位-host").id, **SUM},
}


def begun(kind: str, way: Callable[[Led], Any], form: str = "assembly") -> Callable[[World], int]:
    def lead(world: World) -> int:
        led = Led(world, form)
        way(led)
        return led.session if kind == "session" else led.topic

    return lead


BEGUN = {
    ("session", "notified"): begun("session", Led.notified),
    ("session", "held"): begun("session", Led.held),
    ("session", "closed"): begun("session", Led.closed),
    ("topic", "adopted"): begun("topic", Led.held),
    ("topic", "assigned"): begun("topic", Led.assigned),
    ("topic", "reported"): begun("topic", Led.reported),
    ("topic", "solved"): begun("topic", lambda led: led.confirmed("solved")),
    ("topic", "unsolved"): begun("topic", lambda led: led.confirmed("unsolved")),
    ("topic", "passed"): begun("topic", lambda led: led.voted(6), "council"),
    ("topic", "failed"): begun("topic", lambda led: led.voted(5), "council"),
}


@pytest.mark.parametrize(
    "check", conformance.checks(Deliberation, FILE.read_text(encoding="utf-8"), SAMPLES, BEGUN), ids=str
)
def test_deliberations_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
