"""What is filled in: a deputy's liaisons, supervisors, invitations, and what people bring."""

from __future__ import annotations

from renda import Schema, fields

SATISFIED = {"satisfied": "满意", "basically": "基本满意", "unsatisfied": "不满意"}


class Liaison(Schema):
    """Somebody who carries word between people and a deputy."""

    name = fields.Str(required=True, label="姓名")
    capacity = fields.Choice(of="capacities", required=True, label="身份")


class Kept(Schema):
    """A liaison as kept: the number within the deputy's, and the days."""

    number = fields.Int(label="序号")
    name = fields.Str(label="姓名")
    capacity = fields.Str(label="身份")
    since = fields.Date(label="自")
    until = fields.Date(label="至")
    left_for = fields.Text(label="离任原因")


class Team(Schema):
    """A deputy and the liaisons."""

    deputy = fields.Deputy(required=True, label="代表", relation="contact")
    liaisons = fields.List(fields.Nested(Liaison), required=True, label="民情联络员")


class TeamPayload(Schema):
    """What a deputy's liaisons are kept as."""

    members = fields.List(fields.Nested(Kept), label="历任联络员")


class More(Schema):
    """One more liaison."""

    name = fields.Str(required=True, label="姓名")
    capacity = fields.Choice(of="capacities", required=True, label="身份")


class Exchange(More):
    """One liaison for another."""

    leaves = fields.Int(required=True, label="离任的序号")
    left_for = fields.Text(required=True, label="离任原因")


class Ending(Schema):
    """Why it ends."""

    ended_for = fields.Text(required=True, label="结束原因")


class Supervisor(Schema):
    """A 选民监督员: a community secretary or head."""

    name = fields.Str(required=True, label="姓名")
    capacity = fields.Choice(of="supervisor_capacities", required=True, label="身份")
    keeper = fields.Organ(required=True, label="街镇", relation="keeper")


class Invitation(Schema):
    """To what, when, and who is invited."""

    occasion = fields.Choice(of="occasions", required=True, label="场合")
    subject = fields.Str(required=True, label="内容")
    on = fields.Date(required=True, label="日期")
    invited = fields.List(fields.MatterNumber(), required=True, label="邀请的选民监督员")


class Remark(Schema):
    """What a supervisor said there."""

    supervisor = fields.MatterNumber(required=True, label="选民监督员")
    title = fields.Str(required=True, label="事项")
    detail = fields.Text(required=True, label="情况")


class Attendance(Schema):
    """Who came and what they said."""

    attended = fields.List(fields.MatterNumber(), required=True, label="到场的选民监督员")
    remarks = fields.List(fields.Nested(Remark), label="提出的意见")


class Brought(Schema):
    """What a liaison brings."""

    team = fields.MatterNumber(required=True, label="联络关系")
    liaison = fields.Int(required=True, label="联络员序号")
    title = fields.Str(required=True, label="事项")
    detail = fields.Text(required=True, label="情况")


class Said(Schema):
    """What a supervisor said at an occasion."""

    supervisor = fields.MatterNumber(required=True, label="选民监督员")
    title = fields.Str(required=True, label="事项")
    detail = fields.Text(required=True, label="情况")


class ItemPayload(Schema):
    """What an item keeps beside its forms."""

    deputy = fields.Deputy(label="代表", relation="contact")
    brought_by = fields.Str(label="反映人")


class Routing(Schema):
    """Who is to handle it."""

    owner = fields.Organ(required=True, label="承办单位", relation="assignee")


class Reply(Schema):
    """What became of it."""

    reply = fields.Text(required=True, label="答复")


class Told(Schema):
    """What those who brought it think of the answer."""

    satisfied = fields.Choice(SATISFIED, required=True, label="满意程度")


class Suggestion(Schema):
    """The item as a deputy's suggestion; the category is the handling practice's where it has that one."""

    facts = fields.Text(required=True, label="事由")
    wanted = fields.Text(required=True, label="具体建议")
    category = fields.Str(label="类别", hint="不填则由代表提出时选定")


class Listed(Schema):
    """The topic of a deliberation it is now."""

    topic = fields.MatterNumber(required=True, label="议题")
