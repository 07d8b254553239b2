"""The documents of a street's year, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Paper

GROUPS = {"已完成并评议": ("evaluated",), "终止": ("stopped",), "未选上": ("not_chosen",), "未入围": ("declined",)}


def solicitation(street: str, year: int, until: date | None, categories: Sequence[str]) -> Paper:
    """To everybody: what may be proposed, and until when."""
    said = f"现征集 {year} 年度民生微实事项目,截止 {until}。类别:{'、'.join(categories)}。"
    return Paper("公告", f"{street}关于征集 {year} 年度民生微实事项目的公告", [said], public=True)


def told(item: Matter, left: Mapping[str, Any]) -> Paper:
    """To the deputy who proposed it: why it was not shortlisted."""
    lines = [f"“{item.title}”没有入围,情形:{left['ground']}。", left["told"]]
    to = [party.name for party in item.all_parties("proposer")] or ["提出人"]
    return Paper("告知", f"关于“{item.title}”没有入围的告知", lines, to=to)


def result(around: Matter, listed: Sequence[Matter], found: Mapping[int, tuple[str, str]]) -> Paper:
    """To everybody: what was chosen and what was not, and why."""
    lines = [f"{place}. {each.title}:{found[each.id][1]}" for place, each in enumerate(listed, 1)]
    return Paper("公告", f"{around.title}票选结果", lines, public=True)


def assignment(item: Matter, organ: str, last: date) -> Paper:
    """To the one who carries it out."""
    said = f"民生微实事项目“{item.title}”(预算 {item.payload['budget']} 万元)交你单位实施,请于 {last} 前完成并报告。"
    return Paper("交办单", f"关于实施“{item.title}”的交办单", [said], to=[organ])


def yearly(around: Matter) -> Paper:
    """To everybody: what became of each project."""
    items = around.children("item")
    lines = []
    for label, states in GROUPS.items():
        found = [each for each in items if each.state in states]
        if found:
            lines.append(f"{label} {len(found)} 项:{'、'.join(each.title for each in found)}。")
    return Paper("公告", f"{around.title}实施结果", lines or ["本年度没有项目。"], public=True)
