"""What a district says of its state assets: the categories with what is counted in each, when reports are due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "state_assets.code_twice": "“{code}”写了两次。每一项只写一次。",
        "state_assets.balance_measures": "“{category}”要核对平衡,指标里须有 assets、liabilities、equity。",
        "state_assets.passing": "整改测评通过的等次应取自测评规则的等次,至少一个:现为 {passing},测评规则有 {grades}。",
        "state_assets.report_day": "报告的最后一天应为某月某日,现为 {month} 月 {day} 日。",
    }
)

BALANCES = {"exact": "资产减负债等于净资产", "at_most": "国有权益不超过资产减负债", "none": "不核对"}
ALL = "all"
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Measure(Schema):
    """One thing an account states, with its unit."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="指标")
    unit = fields.Str(required=True, label="单位")


class Category(Schema):
    """A category of state assets: what is stated of it and how it has to balance."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="类别")
    balance = fields.Choice(BALANCES, required=True, label="平衡关系")
    measures = fields.List(fields.Nested(Measure), required=True, label="指标")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Measures stand once; what has to balance is there."""
        codes = [each["code"] for each in values["measures"]]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            return {"measures": RendaError("state_assets.code_twice", code=twice)}
        if values["balance"] != "none" and not {"assets", "liabilities", "equity"} <= set(codes):
            return {"measures": RendaError("state_assets.balance_measures", category=values["label"])}
        return {}


class ReportDay(Schema):
    """The last day of the following year on which a year may be reported."""

    month = fields.Int(required=True, label="月")
    day = fields.Int(required=True, label="日")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A day every year has."""
        month, day = values["month"], values["day"]
        if 1 <= month <= 12 and 1 <= day <= DAYS[month - 1]:
            return {}
        return {"day": RendaError("state_assets.report_day", month=month, day=day)}


class AssetParams(Schema):
    """The whole rule of a district."""

    categories = fields.List(fields.Nested(Category), required=True, label="国有资产类别")
    report_by = fields.Nested(ReportDay, required=True, label="报告的最后一天", hint="次年的某月某日")
    rectify = fields.Span(required=True, label="整改期限")
    total_of = fields.Str(required=True, label="汇总的指标", hint="各类别都有的指标的代码,例如 assets")
    report_to = fields.List(fields.Str(), load_default=list, label="结果报送")
    published = fields.Bool(load_default=False, label="结果公开")
    measurement = fields.CountingRule("measurement", load_default=None, label="整改满意度测评规则", hint="不写则不测评")
    passing = fields.List(fields.Str(), load_default=list, label="整改测评通过的等次", hint="其余等次的再次整改并测评")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Categories stand once; what is measured can be passed, by grades the rule gives."""
        codes = [each["code"] for each in values["categories"]]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            return {"categories": RendaError("state_assets.code_twice", code=twice)}
        rule = values["measurement"]
        grades = [] if rule is None else [each["grade"] for each in rule.get("grades", ())]
        unknown = [each for each in values["passing"] if each not in grades]
        if unknown or (rule is not None and not values["passing"]):
            said: dict[str, Any] = {
                "passing": "、".join(values["passing"]) or "(空)",
                "grades": "、".join(grades) or "(空)",
            }
            return {"passing": RendaError("state_assets.passing", **said)}
        return {}
