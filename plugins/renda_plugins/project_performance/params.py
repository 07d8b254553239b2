"""What a district's file says of how key projects are graded: aspects, grades, whose word counts how much, clocks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "project_performance.full": "各方面满分合计应为 100,现为 {total}。",
        "project_performance.twice": "“{code}”写了两次。每个方面只写一次。",
        "project_performance.weights": "各方评分的权重应不小于 0、合计为 1,现为 {weights}。",
        "project_performance.grades": "等次的下限应从高到低、最后一等从 0 起,现为 {bounds}。",
        "project_performance.worst": "扣分的等次“{grade}”不在等次表里。可选:{allowed}。",
    }
)

SIDES = {"third_party": "第三方", "expert": "专家", "deputy": "代表"}
MISSING = {"zero": "按零分", "reweight": "按其余方面折算"}


class Aspect(Schema):
    """One aspect a project is judged by, with the most points it can bring."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")
    full = fields.Decimal(required=True, label="满分")


class Grade(Schema):
    """A grade and the total from which it is given, inclusive."""

    grade = fields.Str(required=True, label="等次")
    at_least = fields.Decimal(required=True, label="下限")


class PerformanceParams(Schema):
    """What a district's file says."""

    aspects = fields.List(fields.Nested(Aspect), required=True, label="评价方面")
    grades = fields.List(fields.Nested(Grade), required=True, label="等次")
    round_before = fields.Int(label="分档前保留小数")
    weights = fields.Dict(keys=fields.Choice(SIDES), values=fields.Decimal(), required=True, label="各方权重")
    missing = fields.Choice(MISSING, load_default="zero", label="缺项")
    deducted = fields.Str(required=True, label="扣分的等次")
    slow_at = fields.Decimal(required=True, label="推进较差的差额(百分点)")
    rating = fields.Span(required=True, label="评分期限")
    rectification = fields.Span(required=True, label="整改期限")
    report_to = fields.List(fields.Str(), required=True, label="评价报告报送")
    copies_to = fields.List(fields.Str(), load_default=list, label="评价报告抄送")
    published = fields.Bool(load_default=False, label="结果公开")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Full points are 100 together, weights 1; grades fall to 0; what is deducted for is a grade."""
        codes = [each["code"] for each in values["aspects"]]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            return {"aspects": RendaError("project_performance.twice", code=twice)}
        full = sum(each["full"] for each in values["aspects"])
        if full != 100:
            return {"aspects": RendaError("project_performance.full", total=full)}
        weights = values["weights"].values()
        if sum(weights) != 1 or any(weight < 0 for weight in weights):
            said = "、".join(map(str, weights))
            return {"weights": RendaError("project_performance.weights", weights=said)}
        bounds = [each["at_least"] for each in values["grades"]]
        if not bounds or bounds[-1] != 0 or any(one <= other for one, other in pairwise(bounds)):
            return {"grades": RendaError("project_performance.grades", bounds="、".join(map(str, bounds)))}
        allowed = [each["grade"] for each in values["grades"]]
        if values["deducted"] not in allowed:
            wrong = RendaError("project_performance.worst", grade=values["deducted"], allowed="、".join(allowed))
            return {"deducted": wrong}
        return {}
