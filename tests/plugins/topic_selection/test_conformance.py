"""The platform's kit for practices, on topics as 嘉定 chooses them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from plugins.topic_selection.conftest import DISTRICTS, GIVEN, Life, proposal

from renda.testing import conformance
from renda.testing.factories import World
from renda_plugins.topic_selection import TopicSelection

RULES = (DISTRICTS / "jiading" / "topic_selection.toml").read_text(encoding="utf-8")


def group(world: World) -> dict[str, Any]:
    people = [world.deputy(name).id for name in ("委员一", "委员二")]
    return {"leader": people[0], "members": people[1:]}


SAMPLES: Mapping[str, Any] = {
    "begin": {"year": 2021},
    "propose": proposal,
    "mark": lambda world: {"given": GIVEN, "member": world.deputy("委员一", committee_member=True).id},
    "form_group": group,
    "look_into": {"way": "visit", "held_on": "2021-03-01", "place": "甲", "found": "乙"},
    "review": {"reviewed_on": "2021-03-01", "present": 25, "speakers": 20},
    "record_past": {"year": 2007, "reports": 16},
}


def left(action: str, actor: str = "clerk", **entries: Any) -> Callable[[Life], int]:
    def lead(life: Life) -> int:
        return life.does(action, 0, getattr(life, actor), **entries)

    return lead


def merged(life: Life) -> int:
    return life.does("merge", life.proposed(topic="幼儿园"), into=life.topic, grounds="同源")


def dropped(life: Life) -> int:
    life.decided()
    return life.does("drop", 0, life.chair, grounds="情况变化")


def declined(life: Life) -> int:
    life.scoring()
    return life.does("decline", 0, life.chair, grounds="不急")


def opened_item(life: Life) -> int:
    life.following()
    return life.item


def held(life: Life) -> int:
    life.researching()
    return life.looked_into()


def sheet(life: Life) -> int:
    life.scoring()
    return life.marked()


def scoring(life: Life) -> int:
    return life.scoring()


WAYS: Mapping[tuple[str, str], Callable[[Life], int]] = {
    ("plan", "collecting"): lambda life: life.plan,
    ("plan", "scoring"): scoring,
    ("plan", "decided"): lambda life: life.decided() and life.plan,
    ("plan", "closed"): Life.year_closed,
    ("topic", "proposed"): lambda life: life.scoring() and life.topic,
    ("topic", "selected"): lambda life: life.decided() and life.topic,
    ("topic", "researching"): Life.researching,
    ("topic", "researched"): Life.researched,
    ("topic", "reviewed"): Life.reviewed,
    ("topic", "following"): Life.following,
    ("topic", "evaluated"): Life.evaluated,
    ("topic", "declined"): declined,
    ("topic", "merged"): merged,
    ("topic", "withdrawn"): left("withdraw", grounds="已解决"),
    ("topic", "dropped"): dropped,
    ("mark", "given"): sheet,
    ("activity", "held"): held,
    ("item", "open"): opened_item,
    ("item", "reported"): Life.reported,
    ("item", "closed"): Life.closed,
    ("item", "carried"): Life.carried,
}


def begun(way: Callable[[Life], int]) -> Callable[[World], int]:
    return lambda world: way(Life(world))


BEGUN = {key: begun(way) for key, way in WAYS.items()}


@pytest.mark.parametrize("check", conformance.checks(TopicSelection, RULES, SAMPLES, BEGUN), ids=str)
def test_topics_hold_what_every_practice_has_to(check: conformance.Check) -> None:
    check()
