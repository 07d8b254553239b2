"""What people fill in: the level of a reply, a measurement's list, a rater's sheet, a study and what it led to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare({"handling_rating.reason": "有一项评为“差”或综合评为“不满意”的,必须写明理由。"})

ASPECTS = {"attitude": "办理态度", "way": "办理方式", "effect": "办理效果"}
GRADES = {each: each for each in ("好", "较好", "差")}
LEVELS = {each: each for each in ("满意", "基本满意", "不满意")}


class AnswerLevel(Schema):
    """The proposer's word on the reply."""

    answer_level = fields.Choice(LEVELS, required=True, label="答复评价")
    answer_reason = fields.Text(label="答复评价的理由", hint="评为不满意的必须写明")


class Listing(Schema):
    """The measurement a suggestion is put to."""

    meeting = fields.MatterNumber(required=True, label="质效测评会")


class Measured(Schema):
    """What a measurement found about one suggestion: how many sheets said what, and the reasons given."""

    measured_level = fields.Choice(LEVELS, required=True, label="测评结果")
    sheets = fields.Int(required=True, label="收回票数")
    overall = fields.Dict(keys=fields.Str(), values=fields.Int(), required=True, label="综合测评")
    attitude = fields.Dict(keys=fields.Str(), values=fields.Int(), required=True, label="办理态度")
    way = fields.Dict(keys=fields.Str(), values=fields.Int(), required=True, label="办理方式")
    effect = fields.Dict(keys=fields.Str(), values=fields.Int(), required=True, label="办理效果")
    comments = fields.Text(label="测评意见")


class Meeting(Schema):
    """When the measurement is held, and which bodies of the district's and streets' congresses are asked."""

    title = fields.Str(required=True, label="名称")
    held_on = fields.Date(required=True, label="召开日期")
    bodies = fields.List(fields.Organ(), required=True, label="参加测评的区、街镇人大", relation="body")


class Listed(Schema):
    """A suggestion that joins the list of a measurement."""

    suggestion = fields.MatterNumber(required=True, label="建议")


class MeetingPayload(Schema):
    """What a measurement keeps beside its forms."""

    listed = fields.List(fields.MatterNumber(), label="测评的建议")


class Cancelled(Schema):
    """Why a measurement is not held."""

    cancelled_for = fields.Text(required=True, label="取消原因")


class Sheet(Schema):
    """Whose sheet about which suggestion: the proposing deputy's or a body's."""

    about = fields.MatterNumber(required=True, label="所测评的建议")
    rater = fields.Person(label="测评代表", relation="rater")
    body = fields.Organ(label="测评单位", relation="rating-body")


class Marks(Schema):
    """What a sheet says."""

    attitude = fields.Choice(GRADES, required=True, label="办理态度")
    way = fields.Choice(GRADES, required=True, label="办理方式")
    effect = fields.Choice(GRADES, required=True, label="办理效果")
    level = fields.Choice(LEVELS, required=True, label="综合测评")
    comment = fields.Text(label="意见")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """The lowest grade of anything wants a reason."""
        low = values["level"] == "不满意" or "差" in [values[aspect] for aspect in ASPECTS]
        return {"comment": RendaError("handling_rating.reason")} if low and not values.get("comment") else {}


class Absence(Schema):
    """Why a sheet stays empty."""

    absent_for = fields.Text(required=True, label="未测评的原因")


class Study(Schema):
    """Why a suggestion is studied."""

    study_of = fields.Text(required=True, label="专题调研的缘由")


class StudyReport(Schema):
    """Who took part, what was found, what has to be put right."""

    took_part = fields.Text(required=True, label="参加人员", hint="提出建议的代表、办理部门、相关街镇人大")
    found = fields.Text(required=True, label="问题所在")
    demanded = fields.Text(required=True, label="整改要求")


class Rectified(Schema):
    """What the organ put right."""

    rectified = fields.Text(required=True, label="整改情况")


class SentBack(Schema):
    """Why it is not enough."""

    wanting = fields.Text(required=True, label="不足之处")


class StudyPayload(Schema):
    """What a study keeps beside its forms."""

    reported_on = fields.Date(label="整改起算日")
