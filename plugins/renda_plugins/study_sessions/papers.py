"""The documents of the lectures, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import Matter, Paper

from . import rating


def notice(plan: Mapping[str, Any]) -> Paper:
    """To the whole office: the next lecture."""
    said = f"定于 {plan['on']} 开讲“{plan['title']}”({plan['theme']})。请安排好工作,按时参加。"
    return Paper("通知", f"主讲学堂通知({plan['title']})", (said,), to=["机关各委室"])


def result(year: Matter, chosen: Sequence[int], digits: int) -> Paper:
    """To the whole office: the best of the year."""
    some, titles = rating.means(year), {each.payload["number"]: each.title for each in rating.held(year)}
    first = f"{year.payload['year']} 年度开讲 {len(titles)} 期,{len(year.children('marks'))} 人评分。评出:"
    lines = [
        f"第 {number} 期“{titles[number]}”,平均 {rating.shown(some[number], digits).value} 分" for number in chosen
    ]
    return Paper("通报", f"{year.payload['year']} 年度主讲学堂评比结果", (first, *lines), to=["机关各委室"])
