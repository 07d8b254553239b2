"""What people fill in, from fixing the appraisal to the vote on rectification."""

from __future__ import annotations

from renda import Schema, fields

from .params import MEASURES


class Plan(Schema):
    """What is appraised, whose work it is, when, and who looks into it."""

    topic = fields.Str(required=True, label="评议工作")
    organ = fields.Organ(required=True, label="被评议单位", relation="assignee")
    official = fields.Official(required=True, label="单位负责人", relation="subject")
    meeting_on = fields.Date(required=True, label="会议日期")
    leader = fields.Person(required=True, label="调查组长", relation="group-leader")
    members = fields.List(fields.Person(), required=True, label="调查组成员", relation="group-member")


class Inquiry(Schema):
    """One time the group went to see, ask or listen."""

    way = fields.Choice(of="ways", required=True, label="调查方式")
    held_on = fields.Date(required=True, label="日期")
    found = fields.Text(required=True, label="情况")


class Problems(Schema):
    """The problems as people said them, word for word."""

    problems = fields.List(fields.Text(), required=True, label="问题(原话)")


class Report(Schema):
    """The organ's special report to the sitting."""

    report = fields.Str(required=True, label="专项报告")


class Opinions(Schema):
    """What the committee asks for, item by item."""

    opinions = fields.List(fields.Text(), required=True, label="评议意见")


class Item(Schema):
    """One problem or one item of the opinion."""

    text = fields.Text(required=True, label="内容")


class Rectified(Schema):
    """What was done about it."""

    result = fields.Text(required=True, label="整改结果")


class Grounds(Schema):
    """Why."""

    grounds = fields.Text(required=True, label="理由")


class Rectification(Schema):
    """The organ's report on rectification."""

    rectification = fields.Text(required=True, label="整改情况报告")


class Escalation(Grounds):
    """What follows where rectification does not satisfy."""

    measure = fields.Choice(MEASURES, required=True, label="监督方式")


class Payload(Schema):
    """What an appraisal keeps beside its forms."""

    inquiries = fields.List(fields.Nested(Inquiry), label="调查记录")
    quality_grade = fields.Str(label="定性测评等次")
    quality_counts = fields.Dict(keys=fields.Str(), values=fields.Int(), label="定性测评票数")
    result_grade = fields.Str(label="整改报告表决等次")
    result_counts = fields.Dict(keys=fields.Str(), values=fields.Int(), label="整改报告表决票数")
    rounds = fields.Int(label="已表决几次")
    rectify_by = fields.Date(label="整改期限")
    satisfied = fields.Str(label="算作满意的等次")


class ItemPayload(Schema):
    """What an item keeps beside its forms."""

    number = fields.Int(label="序号")
