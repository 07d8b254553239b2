"""What a district's file says of its performance budgeting: grades, both monitors, when self-evaluation is only form."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "budget_performance.grades": "等次的下限应从高到低、最后一等从 0 起,现为 {bounds}。",
        "budget_performance.need": "流于形式共有 3 个迹象,need 应为 1 至 3,现为 {need}。",
        "budget_performance.full_share": "满分指标的比例应在 0 至 1 之间,现为 {share}。",
        "budget_performance.attention": "双监控的偏离应大于 0、不超过 100,现为 {attention}。",
    }
)


class Grade(Schema):
    """A grade and the total from which it is given, inclusive."""

    grade = fields.Str(required=True, label="等次")
    at_least = fields.Decimal(required=True, label="下限")


class OnlyForm(Schema):
    """The signs that a self-evaluation is only form, and how many of them make it so."""

    gap = fields.Decimal(required=True, label="自评高出第三方(分)")
    full_share = fields.Decimal(required=True, label="满分指标的比例")
    evidence = fields.Int(required=True, label="佐证少于(件)")
    need = fields.Int(required=True, label="几个迹象")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """One to three signs, and a share is a share."""
        if not 1 <= values["need"] <= 3:
            return {"need": RendaError("budget_performance.need", need=values["need"])}
        if not 0 <= values["full_share"] <= 1:
            return {"full_share": RendaError("budget_performance.full_share", share=values["full_share"])}
        return {}


class ChainParams(Schema):
    """What a district's file says."""

    grades = fields.List(fields.Nested(Grade), required=True, label="等次")
    attention = fields.Decimal(required=True, label="双监控的偏离(百分点)")
    only_form = fields.Nested(OnlyForm, required=True, label="自评流于形式的迹象")
    correction = fields.Span(required=True, label="纠偏期限")
    explanation = fields.Span(required=True, label="说明期限")
    copies_to = fields.List(fields.Str(), load_default=list, label="结果抄送")
    published = fields.Bool(load_default=False, label="结果公开")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Grades fall to 0; a deviation is some points."""
        bounds = [each["at_least"] for each in values["grades"]]
        if not bounds or bounds[-1] != 0 or any(one <= other for one, other in pairwise(bounds)):
            return {"grades": RendaError("budget_performance.grades", bounds="、".join(map(str, bounds)))}
        if not 0 < values["attention"] <= 100:
            return {"attention": RendaError("budget_performance.attention", attention=values["attention"])}
        return {}
