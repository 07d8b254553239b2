"""What people call a matter, an action or somebody who acts, and which one that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.kinds import Action
from renda.matter import ROLES, Actor, Matter
from renda.rulebook import InForce
from renda.services.desk import Desk
from renda.services.reading import DistrictRecords, find, rules_of
from renda.testing.factories import World
from renda.testing.sentences import OPEN, QUOTED, SHUT, number_said

declare(
    {
        "test.no_role": "没有“{name}”这个角色。可用的角色:{allowed}。",
        "test.several_practices": "有多个办法都能“{action}”:{allowed}。请先写:假如 适用“…”。",
        "test.no_inner": "“{title}”里没有{wanted}。里面有:{known}。",
    }
)

_HEAD = re.compile(rf"(?P<kind>[^\"“”「」]*){OPEN}(?P<title>{QUOTED}){SHUT}")
_INNER = re.compile(
    rf"的(?:第(?P<place>[一二三四五六七八九十\d]+)[件项个份])?(?P<kind>[^\"“”「」]*?)"
    rf"(?:{OPEN}(?P<title>{QUOTED}){SHUT}|(?=的|$))"
)
_WHO = re.compile(rf"(?P<word>[^\"“”「」\s]+)\s*(?:{OPEN}(?P<name>{QUOTED}){SHUT})?")


def matter_called(world: World, said: str) -> int:
    """The number of the matter people call so, such as ``"路灯"`` or ``"路灯"的承办任务"住建局"``."""
    said = said.strip()
    if said[:1] not in '"“「' and '"' not in said and "“" not in said:
        said = f'"{said}"'
    head = _HEAD.match(said)
    assert head is not None
    with world.reading() as desk:
        number = _outermost(world, desk, head["kind"].strip(), head["title"])
        for inner in _INNER.finditer(said[head.end() :]):
            number = _inside(desk, number, inner["place"], inner["kind"].strip(), inner["title"])
    return number


def _outermost(world: World, desk: Desk, kind: str, title: str) -> int:
    if title in world.names:
        return world.names[title]
    every = DistrictRecords(desk).matters()
    found = [matter for matter in every if matter.title == title]
    if kind:
        found = [matter for matter in found if kind in _kind_words(desk, matter)]
    outer = [matter for matter in found if matter.parent is None]
    found = outer or found
    if not found:
        known = "、".join(dict.fromkeys(matter.title for matter in every)) or "—"
        raise RendaError("test.no_matter", title=title, known=known)
    if len(found) > 1:
        raise RendaError("test.several_matters", title=title, number=len(found))
    return found[0].id


def _inside(desk: Desk, number: int, place: str | None, kind: str, title: str | None) -> int:
    matter = DistrictRecords(desk).matter(number)
    assert matter is not None
    every = matter.children()
    found = [child for child in every if not kind or kind in _kind_words(desk, child)]
    if title is not None:
        found = [child for child in found if _is_called(child, title)]
    at = number_said(place) - 1 if place else 0
    if at >= len(found):
        wanted = f"{f'第{place}项' if place else ''}{kind}{f'“{title}”' if title else ''}"
        known = "、".join(child.title for child in every) or "—"
        raise RendaError("test.no_inner", title=matter.title, wanted=wanted, known=known)
    if place is None and len(found) > 1:
        raise RendaError("test.several_matters", title=title or kind, number=len(found))
    return found[at].id


def inner_matters(desk: Desk, number: int, kind: str) -> Sequence[Matter]:
    """The matters of a kind, by its Chinese title, inside another."""
    matter = DistrictRecords(desk).matter(number)
    assert matter is not None
    return [child for child in matter.children() if kind in _kind_words(desk, child)]


def _is_called(matter: Matter, title: str) -> bool:
    return title == matter.title or any(title == party.name for parties in matter.parties.values() for party in parties)


def _kind_words(desk: Desk, matter: Matter) -> str:
    rules = rules_of(desk, find(desk, matter.id))
    return f"{gettext(rules.practice.kind(matter.kind).title)} {matter.kind} {rules.version.title}"


def somebody(world: World, said: str) -> Actor:
    """Who acts, such as ``工作人员``, ``代表"代表甲"`` or ``单位"住建局"``; made up where nobody is called so."""
    match = _WHO.match(said.strip())
    assert match is not None
    word, name = match["word"], match["name"] or ""
    if word == "代表":
        return world.actor("deputy", person=world.deputy(name))
    if word == "组成人员":
        return world.actor("member", "deputy", person=world.deputy(name, committee_member=True))
    if word == "单位":
        return world.actor("department", organ=world.organ(name))
    if word == "干部":
        return world.actor("department", person=world.official(name))
    if word == "人员":
        return world.actor("reader", person=world.person(name))
    return world.actor(_role(world, name if word == "角色" else word))


def _role(world: World, name: str) -> str:
    called = {**{label: role for role, label in ROLES.items()}, **{role: role for role in ROLES}}
    called |= {label: role for role, label in world.rulebook.district.roles.items()}
    if name not in called:
        raise RendaError("test.no_role", name=name, allowed="、".join(called))
    return called[name]


@dataclass(frozen=True)
class Aim:
    """What an action is aimed at: the rules it falls under, the action where it is known, the matter."""

    rules: InForce
    action: Action | None
    matter: int | None = None


def aim_at(world: World, action: str, number: int | None) -> Aim:
    """The rules and the action of that name or label, on a matter or to open one."""
    with world.reading() as desk:
        if number is not None:
            row = find(desk, number)
            rules = rules_of(desk, row)
            return Aim(rules, _called(list(rules.practice.kind(row.kind).actions.values()), action), number)
        return _opening(world, desk, action)


def _opening(world: World, desk: Desk, action: str) -> Aim:
    found = [
        Aim(rules, opening)
        for rules in desk.rulebook.on(desk.day)
        if (opening := _called([each for kind in rules.practice.kind_of.values() for each in kind.openings], action))
    ]
    preferred = [aim for aim in found if aim.rules.code == world.preferred] or found
    if len(preferred) > 1:
        allowed = "、".join(aim.rules.version.title for aim in preferred)
        raise RendaError("test.several_practices", action=action, allowed=allowed)
    if preferred:
        return preferred[0]
    codes = [world.preferred, *desk.rulebook.versions]
    return Aim(desk.rulebook.practice_on(next(code for code in codes if code), desk.day), None)


def _called(actions: Sequence[Action], name: str) -> Action | None:
    return next((each for each in actions if name in (each.name, gettext(each.label))), None)
