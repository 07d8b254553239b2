"""What a district's file says of reading the heads' yearly reports: days, numbers, the mark sheet, recipients."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "report_review.due_day": "报送截止日应写成 03-31 的样子(月-日),现为“{value}”。",
        "report_review.least": "{what}应不小于 {least},现为 {value}。",
        "report_review.pass_mark": "合格线 {value} 应在 0 至满分 {most} 之间。",
        "report_review.mark_twice": "评阅表里 {code} 出现了两次。编号不能重复。",
    }
)

USES = {"circular": "情况通报", "talk": "工作约谈", "special": "专题监督"}


class Mark(Schema):
    """One line of the mark sheet and the most points it gives."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")
    most = fields.Decimal(required=True, label="满分")


class ReviewParams(Schema):
    """One version of the rule."""

    due = fields.Str(required=True, label="报送截止日")
    readers_least = fields.Int(required=True, label="每份报告至少几人审阅")
    reading = fields.Span(required=True, label="审阅期限")
    marks = fields.List(fields.Nested(Mark), required=True, label="评阅表")
    pass_mark = fields.Decimal(required=True, label="合格线")
    extended_least = fields.Int(required=True, label="延伸评阅至少几份")
    rectification = fields.Span(required=True, label="整改期限")
    uses = fields.List(fields.Choice(USES), required=True, label="结果运用")
    filing_organs = fields.List(fields.Str(), required=True, label="自行评阅、报送备案的机关")
    digits = fields.Int(load_default=1, label="比率保留小数")
    report_to = fields.List(fields.Str(), required=True, label="评阅报告报送")
    copies_to = fields.List(fields.Str(), load_default=list, label="评阅报告抄送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """The day is one, numbers are not below what makes sense, marks stand once and can reach the pass mark."""
        if due_in(values["due"], 2000) is None:
            return {"due": RendaError("report_review.due_day", value=values["due"])}
        for entry, least in (("readers_least", 1), ("extended_least", 0), ("digits", 0)):
            if values[entry] < least:
                what = self.fields[entry].metadata["label"]
                return {entry: RendaError("report_review.least", what=what, least=least, value=values[entry])}
        codes = [mark["code"] for mark in values["marks"]]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            return {"marks": RendaError("report_review.mark_twice", code=twice)}
        most = sum(mark["most"] for mark in values["marks"])
        if not 0 <= values["pass_mark"] <= most:
            return {"pass_mark": RendaError("report_review.pass_mark", value=values["pass_mark"], most=most)}
        return {}


def due_in(month_and_day: str, year: int) -> date | None:
    """``03-31`` in a year, or None where it is no day; 29 February falls on the 28th in other years."""
    try:
        found = date.fromisoformat(f"2000-{month_and_day}")
    except ValueError:
        return None
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return found.replace(year=year, day=28 if (found.month, found.day) == (2, 29) and not leap else found.day)
