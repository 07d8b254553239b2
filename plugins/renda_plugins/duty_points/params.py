"""What a district's file says about points: the table of items, the periods, how years are compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "duty_points.twice": "积分表里 {code} 出现了两次。编号不能重复。",
        "duty_points.periods": "一年公布 {count} 次,不能把十二个月分匀。可写 1、2、4、12。",
        "duty_points.no_points": "积分表第 {code} 项的分值是 0。请写明每{unit}积多少分,扣分写负数。",
        "duty_points.cap": "积分表第 {code} 项的年度封顶 {cap} 与分值 {points} 正负不同,封不住。",
        "duty_points.fact_twice": "事实“{fact}”同时登记为 {first} 和 {second} 两项,一件事会积两次分。",
    }
)

SORTS = {"statutory": "法定", "assigned": "规定", "voluntary": "争先"}
RECORDERS = {"deputy": "代表", "clerk": "组织单位"}
OVER = {"roll": "期末在任的代表", "all": "全部建档的代表"}


class Item(Schema):
    """One line of the table: what is counted, in which unit, how many points each, at most in a year.

    Negative points are deductions. ``fact`` names the fact of another practice that is entered by itself.
    """

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="内容")
    sort = fields.Choice(SORTS, required=True, label="类别")
    unit = fields.Str(required=True, label="单位")
    points = fields.Decimal(required=True, label="每单位积分")
    cap = fields.Decimal(label="年度封顶")
    evidence = fields.Bool(load_default=False, label="须附佐证")
    recorded_by = fields.List(fields.Choice(RECORDERS), load_default=lambda: ["deputy", "clerk"], label="可以登记的人")
    fact = fields.Str(label="由事实登记")
    basis = fields.Str(required=True, label="出处")


class PointsParams(Schema):
    """What a district's file says."""

    items = fields.List(fields.Nested(Item), required=True, label="积分表")
    periods = fields.Int(required=True, label="一年公布几次")
    average_over = fields.Choice(OVER, required=True, label="平均分的分母")
    digits = fields.Int(load_default=1, label="平均分保留小数")
    floor = fields.Decimal(label="年度保底分")
    low = fields.Decimal(label="约谈线")
    review = fields.Span(required=True, label="核实期限")
    objection = fields.Span(required=True, label="公示期限")
    answer = fields.Span(required=True, label="异议答复期限")
    uses = fields.List(fields.Str(), required=True, label="结果运用")
    report_to = fields.List(fields.Str(), required=True, label="年度报告报送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Codes and facts stand once, points are not nothing, caps lie on the side of the points."""
        if values["periods"] not in {1, 2, 4, 12}:
            return {"periods": RendaError("duty_points.periods", count=values["periods"])}
        seen: dict[str, str] = {}
        codes: set[str] = set()
        for item in values["items"]:
            code, points, cap = item["code"], item["points"], item.get("cap")
            if code in codes:
                return {"items": RendaError("duty_points.twice", code=code)}
            codes.add(code)
            if points == 0:
                return {"items": RendaError("duty_points.no_points", code=code, unit=item["unit"])}
            if cap is not None and cap * points <= 0:
                return {"items": RendaError("duty_points.cap", code=code, cap=cap, points=points)}
            fact = item.get("fact")
            if fact in seen:
                return {"items": RendaError("duty_points.fact_twice", fact=fact, first=seen[fact], second=code)}
            if fact is not None:
                seen[fact] = code
        return {}
