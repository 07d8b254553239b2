"""What people fill in: a use of a result, what came of it, a plan and its steps."""

from __future__ import annotations

from renda import Schema, fields

from .params import USES


class Proposal(Schema):
    """What a result is to be used for, against whom, and why."""

    official = fields.Official(required=True, label="干部", relation="subject")
    use = fields.Choice(USES, required=True, label="运用方式")
    grounds = fields.Text(required=True, label="事由")
    about = fields.MatterNumber(label="来自事项")
    evidence = fields.List(fields.Text(), label="依据材料")


class Followed(Schema):
    """A use another practice made; the official may have left the post since."""

    person = fields.Person(required=True, label="干部", relation="subject")
    use = fields.Choice(USES, required=True, label="运用方式")
    grounds = fields.Text(required=True, label="事由")
    about = fields.MatterNumber(required=True, label="来自事项")


class UsePayload(Schema):
    """What a use keeps beside its forms."""

    organ = fields.Organ(label="单位", relation="assignee")
    decided_on = fields.Date(label="决定日期")


class Refusal(Schema):
    """Why not, or why no longer."""

    refused_for = fields.Text(required=True, label="理由")


class Response(Schema):
    """What the official has to say."""

    response = fields.Text(required=True, label="说明和整改情况")


class Outcome(Schema):
    """What came of it."""

    outcome = fields.Text(required=True, label="运用结果")


class Plan(Schema):
    """A plan of several years."""

    name = fields.Str(required=True, label="规划名称")
    since = fields.Date(required=True, label="起始日期")


class Step(Schema):
    """A step of the plan and its last day."""

    step = fields.Str(required=True, label="目标")
    due = fields.Date(required=True, label="期限")


class Reached(Schema):
    """When a step was reached, and what shows it."""

    reached_on = fields.Date(required=True, label="实现日期")
    shown_by = fields.List(fields.Text(), required=True, label="成果")


class Later(Schema):
    """A new last day for a step, and why."""

    due = fields.Date(required=True, label="期限")
    later_for = fields.Text(required=True, label="延期理由")
