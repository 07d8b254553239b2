"""What the forms of a suggestion and of its assignments hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import fields
from renda.errors import RendaError, declare
from renda.schema import Schema

declare({"suggestion.commitment_whole": "承诺事项和承诺年份须一并填写。"})

SESSIONS = {"session": "会议期间", "intersession": "闭会期间"}
CONTACT_WAYS = {"visit": "走访", "meeting": "座谈", "phone": "电话", "talk": "面商"}
DECISIONS = {"focus": "列为重点督办,再次办理", "carry_over": "跨年督办", "accept": "说明成立,不再办理"}


class Draft(Schema):
    """What a deputy proposes, and with whom."""

    title = fields.Str(required=True, label="标题")
    facts = fields.Text(required=True, label="事由")
    wanted = fields.Text(required=True, label="具体建议")
    category = fields.Choice(of="categories", required=True, label="类别")
    session = fields.Choice(SESSIONS, required=True, label="提出时间")
    proposer = fields.Deputy(required=True, label="领衔代表", relation="proposer")
    invited = fields.List(fields.Deputy(), label="邀请附议的代表", relation="invited")
    secret = fields.Bool(label="涉密", hint="不列入清单,不公开,只有提出人、承办单位和工作人员能看")
    public = fields.Bool(label="同意公开")


class Motion(Schema):
    """A motion (议案) that is handled as a suggestion by decision of the presidium or the committee."""

    title = fields.Str(required=True, label="标题")
    facts = fields.Text(required=True, label="事由")
    wanted = fields.Text(required=True, label="具体建议")
    category = fields.Choice(of="categories", required=True, label="类别")
    session = fields.Choice(SESSIONS, required=True, label="提出时间")
    proposer = fields.Deputy(required=True, label="领衔代表", relation="proposer")
    co_signers = fields.List(fields.Deputy(), label="附议代表", relation="co-signer")
    motion = fields.Str(required=True, label="原议案编号")
    public = fields.Bool(label="同意公开")


class Revision(Schema):
    """The text after it was sent back, or after it came from what people told."""

    title = fields.Str(required=True, label="标题")
    facts = fields.Text(required=True, label="事由")
    wanted = fields.Text(required=True, label="具体建议")
    category = fields.Choice(of="categories", label="类别", hint="不填则不变")


class Admission(Schema):
    """What the clerk adds when a suggestion is taken up."""

    congress_closed_on = fields.Date(label="大会闭会日", hint="会议期间提出的建议自这一天起计算交办期限")


class Refusal(Schema):
    """Why a suggestion is not taken up: one of the grounds of the rule, and how it applies."""

    ground = fields.Choice(of="inadmissible_grounds", required=True, label="不予受理的情形")
    refusal_note = fields.Text(required=True, label="说明")


class SendBack(Schema):
    """What is to be improved."""

    wanting = fields.Text(required=True, label="须修改之处")


class Withdrawal(Schema):
    """A written withdrawal."""

    withdrawal_letter = fields.Text(required=True, label="书面撤回的内容")


class Assigning(Schema):
    """Which organs handle the suggestion, and how."""

    mode = fields.Choice({"lead": "主办、会办", "separate": "分别办理"}, required=True, label="办理方式")
    leads = fields.List(fields.Organ(), required=True, label="主办(分别办理)单位", relation="lead")
    co_handlers = fields.List(fields.Organ(), label="会办单位", relation="co-handler")


class Merging(Schema):
    """The suggestion another one is handled with."""

    into = fields.MatterNumber(required=True, label="并入的建议")


class Joining(Schema):
    """What the receiving suggestion learns of a merged one."""

    joined = fields.MatterNumber(required=True, label="并入的建议")


class Exchange(Schema):
    """One organ in place of another; without a new one the old one is let go."""

    part = fields.Str(required=True, label="办理责任")
    old = fields.Organ(required=True, label="原承办单位")
    new = fields.Organ(label="新承办单位")


class Completion(Schema):
    """What the replies together amount to."""

    result_class = fields.Choice(of="result_classes", label="答复类别")


class LeaveUnrated(Schema):
    """Why a stage stays without a rating."""

    unrated_note = fields.Text(required=True, label="不计评价的原因")


class Decision(Schema):
    """What the chairpersons' meeting decides after the rounds are used up."""

    decision = fields.Choice(DECISIONS, required=True, label="决定")
    decision_note = fields.Text(required=True, label="理由")
    carry_until = fields.Date(label="跨年督办至")


class Focusing(Schema):
    """Who leads the supervision of a chosen suggestion."""

    focus_leader = fields.Person(required=True, label="领衔督办", relation="supervisor")


class Supervising(Schema):
    """What was done to press for a result."""

    supervision = fields.Text(required=True, label="督办情况")


class Succession(Schema):
    """Who takes the lead after the first proposer."""

    successor = fields.Deputy(required=True, label="接任领衔的附议代表")


class Assigned(Schema):
    """An organ's part in a suggestion."""

    organ = fields.Organ(required=True, label="承办单位", relation="assignee")
    part = fields.Choice({"lead": "主办", "co": "会办", "separate": "分别办理"}, required=True, label="办理责任")


class Returning(Schema):
    """Why an organ is not the right one, and which would be."""

    return_reason = fields.Text(required=True, label="退回理由")
    proposed_organ = fields.Organ(label="建议改交的单位")


class Transfer(Schema):
    """Who handles it instead; a co-handler may be let go without one."""

    to_organ = fields.Organ(label="改交单位")
    transfer_note = fields.Text(label="说明")


class Renaming(Schema):
    """The organ that takes over all duties of a dissolved or renamed one."""

    new_organ = fields.Organ(required=True, label="承接单位")
    change_note = fields.Text(required=True, label="调整依据")


class ReturnRefused(Schema):
    """Why the organ has to keep it."""

    return_refusal = fields.Text(required=True, label="驳回理由")


class Contact(Schema):
    """How the deputy was consulted, and what was said."""

    contact_way = fields.Choice(CONTACT_WAYS, required=True, label="沟通方式")
    contact_note = fields.Text(required=True, label="沟通情况")


class Opinion(Schema):
    """What a co-handling organ tells the lead."""

    opinion = fields.Text(required=True, label="会办意见")


class Extending(Schema):
    """Why more time is needed, and how much."""

    extension_months = fields.Int(required=True, label="申请延长的月数")
    extension_reason = fields.Text(required=True, label="延期理由")


class Reply(Schema):
    """The reply to the deputy."""

    result_class = fields.Choice(of="result_classes", required=True, label="答复类别")
    reply_text = fields.Text(required=True, label="答复内容")
    signed_by = fields.Str(required=True, label="签发负责人")
    commitment = fields.Text(label="承诺事项")
    commitment_year = fields.Year(label="承诺年份")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A commitment without its year, or a year without what is promised."""
        if bool(values.get("commitment")) != bool(values.get("commitment_year")):
            return {"commitment_year": RendaError("suggestion.commitment_whole")}
        return {}


class Progress(Schema):
    """What has been carried out of the reply."""

    progress = fields.Text(required=True, label="落实情况")


class RedoOrder(Schema):
    """What is to be handled again, why, and where the chairpersons' meeting says so, until when."""

    redo_stage = fields.Str(required=True, label="二次办理的阶段")
    redo_reason = fields.Text(required=True, label="二次办理的原因")
    redo_until = fields.Date(label="二次办理至")


class SecondReply(Schema):
    """The result of handling again."""

    second_reply = fields.Text(required=True, label="二次办理的结果")
    signed_by = fields.Str(required=True, label="签发负责人")
