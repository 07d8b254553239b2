"""What a district says: whose turn it is, what is asked, who is heard, how papers count, by when."""

from __future__ import annotations

from renda import Schema, fields


class Audience(Schema):
    """One of those who have to be heard before an appraisal."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="名称")


class AppraisalParams(Schema):
    """The whole rule of a district."""

    term_from = fields.Date(required=True, label="本届起始")
    posts = fields.List(fields.Str(), required=True, label="列入评议的职务")
    newly_appointed = fields.Span(required=True, label="任职不满多久不列入")
    headings = fields.List(fields.Str(), required=True, label="履职报告的方面")
    audiences = fields.List(fields.Nested(Audience), required=True, label="听取对象")
    measurement = fields.CountingRule("measurement", required=True, label="会议测评规则")
    unit_measurement = fields.CountingRule("questionnaire", required=True, label="单位民主测评规则")
    draft_before = fields.Span(required=True, label="会前多久提交履职报告")
    report = fields.Span(required=True, label="会后形成报告的期限")
    rectification = fields.Span(required=True, label="整改期限")
    report_to = fields.List(fields.Str(), required=True, label="报告")
    letter_to = fields.List(fields.Str(), required=True, label="函告")
    copies_to = fields.List(fields.Str(), required=True, label="抄送")
