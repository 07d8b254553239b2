"""What people fill in: the plan of a term, a year's accounts, its reports, problems and their rectification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "state_assets.years": "规划自 {since} 年至 {until} 年:每年一个主题,现在写的是 {given}。",
        "state_assets.amount": "金额和数量不能小于 0,现为 {given}。",
    }
)

SOURCES = {"audit": "审计发现", "committee": "常委会调研", "deputy": "代表反映", "self": "自查"}
VERDICTS = {"done": "整改到位", "again": "退回再整改"}


class Topic(Schema):
    """What the special report of a year is about; ``all`` where the general one is heard instead."""

    year = fields.Year(required=True, label="年度")
    topic = fields.Str(required=True, label="专项主题", hint="类别的代码;届末综合报告写 all")


class Plan(Schema):
    """The plan of a term: each year one category in turn."""

    since = fields.Year(required=True, label="起始年度")
    until = fields.Year(required=True, label="终止年度")
    topics = fields.List(fields.Nested(Topic), required=True, label="各年主题")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Every year of the plan has one topic."""
        years = [each["year"] for each in values["topics"]]
        if sorted(years) == list(range(values["since"], values["until"] + 1)):
            return {}
        given = "、".join(map(str, years))
        return {"topics": RendaError("state_assets.years", since=values["since"], until=values["until"], given=given)}


class Adjustment(Schema):
    """Another topic for a year, and why."""

    year = fields.Year(required=True, label="年度")
    topic = fields.Str(required=True, label="改为的主题")
    adjusted_for = fields.Text(required=True, label="调整理由")


class Year(Schema):
    """A year to be reported, and who reports."""

    year = fields.Year(required=True, label="年度")
    reporter = fields.Organ(required=True, label="综合报告机关", relation="reporter")
    special = fields.Organ(required=True, label="专项报告机关", relation="special")


class YearPayload(Schema):
    """What a year keeps beside its forms."""

    topic = fields.Str(label="专项主题")
    grade = fields.Str(label="整改测评")
    again_by = fields.Date(label="再次整改期限")
    rounds = fields.Int(label="整改测评次数")


class Amount(Schema):
    """What one measure stood at, at both ends of the year."""

    measure = fields.Str(required=True, label="指标", hint="指标的代码")
    opening = fields.Decimal(required=True, label="年初数")
    closing = fields.Decimal(required=True, label="年末数")


class Account(Schema):
    """A category's account of the year."""

    category = fields.Choice(of="categories", required=True, label="类别")
    keeper = fields.Organ(required=True, label="填报单位", relation="keeper")
    amounts = fields.List(fields.Nested(Amount), required=True, label="各项指标")
    because = fields.Text(label="年初数调整说明", hint="年初数与上年年末数不同的必须填写")


class AccountPayload(Schema):
    """What an account keeps beside its forms."""

    registrar = fields.Str(label="登记人")


class Corrected(Schema):
    """The account once more, after it was returned."""

    amounts = fields.List(fields.Nested(Amount), required=True, label="各项指标")
    because = fields.Text(label="年初数调整说明")


class Returned(Schema):
    """Why an account is returned."""

    returned_for = fields.Text(required=True, label="退回理由")


class Report(Schema):
    """A report of the government, in short."""

    report = fields.Text(required=True, label="综合报告要点")


class Special(Schema):
    """The report on one category."""

    special_report = fields.Text(required=True, label="专项报告要点")


class Review(Schema):
    """What the standing committee made of both."""

    sitting = fields.Str(required=True, label="审议的会议")
    opinion = fields.Text(required=True, label="审议意见")


class Put(Schema):
    """In which sitting the rectification is measured, and what is said of it."""

    measured_at = fields.Str(required=True, label="测评的会议")
    put_with = fields.Text(required=True, label="整改情况要点")


class Again(Schema):
    """Why a problem that was put right has to be put right again."""

    again_for = fields.Text(required=True, label="重新整改的要求")


class Problem(Schema):
    """Something wrong with the keeping of state assets, and who has to put it right."""

    title = fields.Str(required=True, label="问题")
    source = fields.Choice(SOURCES, required=True, label="来源")
    category = fields.Choice(of="categories", required=True, label="类别")
    organ = fields.Organ(required=True, label="整改单位", relation="assignee")
    detail = fields.Text(required=True, label="情况")
    amount = fields.Decimal(label="涉及金额(万元)")
    due = fields.Date(label="整改期限", hint="不填则按规定期限")
    carried_from = fields.MatterNumber(label="转自上年问题", hint="由系统填写")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """An amount is one."""
        amount = values.get("amount")
        return {"amount": RendaError("state_assets.amount", given=amount)} if amount is not None and amount < 0 else {}


class Rectification(Schema):
    """What was done about it: money brought back, rules made."""

    rectified_with = fields.Text(required=True, label="整改情况")
    recovered = fields.Decimal(load_default=0, label="挽回金额(万元)")
    rules = fields.Int(load_default=0, label="建立制度(项)")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Nothing less than nothing is brought back."""
        low = [name for name in ("recovered", "rules") if values[name] < 0]
        return {name: RendaError("state_assets.amount", given=values[name]) for name in low}


class Verdict(Schema):
    """Whether it is put right."""

    verdict = fields.Choice(VERDICTS, required=True, label="核查结论")
    checked_with = fields.Text(required=True, label="核查情况")


class Lasting(Schema):
    """Why it takes longer, and what is planned."""

    lasting_for = fields.Text(required=True, label="持续整改的理由和计划")
