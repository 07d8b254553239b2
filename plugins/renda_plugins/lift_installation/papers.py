"""The documents of an entrance; what is put up names nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Paper

from .consent import Count


def notice(entrance: Matter, given: Mapping[str, Any], counted: Count, until: date | None) -> Paper:
    """To everybody in the entrance: the plan, and how many agree."""
    heads, area = counted.heads, counted.area
    lines = (
        f"{entrance.title}拟加装电梯。方案:{given['plan']}。设计单位:{given['designer']}。",
        f"业主 {heads[0]} 人、{area[0]} 平方米;参与表决 {heads[1]} 人、{area[1]} 平方米;同意 {heads[2]} 人、{area[2]} 平方米。",
        f"公示到 {until} 为止,有异议的请在此前提出。",
    )
    return Paper("公示", f"{entrance.title}加装电梯方案公示", lines, public=True)


def review(entrance: Matter, approvals: Sequence[str]) -> Paper:
    """To those who review together."""
    said = f"{entrance.title}加装电梯的申请公示期满,请联合审查:{'、'.join(approvals)}。"
    return Paper("函", f"关于联合审查{entrance.title}加装电梯的函", [said], to=["加装电梯联合审查各单位"])


def refused(entrance: Matter, approval: str, number: str) -> Paper:
    """To the window: an approval was refused."""
    street = entrance.party("street")
    said = f"“{approval}”不予批准(文号 {number})。请告知业主;改变方案的可以重新申请。"
    return Paper("告知", f"关于{entrance.title}加装电梯不予批准的告知", [said], to=[street.name] if street else [])
