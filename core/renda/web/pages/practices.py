"""The practices of a district and their rules: what is in force, every version beside the others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from renda.district_files import RuleVersion
from renda.errors import RendaError
from renda.i18n import gettext
from renda.kinds import ANY_STATE, Action, Kind
from renda.rulebook import InForce
from renda.services import offers
from renda.services.permissions import who
from renda.web.errors import NOT_FOUND
from renda.web.shown import Reader, Shown
from renda.web.stepper import ahead
from renda.web.tenancy import Seat, page

START = "·"
MOST_IN_A_ROW = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One parameter in one version: its value, whether it differs from the version before, whether it is sure."""

    value: Shown | None
    changed: bool
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """An action in words: who, from where, to where, by which article."""

    label: str
    by: str
    came_from: str
    went_to: str
    source: str


@dataclass(frozen=True, slots=True)
class Life:
    """The states of a kind and the actions between them, as a picture's wish and as a table."""

    title: str
    wish: str
    deeds: Sequence[Deed]


@page("/practices/", public=True)
def practices(seat: Seat) -> ResponseReturnValue:
    """All practices, in force or announced."""
    book = seat.desk.rulebook
    listed = [(book.at(versions[-1]), _in_force(versions, seat)) for versions in book.versions.values()]
    return render_template("practices.html", seat=seat, listed=listed)


@page("/practices/<code>", public=True)
def practice(seat: Seat, code: str) -> ResponseReturnValue:
    """One practice: what it is for, its numbers in every version, the life of what it handles."""
    versions = seat.desk.rulebook.versions.get(code)
    if versions is None:
        raise RendaError(NOT_FOUND)
    current = _in_force(versions, seat)
    rules = seat.desk.rulebook.at(current or versions[-1])
    openings = [offer for offer in offers.openings(seat.desk, seat.actor) if offer.rules.code == code]
    return render_template(
        "practice.html",
        seat=seat,
        rules=rules,
        current=current,
        versions=list(reversed(versions)),
        rows=_rows(seat, rules, versions),
        lives=[_life(kind, rules) for kind in rules.practice.kind_of.values()],
        openings=openings,
    )


def _in_force(versions: Sequence[RuleVersion], seat: Seat) -> RuleVersion | None:
    return next((each for each in reversed(versions) if each.effective <= seat.desk.day), None)


def _rows(seat: Seat, rules: InForce, versions: Sequence[RuleVersion]) -> list[tuple[str, list[Cell]]]:
    """For each parameter its label and its cells, the newest version first."""
    found = []
    for name, field in type(rules.practice).Params().fields.items():
        label = gettext(str(field.metadata.get("label", name)))
        cells: list[Cell] = []
        before: Any = None
        for version in versions:
            value = version.params.get(name)
            shown = None if value is None else Reader(seat.slug, None, {}).value(field, value)
            changed = bool(cells) and value != before
            cells.append(Cell(shown, changed, name in version.unconfirmed))
            before = value
        found.append((label, cells[::-1]))
    return found


def _life(kind: Kind, rules: InForce) -> Life:
    opening = kind.openings[0].then
    way = {*opening[:1], *(ahead(kind, opening[0]) if opening else ())}
    nodes = [{"id": START, "label": gettext("开始"), "level": "muted"}]
    if any(ANY_STATE in (action.when or ()) and action.then for action in kind.actions.values()):
        nodes.append({"id": ANY_STATE, "label": gettext("办结前任何时候"), "level": "muted"})
    for code, label in kind.states.items():
        node = {"id": code, "label": gettext(label)}
        if code in kind.ends:
            node["level"] = "good" if code in way else "muted"
        nodes.append(node)
    names = {**rules.practice.relations}
    wish = {
        "title": gettext(kind.title),
        "nodes": nodes,
        "edges": _edges(kind),
        "direction": "LR" if len(nodes) <= MOST_IN_A_ROW else "TB",
    }
    deeds = [_deed(kind, action, names) for action in kind.actions.values()]
    return Life(gettext(kind.title), json.dumps(wish, ensure_ascii=False), deeds)


def _edges(kind: Kind) -> list[dict[str, str]]:
    """Arrows between states; what is possible everywhere has one arrow and not one from each state."""
    found = []
    for action in kind.actions.values():
        if action.when is not None and ANY_STATE in action.when and not action.then:
            continue
        for state in (START,) if action.when is None else action.when:
            found += [{"from": state, "to": to, "label": gettext(action.label)} for to in action.then or (state,)]
    return found


def _deed(kind: Kind, action: Action, names: dict[str, str]) -> Deed:
    def labels(states: Sequence[str]) -> str:
        return "、".join(gettext(kind.states[state]) for state in states if state != ANY_STATE)

    if action.when is None:
        came_from = gettext("（开启）")
    elif ANY_STATE in action.when:
        came_from = gettext("办结前任何时候")
    else:
        came_from = labels(action.when)
    went_to = labels(action.then) or gettext("（不变）")
    return Deed(gettext(action.label), who(action.by, names), came_from, went_to, gettext(action.source))
