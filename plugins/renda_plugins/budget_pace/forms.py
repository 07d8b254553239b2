"""What people fill in, from the quarter's table to the review of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "budget_pace.quarter": "季度应为 1 至 4,现为 {quarter}。",
        "budget_pace.amount_missing": "说明不成立或不充分的,要写明建议核减多少。",
        "budget_pace.amount_idle": "说明成立的不核减;请把核减金额留空。",
    }
)

CONCLUSIONS = {"accepted": "成立", "insufficient": "不充分", "rejected": "不成立"}


class Quarter(Schema):
    """Which quarter is told, with figures up to which day, and the finance bureau that gives them."""

    year = fields.Year(required=True, label="年度")
    quarter = fields.Int(required=True, label="季度", hint="1 至 4")
    as_of = fields.Date(required=True, label="数据截止")
    finance = fields.Organ(required=True, label="财政部门", relation="finance")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A year has four quarters."""
        if not 1 <= values["quarter"] <= 4:
            return {"quarter": RendaError("budget_pace.quarter", quarter=values["quarter"])}
        return {}


class Table(Schema):
    """The finance bureau's table, headings included."""

    table = fields.Table(
        of="columns",
        required=True,
        label="进度表",
        hint="从财政部门的表格连同表头整块复制,粘贴在这里;金额以元计。",
    )


class Figures(Schema):
    """What a quarter knows of a project's money: amounts in yuan since the year began, the plan in per cent."""

    budget = fields.Decimal(required=True, label="年初预算(元)")
    adjustment = fields.Decimal(required=True, label="预算调整(元)", hint="调减写负数")
    carried = fields.Decimal(load_default=Decimal(0), label="上年结转(元)", hint="结转到本年使用的资金,计入预算")
    planned = fields.Decimal(required=True, label="计划进度(%)")
    paid = fields.Decimal(required=True, label="累计支出(元)")


class Pace(Figures):
    """A project's figures in a quarter."""

    project = fields.Project(required=True, label="项目", relation="project")


class Correction(Figures):
    """The figures of a row that was told otherwise before."""

    number = fields.MatterNumber(required=True, label="事项")


class Revision(Figures):
    """Other figures for a project that a circular has told already, and why."""

    revised_for = fields.Text(required=True, label="更正理由")


class QuarterPayload(Schema):
    """What a quarter keeps beside its forms: the rows of the last table that changed what was there."""

    changed = fields.List(fields.Nested(Correction), label="更正的行")
    imported = fields.Int(label="进度表行数")


class PacePayload(Schema):
    """What a pace keeps beside its figures."""

    organ = fields.Organ(label="预算单位", relation="subject")
    band = fields.Str(label="预警档次")


class Explanation(Schema):
    """Why the spending lags behind."""

    explanation = fields.Text(required=True, label="滞后原因")
    remedy = fields.Text(required=True, label="整改措施")


class Grounds(Schema):
    """Why."""

    grounds = fields.Text(required=True, label="理由")


class Unit(Schema):
    """Whose execution is reviewed, and the quarters' rows it is reviewed for."""

    organ = fields.Organ(required=True, label="被评审单位", relation="subject")
    paces = fields.List(fields.MatterNumber(), required=True, label="最近一次预警")


class Statement(Schema):
    """What the unit reports to the panel."""

    statement = fields.Text(required=True, label="汇报情况")


class Question(Schema):
    """A question of the panel and its answer."""

    asked_by = fields.Person(required=True, label="询问人")
    question = fields.Text(required=True, label="询问")
    answer = fields.Text(required=True, label="回答")


class ReviewPayload(Schema):
    """What a review keeps beside its forms."""

    questions = fields.List(fields.Nested(Question), label="询问记录")
    cut_total = fields.Decimal(label="核减合计(万元)")


class Subject(Schema):
    """A project under review, its last warning, and what of its budget is not spent."""

    project = fields.Project(required=True, label="项目", relation="project")
    pace = fields.MatterNumber(required=True, label="最近一次预警")
    unexecuted = fields.Decimal(required=True, label="未执行预算(元)")


class Deliberation(Schema):
    """What the panel finds: who was there, who was for it, whether the explanation holds, and the cut."""

    present = fields.Int(required=True, label="到会评审人数")
    in_favour = fields.Int(required=True, label="赞成人数")
    conclusion = fields.Choice(CONCLUSIONS, required=True, label="对情况说明的认定")
    amount = fields.Decimal(label="建议核减(万元)")
    finding_grounds = fields.Text(required=True, label="认定理由")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """An amount stands where, and only where, the explanation does not hold."""
        accepted = values["conclusion"] == "accepted"
        if accepted and "amount" in values:
            return {"amount": RendaError("budget_pace.amount_idle")}
        if not accepted and "amount" not in values:
            return {"amount": RendaError("budget_pace.amount_missing")}
        return {}


class Cut(Schema):
    """That next year's budget was cut, by which document."""

    cut_amount = fields.Decimal(required=True, label="已调减(万元)")
    cut_document = fields.Str(required=True, label="预算文件")
