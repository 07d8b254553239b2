"""What liaisons, supervisors and what they bring cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from renda import Matter, RendaError, Turn, declare

declare(
    {
        "liaisons.too_many": "每名代表最多 {most} 名民情联络员,现在是 {given} 名。可以用“更换联络员”。",
        "liaisons.same_name": "联络员“{name}”写了两次。同名的请加以区分。",
        "liaisons.no_member": "没有第 {number} 名在任的联络员。在任的有:{allowed}。",
        "liaisons.no_team": "{number} 号不是在任的联络关系。",
        "liaisons.no_mandate": "{name}在 {day} 不是代表,联络员反映的民情不能再交给这名代表。请结束这个联络关系。",
        "liaisons.no_supervisor": "{number} 号不是在任的选民监督员。",
        "liaisons.telephone": "里面有像电话号码或身份证号的数字({digits})。这里不记这些,请删去。",
        "liaisons.not_invited": "{names}没有受邀。到场的、提意见的须是受邀的选民监督员。",
    }
)
declare(
    {
        "liaisons.second_team": "{name}的联络关系已经建立(事项 {number})。请在那里增补或更换。",
        "liaisons.not_yet": "{subject}定在 {on},今天是 {day},还不能记录。",
    },
    status=409,
)


LONG = re.compile(r"\d{11,18}")


def private(brought: Mapping[str, Any]) -> None:
    """Refuse telephone and identity numbers: an item needs neither."""
    for entry in ("title", "detail"):
        found = LONG.search(brought.get(entry, ""))
        if found is not None:
            raise RendaError("liaisons.telephone", digits=found[0][:3] + "…")


def second_team(code: str, fresh: Matter, number: int, turn: Turn) -> None:
    """Refuse a second set of liaisons for a deputy."""
    deputy = turn.records.party("deputy", number)
    for other in turn.records.matters(code, "team", states=("serving",), party=deputy, relation="contact"):
        if other.id != fresh.id:
            raise RendaError("liaisons.second_team", name=deputy.name, number=other.id)


def too_many(given: int, most: int) -> None:
    """Refuse more liaisons than the rule gives a deputy."""
    if given > most:
        raise RendaError("liaisons.too_many", most=most, given=given)


def same_names(names: Sequence[str]) -> None:
    """Refuse the same name twice with one deputy."""
    for name in names:
        if names.count(name) > 1:
            raise RendaError("liaisons.same_name", name=name)


def member(team_of: Matter, number: int) -> Mapping[str, Any]:
    """A serving liaison by number."""
    known = {each["number"]: each for each in team_of.payload.get("members", ()) if "until" not in each}
    if number not in known:
        allowed = "、".join(f"{key} {each['name']}" for key, each in known.items()) or "—"
        raise RendaError("liaisons.no_member", number=number, allowed=allowed)
    found: Mapping[str, Any] = known[number]
    return found


def team(code: str, number: int, turn: Turn) -> Matter:
    """A serving deputy's liaisons by their matter's number."""
    found = turn.records.matter(number)
    if found is None or (found.practice, found.kind, found.state) != (code, "team", "serving"):
        raise RendaError("liaisons.no_team", number=number)
    deputy = found.payload["deputy"]
    if not turn.records.holds("deputy", deputy, turn.day):
        name = turn.records.party("person", deputy).name
        raise RendaError("liaisons.no_mandate", name=name, day=turn.day)
    return found


def supervisor(code: str, number: int, turn: Turn) -> Matter:
    """A serving supervisor by the matter's number."""
    found = turn.records.matter(number)
    if found is None or (found.practice, found.kind, found.state) != (code, "supervisor", "serving"):
        raise RendaError("liaisons.no_supervisor", number=number)
    return found


def not_yet(invitation: Matter, turn: Turn) -> None:
    """Refuse to record what was not."""
    held = invitation.payload
    if turn.day < held["on"]:
        raise RendaError("liaisons.not_yet", subject=held["subject"], on=held["on"], day=turn.day)


def only_invited(invitation: Matter, attended: Sequence[int], spoke: Sequence[int]) -> None:
    """Refuse those who were not invited, and remarks of those who did not come."""
    strangers = [*(set(attended) - set(invitation.payload["invited"])), *(set(spoke) - set(attended))]
    if strangers:
        raise RendaError("liaisons.not_invited", names="、".join(f"{number} 号" for number in sorted(strangers)))
