"""What a district says of lifts: how many owners have to agree, what is approved by whom, funds, upkeep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "lift_installation.share": "比例应大于 0、不超过 1,分母大于 0,现为 {part}/{whole}。",
        "lift_installation.code_twice": "“{code}”写了两次。每一项只写一次。",
        "lift_installation.subsidy": "补贴比例应在 0 至 1 之间,每台上限不小于 0,现为 {share}、{ceiling}。",
    }
)

BASES = {"taking_part": "参与表决的业主", "all": "全体业主"}
WITHDRAWN = {"against": "按参与表决、没有同意计", "absent": "按没有参与表决计"}


class Share(Schema):
    """A share as two whole numbers; ``strict`` where it has to be exceeded (过半数) and not only reached (以上)."""

    part = fields.Int(required=True, label="分子")
    whole = fields.Int(required=True, label="分母")
    strict = fields.Bool(load_default=False, label="须超过")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A share lies above nothing and is at most all."""
        if 0 < values["part"] <= values["whole"]:
            return {}
        error = RendaError("lift_installation.share", part=values["part"], whole=values["whole"])
        return {"part": error}


class Threshold(Schema):
    """How many owners take part and how many of them agree, each counted by heads and by area."""

    taking_part = fields.Nested(Share, load_default=None, label="参与表决", hint="不写则不要求")
    agreeing = fields.Nested(Share, required=True, label="同意")
    base = fields.Choice(BASES, required=True, label="同意的基数")


class Approval(Schema):
    """One of the approvals the window collects."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="审批")


class Subsidy(Schema):
    """What the government gives at most: a share of the works, and a ceiling for one lift."""

    source = fields.Str(required=True, label="资金来源中的补贴")
    share = fields.Decimal(required=True, label="占施工金额的比例")
    ceiling = fields.Decimal(required=True, label="每台上限(万元)")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A share is a share."""
        if 0 <= values["share"] <= 1 and values["ceiling"] >= 0:
            return {}
        said = {"share": values["share"], "ceiling": values["ceiling"]}
        return {"share": RendaError("lift_installation.subsidy", **said)}


class LiftParams(Schema):
    """The whole rule of a district."""

    building = fields.Nested(Threshold, required=True, label="本门洞业主的比例")
    estate = fields.Nested(Threshold, required=True, label="占用小区共有部分时小区业主的比例")
    withdrawn = fields.Choice(WITHDRAWN, required=True, label="撤回同意的业主")
    notice = fields.Span(required=True, label="公示期")
    review = fields.Span(required=True, label="联合审查期限")
    approvals = fields.List(fields.Nested(Approval), required=True, label="联合审查的审批")
    fund_sources = fields.List(fields.Str(), required=True, label="资金来源")
    subsidy = fields.Nested(Subsidy, required=True, label="政府补贴")
    stages = fields.List(fields.Str(), required=True, label="施工阶段")
    upkeep = fields.Span(required=True, label="维护保养的间隔")
    inspection = fields.Span(required=True, label="定期检验的间隔")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Approvals stand once."""
        codes = [each["code"] for each in values["approvals"]]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        return {} if twice is None else {"approvals": RendaError("lift_installation.code_twice", code=twice)}
