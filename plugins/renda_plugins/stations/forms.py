"""What is filled in: a place, its year with five ledgers, activities, opinions, the check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "stations.count": "数量应不小于 1,现为 {given}。",
        "stations.month": "月份应在 1 至 12 之间,现为 {given}。",
        "stations.people": "人次不能小于 0,现为 {given}。",
    }
)

SATISFIED = {"satisfied": "满意", "basically": "基本满意", "unsatisfied": "不满意"}


class Place(Schema):
    """A place where deputies meet people; ``count`` is above 1 where several are entered as one line."""

    title = fields.Str(required=True, label="名称")
    sort = fields.Choice(of="sorts", required=True, label="种类")
    keeper = fields.Organ(required=True, label="街镇", relation="keeper")
    count = fields.Int(load_default=1, label="数量")
    area = fields.Decimal(label="面积(平方米)")
    address = fields.Str(label="地点")
    deputies = fields.List(fields.Deputy(), label="驻站代表", relation="attached")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """There is at least one."""
        if values["count"] < 1:
            return {"count": RendaError("stations.count", given=values["count"])}
        return {}


class Attached(Schema):
    """Who is attached to a place from now on."""

    deputies = fields.List(fields.Deputy(), required=True, label="驻站代表", relation="attached")


class Closing(Schema):
    """Why a place is no more."""

    closed_for = fields.Text(required=True, label="撤并原因")


class Year(Schema):
    """The year of a place's ledgers."""

    year = fields.Year(required=True, label="年度")


class Plan(Schema):
    """The plan of the year."""

    plan = fields.Text(required=True, label="年度计划")


class Month(Schema):
    """What is arranged for a month."""

    month = fields.Int(required=True, label="月份")
    arrangement = fields.Text(required=True, label="安排")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A month of the year."""
        if not 1 <= values["month"] <= 12:
            return {"month": RendaError("stations.month", given=values["month"])}
        return {}


class Months(Schema):
    """The arrangements of one month or several."""

    months = fields.List(fields.Nested(Month), required=True, label="月度安排")


class Report(Schema):
    """A deputy's report to voters, as entered."""

    deputy = fields.Deputy(required=True, label="报告代表")
    reported_on = fields.Date(required=True, label="报告日期")
    heard = fields.Int(required=True, label="到场选民")
    report_note = fields.Text(label="选民的意见")


class ReportLine(Schema):
    """One report as kept."""

    deputy = fields.Deputy(label="报告代表")
    on = fields.Date(label="日期")
    heard = fields.Int(label="到场选民")
    said = fields.Text(label="选民的意见")


class Mark(Schema):
    """The points for one aspect, out of 100."""

    aspect = fields.Choice(of="aspects", required=True, label="方面")
    points = fields.Decimal(required=True, label="得分")


class Check(Schema):
    """What the check found."""

    marks = fields.List(fields.Nested(Mark), required=True, label="打分")
    veto = fields.Choice(of="vetoes", label="一票否决")
    check_note = fields.Text(required=True, label="考核意见")


class SelfCheck(Schema):
    """What a place says of its own year."""

    self_check = fields.Text(required=True, label="自查情况")


class YearPayload(Schema):
    """What a year keeps beside its forms; ``arranged`` and ``reports`` grow, ``gaps`` is what a check found missing."""

    keeper = fields.Organ(label="街镇", relation="keeper")
    arranged = fields.List(fields.Nested(Month), label="已安排的月份")
    reports = fields.List(fields.Nested(ReportLine), label="履职报告")
    gaps = fields.List(fields.Str(), label="台账缺项")
    kept = fields.Int(label="齐全的台账")
    level = fields.Str(label="等次")


class Activity(Schema):
    """An activity of a place: when, what, who, how many came."""

    activity = fields.Choice(of="activity_sorts", required=True, label="活动")
    day = fields.Date(required=True, label="日期")
    participants = fields.List(fields.Deputy(), required=True, label="参加代表", relation="participant")
    visitors = fields.Int(load_default=0, label="群众人次")
    note = fields.Text(label="记录")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Nobody less than nobody comes."""
        if values["visitors"] < 0:
            return {"visitors": RendaError("stations.people", given=values["visitors"])}
        return {}


class Opinion(Schema):
    """What somebody said at a place; the name is left out, no telephone number is kept."""

    opinion = fields.Text(required=True, label="意见")
    visitor = fields.Str(label="反映人", hint="只写称呼,如“王女士”;不记电话和住址")
    receiver = fields.Deputy(required=True, label="接待代表", relation="receiver")


class Routing(Schema):
    """Where an opinion goes, and to which organ where there is one."""

    channel = fields.Choice(of="channels", required=True, label="去向")
    owner = fields.Organ(label="承办单位", relation="assignee")


class Reply(Schema):
    """What became of an opinion."""

    reply = fields.Text(required=True, label="处理结果")


class Feedback(Schema):
    """What the person who said it thinks of the result."""

    satisfied = fields.Choice(SATISFIED, required=True, label="满意程度")


class Listed(Schema):
    """The topic of a deliberation it is now."""

    topic = fields.MatterNumber(required=True, label="议题")


class Suggestion(Schema):
    """The opinion as the suggestion of the deputy who heard it; the category is the handling practice's."""

    facts = fields.Text(required=True, label="事由")
    wanted = fields.Text(required=True, label="具体建议")
    category = fields.Str(label="类别", hint="不填则由代表提出时选定")
