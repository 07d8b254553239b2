"""The documents of a year of points, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import Explained, Paper, Span

from .tables import Standing, shown


def publication(year: int, period: str, rows: Sequence[Standing], objection: Span) -> Paper:
    """To the public: every deputy's points of a period, and until when an error may be told."""
    first = f"{year} 年{period}代表履职积分公布如下。代表对本人积分有异议的,请在 {objection.text} 内提出。"
    told = [f"{row.rank}. {row.name}:{shown(row.points)} 分。" for row in rows]
    return Paper("公告", f"{year} 年{period}代表履职积分", (first, *told), public=True)


def report(year: int, rows: Sequence[Standing], average: Explained, to: Sequence[str]) -> Paper:
    """To the chairpersons' meeting: how many, what on average, who stands where."""
    said = "没有代表" if average.value is None else f"平均 {shown(average)} 分"
    first = f"{year} 年度代表履职积分已经公示定案:建档 {len(rows)} 人,{said}。"
    told = [f"{row.rank}. {row.name}:{shown(row.points)} 分。" for row in rows]
    return Paper("报告", f"关于 {year} 年度代表履职积分情况的报告", (first, *told), to=to)


def use(year: int, name: str, entries: Mapping[str, Any]) -> Paper:
    """To the deputy: what is made of the points."""
    told = (f"根据你 {year} 年度的履职积分,决定:{entries['use']}。", f"理由:{entries['use_grounds']}。")
    return Paper("通知", "代表履职积分结果运用通知", told, to=[name])
