"""The documents of a place, in the platform's own words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from renda import Explained, Matter, Paper


def routed(opinion: Matter, organ: str) -> Paper:
    """To the organ: an opinion to handle."""
    place = opinion.parent.parent if opinion.parent is not None else None
    name = "" if place is None else place.title
    return Paper(
        "交办单",
        "群众意见转办单",
        (f"{name}收到群众意见:{opinion.payload['opinion']}", "请处理并告知结果。"),
        to=[organ],
    )


def checked(year: Matter, points: Explained, level: str, gaps: Sequence[str]) -> Paper:
    """To the street: how its place did, and what is missing."""
    keeper = year.party("keeper")
    value = points.value
    said = f"{value:f}" if isinstance(value, Decimal) else str(value)
    first = f"{year.title}考核 {said} 分,等次:{level}。"
    second = f"台账缺项:{';'.join(gaps)}。请补正。" if gaps else "五本台账齐全。"
    return Paper("通报", f"{year.title}考核结果", (first, second), to=[] if keeper is None else [keeper.name])
