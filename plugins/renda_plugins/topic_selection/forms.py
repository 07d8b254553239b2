"""What people fill in, from proposing a topic to the item of an opinion that is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "topic_selection.speakers": "发言 {speakers} 人、出席 {present} 人:发言人数应在 0 至出席人数之间。",
        "topic_selection.nobody": "出席人数应大于 0。没有审议就不要登记。",
        "topic_selection.reports": "报告件数应不小于 0,现为 {reports}。",
    }
)


class Year(Schema):
    """The year whose topics are chosen."""

    year = fields.Year(required=True, label="年度")


class Proposal(Schema):
    """A topic, whom it concerns, where it comes from, and why it should be taken up."""

    topic = fields.Str(required=True, label="议题")
    organ = fields.Organ(required=True, label="报告单位", relation="assignee")
    topic_source = fields.Choice(of="sources", required=True, label="议题来源")
    reason = fields.Text(required=True, label="提出理由")
    proposer = fields.Person(label="提出人", relation="proposer")


class Points(Schema):
    """The points for one line of the sheet."""

    criterion = fields.Choice(of="criteria", required=True, label="项目")
    points = fields.Decimal(required=True, label="得分")


class Sheet(Schema):
    """A member's marks for a topic; a clerk enters a sheet handed in on paper and says whose it is."""

    given = fields.List(fields.Nested(Points), required=True, label="打分")
    member = fields.Person(label="评分人", relation="scorer")


class Selection(Schema):
    """How the topic is taken up, and before which meeting it comes."""

    form = fields.Choice(of="forms", required=True, label="监督方式")
    meeting_on = fields.Date(required=True, label="审议日期")
    chosen_for = fields.Text(label="列入理由")


class Grounds(Schema):
    """Why."""

    grounds = fields.Text(required=True, label="理由")


class Merge(Grounds):
    """Which topic of the same plan takes this one in."""

    into = fields.MatterNumber(required=True, label="并入")


class Group(Schema):
    """Who looks into the topic."""

    leader = fields.Person(required=True, label="调研组长", relation="group-leader")
    members = fields.List(fields.Person(), required=True, label="调研组成员", relation="group-member")


class Activity(Schema):
    """One time the group went to see, ask or listen."""

    way = fields.Choice(of="ways", required=True, label="调研方式")
    held_on = fields.Date(required=True, label="日期")
    place = fields.Str(required=True, label="地点或对象")
    found = fields.Text(required=True, label="了解到的情况")


class Findings(Schema):
    """The group's report."""

    findings = fields.Text(required=True, label="调研报告")


class Review(Schema):
    """The sitting in which the report was heard and deliberated."""

    reviewed_on = fields.Date(required=True, label="审议日期")
    present = fields.Int(required=True, label="出席组成人员")
    speakers = fields.Int(required=True, label="发言人数")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Somebody is present, and no more speak than are."""
        present, speakers = values["present"], values["speakers"]
        if present < 1:
            return {"present": RendaError("topic_selection.nobody")}
        if not 0 <= speakers <= present:
            return {"speakers": RendaError("topic_selection.speakers", speakers=speakers, present=present)}
        return {}


class Opinion(Schema):
    """What the committee asks for, item by item."""

    asked = fields.List(fields.Text(), required=True, label="审议意见")


class Asked(Schema):
    """One item of an opinion."""

    text = fields.Text(required=True, label="意见")


class Done(Schema):
    """What was done about an item."""

    result = fields.Text(required=True, label="办理结果")


class PlanPayload(Schema):
    """What a plan keeps beside its forms."""

    weights = fields.Dict(keys=fields.Str(), values=fields.Decimal(), label="评估权重")
    full = fields.Decimal(label="议题满分")
    activities_least = fields.Int(label="调研活动至少几次")
    bands = fields.Dict(keys=fields.Str(), values=fields.Decimal(), label="评估等次")


class TopicPayload(Schema):
    """What a topic keeps beside its forms."""

    number = fields.Int(label="序号")
    items_due = fields.Date(label="意见办理期限")


class ItemPayload(Schema):
    """What an item keeps beside its forms."""

    number = fields.Int(label="序号")
    reported_on = fields.Date(label="报告日期")


class Past(Schema):
    """How many reports were heard in a year, or in a part of it, outside this platform."""

    year = fields.Year(required=True, label="年度")
    reports = fields.Int(required=True, label="报告件数")
    note = fields.Str(label="说明")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Not below nothing."""
        if values["reports"] < 0:
            return {"reports": RendaError("topic_selection.reports", reports=values["reports"])}
        return {}
