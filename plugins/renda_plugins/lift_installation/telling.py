"""What is told of lifts: the board by street and town, facts about streets, a street's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from renda import (
    Entry,
    Explained,
    Fact,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    cite_matter,
    counted,
    leaf,
    rounded,
    times,
    total,
)

from .forms import SORTS
from .past import state_on

STATES = MappingProxyType(
    {
        "consulting": "征询意见",
        "noticed": "公示",
        "reviewing": "联合审查",
        "approved": "待开工",
        "building": "施工",
        "accepted": "待使用登记",
        "in_use": "使用",
        "stopped": "停用",
        "withdrawn": "撤回申请",
        "rejected": "不予批准",
        "retired": "注销报废",
    }
)
FIGURES = MappingProxyType(
    {"street": ("街道数", "街道小区", "街道无电梯门洞"), "town": ("镇数", "镇小区", "镇无电梯门洞")}
)
COLUMNS = MappingProxyType(
    {
        "征询意见": ("consulting",),
        "公示和审查": ("noticed", "reviewing", "approved"),
        "施工": ("building", "accepted"),
        "使用": ("in_use", "stopped"),
    }
)


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``lift.in_use``, ``lift.stopped`` and ``lift.unfinished``, about the street or town."""
    found = []
    for each in records.matters(code, "entrance"):
        street = each.party("street")
        if street is None:
            continue
        used, finish = each.done_on("register"), each.payload.get("finish_on")
        if used is not None:
            found.append(Fact("lift.in_use", street, used, f"{each.title}电梯投入使用", None, each.id))
        if each.state == "stopped":
            day = each.payload["inspection_from"]
            found.append(Fact("lift.stopped", street, day, f"{each.title}电梯检验不合格停用", None, each.id))
        if each.state == "building" and finish is not None and finish < until:
            text = f"{each.title}电梯到期没有竣工"
            found.append(Fact("lift.unfinished", street, finish + timedelta(days=1), text, None, each.id))
    return [each for each in found if since <= each.day <= until and (subject is None or each.subject == subject)]


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """The entrances of a street or town."""
    found = records.matters(code, "entrance", party=subject, relation="street")
    entries = [Entry(each.opened_on, f"{each.title}:{STATES[each.state]}", each.id) for each in found]
    return Section(title, entries) if entries else None


@dataclass
class Area:
    """A street or town: its numbers, the entrances that have applied, and where each stood on the day asked for."""

    name: str
    base: Matter | None = None
    entrances: list[Matter] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)


def sheets(code: str, until: date, records: Records) -> list[Sheet]:
    """The board as it stood on the last day asked for, streets before towns; and its sums."""
    areas: dict[int, Area] = {}
    for base in records.matters(code, "base", until=until):
        left = base.done_on("replace_base")
        if left is None or left > until:
            _area(areas, base).base = base
    for entrance in records.matters(code, "entrance", until=until):
        area = _area(areas, entrance)
        area.states[entrance.id] = state_on(entrance, until)
        area.entrances.append(entrance)
    ordered = sorted(areas.values(), key=lambda each: list(SORTS).index(_sort(each)) if each.base else len(SORTS))
    rows = [_row(each) for each in ordered]
    columns = ("街镇", "街道或镇", "小区", "无电梯门洞", *COLUMNS)
    tiles = (0, 1, 3, *range(4, 4 + len(COLUMNS)))
    board = Sheet(
        "board",
        "加装电梯进度",
        columns,
        rows,
        _figures(ordered),
        (0, 3),
        public=True,
        tiles=tiles,
        public_reason="numbers of entrances; no household is named",
    )
    return [board]


def _row(area: Area) -> tuple[object, ...]:
    numbers = [_number(area, entry) for entry in ("estates", "entrances")]
    stages = [_count(label, [area], states) for label, states in COLUMNS.items()]
    return (area.name, SORTS.get(_sort(area), ""), *numbers, *stages)


def _figures(areas: Sequence[Area]) -> list[Explained]:
    found = []
    for sort, (number, estates, without) in FIGURES.items():
        own = [each for each in areas if _sort(each) == sort]
        found.append(counted(number, [each.name for each in own]))
        found.append(total(estates, *(_number(each, "estates") for each in own)))
        found.append(total(without, *(_number(each, "entrances") for each in own)))
    every = total("全区无电梯门洞", *(_number(each, "entrances") for each in areas))
    found += [every, rounded(times(every, Decimal("0.0001")), 1, label="全区无电梯门洞(万个)")]
    return [*found, *(_count(label, areas, states) for label, states in COLUMNS.items())]


def _number(area: Area, entry: str) -> Explained:
    if area.base is None:
        return leaf(area.name, 0)
    return leaf(area.name, area.base.payload[entry], cite_matter(area.base.id, area.base.payload["record"]))


def _count(label: str, areas: Sequence[Area], states: Sequence[str]) -> Explained:
    found = [f"{each.id}号" for area in areas for each in area.entrances if area.states[each.id] in states]
    return counted(label, found)


def _sort(area: Area) -> str:
    return "" if area.base is None else str(area.base.payload["sort"])


def _area(areas: dict[int, Area], matter: Matter) -> Area:
    street = matter.party("street")
    assert street is not None, "an entrance lies in a street or town"
    return areas.setdefault(street.id, Area(street.name))
