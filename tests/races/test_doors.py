"""Every action through its page and through the API: forms and requests of one version, sent at once, are taken once."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from backing.copies import Copies, left
from backing.doors import Sent, by_api, by_page, has_door
from backing.kits import Case, Ready, at, cases, ready
from backing.racing import at_once
from backing.sampling import sample
from renda.testing.factories import World

RACERS = 4
DONE = {200, 201, 303}
Door = Callable[[World, Ready, int], list[Sent]]


def statuses(given: list[Any]) -> Counter[int]:
    """How often each status came; whatever else was raised is a fault."""
    for each in given:
        if isinstance(each, Exception):
            raise each
    return Counter(given)


@pytest.mark.parametrize("door", [pytest.param(by_api, id="api"), pytest.param(by_page, id="page")])
@pytest.mark.parametrize("case", sample(cases(), 6, "doors"), ids=str)
def test_what_is_sent_at_once_gives_what_one_after_another_gives(case: Case, door: Door, copies: Copies) -> None:
    here = ready(case)
    if not has_door(here):
        assert here.actor.account_id is None or "then" in here.target
        return
    world = at(copies.sqlite(here.world), here)
    expected = (Counter(sent() for sent in door(world, here, RACERS)), left(world))
    taken = sum(count for status, count in expected[0].items() if status in DONE)

    assert taken == 1 if "matter" in here.target else taken >= 1, expected[0]
    for copied in copies.each(here.world):
        sent = door(at(copied, here), here, RACERS)
        found = (statuses(at_once(copied.store.engine, sent)), left(copied))
        assert found == expected, copied.store.engine.dialect.name
