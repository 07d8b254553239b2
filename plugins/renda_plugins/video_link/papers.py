"""The documents of a link, in the platform's own words; the address of the call stands in none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import Matter, Paper

from .items import ITEM


def invitation(link: Mapping[str, Any], names: Sequence[str], *, moved: bool = False) -> Paper:
    """To the keepers of the places: when, about what, between whom."""
    places = "、".join(each["name"] for each in link["sites"])
    first = f"视频民情连线“{link['title']}”定于 {link['on']} {link['at']} 举行,连线点:{places}。"
    genre = "视频民情连线改期通知" if moved else "视频民情连线通知"
    second = "请提前调试设备,组织代表和群众到场并签到。连线地址在系统中查看。"
    return Paper("通知", f"{genre}({link['title']})", (first, second), to=list(names))


def outcome(link: Matter, names: Sequence[str]) -> Paper:
    """To the keepers of the places: what was raised and what became of it."""
    items = link.children("item")
    signed, people = len(link.payload["signed"]), link.payload["people"]
    first = f"{link.payload['on']} 举行,代表 {signed} 人签到,群众 {people} 人次,提出民情 {len(items)} 件。"
    lines = [f"{item.title}:{item.payload.get('reply', ITEM[item.state])}" for item in items]
    return Paper("通报", f"视频民情连线办理情况({link.title})", (first, *lines), to=list(names))
