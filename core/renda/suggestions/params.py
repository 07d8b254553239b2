"""What a district decides about suggestions: clocks, grounds, result classes, rounds, who gets the reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import fields
from renda.errors import RendaError, declare
from renda.schema import Schema

SATISFIED, MOSTLY, DISSATISFIED = "满意", "基本满意", "不满意"
LEVELS = (SATISFIED, MOSTLY, DISSATISFIED)

declare(
    {
        "suggestion.longest_reply": "最长答复期限应长于通常的答复期限 {normal},现在是 {longest}。",
        "suggestion.unknown_level": "没有“{level}”这个等级。可选:{allowed}。",
        "suggestion.code_twice": "“{code}”写了两次。每一类只写一次。",
    }
)


class Ground(Schema):
    """One reason for which a suggestion may be refused, with the provision that says so."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="情形")
    source = fields.Str(required=True, label="依据")


class ResultClass(Schema):
    """One class of replies, such as A: solved or adopted."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="含义")
    counts_as_solved = fields.Bool(required=True, label="计入已解决")
    needs_commitment = fields.Bool(load_default=False, label="须写明承诺事项和年份")


class SuggestionParams(Schema):
    """The numbers of the life of a suggestion; a practice adds those of its rating.

    Every clock says its unit. Provisions differ from place to place (重庆、上海、浙江、青岛、北京、山东、河南 have
    each their own), so none has a default.
    """

    office = fields.Str(required=True, label="交办机构", hint="交办单、通知的落款单位")
    screen = fields.Span(required=True, label="审查期限", hint="自提出之日起")
    assign_intersession = fields.Span(required=True, label="闭会期间建议的交办期限", hint="自提出之日起")
    assign_session = fields.Span(required=True, label="会议期间建议的交办期限", hint="自大会闭会之日起")
    receive = fields.Span(required=True, label="签收期限", hint="自交办之日起")
    return_request = fields.Span(required=True, label="申请退回的期限")
    return_from = fields.Choice(
        {"assignment": "自交办之日起", "receipt": "自签收之日起"}, required=True, label="申请退回期限的起算"
    )
    return_stops_clock = fields.Bool(required=True, label="申请退回期间暂停计时")
    reassign = fields.Span(required=True, label="审批退回、重新交办的期限", hint="自申请退回之日起")
    first_contact = fields.Span(required=True, label="首次与代表沟通的期限", hint="自交办之日起")
    contact_before_reply = fields.Bool(required=True, label="答复前须与代表沟通")
    co_handler = fields.Span(required=True, label="会办意见的期限", hint="自交办之日起")
    reply = fields.Span(required=True, label="答复期限", hint="自交办之日起")
    reply_longest = fields.Span(required=True, label="延期后的最长答复期限", hint="自交办之日起")
    evaluate = fields.Span(required=True, label="代表评价期限", hint="自收到答复或落实情况之日起")
    evaluate_after_reminder = fields.Span(required=True, label="催请后的评价期限", hint="自催请之日起")
    nonresponse = fields.Choice(
        {"excluded_after_reminder": "催请后仍未评价的,不计入满意率", "waits": "一直等候代表评价"},
        required=True,
        label="代表不评价的处理",
    )
    implement = fields.Span(required=True, label="报告落实情况的期限", hint="自评价答复之日起;有承诺年份的至当年底")
    redo = fields.Span(required=True, label="二次办理的期限", hint="自评价不满意之日起")
    redo_rounds = fields.Int(required=True, label="二次办理的次数", hint="每个阶段;用尽后由主任会议决定")
    supervise = fields.Span(required=True, label="重点督办建议的督办间隔")
    joint_reply = fields.Choice(
        {"each_signer": "答复每一位联名代表", "lead_only": "只答复领衔代表"}, required=True, label="联名建议的答复对象"
    )
    public_by_default = fields.Bool(required=True, label="默认公开办理情况")
    satisfied_levels = fields.List(fields.Str(), required=True, label="计入满意率的等级")
    categories = fields.List(fields.Str(), required=True, label="建议类别")
    result_classes = fields.List(fields.Nested(ResultClass), required=True, label="答复类别")
    inadmissible_grounds = fields.List(fields.Nested(Ground), required=True, label="不予受理的情形")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Entries that contradict each other: the longest reply, unknown levels, codes given twice."""
        wrong: dict[str, RendaError] = {}
        normal, longest = values["reply"], values["reply_longest"]
        if normal.unit is longest.unit and longest.amount < normal.amount:
            wrong["reply_longest"] = RendaError("suggestion.longest_reply", normal=normal.text, longest=longest.text)
        for level in values["satisfied_levels"]:
            if level not in LEVELS:
                wrong["satisfied_levels"] = RendaError(
                    "suggestion.unknown_level", level=level, allowed="、".join(LEVELS)
                )
        for table in ("result_classes", "inadmissible_grounds"):
            codes = [entry["code"] for entry in values[table]]
            twice = next((code for code in codes if codes.count(code) > 1), None)
            if twice is not None:
                wrong[table] = RendaError("suggestion.code_twice", code=twice)
        return wrong
