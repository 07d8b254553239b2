"""What people fill in, from the group to the rectification."""

from __future__ import annotations

from renda import Schema, fields

SORTS = {"forum": "座谈会", "visit": "专题视察", "interview": "个别访谈", "survey": "问卷", "files": "查阅资料"}
SPOKEN = {"self": "本人报告", "deputed": "委托报告"}


class Batch(Schema):
    """The group, whose turn it is, and the meeting they report to."""

    number = fields.Int(required=True, label="批次")
    officials = fields.List(fields.Official(), required=True, label="被评议人员")
    leader = fields.Person(required=True, label="工作小组组长", relation="group-leader")
    deputies = fields.List(fields.Person(), label="副组长", relation="group-deputy")
    members = fields.List(fields.Person(), required=True, label="组员", relation="group-member")
    meeting = fields.Str(required=True, label="评议会议")
    meeting_on = fields.Date(required=True, label="会议日期")


class Appraised(Schema):
    """Who is appraised, in which post."""

    official = fields.Official(required=True, label="被评议人员", relation="subject")
    post = fields.Str(required=True, label="职务")
    organ = fields.Organ(required=True, label="单位", relation="assignee")


class Activity(Schema):
    """What was done to hear somebody: how often, with how many, and what came of it."""

    sort = fields.Choice(SORTS, required=True, label="方式")
    audience = fields.Choice(of="audiences", required=True, label="听取对象")
    sessions = fields.Int(load_default=1, label="场次")
    attendees = fields.Int(label="人次")
    place = fields.Str(label="地点")
    found = fields.Text(required=True, label="反映的情况")


class Report(Schema):
    """The report on one's own work, and which headings it speaks to."""

    document = fields.Str(required=True, label="履职报告")
    covered = fields.List(fields.Choice(of="headings"), required=True, label="所报告的方面")


class Spoken(Schema):
    """What happened at the meeting: who reported, what was asked and explained."""

    spoken = fields.Choice(SPOKEN, required=True, label="报告方式")
    questions = fields.List(fields.Text(), label="询问")
    explained = fields.Text(label="回答和说明")


class AppraisalPayload(Schema):
    """What an appraisal keeps of its two ballots, each by itself, and of a second round."""

    unit_ballot = fields.Int(label="民主测评(背对背)")
    unit_grade = fields.Str(label="民主测评等次")
    unit_figures = fields.Dict(label="民主测评票数")
    failed = fields.Bool(label="测评不合格")
    measured_again = fields.Bool(label="已再次测评")


class GroupReport(Schema):
    """The group's report on the appraisal and the measurement."""

    findings = fields.Text(required=True, label="评议意见")
    suggestion = fields.Text(required=True, label="使用建议")


class Reason(Schema):
    """Why."""

    reason = fields.Text(required=True, label="理由")


class Rectified(Schema):
    """What was put right."""

    measures = fields.Text(required=True, label="整改情况")
