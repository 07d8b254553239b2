"""Leading a matter to any of its states with forms that fit: the ground of the conformance kit."""

from __future__ import annotations

import tempfile
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from renda.errors import RendaError, declare
from renda.kinds import ANY_STATE, Action, Kind
from renda.matter import ROLES, SYSTEM, Actor, Matter, Party
from renda.practice import Practice
from renda.rulebook import InForce
from renda.services.desk import Desk
from renda.services.matters import Outcome, act
from renda.services.reading import find, view
from renda.testing.factories import World, fresh_sqlite
from renda.testing.samples import variants

declare(
    {
        "test.no_walk": "没有走到“{kind}”的状态“{state}”。最后的阻碍:{obstacle}。请在 samples 里给出合适的表单内容。",
    }
)

Samples = Mapping[str, Mapping[str, Any] | Callable[[World], Mapping[str, Any]]]
DISTRICT = 'name = "样例"\nterm = "第一届"\n'
FIRST = date(2021, 3, 1)
WAITS = (0, 1, 31, 370)
MOST_PATHS = 12


class _Elsewhere(Exception):  # noqa: N818  (not a mistake: it gives a transaction up)
    """The action led to another state than the wanted one."""


class Walks:
    """A practice with one version of its parameters in a world of its own, and ways to every state.

    ``params``: the text of ``[version.params]``, or of a whole file with its ``[[version]]``.
    ``samples``: for actions whose forms cannot be guessed, entries by the action's name.
    """

    def __init__(self, practice: type[Practice], params: str, samples: Samples | None = None) -> None:
        self.practice_class = practice
        self.samples = samples or {}
        folder = tempfile.TemporaryDirectory(prefix="renda-walks-")
        self.districts = Path(folder.name)
        write_district(self.districts / "sample", practice, params)
        self.code = practice.plugin
        self.world = World(
            fresh_sqlite(self.districts),
            self.districts,
            "sample",
            day=FIRST,
            find_practice=lambda plugin, file: practice,
        )
        self._stands: dict[tuple[str, str], int] = {}
        self._obstacle = "—"
        weakref.finalize(self, _put_away, self.world, folder)

    @property
    def rules(self) -> InForce:
        """The version in force."""
        return self.world.rulebook.practice_on(self.code, self.world.day)

    def kind(self, code: str) -> Kind:
        """A kind of the practice."""
        return self.practice_class.kind_of[code]

    def stand(self, kind: str, state: str) -> int:
        """A matter of that kind in that state; the same one each time. Raises ``test.no_walk``."""
        key = (kind, state)
        if key not in self._stands:
            self._stands[key] = self._led_to(self.kind(kind), state)
        return self._stands[key]

    def _led_to(self, kind: Kind, state: str) -> int:
        self._obstacle = "—"
        for begin in self._beginnings(kind):
            number = begin()
            if number is not None and self.lead(number, {state}):
                return number
        raise RendaError("test.no_walk", kind=kind.title, state=kind.states[state], obstacle=self._obstacle)

    def _beginnings(self, kind: Kind) -> Iterator[Callable[[], int | None]]:
        for _ in range(MOST_PATHS):
            for opening in kind.openings:
                if kind.within is None:
                    yield partial(self._opened, opening, None)
                    continue
                around = self.kind(kind.within)
                for state in around.states:
                    yield partial(self._inside, kind, opening, around, state)

    def _inside(self, kind: Kind, opening: Action, around: Kind, state: str) -> int | None:
        try:
            parent = self._led_to(around, state)
        except RendaError as error:
            self._obstacle = str(error)
            return None
        inner = self.world.matter(parent).children(kind.code)
        return inner[0].id if inner else self._opened(opening, parent)

    def _opened(self, opening: Action, parent: int | None) -> int | None:
        for entries in self.forms(opening):
            actor = self.actor(opening, None, entries)
            outcome = self._tried(actor, opening, entries, None, parent=parent, practice=self.code)
            if outcome is not None:
                return outcome.matter_id
        return None

    def lead(self, number: int, wanted: set[str], deep: int = 0) -> bool:
        """Lead a matter to one of the wanted states; whether it got there."""
        matter = self.world.matter(number)
        kind = self.kind(matter.kind)
        if matter.state in wanted:
            return True
        for path in _paths(kind, matter.state, wanted):
            if all(self._stepped(number, action, to, deep) for action, to in path):
                return True
            if self.world.matter(number).state != matter.state:
                return deep < MOST_PATHS and self.lead(number, wanted, deep + MOST_PATHS // 3)
        return False

    def _stepped(self, number: int, action: Action, to: str, deep: int) -> bool:
        start = self.world.now
        for days in WAITS:
            self.world.now = start
            self.world.pass_days(days)
            for entries in self.forms(action):
                matter = self.world.matter(number)
                self._clear_the_way(action, matter, deep)
                actor = self.actor(action, matter, entries)
                if self._tried(actor, action, entries, to, matter=number) is not None:
                    return True
        self.world.now = start
        return False

    def _clear_the_way(self, action: Action, matter: Matter, deep: int) -> None:
        if deep >= MOST_PATHS:
            return
        for code, states in action.children.items():
            for child in matter.children(code):
                self.lead(child.id, set(states), deep + MOST_PATHS // 3)
        if action.around and matter.parent is not None and matter.parent.state not in action.around:
            self.lead(matter.parent.id, set(action.around), deep + MOST_PATHS // 3)

    def _tried(
        self, actor: Actor, action: Action, entries: Mapping[str, Any], to: str | None, **target: Any
    ) -> Outcome | None:
        try:
            with self.world.writing() as desk:
                outcome = act(desk, actor, action.name, entries, **target)
                _check_arrival(desk, outcome, to)
                return outcome
        except _Elsewhere:
            return None
        except RendaError as error:
            self._obstacle = str(error)
            return None

    def forms(self, action: Action) -> Iterator[dict[str, Any]]:
        """Ways to fill in the action's form, from the samples where they are given."""
        given = self.samples.get(action.name, {})
        entries = given(self.world) if callable(given) else given
        return variants(self.world, self.rules.practice, action.form, entries)

    def actor(self, action: Action, matter: Matter | None, entries: Mapping[str, Any]) -> Actor:
        """Somebody who may take the action: in its first role, or who stands in its relation."""
        for by in action.by:
            party = self._party(action, by, matter, entries)
            if party is not None:
                role = "department" if party.noun == "organ" else "deputy"
                return self.world.actor(role, **{party.noun: party})
            if by in ROLES:
                return self.somebody(by)
        return self.somebody("clerk")

    def _party(self, action: Action, by: str, matter: Matter | None, entries: Mapping[str, Any]) -> Party | None:
        if matter is not None:
            return matter.party(by)
        for entry, (relation, noun) in self.kind(action.kind).relations().items():
            named = entries.get(entry)
            if relation == by and named:
                return Party(noun, named[0] if isinstance(named, list) else named, "样例")
        return None

    def somebody(self, role: str, name: str = "样例") -> Actor:
        """Somebody with one role, who stands in no relation to anything unless by that name."""
        if role == "system":
            return SYSTEM
        if role in {"deputy", "member"}:
            return self.world.actor(role, person=self.world.deputy(f"代表-{name}", committee_member=role == "member"))
        if role == "department":
            return self.world.actor(role, organ=self.world.organ(f"单位-{name}"))
        return self.world.actor(role)

    def seen(self, number: int) -> Matter:
        """A matter as it stands."""
        with self.world.reading() as desk:
            return view(desk, find(desk, number))


def write_district(folder: Path, practice: type[Practice], params: str) -> None:
    """A district's folder with this practice alone."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "district.toml").write_text(DISTRICT, "utf-8")
    head = f'plugin = "{practice.plugin}"\n'
    if "[[version]]" not in params:
        head += '[[version]]\neffective = 2000-01-01\nsource = "样例"\n[version.params]\n'
    text = params if params.lstrip().startswith("plugin") else head + params
    (folder / f"{practice.plugin}.toml").write_text(text, "utf-8")


def _check_arrival(desk: Desk, outcome: Outcome, to: str | None) -> None:
    if to is not None and find(desk, outcome.matter_id).state != to:
        raise _Elsewhere


def _put_away(world: World, folder: tempfile.TemporaryDirectory[str]) -> None:
    world.close()
    folder.cleanup()


def _paths(kind: Kind, start: str, wanted: set[str]) -> Iterator[list[tuple[Action, str]]]:
    """Ways through the states of a kind, shortest first, none through a state twice."""
    waiting: deque[tuple[str, list[tuple[Action, str]]]] = deque([(start, [])])
    found = 0
    while waiting and found < MOST_PATHS:
        state, path = waiting.popleft()
        if state in wanted and path:
            found += 1
            yield path
            continue
        passed = {start, *(to for _, to in path)}
        for action in kind.possible(state):
            waiting.extend((to, [*path, (action, to)]) for to in action.then if to not in passed and to != ANY_STATE)
