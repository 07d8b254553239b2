"""What a district says: what may be ticked and its points, the kinds of projects, how low is low, the clocks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "public_evaluation.scale": "评分档次的分值应从高到低、各不相同,现为:{points}。",
        "public_evaluation.low": "低分线 {low} 应在 0 至满分 {most} 之间。",
        "public_evaluation.fewest": "有效答卷最少份数应不小于 1,现为 {fewest}。",
    }
)

ADMISSIONS = {"open": "公开作答,一台设备一份", "codes": "凭码作答,一码一份"}


class EvaluationParams(Schema):
    """The whole rule of a district."""

    scale = fields.Dict(keys=fields.Str(), values=fields.Decimal(), required=True, label="评分档次和分值")
    categories = fields.List(fields.Str(), required=True, label="项目类别")
    streets = fields.List(
        fields.Str(), load_default=(), label="街镇", hint="写明的,问卷请市民选所在街镇,并按街镇给出得分"
    )
    low = fields.Decimal(required=True, label="低分线", hint="得分低于此线的,责任单位要报送改进措施")
    fewest = fields.Int(required=True, label="有效答卷最少份数", hint="不足的不计分,可以重新评议")
    period = fields.Span(required=True, label="作答期")
    improvement = fields.Span(required=True, label="报送改进措施的期限")
    admission = fields.Choice(ADMISSIONS, load_default="open", label="作答方式")
    report_to = fields.List(fields.Str(), required=True, label="结果报送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """The best is ticked first, and the line lies on the scale."""
        points: list[Decimal] = list(values["scale"].values())
        if len(points) < 2 or any(above <= below for above, below in pairwise(points)):
            told = "、".join(str(each) for each in points)
            return {"scale": RendaError("public_evaluation.scale", points=told)}
        if not 0 <= values["low"] <= points[0]:
            return {"low": RendaError("public_evaluation.low", low=values["low"], most=points[0])}
        if values["fewest"] < 1:
            return {"fewest": RendaError("public_evaluation.fewest", fewest=values["fewest"])}
        return {}
