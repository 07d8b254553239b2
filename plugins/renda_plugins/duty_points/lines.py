"""The lines of a register: what they come to, period by period, and what a new one must not be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from renda import Explained, Matter, capped, cite_fact, cite_rule, floored, leaf, minus, times, total

PERIOD_NAMES: Mapping[int, tuple[str, ...]] = {
    1: ("全年",),
    2: ("上半年", "下半年"),
    4: ("第一季度", "第二季度", "第三季度", "第四季度"),
    12: tuple(f"{month}月" for month in range(1, 13)),
}


def last_day(year: int, period: int, periods: int) -> date:
    """The last day of a period, of which a year has ``periods``, counted from 1."""
    month = period * 12 // periods
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def of(register: Matter) -> Sequence[Mapping[str, Any]]:
    """The lines of a register, oldest first."""
    return tuple(register.payload.get("lines", ()))


def quantity(register: Matter, number: int) -> int:
    """What a line comes to with its corrections; 0 where there is no such line."""
    return sum(
        int(line["quantity"])
        for line in of(register)
        if number in {line["number"], line.get("corrects")} and line["status"] != "refused"
    )


def counted(register: Matter, until: date | None = None) -> list[Mapping[str, Any]]:
    """The lines that count, up to the period that ends on ``until``."""
    return [line for line in of(register) if line["status"] == "counted" and (until is None or line["booked"] <= until)]


def points(register: Matter, label: str, until: date | None = None) -> Explained:
    """Σ min(cap, quantity × points) over the items, not under the floor the year began with, if any."""
    by_item: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in counted(register, until):
        by_item[line["item"]].append(line)
    whole = total(label, *(_of_item(by_item[code]) for code in sorted(by_item)))
    floor = None if register.parent is None else register.parent.payload.get("floor")
    return whole if floor is None else floored(whole, floor, label)


def points_in(register: Matter, period: int) -> Explained:
    """The points of one period: what the year comes to at its end less what it came to before.

    Later corrections of the last period count in it, since the year is still before the public then.
    """
    assert register.parent is not None
    year, periods = register.parent.payload["year"], register.parent.payload["periods"]
    name = PERIOD_NAMES[periods][period - 1]
    until = None if period == periods else last_day(year, period, periods)
    now = points(register, "累计" if period > 1 else name, until)
    if period == 1:
        return now
    return minus(name, now, points(register, "此前累计", last_day(year, period - 1, periods)))


def _of_item(some: Sequence[Mapping[str, Any]]) -> Explained:
    item = some[0]
    rule = cite_rule(f"积分表 {item['item']}:{item['basis']}")
    numbers = [
        leaf(
            f"第{line['number']}条 {line['day']}", line["quantity"], cite_fact(line["fact"]) if "fact" in line else None
        )
        for line in some
    ]
    earned = times(total("次数", *numbers), item["points"], item["label"], cites=rule)
    cap = item.get("cap")
    if cap is None:
        return earned
    # A cap on deductions is a lowest number.
    return capped(earned, cap, item["label"]) if cap > 0 else floored(earned, cap, item["label"])


def number_of(found: Explained) -> Decimal:
    """The value as a number to sort by."""
    return Decimal(found.value) if isinstance(found.value, int | Decimal) else Decimal(0)
