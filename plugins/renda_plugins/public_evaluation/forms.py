"""What people fill in, and what the questionnaire leaves."""

from __future__ import annotations

from renda import Schema, fields

from .params import ADMISSIONS

WHOLE = "whole"
STREET = "street"


class Year(Schema):
    """The year whose projects are evaluated."""

    year = fields.Year(required=True, label="年度")
    subject = fields.Text(label="评议说明", hint="写在问卷前面,请市民看")


class Item(Schema):
    """A kind of projects that is evaluated, whose it is, and what was carried out."""

    category = fields.Choice(of="categories", required=True, label="类别")
    organ = fields.Organ(required=True, label="责任单位", relation="assignee")
    carried_out = fields.Text(label="实施的项目", hint="写在题目里,市民据此评分")


class Opened(Schema):
    """Until when answers are taken, and how."""

    until = fields.Date(label="作答截止", hint="不填则按作答期")
    admission = fields.Choice(ADMISSIONS, label="作答方式", hint="不填则按区县的规定")


class Heard(Schema):
    """What the citizens answered: how many, and how many ticked what."""

    questionnaire = fields.Int(label="问卷")
    answered = fields.Int(required=True, label="答卷份数")
    figures = fields.Dict(required=True, label="各题份数")


class Counts(Schema):
    """How many ticked what about one kind."""

    counts = fields.Dict(required=True, label="各档份数")


class Published(Schema):
    """What is said with the result."""

    opinion = fields.Text(label="评议意见")


class Measures(Schema):
    """What the responsible organ does about a low score."""

    measures = fields.Text(required=True, label="改进措施")


class Reason(Schema):
    """Why."""

    reason = fields.Text(required=True, label="理由")


class EvaluationPayload(Schema):
    """What a year keeps beside its forms."""

    whole = fields.Dict(label="总体满意度各档份数")


class ItemPayload(Schema):
    """What a kind keeps beside its forms."""

    improve_by = fields.Date(label="改进措施期限")
