"""What a district's file says: the duties with their indicators, the posts, the levels of the yearly score."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "street_committee.twice": "{entry} {code} 写了两次。编号不能重复。",
        "street_committee.points": "各项分值之和应为 {full},现在是 {sum}。请改其中一项。",
        "street_committee.least": "“{label}”按次数计分,应写 least(不小于 1)和 unit。",
        "street_committee.staff": "按人员配备计分的职责最多一项,现在有 {count} 项。",
        "street_committee.levels": "等次应从高到低排列,最后一个的下限是 0。",
    }
)

FULL = 100
MEASURES = {"count": "按次数", "mark": "由考核组打分", "staff": "按人员配备"}


class Duty(Schema):
    """A duty of a street committee: where it comes from, how it is measured, how many points it is worth.

    ``count``: entries up to ``least`` in a year; ``mark``: the assessors' mark out of 100; ``staff``: posts filled.
    """

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="职责")
    basis = fields.Str(required=True, label="依据")
    measure = fields.Choice(MEASURES, load_default="count", label="计分方式")
    unit = fields.Str(label="单位")
    least = fields.Int(label="年度指标")
    points = fields.Decimal(required=True, label="分值")


class Post(Schema):
    """A post of a street committee and how many people it takes."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="岗位")
    least = fields.Int(required=True, label="应配人数")
    full_time = fields.Bool(load_default=False, label="须专职")


class Level(Schema):
    """A level of the yearly score, from so many points."""

    label = fields.Str(required=True, label="等次")
    least = fields.Decimal(required=True, label="下限")


class StreetParams(Schema):
    """What a district's file says."""

    duties = fields.List(fields.Nested(Duty), required=True, label="职责清单")
    posts = fields.List(fields.Nested(Post), required=True, label="岗位")
    levels = fields.List(fields.Nested(Level), required=True, label="等次")
    digits = fields.Int(load_default=1, label="得分保留小数")
    self_report = fields.Span(required=True, label="年终自评期限")
    assess = fields.Span(required=True, label="考核期限")
    objection = fields.Span(required=True, label="申请复核期限")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Codes stand once, points make a hundred, counts have an indicator, levels go down to nothing."""
        for entry, said in (("duties", "职责"), ("posts", "岗位")):
            codes = [each["code"] for each in values[entry]]
            twice = next((code for code in codes if codes.count(code) > 1), None)
            if twice is not None:
                return {entry: RendaError("street_committee.twice", entry=said, code=twice)}
        duties = values["duties"]
        points = sum(each["points"] for each in duties)
        if points != FULL:
            return {"duties": RendaError("street_committee.points", full=FULL, sum=points)}
        for each in duties:
            if each["measure"] == "count" and (each.get("least", 0) < 1 or "unit" not in each):
                return {"duties": RendaError("street_committee.least", label=each["label"])}
        count = sum(each["measure"] == "staff" for each in duties)
        if count > 1:
            return {"duties": RendaError("street_committee.staff", count=count)}
        bounds = [each["least"] for each in values["levels"]]
        if bounds[-1] != 0 or any(above <= below for above, below in pairwise(bounds)):
            return {"levels": RendaError("street_committee.levels")}
        return {}
