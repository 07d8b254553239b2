"""What a link, a check-in and an item cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from renda import Matter, RendaError, Turn, declare

declare(
    {
        "video_link.past": "{on} 已经过去,不能安排连线。",
        "video_link.two_sites": "连线至少要两个连线点,现在是 {given} 个。",
        "video_link.same_site": "连线点“{name}”写了两次。",
        "video_link.no_site": "没有第 {number} 个连线点。连线点有:{allowed}。",
        "video_link.own_only": "代表只为本人签到,“到场代表”请留空。",
        "video_link.whom": "请写明到场代表。",
        "video_link.no_mandate": "{name}在 {day} 不是代表。",
        "video_link.telephone": "里面有像电话号码或身份证号的数字({digits})。这里不记这些,请删去。",
    }
)
declare(
    {
        "video_link.taken": "“{name}”在 {on} {at} 已有连线(事项 {number})。请换一个时间。",
        "video_link.not_the_day": "连线定在 {on},今天是 {day},代表只能当天签到。",
        "video_link.not_yet": "连线定在 {on},今天是 {day},还不能登记。",
        "video_link.signed_before": "{name}已经签到。",
        "video_link.nobody": "还没有代表签到,不能记录连线。没有举行的请取消。",
    },
    status=409,
)

LONG = re.compile(r"\d{11,18}")


def sites(given: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a link of one place, and the same place twice."""
    if len(given) < 2:
        raise RendaError("video_link.two_sites", given=len(given))
    names = [each["name"] for each in given]
    for name in names:
        if names.count(name) > 1:
            raise RendaError("video_link.same_site", name=name)


def time(code: str, link: Matter, fresh: Mapping[str, Any], turn: Turn) -> None:
    """Refuse a day that is over, and a place that is in another link at that hour."""
    on, at = fresh["on"], fresh["at"]
    if on < turn.day:
        raise RendaError("video_link.past", on=on)
    names = {each["name"] for each in fresh["sites"]}
    for other in turn.records.matters(code, "link", states=("scheduled",)):
        held = other.payload
        if other.id == link.id or (held["on"], held["at"]) != (on, at):
            continue
        for each in held["sites"]:
            if each["name"] in names:
                raise RendaError("video_link.taken", name=each["name"], on=on, at=at, number=other.id)


def deputy(number: int, turn: Turn) -> None:
    """Refuse somebody who is no deputy that day."""
    if not turn.records.holds("deputy", number, turn.day):
        name = turn.records.party("deputy", number).name
        raise RendaError("video_link.no_mandate", name=name, day=turn.day)


def present(link: Matter, check_in: Mapping[str, Any], turn: Turn) -> Sequence[int]:
    """Who signs in: those the office names, or the deputy who acts; refuse whoever cannot."""
    held, given, actor = link.payload, check_in.get("present", ()), turn.actor
    known = dict(enumerate((each["name"] for each in held["sites"]), 1))
    if check_in["site"] not in known:
        allowed = "、".join(f"{key} {name}" for key, name in known.items())
        raise RendaError("video_link.no_site", number=check_in["site"], allowed=allowed)
    not_yet(link, turn)
    office = "clerk" in actor.roles or "site" in link.relations_of(actor)
    if office and not given:
        raise RendaError("video_link.whom")
    if not office:
        if given:
            raise RendaError("video_link.own_only")
        assert actor.person is not None, "only an invited deputy signs in alone"
        if turn.day != held["on"]:
            raise RendaError("video_link.not_the_day", on=held["on"], day=turn.day)
        given = (actor.person.id,)
    signed = [each["deputy"] for each in held.get("signed", ())]
    for number in given:
        deputy(number, turn)
        if number in signed or list(given).count(number) > 1:
            raise RendaError("video_link.signed_before", name=turn.records.party("deputy", number).name)
    return tuple(given)


def not_yet(link: Matter, turn: Turn) -> None:
    """Refuse to enter what was not."""
    if turn.day < link.payload["on"]:
        raise RendaError("video_link.not_yet", on=link.payload["on"], day=turn.day)


def nobody(link: Matter) -> None:
    """Refuse a link that no deputy was at."""
    if not link.payload.get("signed"):
        raise RendaError("video_link.nobody")


def private(raised: Mapping[str, Any]) -> None:
    """Refuse telephone and identity numbers: an item needs neither."""
    for entry in ("title", "detail", "raised_by"):
        found = LONG.search(raised.get(entry, ""))
        if found is not None:
            raise RendaError("video_link.telephone", digits=found[0][:3] + "…")
