"""The practices as their conformance tests lead them: every action of every kind, in a state where it is possible."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from backing.not_led import NOT_LED
from renda.errors import RendaError
from renda.kinds import Action, Kind
from renda.matter import Actor
from renda.services.matters import act
from renda.testing.conformance import Check, Kit
from renda.testing.factories import World
from renda.testing.stands import allowed_actor
from renda.testing.walks import WAITS

PLUGINS = Path(__file__).parents[1] / "plugins"
FORMS = 40


@dataclass(frozen=True)
class Case:
    """One action of a practice."""

    folder: str
    kind: str
    action: str

    def __str__(self) -> str:
        return f"{self.folder}-{self.kind}-{self.action}"


@dataclass(frozen=True)
class Ready:
    """Where an action can be taken: the world, the hour, by whom, with which entries, on what."""

    kit: Kit
    world: World
    waited: int
    actor: Actor
    action: Action
    entries: Mapping[str, Any]
    target: Mapping[str, Any]


@cache
def kits(folder: str) -> list[Kit]:
    """The kits of a plugin's conformance tests."""
    module = importlib.import_module(f"plugins.{folder}.test_conformance")
    found: list[Kit] = []
    for function in vars(module).values():
        for mark in getattr(function, "pytestmark", ()):
            checks = mark.args[1] if mark.args and mark.args[0] == "check" else ()
            found += [_kit_of(each) for each in checks[:1]]
    return found


def _kit_of(check: Check) -> Kit:
    run: Any = check.run
    while isinstance(run, partial):
        run = run.func
    kit: Kit = run.__self__
    return kit


def folders() -> list[str]:
    """The plugins that have conformance tests."""
    return sorted(path.parent.name for path in PLUGINS.glob("*/test_conformance.py"))


def cases() -> list[Case]:
    """Every action of every practice to which the kit can lead a matter."""
    return [each for each in every_case() if str(each) not in NOT_LED]


def not_led() -> list[Case]:
    """Those to which it cannot."""
    return [each for each in every_case() if str(each) in NOT_LED]


@cache
def every_case() -> list[Case]:
    """Every action of every practice, each once, whatever number of districts have it."""
    return list(
        dict.fromkeys(
            Case(folder, kind.code, action.name)
            for folder in folders()
            for kit in kits(folder)
            for kind, action in kit.every
        )
    )


def ready(case: Case) -> Ready:
    """Where the action of a case can be taken, in the first district where it can.

    Raises ``AssertionError`` with the last obstacle where it can nowhere.
    """
    obstacle: Exception | None = None
    for kit in kits(case.folder):
        kind = kit.practice.kind_of.get(case.kind)
        if kind is not None and case.action in kind.actions:
            action = kind.actions[case.action]
            for place in _places(kit, kind, action):
                try:
                    world, target = place()
                    return possible(kit, world, kind, action, target)
                except (AssertionError, RendaError) as error:
                    obstacle = error
    raise AssertionError(f"{case}: {obstacle}")


def at(world: World, here: Ready) -> World:
    """The world at the hour at which the action can be taken."""
    world.now += timedelta(days=here.waited)
    return world


def _places(kit: Kit, kind: Kind, action: Action) -> Iterator[Callable[[], tuple[World, dict[str, Any]]]]:
    """Where the kit takes the action, then a matter in each other state in which it is possible."""
    yield partial(kit._place, kind, action)
    for state in kind.states if action.when is not None else ():
        if kind.allows(action, state):
            yield partial(_stand, kit, kind, state)


def _stand(kit: Kit, kind: Kind, state: str) -> tuple[World, dict[str, Any]]:
    stand = kit.walks.stand(kind.code, state)
    return stand.world, {"matter": stand.number}


def others(here: Ready) -> Iterator[Ready]:
    """The other actions that can be taken on the same matter now, those that come later in the alphabet."""
    if "matter" not in here.target:
        return
    kind = here.kit.practice.kind_of[here.action.kind]
    for action in kind.possible(here.world.matter(here.target["matter"]).state):
        if action.name > here.action.name:
            try:
                found = possible(here.kit, here.world, kind, action, here.target, waits=(here.waited,))
            except AssertionError:
                continue
            yield found


def possible(  # noqa: PLR0917
    kit: Kit,
    world: World,
    kind: Kind,
    action: Action,
    target: Mapping[str, Any],
    waits: tuple[int, ...] = WAITS,
) -> Ready:
    """With which form, by whom and when an action is taken; it is tried and given up again."""
    obstacle: RendaError | None = None
    start = world.now
    for days in waits:
        world.now = start
        world.pass_days(days)
        for entries in islice(kit.walks.forms(world, action), FORMS):
            matter = world.matter(target["matter"]) if "matter" in target else None
            actor = allowed_actor(world, kind, action, matter, entries)
            # Where several states may follow, what a ballot decides is said with the action.
            for more in ({}, *({"then": state} for state in action.then if len(action.then) > 1)):
                obstacle = tried(world, actor, action, entries, {**target, **more})
                if obstacle is None:
                    world.now = start
                    return Ready(kit, world, days, actor, action, dict(entries), {**target, **more})
                if obstacle.code != "practice.ambiguous_state":
                    break
    world.now = start
    raise AssertionError(f"{kind.code}.{action.name}: {obstacle}")


def tried(
    world: World, actor: Actor, action: Action, entries: Mapping[str, Any], target: Mapping[str, Any]
) -> RendaError | None:
    """What an action is refused with; where it is not, it is given up."""
    try:
        with world.writing() as desk:
            act(desk, actor, action.name, entries, **target)
            desk.session.rollback()
    except RendaError as error:
        return error
    return None
