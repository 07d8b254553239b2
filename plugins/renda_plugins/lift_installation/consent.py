"""Whether enough owners agree: by heads and by area, compared in whole numbers and exact areas, never rounded.

Source: 民法典 §278 (改建建筑物及其附属设施), before 2021 物权法 §76; 沪建房管联〔2020〕801 号: two thirds take part, three quarters of
those agree; more than half where common parts of the estate are used. One flat is one head, however many own it; who owns
several flats is one head with all their area (法释〔2009〕7 号 §9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from renda import Explained, RendaError, cite_rule, condition, declare, leaf, met, times

declare(
    {
        "lift_installation.unknown_owner": "“{owner}”不是本门洞的业主。业主有:{allowed}。",
        "lift_installation.owner_twice": "“{owner}”的意见写了两次。",
        "lift_installation.not_agreed": "“{owner}”没有同意过,不用撤回。",
        "lift_installation.not_enough": "还没有达到法定比例:{missing}。",
        "lift_installation.no_estate_vote": "占用小区共有部分,还要登记小区业主表决。",
    }
)


NAMES = (("全体人数", "参与表决人数", "同意人数"), ("全体面积", "参与表决面积", "同意面积"))


@dataclass(frozen=True)
class Count:
    """Heads and area of all, of those who take part, of those who agree."""

    heads: tuple[int, int, int]
    area: tuple[Decimal, Decimal, Decimal]


def owners(households: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """The area of each owner, in the order of the flats."""
    found: dict[str, Decimal] = {}
    for each in households:
        found[each["owner"]] = found.get(each["owner"], Decimal(0)) + each["area"]
    return found


def after(held: Mapping[str, Any], said: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The opinions that stand once ``said`` was said; each by an owner, once."""
    known = owners(held["households"])
    standing = {each["owner"]: each["opinion"] for each in held.get("opinions") or ()}
    seen: set[str] = set()
    for each in said:
        if each["owner"] not in known:
            allowed = "、".join(known)
            raise RendaError("lift_installation.unknown_owner", owner=each["owner"], allowed=allowed)
        if each["owner"] in seen:
            raise RendaError("lift_installation.owner_twice", owner=each["owner"])
        seen.add(each["owner"])
        standing[each["owner"]] = each["opinion"]
    return [{"owner": owner, "opinion": opinion} for owner, opinion in standing.items()]


def withdrawn(held: Mapping[str, Any], owner: str) -> list[dict[str, str]]:
    """The opinions that stand once an owner has taken the consent back."""
    standing = {each["owner"]: each["opinion"] for each in held.get("opinions") or ()}
    if standing.get(owner) != "agree":
        raise RendaError("lift_installation.not_agreed", owner=owner)
    return after(held, [{"owner": owner, "opinion": "withdrawn"}])


def count(held: Mapping[str, Any], rule: str) -> Count:
    """The entrance's owners; ``rule`` says what a consent that was taken back counts as."""
    areas = owners(held["households"])
    absent = {"withdrawn"} if rule == "absent" else set()
    opinions = {each["owner"]: each["opinion"] for each in held.get("opinions") or ()}
    taking = [owner for owner, opinion in opinions.items() if opinion not in absent]
    agreeing = [owner for owner, opinion in opinions.items() if opinion == "agree"]
    sums = [sum((areas[owner] for owner in some), Decimal(0)) for some in (areas, taking, agreeing)]
    return Count((len(areas), len(taking), len(agreeing)), (sums[0], sums[1], sums[2]))


def of_estate(held: Mapping[str, Any]) -> Count:
    """The estate's owners, as their vote was entered."""
    parts = ("", "_taking_part", "_agreeing")
    heads = [held[f"heads{part}"] for part in parts]
    area = [held[f"area{part}"] for part in parts]
    return Count((heads[0], heads[1], heads[2]), (area[0], area[1], area[2]))


def enough(label: str, counted: Count, threshold: Mapping[str, Any]) -> Explained:
    """Whether the threshold is met, with every comparison shown."""
    conditions = []
    both: tuple[Sequence[int | Decimal], ...] = (counted.heads, counted.area)
    for names, numbers in zip(NAMES, both, strict=True):
        every, taking, agreeing = (leaf(name, number) for name, number in zip(names, numbers, strict=True))
        if threshold["taking_part"] is not None:
            conditions.append(_reached(taking, every, threshold["taking_part"]))
        base = taking if threshold["base"] == "taking_part" else every
        conditions.append(_reached(agreeing, base, threshold["agreeing"]))
    return met(label, *conditions)


def _reached(part: Explained, whole: Explained, share: Mapping[str, Any]) -> Explained:
    # Nothing is divided: both sides are multiplied out.
    left, right = times(part, share["whole"]), times(whole, share["part"])
    written = f"{'超过' if share['strict'] else '不少于'} {share['part']}/{share['whole']}"
    return condition(part.label, left, ">" if share["strict"] else ">=", right, cites=cite_rule(written))


def standing(held: Mapping[str, Any], params: Any) -> Explained:
    """Whether the entrance, and where it needs it the estate, has agreed enough."""
    own = enough("本门洞业主达到法定比例", count(held, params.withdrawn), params.building)
    if not held.get("common") or held.get("heads") is None:
        return own
    return met("达到法定比例", own, enough("小区业主达到法定比例", of_estate(held), params.estate))


def require(held: Mapping[str, Any], params: Any) -> None:
    """Refuse to go on without enough consent, naming every comparison that fails."""
    if held.get("common") and held.get("heads") is None:
        raise RendaError("lift_installation.no_estate_vote")
    missing = []
    for each in _failing(standing(held, params)):
        part, base = (side.parts[0] for side in each.parts)
        missing.append(f"{part.label} {part.value},应{each.cites[0].text}({base.label} {base.value})")
    if missing:
        raise RendaError("lift_installation.not_enough", missing=";".join(missing))


def _failing(explained: Explained) -> list[Explained]:
    if explained.op == "met":
        return [each for part in explained.parts for each in _failing(part)]
    return [] if explained.value else [explained]
