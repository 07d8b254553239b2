"""The two kinds of matters: a suggestion, and inside it one assignment for each organ; and what they keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import fields
from renda.kinds import Kind
from renda.matter import Matter
from renda.schema import Schema
from renda.suggestions.forms import CONTACT_WAYS

ANSWER, IMPLEMENTATION = "answer", "implementation"
STAGES = {ANSWER: "答复", IMPLEMENTATION: "办理落实"}
ANSWERING = ("lead", "separate")
PARTS = {"lead": "主办", "co": "会办", "separate": "分别办理"}


class Rating(Schema):
    """One rating by the proposer, as it was given."""

    stage = fields.Choice(STAGES, required=True, label="阶段")
    level = fields.Str(required=True, label="等级")
    grade = fields.Str(label="档次")
    reason = fields.Text(label="理由")
    day = fields.Date(required=True, label="日期")


class Talk(Schema):
    """One talk of an organ with the proposer."""

    way = fields.Choice(CONTACT_WAYS, required=True, label="方式")
    note = fields.Text(required=True, label="情况")
    day = fields.Date(required=True, label="日期")


class Stop(Schema):
    """Days on which the clock stood still, both included."""

    since = fields.Date(required=True, label="自")
    until = fields.Date(required=True, label="至")


class Effort(Schema):
    """One act of supervision."""

    note = fields.Text(required=True, label="情况")
    day = fields.Date(required=True, label="日期")


class SuggestionPayload(Schema):
    """What a suggestion holds beside its forms."""

    filed_on = fields.Date(label="提出日")
    co_signers = fields.List(fields.Deputy(), label="附议代表", relation="co-signer")
    joint_proposers = fields.List(fields.Deputy(), label="并案建议的代表", relation="joint-proposer")
    merged = fields.List(fields.MatterNumber(), label="已并入本件的建议")
    consents = fields.List(fields.Person(), label="已书面同意撤回的人员")
    ratings = fields.List(fields.Nested(Rating), label="历次评价")
    redo_of = fields.Choice(STAGES, label="正在二次办理的阶段")
    answer_rounds = fields.Int(label="答复二次办理次数")
    implementation_rounds = fields.Int(label="落实二次办理次数")
    answer_unrated = fields.Bool(label="答复不计评价")
    implementation_unrated = fields.Bool(label="落实不计评价")
    delivered_on = fields.Date(label="送达代表日")
    reminded_on = fields.Date(label="催请评价日")
    focus = fields.Bool(label="重点督办")
    focus_since = fields.Date(label="重点督办起始日")
    efforts = fields.List(fields.Nested(Effort), label="督办记录")


class AssignmentPayload(Schema):
    """What an assignment holds beside its forms."""

    former_organ = fields.Organ(label="原承办单位")
    reply_due = fields.Date(label="答复到期日")
    received_on = fields.Date(label="签收日")
    return_asked_on = fields.Date(label="申请退回日")
    stops = fields.List(fields.Nested(Stop), label="暂停计时")
    extended = fields.Bool(label="已批准延期")
    contacts = fields.List(fields.Nested(Talk), label="沟通记录")
    replied_on = fields.Date(label="答复日")
    days_late = fields.Int(label="逾期天数")
    redo_from = fields.Date(label="二次办理起始日")
    began_on = fields.Date(label="落实起始日")


SUGGESTION = Kind(
    "suggestion",
    "代表建议",
    {
        "signing": "待确认附议",
        "filed": "待审查",
        "revising": "退回修改",
        "accepted": "待交办",
        "handling": "办理中",
        "answered": "待评价答复",
        "redoing": "二次办理中",
        "implementing": "落实中",
        "implemented": "待评价落实",
        "deciding": "待主任会议决定",
        "inadmissible": "不予受理",
        "merged": "已并案",
        "withdrawn": "已撤回",
        "closed": "办结",
    },
    frozenset({"inadmissible", "merged", "withdrawn", "closed"}),
    SuggestionPayload,
)
ASSIGNMENT = Kind(
    "assignment",
    "承办件",
    {
        "delivered": "待签收",
        "received": "办理中",
        "returning": "申请退回",
        "extending": "申请延期",
        "answered": "已答复",
        "redoing": "二次办理中",
        "implementing": "落实中",
        "implemented": "已报告落实",
        "opined": "已提会办意见",
        "transferred": "已改交",
        "cancelled": "终止承办",
    },
    frozenset({"opined", "transferred", "cancelled"}),
    AssignmentPayload,
    within="suggestion",
)
RELATIONS: Mapping[str, str] = {
    "invited": "受邀附议的代表",
    "joint-proposer": "并案建议的代表",
    "lead": "主办单位",
    "co-handler": "会办单位",
    "supervisor": "领衔督办人",
}


def last_rating(matter: Matter, stage: str) -> Mapping[str, Any] | None:
    """The rating of a stage that holds: the last one given, or None."""
    found = [each for each in matter.payload.get("ratings") or () if each["stage"] == stage]
    return found[-1] if found else None


def level_of(matter: Matter, stage: str) -> str | None:
    """满意, 基本满意 or 不满意 at a stage; None where it has not been rated."""
    rating = last_rating(matter, stage)
    return None if rating is None else str(rating["level"])


def overall_level(matter: Matter) -> str | None:
    """The worse of the two stages' levels, None until both are rated."""
    levels = [level_of(matter, stage) for stage in STAGES]
    order = ("满意", "基本满意", "不满意")
    return None if None in levels else max((level for level in levels if level), key=order.index)


def outermost(matter: Matter) -> Matter:
    """The suggestion around what lies in it, however deep; an account is its own."""
    while matter.parent is not None:
        matter = matter.parent
    return matter


def is_secret(matter: Matter) -> bool:
    """Whether the suggestion, or the one around a matter, is secret."""
    return bool(outermost(matter).payload.get("secret"))
