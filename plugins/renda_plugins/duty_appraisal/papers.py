"""The documents of a batch, in the platform's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from renda import Matter, Paper, outcomes

from .telling import MEASURED, satisfied_rate


def notification(batch: Matter, headings: Sequence[str]) -> Paper:
    """To those appraised: when, before whom, about what."""
    held = batch.payload
    organs = [organ.name for each in batch.children("appraisal") for organ in each.parties.get("assignee", ())]
    said = (
        f"第 {held['number']} 批履职评议的对象为:{'、'.join(each.title for each in batch.children('appraisal'))}。",
        f"评议会议:{held['meeting']},{held['meeting_on']}。",
        f"履职报告应写明:{'、'.join(headings)}。",
    )
    return Paper("通知", f"关于开展第 {held['number']} 批履职评议的通知", said, to=organs)


def results(batch: Matter, params: Any) -> list[Paper]:
    """To the Party committee a report, to the government a letter, each with a copy to those named."""
    number = batch.payload["number"]
    lines = [f"评议意见:{batch.payload['findings']}。"]
    for each in batch.children("appraisal"):
        rate, levels = satisfied_rate(each), outcomes.levels_of(params.measurement)
        counts = outcomes.counts_of(each.payload.get("figures"), levels)
        if rate is not None and counts is not None:
            told = "、".join(f"{level} {count} 票" for level, count in zip(levels, counts, strict=True))
            lines.append(f"{each.title}:{told};满意和基本满意率 {rate.value}%。")
        elif each.state in MEASURED:
            lines.append(f"{each.title}:{each.payload['outcome']}(票数不公布)。")
    lines.append(f"建议:{batch.payload['suggestion']}。")
    title = f"第 {number} 批履职评议和测评情况"
    return [
        Paper("报告", f"关于{title}的报告", lines, to=params.report_to, copies=params.copies_to),
        Paper("函", f"关于{title}的函", lines, to=params.letter_to, copies=params.copies_to),
    ]
