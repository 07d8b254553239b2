"""What a district's file says: the tiers that are linked, the hosts of its own video system, the clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "video_link.twice": "层级 {code} 写了两次。编号不能重复。",
        "video_link.top": "中心应恰好一个层级,现在有 {count} 个。",
        "video_link.expected": "{label}的应有数量应不小于 1,现为 {given}。",
    }
)

FACTS = {"activity.attended": "参加常委会组织的活动", "station.activity": "参加家站活动"}


class Tier(Schema):
    """A tier of places: how many the district says it has, and what a deputy who signs in there has done."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")
    expected = fields.Int(label="应有数量")
    top = fields.Bool(load_default=False, label="中心")
    fact = fields.Choice(FACTS, required=True, label="签到记作")


class LinkParams(Schema):
    """What a district's file says; without ``hosts`` any https address will do."""

    tiers = fields.List(fields.Nested(Tier), required=True, label="层级")
    hosts = fields.List(fields.Str(), load_default=list, label="视频系统的域名")
    route = fields.Span(required=True, label="转办期限")
    answer = fields.Span(required=True, label="答复期限")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Codes stand once, one tier is the centre, a tier has at least one place."""
        tiers = values["tiers"]
        codes = [each["code"] for each in tiers]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            return {"tiers": RendaError("video_link.twice", code=twice)}
        count = sum(each["top"] for each in tiers)
        if count != 1:
            return {"tiers": RendaError("video_link.top", count=count)}
        for each in tiers:
            if each.get("expected", 1) < 1:
                error = RendaError("video_link.expected", label=each["label"], given=each["expected"])
                return {"tiers": error}
        return {}
