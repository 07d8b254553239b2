"""What is filled in: a year, a deputy's register and its lines, reviews, objections, corrections, uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "duty_points.quantity": "数量应大于 0,现为 {given}。记错的请用“更正”。",
        "duty_points.reason_missing": "不予认定的,要写明理由。",
        "duty_points.refused_missing": "写了不予认定的理由,却没有写明是哪几条。",
        "duty_points.right_quantity": "更正后的数量不能小于 0,现为 {given}。",
        "duty_points.line_missing": "更正数量的,要写明是第几条。",
    }
)

SOURCES = {"deputy": "代表登记", "organiser": "组织单位登记", "fact": "由事实登记", "correction": "更正"}
STATUS = {"pending": "待核实", "counted": "已认定", "refused": "不予认定"}


class Line(Schema):
    """One line of a register, with the item as it stood then.

    ``booked`` is the day whose period it counts in; ``corrects`` another line.
    """

    number = fields.Int(label="序号")
    item = fields.Str(label="项目")
    label = fields.Str(label="内容")
    points = fields.Decimal(label="每单位积分")
    cap = fields.Decimal(label="年度封顶")
    basis = fields.Str(label="出处")
    day = fields.Date(label="日期")
    booked = fields.Date(label="计入日期")
    quantity = fields.Int(label="数量")
    note = fields.Text(label="说明")
    evidence = fields.List(fields.Text(), label="佐证")
    source = fields.Choice(SOURCES, label="来源")
    status = fields.Choice(STATUS, label="认定")
    fact = fields.Str(label="事实")
    corrects = fields.Int(label="更正第几条")


class Year(Schema):
    """The year, and for whom registers are opened; without names for every deputy in office that day."""

    year = fields.Year(required=True, label="年度")
    deputies = fields.List(fields.Deputy(), label="建档代表", hint="不填则为当日在任的全体代表")


class FactDays(Schema):
    """The days whose facts are entered; without them the year so far."""

    facts_since = fields.Date(label="事实自")
    facts_until = fields.Date(label="事实至")


class FactLine(Schema):
    """One fact as a line."""

    item = fields.Str(required=True, label="项目")
    day = fields.Date(required=True, label="日期")
    fact = fields.Str(required=True, label="事实")
    note = fields.Text(label="说明")


class FactLines(Schema):
    """What is entered from facts."""

    fact_lines = fields.List(fields.Nested(FactLine), required=True, label="由事实登记")


class Published(Schema):
    """A period that was published, and when."""

    period = fields.Int(label="第几期")
    on = fields.Date(label="公布日期")


class Used(Schema):
    """What was made of one deputy's points."""

    used_for = fields.Str(label="运用")
    deputy = fields.Deputy(label="代表")
    on = fields.Date(label="日期")
    grounds = fields.Text(label="理由")


class YearPayload(Schema):
    """What a year keeps beside its forms, the rule it began under included."""

    periods = fields.Int(label="一年公布几次")
    average_over = fields.Str(label="平均分的分母")
    digits = fields.Int(label="平均分保留小数")
    floor = fields.Decimal(label="年度保底分")
    low = fields.Decimal(label="约谈线")
    published = fields.List(fields.Nested(Published), label="已公布")
    used = fields.List(fields.Nested(Used), label="结果运用")


class Period(Schema):
    """Which period is published."""

    period = fields.Int(required=True, label="第几期")


class Use(Schema):
    """What is made of a deputy's points, and why."""

    deputy = fields.Deputy(required=True, label="代表")
    use = fields.Choice(of="uses", required=True, label="运用方式")
    use_grounds = fields.Text(required=True, label="运用理由")


class Register(Schema):
    """Whose register it is."""

    deputy = fields.Deputy(required=True, label="代表", relation="subject")


class RegisterPayload(Schema):
    """What a register keeps beside its forms."""

    lines = fields.List(fields.Nested(Line), label="登记")


class Activity(Schema):
    """What a deputy enters on the phone; the quantity is one where none is given."""

    item = fields.Choice(of="items", required=True, label="项目")
    day = fields.Date(required=True, label="日期")
    quantity = fields.Int(load_default=1, label="数量")
    note = fields.Text(label="说明")
    evidence = fields.List(fields.Text(), label="佐证")
    another = fields.Bool(load_default=False, label="确是另一次", hint="同一天同一项目已有登记时勾选")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Something was done."""
        if values["quantity"] < 1:
            return {"quantity": RendaError("duty_points.quantity", given=values["quantity"])}
        return {}


class Activities(Schema):
    """What an organiser enters for one deputy, such as a station's book of a quarter."""

    activities = fields.List(fields.Nested(Activity), required=True, label="活动")


class Review(Schema):
    """Which of the lines that wait are refused, and why; all others are taken."""

    refused = fields.List(fields.Int(), label="不予认定的序号")
    refused_because = fields.Text(label="不予认定的理由")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A refusal has its reason, and a reason its refusal."""
        if values.get("refused") and not values.get("refused_because"):
            return {"refused_because": RendaError("duty_points.reason_missing")}
        if values.get("refused_because") and not values.get("refused"):
            return {"refused": RendaError("duty_points.refused_missing")}
        return {}


class Objection(Schema):
    """What a deputy finds wrong in the own register: an error, a line twice, one missing."""

    objection = fields.Text(required=True, label="异议")


class Correction(Schema):
    """A line's right quantity; nothing is overwritten, the difference is a line of its own."""

    line = fields.Int(required=True, label="更正第几条")
    right_quantity = fields.Int(required=True, label="更正后的数量")
    correction = fields.Text(required=True, label="更正理由")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Nothing is done fewer than no times."""
        if values["right_quantity"] < 0:
            return {"right_quantity": RendaError("duty_points.right_quantity", given=values["right_quantity"])}
        return {}


class Answer(Schema):
    """The answer to an objection, with the correction where there is one."""

    answer = fields.Text(required=True, label="答复")
    line = fields.Int(label="更正第几条")
    right_quantity = fields.Int(label="更正后的数量")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A right quantity belongs to a line."""
        if ("line" in values) != ("right_quantity" in values):
            return {"line": RendaError("duty_points.line_missing")}
        if values.get("right_quantity", 0) < 0:
            return {"right_quantity": RendaError("duty_points.right_quantity", given=values["right_quantity"])}
        return {}


class Ending(Schema):
    """When and why a deputy's mandate ended within the year."""

    ended_on = fields.Date(required=True, label="资格终止日期")
    ended_for = fields.Text(required=True, label="终止原因")
