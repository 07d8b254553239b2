"""What a district's file says of appraising a department's work: plan, inquiry, two measurements, rectification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "work_appraisal.least": "{what}应不小于 {least},现为 {value}。",
        "work_appraisal.twice": "{what}里 {code} 出现了两次。编号不能重复。",
        "work_appraisal.satisfied": "测评规则评不出“{grade}”这一等次,“双满意”无从谈起。可评的有:{allowed}。",
    }
)

ELECTORATES = {"member": "常委会组成人员", "deputy": "全体代表", "invited": "到会的组成人员和受邀人员"}
MEASURES = {"inquiry": "专题询问", "question": "质询", "investigation": "特定问题调查"}


class Way(Schema):
    """A way of looking into things."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")


class AppraisalParams(Schema):
    """One version of the rule."""

    term_since = fields.Date(required=True, label="本届起算日")
    yearly_most = fields.Int(required=True, label="每年最多评议几个单位")
    plan_before = fields.Span(required=True, label="评议方案在会前审定")
    report_before = fields.Span(required=True, label="专项报告在会前送达")
    ways = fields.List(fields.Nested(Way), required=True, label="调查方式")
    inquiries_least = fields.Int(required=True, label="调查至少几次")
    quality = fields.CountingRule("measurement", required=True, label="定性测评规则")
    result = fields.CountingRule("measurement", required=True, label="整改报告表决规则")
    electorate = fields.Choice(ELECTORATES, load_default="member", label="测评人")
    satisfied = fields.Str(required=True, label="算作满意的等次")
    send = fields.Span(required=True, label="评议意见交办期限")
    rectification = fields.Span(required=True, label="整改期限")
    rounds_most = fields.Int(required=True, label="整改报告最多表决几次")
    report_to = fields.List(fields.Str(), required=True, label="评议结果报送")
    copies_to = fields.List(fields.Str(), load_default=list, label="评议结果抄送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Numbers are not below what makes sense, ways stand once, and both rules can reach the grade."""
        for entry in ("yearly_most", "inquiries_least", "rounds_most"):
            if values[entry] < 1:
                what = self.fields[entry].metadata["label"]
                return {entry: RendaError("work_appraisal.least", what=what, least=1, value=values[entry])}
        codes = [way["code"] for way in values["ways"]]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            what = self.fields["ways"].metadata["label"]
            return {"ways": RendaError("work_appraisal.twice", what=what, code=twice)}
        for entry in ("quality", "result"):
            grades = [each["grade"] for each in values[entry].get("grades", ())]
            if values["satisfied"] not in grades:
                allowed = "、".join(grades) or "—"
                return {entry: RendaError("work_appraisal.satisfied", grade=values["satisfied"], allowed=allowed)}
        return {}
