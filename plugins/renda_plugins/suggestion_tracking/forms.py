"""What people fill in beside the life of a suggestion: two ratings, how far it was carried out, an inquiry."""

from __future__ import annotations

from renda import Schema, fields

LEVELS = {each: each for each in ("满意", "基本满意", "不满意")}
EXTENT = {"done": "落实到位", "part": "部分落实", "planned": "列入计划", "none": "未能落实"}


class AnswerLevel(Schema):
    """The proposer's word on the reply."""

    answer_level = fields.Choice(LEVELS, required=True, label="答复评价")
    answer_reason = fields.Text(label="答复评价的理由", hint="评为不满意的必须写明")


class ImplementationLevel(Schema):
    """The proposer's word on what was carried out, and how far."""

    carried_out = fields.Choice(EXTENT, required=True, label="落实程度")
    implementation_level = fields.Choice(LEVELS, required=True, label="落实评价")
    implementation_reason = fields.Text(label="落实评价的理由", hint="评为不满意的必须写明")


class Inquiry(Schema):
    """What an organ that is late is asked."""

    inquiry = fields.Text(required=True, label="问效事项")


class Account(Schema):
    """What an organ says to it."""

    explanation = fields.Text(required=True, label="情况说明")


class InquiryPayload(Schema):
    """What an inquiry keeps beside its forms."""

    organ = fields.Organ(label="承办单位", relation="inquired")
