"""What a district's file says about deliberations: their forms, days, numbers, grounds for leaving a topic out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "deliberation.share": "通过的比例应在 0 与 1 之间,现为 {part}/{whole}。",
        "deliberation.least": "“{what}”应不小于 1,现为 {given}。",
    }
)

OUTCOMES = {"handle": "交办解决", "vote": "表决项目"}


class Form(Schema):
    """A form of deliberation, and what becomes of its topics: handled by an owner, or voted on as projects."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")
    outcome = fields.Choice(OUTCOMES, required=True, label="议题的去向")


class Ground(Schema):
    """A ground on which a topic is left out."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="情形")


class DeliberationParams(Schema):
    """What a district's file says."""

    forms = fields.List(fields.Nested(Form), required=True, label="形式")
    sources = fields.List(fields.Str(), required=True, label="议题来源")
    grounds = fields.List(fields.Nested(Ground), required=True, label="不列入的情形")
    screen = fields.Span(required=True, label="筛选期限")
    notice = fields.Span(required=True, label="提前通知")
    deputies_least = fields.Int(required=True, label="至少几名代表参加")
    topics_most = fields.Int(required=True, label="一次最多几个议题")
    pass_part = fields.Int(load_default=1, label="通过比例的分子")
    pass_whole = fields.Int(load_default=2, label="通过比例的分母")
    handle = fields.Span(required=True, label="办理期限")
    confirm = fields.Span(required=True, label="确认期限")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Numbers of people and topics are some; the share lies between nothing and all."""
        for name in ("deputies_least", "topics_most"):
            if values[name] < 1:
                what = self.fields[name].metadata["label"]
                return {name: RendaError("deliberation.least", what=what, given=values[name])}
        part, whole = values["pass_part"], values["pass_whole"]
        if not 0 < part < whole:
            return {"pass_part": RendaError("deliberation.share", part=part, whole=whole)}
        return {}
