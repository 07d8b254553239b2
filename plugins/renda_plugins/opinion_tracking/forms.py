"""What people fill in about a deliberation opinion, from compiling it to closing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "opinion_tracking.owners": "写明了 {owners} 个责任单位,意见有 {opinions} 条。每条写一个,或者都不写(由牵头单位办理)。"
    }
)


class Compiled(Schema):
    """What a sitting said on one topic, point by point, and who has to act on it."""

    title = fields.Str(required=True, label="议题")
    sort = fields.Choice(of="sorts", required=True, label="监督方式")
    sitting = fields.Str(required=True, label="会议")
    held_on = fields.Date(required=True, label="会议日期")
    organ = fields.Organ(required=True, label="牵头办理单位", relation="assignee")
    opinions = fields.List(fields.Text(), required=True, label="审议意见")
    owners = fields.List(fields.Organ(), label="各条责任单位", relation="owner")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """One owner for each point, or none."""
        owners, opinions = len(values.get("owners") or ()), len(values["opinions"])
        if owners not in {0, opinions}:
            return {"owners": RendaError("opinion_tracking.owners", owners=owners, opinions=opinions)}
        return {}


class Tracked(Schema):
    """One act of tracking."""

    note = fields.Text(required=True, label="督办情况")
    day = fields.Date(required=True, label="日期")


class OpinionPayload(Schema):
    """What an opinion keeps beside its forms."""

    due = fields.Date(label="办理期限")
    first_due = fields.Date(label="最初的办理期限")
    first_reported_on = fields.Date(label="首次报告日")
    reported_on = fields.Date(label="报告日")
    approved_on = fields.Date(label="审定日")
    tracked = fields.List(fields.Nested(Tracked), label="督办记录")
    rounds = fields.Int(label="测评次数")
    graded_on = fields.Date(label="测评日")


class Tracking(Schema):
    """What was seen or said while it was handled."""

    note = fields.Text(required=True, label="督办情况")


class Report(Schema):
    """The organ's report: a result for each point still open, in their order."""

    results = fields.List(fields.Text(), required=True, label="各条办理结果")
    document = fields.Str(required=True, label="处理情况报告")


class Check(Schema):
    """What the task force found; the weak points are handled again if the measurement fails."""

    checked = fields.Text(required=True, label="问效情况")
    weak = fields.List(fields.Int(), label="薄弱的意见序号")


class SendBack(Schema):
    """Which points are not handled, and why."""

    numbers = fields.List(fields.Int(), required=True, label="退回的意见序号")
    wanting = fields.Text(required=True, label="退回理由")


class Extension(Schema):
    """Until when, and why."""

    extended_until = fields.Date(required=True, label="延长至")
    extended_for = fields.Text(required=True, label="延期理由")


class Listing(Schema):
    """The sitting's measurement an opinion is put to."""

    batch = fields.MatterNumber(required=True, label="测评批次")


class Batch(Schema):
    """A sitting that deliberates on how opinions were handled and measures it."""

    title = fields.Str(required=True, label="名称")
    held_on = fields.Date(required=True, label="会议日期")
    listed = fields.List(fields.MatterNumber(), required=True, label="审议意见")


class Item(Schema):
    """One point of an opinion."""

    number = fields.Int(required=True, label="序号")
    text = fields.Text(required=True, label="意见")
    owner = fields.Organ(required=True, label="责任单位", relation="assignee")
    due = fields.Date(label="办理期限")


class Postponed(Schema):
    """Until when a point is to be handled now."""

    due = fields.Date(required=True, label="办理期限")


class Linking(Schema):
    """The deputies' suggestion, or the other opinion, that asks for the same as a point."""

    elsewhere = fields.MatterNumber(required=True, label="并入的建议或审议意见")
    linked_for = fields.Text(required=True, label="并入的理由")


class Result(Schema):
    """What was done about it."""

    result = fields.Text(required=True, label="办理结果")


class Carrying(Schema):
    """Why it cannot be done this year, and when it will be."""

    carried_for = fields.Text(required=True, label="转跨年的理由")
    carried_until = fields.Date(required=True, label="办理至")
