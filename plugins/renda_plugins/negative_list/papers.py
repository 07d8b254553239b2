"""The documents a deduction and a year issue, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Matter, Paper

from .forms import OUTCOMES
from .totals import entered, in_effect, of_organ


def notification(matter: Matter, last_day: date) -> Paper:
    """To the organ: what is deducted for what, and until when it may appeal."""
    held = matter.payload
    confirmed = (
        f"经核实并听取你单位说明,主任会议确认:你单位于 {held['occurred_on']} 发生的事项属于负面清单第 {held['item']} 项"
        f"“{held['item_label']}”,扣 {held['amount']} 分。"
    )
    paragraphs = (
        confirmed,
        f"事由:{held['reason']}。",
        f"如有异议,可在 {last_day} 以前(含当日)提出申诉;逾期不申诉的,扣分生效。",
    )
    return Paper("函", "重点工作质效评价扣分告知书", paragraphs, to=[_organ(matter)])


def decision(matter: Matter, entries: Mapping[str, Any], left: Decimal) -> Paper:
    """To the organ: what became of its appeal."""
    paragraphs = (
        f"你单位对负面清单第 {matter.payload['item']} 项扣分的申诉已经复核,结论:{OUTCOMES[entries['outcome']]}。",
        f"理由:{entries['review_grounds']}。",
        f"复核后的扣分为 {left} 分。",
    )
    return Paper("函", "重点工作质效评价复核决定", paragraphs, to=[_organ(matter)])


def circular(year: Matter, to: Sequence[str], copies: Sequence[str]) -> Paper:
    """To those the results are reported to: what each organ lost and what enters the assessment."""
    lines = []
    for organ, some in in_effect(year).items():
        lost = of_organ(year, organ, some)
        lines.append(f"{organ.name}:扣 {lost.value} 分,计入考核 {entered(year, lost).value} 分。")
    opening = f"{year.payload['year']} 年度重点工作质效评价已经结束,扣分情况如下。"
    title = f"关于 {year.payload['year']} 年度重点工作质效评价结果的通报"
    return Paper("通报", title, (opening, *(lines or ["各单位均未扣分。"])), to=to, copies=copies)


def _organ(matter: Matter) -> str:
    organ = matter.party("subject")
    return "" if organ is None else organ.name
