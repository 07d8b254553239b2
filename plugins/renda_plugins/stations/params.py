"""What a district's file says about its places: sorts, ledgers, the yearly check."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "stations.weights": "各方面的权重之和应为 1,现在是 {sum}。请改其中一项。",
        "stations.ledger_aspect": "按台账计分的方面应恰好一个,现在有 {count} 个。",
        "stations.twice": "{code} 出现了两次。编号不能重复。",
        "stations.levels": "等次应从高到低排列,最后一个的下限是 0。",
    }
)

LEDGERS = {
    "plan": "年度计划",
    "months": "月度安排",
    "activities": "活动记录",
    "opinions": "意见处理",
    "reports": "履职报告",
}


class Sort(Schema):
    """A sort of place: how many the district says it has, the least area, whether it keeps ledgers.

    ``covers`` is the sort's own unit in the table of totals, such as 个 or 家.
    """

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")
    unit = fields.Str(load_default="个", label="量词")
    expected = fields.Int(label="应有数量")
    area_least = fields.Decimal(label="最小面积(平方米)")
    deputies_least = fields.Int(load_default=0, label="至少几名驻站代表")
    ledgers = fields.Bool(load_default=True, label="记台账")


class Aspect(Schema):
    """A part of the yearly check; the one ``from_ledgers`` is computed, the others are marked out of 100."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="方面")
    weight = fields.Decimal(required=True, label="权重")
    from_ledgers = fields.Bool(load_default=False, label="按台账计分")


class Level(Schema):
    """A level of the yearly check, from so many points."""

    label = fields.Str(required=True, label="等次")
    least = fields.Decimal(required=True, label="下限")


class StationParams(Schema):
    """What a district's file says."""

    sorts = fields.List(fields.Nested(Sort), required=True, label="阵地种类")
    activity_sorts = fields.List(fields.Str(), required=True, label="活动种类")
    channels = fields.List(fields.Str(), required=True, label="意见的去向")
    months_least = fields.Int(required=True, label="至少安排几个月")
    activities_least = fields.Int(required=True, label="一年至少几次活动")
    reports_least = fields.Int(required=True, label="一年至少几名代表报告履职")
    visits_least = fields.Int(load_default=0, label="每名代表一年至少参加几次家站活动", hint="0 为不要求")
    opinion = fields.Span(required=True, label="意见答复期限")
    self_check = fields.Span(required=True, label="年终自查期限")
    aspects = fields.List(fields.Nested(Aspect), required=True, label="考核方面")
    vetoes = fields.List(fields.Str(), load_default=list, label="一票否决的情形")
    levels = fields.List(fields.Nested(Level), required=True, label="等次")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Codes stand once, weights make 1, one aspect is the ledgers', levels go down to nothing."""
        for entry in ("sorts", "aspects"):
            codes = [each["code"] for each in values[entry]]
            twice = next((code for code in codes if codes.count(code) > 1), None)
            if twice is not None:
                return {entry: RendaError("stations.twice", code=twice)}
        weights = sum(each["weight"] for each in values["aspects"])
        if weights != 1:
            return {"aspects": RendaError("stations.weights", sum=weights)}
        count = sum(each["from_ledgers"] for each in values["aspects"])
        if count != 1:
            return {"aspects": RendaError("stations.ledger_aspect", count=count)}
        bounds = [each["least"] for each in values["levels"]]
        if bounds[-1] != 0 or any(above <= below for above, below in pairwise(bounds)):
            return {"levels": RendaError("stations.levels")}
        return {}
