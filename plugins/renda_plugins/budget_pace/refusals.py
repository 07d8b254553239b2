"""What a quarter, a pace, a review and a finding may not be."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from renda import Matter, Records, RendaError, declare

declare(
    {
        "budget_pace.second_quarter": "{year} 年第 {quarter} 季度已经开展通报(事项 {number})。请在那里继续。",
        "budget_pace.nothing": "还没有录入任何项目的进度,不能通报。请先导入进度表。",
        "budget_pace.second_pace": "项目“{project}”本季度已经登记(事项 {number})。请更正那一条。",
    },
    status=409,
)
declare(
    {
        "budget_pace.after_today": "数据截止 {as_of} 晚于今天 {day}。请改正。",
        "budget_pace.outside": "数据截止 {as_of} 不在 {year} 年第 {quarter} 季度内。请改正。",
        "budget_pace.quorum": "评审组 {size} 人,到会 {present} 人,不足三分之二,不能合议。",
        "budget_pace.votes": "赞成 {in_favour} 人、到会 {present} 人、评审组 {size} 人:人数应依次不减,且不小于 0。",
        "budget_pace.majority": "认定须经评审组全体过半数赞成:共 {size} 人,赞成 {in_favour} 人。",
        "budget_pace.amount": "核减 {amount} 万元应大于 0、不超过未执行的预算 {most} 万元。",
        "budget_pace.cut_differs": "评审要求核减 {wanted} 万元,报告已调减 {amount} 万元,两数不符。请核实。",
        "budget_pace.figures": "{mistake}。请改正。",
        "budget_pace.no_unit": "项目“{project}”没有写明承担单位。请先补名册。",
    }
)

YUAN = Decimal(10000)


def second_quarter(code: str, entries: Mapping[str, Any], records: Records) -> None:
    """Refuse to tell a quarter twice."""
    for other in records.matters(code, "quarter"):
        if (other.payload.get("year"), other.payload.get("quarter")) == (entries["year"], entries["quarter"]):
            raise RendaError(
                "budget_pace.second_quarter", year=entries["year"], quarter=entries["quarter"], number=other.id
            )


def outside_quarter(entries: Mapping[str, Any], day: Any) -> None:
    """Refuse figures of a day outside the quarter, or not yet come."""
    as_of = entries["as_of"]
    if as_of > day:
        raise RendaError("budget_pace.after_today", as_of=as_of, day=day)
    if (as_of.year, (as_of.month + 2) // 3) != (entries["year"], entries["quarter"]):
        raise RendaError("budget_pace.outside", as_of=as_of, year=entries["year"], quarter=entries["quarter"])


def second_pace(pace: Matter, project: int, name: str) -> None:
    """Refuse a second row of a project in its quarter."""
    for other in () if pace.parent is None else pace.parent.children("pace"):
        if other.id != pace.id and other.payload.get("project") == project:
            raise RendaError("budget_pace.second_pace", project=name, number=other.id)


def deliberation(finding: Matter, entries: Mapping[str, Any], size: int) -> None:
    """Two thirds of the panel are there, more than half of all agree, and no more is cut than is left."""
    present, in_favour = entries["present"], entries["in_favour"]
    if not 0 <= in_favour <= present <= size:
        raise RendaError("budget_pace.votes", in_favour=in_favour, present=present, size=size)
    if 3 * present < 2 * size:
        raise RendaError("budget_pace.quorum", size=size, present=present)
    if 2 * in_favour <= size:
        raise RendaError("budget_pace.majority", size=size, in_favour=in_favour)
    amount: Decimal | None = entries.get("amount")
    most = finding.payload["unexecuted"] / YUAN
    if amount is not None and not 0 < amount <= most:
        raise RendaError("budget_pace.amount", amount=amount, most=f"{most.normalize():f}")
