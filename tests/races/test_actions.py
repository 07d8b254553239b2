"""Every action of every practice, sent by several at once, gives what one after the other gives; both databases."""

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

from backing.copies import Copies, left
from backing.kits import Case, Ready, at, cases, not_led, others, ready
from backing.racing import at_once
from backing.sampling import sample
from renda.errors import RendaError
from renda.services import reading
from renda.services.matters import act
from renda.testing.factories import World

RACERS = 5
EVERY = cases()
Answers = Counter[str]


def taken(world: World, here: Ready, **options: Any) -> str:
    """Take an action as a page does, the matter read before; what came of it in one word."""
    try:
        with world.writing() as desk:
            # Held on to, as a page holds on to what it has read: a session forgets rows that nobody has.
            rows = [reading.find(desk, number) for name, number in here.target.items() if name in ("matter", "parent")]
            views = reading.views(desk, rows)
            outcome = act(desk, here.actor, here.action.name, here.entries, **here.target, **options)
            assert len(views) == len(rows)
    except RendaError as error:
        return error.code
    return "repeated" if outcome.repeated else "taken"


def answers_of(given: Sequence[Any]) -> Answers:
    """How often each answer came; whatever else was raised is a fault."""
    for each in given:
        if isinstance(each, Exception):
            raise each
    return Counter(given)


def one_after_another(world: World, racers: Sequence[Callable[[World], str]]) -> tuple[Answers, dict[str, Any]]:
    """The oracle: what the same racers get and leave where each waits for the one before."""
    answers = Counter(racer(world) for racer in racers)
    return answers, left(world)


def together(world: World, racers: Sequence[Callable[[World], str]]) -> tuple[Answers, dict[str, Any]]:
    """What they get and leave where all go at once."""
    given = at_once(world.store.engine, [partial(racer, world) for racer in racers])
    return answers_of(given), left(world)


@pytest.mark.parametrize("case", sample(EVERY, 10, "actions"), ids=str)
def test_an_action_sent_at_once_gives_what_one_after_another_gives(case: Case, copies: Copies) -> None:
    here = ready(case)
    racers = [partial(taken, here=here)] * RACERS

    expected = one_after_another(at(copies.sqlite(here.world), here), racers)

    assert expected[0]["taken"] >= 1
    for world in copies.each(here.world):
        assert together(at(world, here), racers) == expected, world.store.engine.dialect.name


@pytest.mark.parametrize("case", sample(EVERY, 8, "versions"), ids=str)
def test_a_form_of_one_version_or_sent_twice_is_taken_once(case: Case, copies: Copies) -> None:
    here = ready(case)
    once: dict[str, Any] = {"submission": secrets.token_urlsafe(9)}
    for world in copies.each(here.world):
        answers, _ = together(at(world, here), [partial(taken, here=here, **once)] * RACERS)
        assert answers == {"taken": 1, "repeated": RACERS - 1}, world.store.engine.dialect.name
    if "matter" not in here.target:
        return
    for world in copies.each(here.world):
        with world.reading() as desk:
            version = reading.find(desk, here.target["matter"]).version
        answers, _ = together(at(world, here), [partial(taken, here=here, expected=version)] * RACERS)
        assert answers["taken"] == 1, (answers, world.store.engine.dialect.name)
        with world.reading() as desk:
            assert reading.find(desk, here.target["matter"]).version == version + 1


@pytest.mark.parametrize("case", sample(EVERY, 8, "pairs"), ids=str)
def test_two_different_actions_at_once_give_what_one_of_their_orders_gives(case: Case, copies: Copies) -> None:
    here = ready(case)
    for other in others(here):
        two = [partial(taken, here=here), partial(taken, here=other)]
        orders = [one_after_another(at(copies.sqlite(here.world), here), order) for order in (two, two[::-1])]
        for world in copies.each(here.world):
            found = together(at(world, here), two)
            assert found in orders, (other.action.name, world.store.engine.dialect.name)
        copies.forget()


@pytest.mark.parametrize("case", sample(not_led(), 1, "not led"), ids=str)
def test_what_is_said_not_to_be_led_to_cannot_be(case: Case) -> None:
    with pytest.raises(AssertionError, match=case.action):
        ready(case)
