"""Leading a matter to any of its states with forms that fit: the ground of the conformance kit."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from renda.errors import RendaError, declare
from renda.kinds import ANY_STATE, Action, Kind
from renda.matter import Matter
from renda.practice import Practice
from renda.services.desk import Desk
from renda.services.matters import Outcome, act
from renda.services.reading import find
from renda.testing.factories import World
from renda.testing.samples import variants
from renda.testing.stands import Grounds, allowed_actor

declare(
    {
        "test.no_walk": "没有走到“{kind}”的状态“{state}”。最后的阻碍:{obstacle}。请在 samples 里给出合适的表单内容。",
    }
)

Samples = Mapping[str, Mapping[str, Any] | Callable[[World], Mapping[str, Any]]]
Begun = Mapping[tuple[str, str], Callable[[World], int]]
WAITS = (0, 1, 31, 370)
MOST_PATHS = 12
MOST_FAILURES = 3
LATER_VARIANTS = 4


class _Elsewhere(Exception):  # noqa: N818  (not a mistake: it gives a transaction up)
    """The action led to another state than the wanted one."""


@dataclass(frozen=True)
class Stand:
    """A matter in the state it was led to, in a world of its own."""

    world: World
    number: int

    @property
    def matter(self) -> Matter:
        """The matter as it stands."""
        return self.world.matter(self.number)


class Walks:
    """A practice with one version of its parameters, and ways to every state of its matters.

    ``params``: the text of ``[version.params]``, or of a whole file with its ``[[version]]``.
    ``samples``: for actions whose forms cannot be guessed, entries by the action's name. ``begun``: for states
    no guessing leads to, what opens a matter and leads it there, by (kind, state).
    """

    def __init__(
        self, practice: type[Practice], params: str, samples: Samples | None = None, begun: Begun | None = None
    ) -> None:
        self.practice_class = practice
        self.begun = begun or {}
        self.samples = samples or {}
        self.grounds = Grounds(practice, params)
        self.code = practice.plugin
        self._stands: dict[tuple[str, str], Stand | RendaError] = {}
        self._ready: dict[tuple[str, str], Stand] = {}
        self._worked: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._failed: Counter[tuple[str, str]] = Counter()
        self._obstacle = "—"

    def stand(self, kind: str, state: str) -> Stand:
        """A matter of that kind in that state; the same one each time. Raises ``test.no_walk``."""
        key = (kind, state)
        if key not in self._stands:
            self._failed.clear()
            self._stands[key] = self._led_to(self.practice_class.kind_of[kind], state)
        found = self._stands[key]
        if isinstance(found, RendaError):
            raise found
        return found

    def ready(self, kind: Kind, action: Action) -> Stand:
        """A matter on which the action is possible, those inside and around it being where the action needs them."""
        state = next(state for state in kind.states if kind.allows(action, state))
        if not action.children and not action.around:
            return self.stand(kind.code, state)
        key = (kind.code, action.name)
        if key not in self._ready:
            found = self._led_to(kind, state)
            if isinstance(found, RendaError):
                raise found
            self._clear_the_way(found.world, action, found.matter, 0)
            self._ready[key] = found
        return self._ready[key]

    def _led_to(self, kind: Kind, state: str) -> Stand | RendaError:
        if (kind.code, state) in self.begun:
            world = self.grounds.fresh()
            return Stand(world, self.begun[kind.code, state](world))
        for begin in self._beginnings(kind):
            stand = begin()
            if stand is not None and self.lead(stand.world, stand.number, {state}):
                return stand
        return RendaError("test.no_walk", kind=kind.title, state=kind.states[state], obstacle=self._obstacle)

    def _beginnings(self, kind: Kind) -> Iterator[Callable[[], Stand | None]]:
        for opening in kind.openings:
            if kind.within is None:
                yield partial(self._opened, self.grounds.fresh, opening, None)
            else:
                around = self.practice_class.kind_of[kind.within]
                for state in around.states:
                    yield partial(self._inside, kind, opening, around, state)

    def _inside(self, kind: Kind, opening: Action, around: Kind, state: str) -> Stand | None:
        parent = self._led_to(around, state)
        if isinstance(parent, RendaError):
            return None
        inner = parent.matter.children(kind.code)
        if inner:
            return Stand(parent.world, inner[0].id)
        return self._opened(lambda: parent.world, opening, parent.number)

    def _opened(self, world: Callable[[], World], opening: Action, parent: int | None) -> Stand | None:
        place = world()
        for entries in self.forms(place, opening):
            target = {"parent": parent, "practice": self.code}
            outcome = self._tried(place, opening, entries, None, target)
            if outcome is not None:
                return Stand(place, outcome.matter_id)
        return None

    def lead(self, world: World, number: int, wanted: set[str], deep: int = 0) -> bool:
        """Lead a matter to one of the wanted states; whether it got there."""
        matter = world.matter(number)
        kind = self.practice_class.kind_of[matter.kind]
        if matter.state in wanted:
            return True
        for path in islice(_paths(kind, matter.state, wanted), MOST_PATHS):
            if any(self._failed[action.name, to] >= MOST_FAILURES for action, to in path):
                continue
            if all(self._stepped(world, number, action, to, deep) for action, to in path):
                return True
            if world.matter(number).state != matter.state:
                return deep < MOST_PATHS and self.lead(world, number, wanted, deep + 1)
        return False

    def _stepped(self, world: World, number: int, action: Action, to: str, deep: int) -> bool:
        start = world.now
        self._clear_the_way(world, action, world.matter(number), deep)
        for days in WAITS:
            world.now = start
            world.pass_days(days)
            forms = self.forms(world, action, to)
            for entries in forms if days == 0 else islice(forms, LATER_VARIANTS):
                if self._tried(world, action, entries, to, {"matter": number}) is not None:
                    self._worked[action.name, to] = entries
                    return True
        world.now = start
        self._failed[action.name, to] += 1
        return False

    def _clear_the_way(self, world: World, action: Action, matter: Matter, deep: int) -> None:
        if deep >= MOST_PATHS:
            return
        for code, states in action.children.items():
            for child in matter.children(code):
                self.lead(world, child.id, set(states), deep + 1)
        if action.around and matter.parent is not None and matter.parent.state not in action.around:
            self.lead(world, matter.parent.id, set(action.around), deep + 1)

    def _tried(
        self, world: World, action: Action, entries: Mapping[str, Any], to: str | None, target: Mapping[str, Any]
    ) -> Outcome | None:
        matter = world.matter(target["matter"]) if "matter" in target else None
        actor = allowed_actor(world, self.practice_class.kind_of[action.kind], action, matter, entries)
        try:
            with world.writing() as desk:
                outcome = act(desk, actor, action.name, entries, **target)
                _check_arrival(desk, outcome, to)
                return outcome
        except _Elsewhere:
            return None
        except RendaError as error:
            self._obstacle = f"{action.label}:{error}"
            return None

    def forms(self, world: World, action: Action, to: str = "") -> Iterator[Mapping[str, Any]]:
        """Ways to fill in the action's form, the one that worked before first; samples are used where given."""
        if (action.name, to) in self._worked:
            yield self._worked[action.name, to]
        given = self.samples.get(action.name, {})
        entries = given(world) if callable(given) else given
        practice = world.rulebook.practice_on(self.code, world.day).practice
        yield from variants(world, practice, action.form, entries)


def _check_arrival(desk: Desk, outcome: Outcome, to: str | None) -> None:
    if to is not None and find(desk, outcome.matter_id).state != to:
        raise _Elsewhere


def _paths(kind: Kind, start: str, wanted: set[str]) -> Iterator[list[tuple[Action, str]]]:
    """Ways through the states of a kind, shortest first, none through a state twice."""
    waiting: deque[tuple[str, list[tuple[Action, str]]]] = deque([(start, [])])
    while waiting:
        state, path = waiting.popleft()
        if state in wanted and path:
            yield path
            continue
        passed = {start, *(to for _, to in path)}
        for action in kind.possible(state):
            waiting.extend((to, [*path, (action, to)]) for to in action.then if to not in passed and to != ANY_STATE)
