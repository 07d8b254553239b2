"""The way of a matter: the states it has been in, where it is, and where it goes if all goes as awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from renda.i18n import gettext
from renda.kinds import Kind

MOST_AHEAD = 6
MOST_BEHIND = 6


class Step(Protocol):
    """What the stepper needs of an entry of the record."""

    day: date
    went_to: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One state on the way; ``place`` is ``past``, ``now`` or ``ahead``."""

    label: str
    place: str
    day: date | None = None


def stepper(kind: Kind, state: str, events: Sequence[Step]) -> list[Stop]:
    """The way so far and the likely way on: the first thing awaited in each state, and where it leads first."""
    past: list[tuple[str, date]] = []
    for event in events:
        if not past or past[-1][0] != event.went_to:
            past.append((event.went_to, event.day))
    if past and past[-1][0] == state:
        since: date | None = past.pop()[1]
    else:
        since = None
    found = [Stop(_label(kind, code), "past", day) for code, day in past[-MOST_BEHIND:]]
    found.append(Stop(_label(kind, state), "now", since))
    return [*found, *(Stop(_label(kind, code), "ahead") for code in ahead(kind, state))]


def ahead(kind: Kind, state: str) -> list[str]:
    """The states that follow one another if the first thing awaited is done each time."""
    way: list[str] = []
    met = {state}
    while state not in kind.ends and len(way) < MOST_AHEAD:
        leading = (action for action in kind.possible(state) if not action.aside)
        onward = next((to for action in leading for to in action.then if to not in met), None)
        if onward is None:
            break
        way.append(onward)
        met.add(onward)
        state = onward
    return way


def _label(kind: Kind, code: str) -> str:
    return gettext(kind.states.get(code, code))
