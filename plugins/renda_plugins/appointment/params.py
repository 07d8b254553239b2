"""What a district's file says of appointing: who nominates, the exam, the vote, the oath, what failing means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "appointment.pass_mark": "合格线 {value} 应在 0 至满分 {full} 之间。",
        "appointment.resits": "补考次数应不小于 0,现为 {value}。",
        "appointment.failures_most": "未获通过的上限应不小于 1 次,现为 {value}。",
        "appointment.twice": "{what}里 {code} 出现了两次。编号不能重复。",
    }
)


class Named(Schema):
    """Who may nominate, a branch of state, an exam paper."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")


class AppointmentParams(Schema):
    """One version of the rule."""

    term_since = fields.Date(required=True, label="本届起算日")
    nominators = fields.List(fields.Nested(Named), required=True, label="提请人")
    branches = fields.List(fields.Nested(Named), required=True, label="机关类别")
    motion_before = fields.Span(required=True, label="任免案在会前提出")
    papers = fields.List(fields.Nested(Named), required=True, label="试卷")
    full = fields.Decimal(required=True, label="考试满分")
    pass_mark = fields.Decimal(required=True, label="合格线")
    resits = fields.Int(required=True, label="补考次数")
    vote = fields.CountingRule("motion", required=True, label="表决规则")
    failures_most = fields.Int(required=True, label="连续几次未获通过不再提名")
    wait = fields.Span(label="未获通过后再次提名的间隔")
    order = fields.Bool(load_default=False, label="同一职务先免后任、同一人先任后免")
    oath = fields.Span(required=True, label="宪法宣誓期限")
    copies_to = fields.List(fields.Str(), load_default=list, label="任免通知抄送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """The exam can be passed, failing has an end, codes stand once."""
        if not 0 <= values["pass_mark"] <= values["full"]:
            wrong = RendaError("appointment.pass_mark", value=values["pass_mark"], full=values["full"])
            return {"pass_mark": wrong}
        if values["resits"] < 0:
            return {"resits": RendaError("appointment.resits", value=values["resits"])}
        if values["failures_most"] < 1:
            return {"failures_most": RendaError("appointment.failures_most", value=values["failures_most"])}
        for entry in ("nominators", "branches", "papers"):
            codes = [each["code"] for each in values[entry]]
            twice = next((code for code in codes if codes.count(code) > 1), None)
            if twice is not None:
                what = self.fields[entry].metadata["label"]
                return {entry: RendaError("appointment.twice", what=what, code=twice)}
        return {}
