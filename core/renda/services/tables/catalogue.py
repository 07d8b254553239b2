"""Which tables a district has for somebody, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.kinds import Action
from renda.matter import ROLES, Actor
from renda.rulebook import InForce
from renda.services.desk import Desk
from renda.services.offers import may_open
from renda.services.tables import blocks, openings
from renda.services.tables.offices import Appointments, Deputies
from renda.services.tables.roster import Roster
from renda.services.tables.rosters import Organs, People, Projects
from renda.services.tables.shapes import Table, Taking
from renda.suggestions import SuggestionLife

declare({"table.unknown": "没有“{name}”这张表。可用的:{allowed}。"}, status=404)

ROSTER: Mapping[str, tuple[str, str, type[Roster]]] = MappingProxyType(
    {
        "organs": ("机构", "部门、法院、检察院、监委、街道、阵地。", Organs),
        "people": ("人员", "名册里的人;职务和代表资格在另外两张表里。", People),
        "appointments": ("任职", "谁在哪个机构任什么职务,自何日起。", Appointments),
        "deputies": ("人大代表", "谁自何日起是代表;名册里没有的人一并登记。", Deputies),
        "projects": ("项目", "有预算的项目,由哪个单位承担。", Projects),
    }
)
SUGGESTIONS = "suggestions"
KEEPERS = frozenset({"clerk", "system"})
_ACT = "一行开启一件。已开启过的(编号相同或内容相同)不会重复。"
_BLOCK = "整张表一次交给这个动作;同一张表再交一次不会重复。"


@dataclass(frozen=True, slots=True)
class Entry:
    """A table of the list: its name, what it is called, the practice it belongs to (empty for the roster)."""

    name: str
    title: str
    about: str
    practice: str = ""


def listed(desk: Desk, actor: Actor) -> list[Entry]:
    """The tables the actor may import, the roster first, then practices in the order of the district's files."""
    roster = [Entry(name, title, about) for name, (title, about, _) in ROSTER.items()]
    found = roster if actor.roles & KEEPERS else []
    for rules, action in _actions(desk):
        block = blocks.block_of(action) is not None
        if block and not (set(action.by) - set(ROLES) or actor.roles & set(action.by)):
            continue
        if not block and not may_open(rules.practice.kind(action.kind), action, actor):
            continue
        title = gettext(action.label)
        found.append(Entry(_name(rules, action), title, _BLOCK if block else _ACT, gettext(rules.version.title)))
    return found


def find(desk: Desk, actor: Actor, name: str, *, matter: int | None = None) -> Table:
    """A table the actor may import, by its name; raises ``table.unknown`` with the names there are.

    ``suggestions`` is the opening action of the district's own practice about suggestions. ``matter``: for a table
    that an action takes in, the matter it is taken on.
    """
    if name in ROSTER and actor.roles & KEEPERS:
        title, about, taking = ROSTER[name]
        of_roster = partial(_roster, taking)
        return Table(name, title, about, taking.columns, of_roster, _read(of_roster))
    for rules, action in _actions(desk):
        own = name == SUGGESTIONS and _files_suggestions(rules, action)
        if own or name == _name(rules, action):
            return _of_action(desk, actor, rules, action, matter)
    allowed = "、".join(entry.name for entry in listed(desk, actor)) or "—"
    raise RendaError("table.unknown", name=name, allowed=allowed)


def waiting(desk: Desk, actor: Actor, name: str) -> list[tuple[int, str]] | None:
    """The matters a table may be taken on now, newest first; None for a table that is not for one matter."""
    for rules, action in _actions(desk):
        if name == _name(rules, action) and blocks.block_of(action) is not None:
            return [(row.id, row.title) for row in blocks.waiting(desk, actor, rules, action)]
    return None


def _of_action(desk: Desk, actor: Actor, rules: InForce, action: Action, matter: int | None) -> Table:
    name = _name(rules, action)
    block = blocks.block_of(action)
    title = f"{gettext(rules.version.title)} {gettext(action.label)}"
    if block is None:
        opening = partial(openings.Openings, rules=rules, action=action)
        columns = openings.columns(rules, action)
        rows = _read(opening)
        return Table(name, title, _ACT, columns, opening, rows, acts=True, practice=rules.code)
    whole = partial(blocks.Block, rules=rules, action=action, matter=matter)
    heads, rows = blocks.columns(rules, block[1]), _read(whole)
    return Table(name, title, _BLOCK, heads, whole, rows, closed=False, acts=True, matter=matter, practice=rules.code)


def _roster(taking: type[Roster], desk: Desk, _: Actor) -> Taking:
    return taking(desk)


def _read(taking: Callable[[Desk, Actor], Taking]) -> Callable[[Desk, Actor], Iterator[Sequence[Any]]]:
    return lambda desk, actor: taking(desk, actor).rows()


def _actions(desk: Desk) -> Iterator[tuple[InForce, Action]]:
    """What a table can be made for: actions that open a matter within no other, and those that take a table."""
    for rules in desk.rulebook.on(desk.day):
        for kind in rules.practice.kind_of.values():
            for action in kind.actions.values():
                opens = action.when is None and kind.within is None and action.by != ("system",)
                if opens or blocks.block_of(action) is not None:
                    yield rules, action


def _files_suggestions(rules: InForce, action: Action) -> bool:
    life = isinstance(rules.practice, SuggestionLife)
    return life and action.when is None and "proposer" in action.by


def _name(rules: InForce, action: Action) -> str:
    return f"{rules.code}.{action.name}"
