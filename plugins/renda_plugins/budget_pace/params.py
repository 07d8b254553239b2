"""What a district's file says of the pace of its budget: bands, the run that leads to a review, panel, clocks."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "budget_pace.bands": "预警档次的起点应从低到高、各不相同、都大于 0,现为 {starts}。",
        "budget_pace.review_at": "评审起点 {review_at} 低于第一档的起点 {first}。没有预警就谈不上连续预警。",
        "budget_pace.running": "连续次数应为 2 至 4,现为 {running}。一年只有四个季度。",
        "budget_pace.schedule": "四个季度的计划进度应依次不减、在 0 至 100 之间,现为 {schedule}。",
        "budget_pace.columns": "“{one}”和“{other}”用了同一个表头“{heading}”。",
        "budget_pace.panel_size": "评审组人数应大于 0,现为 {size}。",
    }
)

MODES = {"points": "百分点之差", "relative": "占计划进度的比例"}


class Band(Schema):
    """A band of warning: from which gap on (inclusive), and what it is called."""

    at_least = fields.Decimal(required=True, label="起点")
    label = fields.Str(required=True, label="名称")


class Columns(Schema):
    """What the finance bureau's table calls the columns that are read; all others are passed over."""

    code = fields.Str(load_default="项目编码", label="项目编码")
    budget = fields.Str(load_default="年初预算", label="年初预算")
    adjustment = fields.Str(load_default="预算调整", label="预算调整")
    carried = fields.Str(label="上年结转", hint="不写则表里没有这一列")
    planned = fields.Str(load_default="计划进度", label="计划进度")
    paid = fields.Str(load_default="累计支出", label="累计支出")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Every column has a heading of its own."""
        seen: dict[str, str] = {}
        for name, heading in values.items():
            if heading in seen:
                one, other = self.label_of(seen[heading]), self.label_of(name)
                return {name: RendaError("budget_pace.columns", one=one, other=other, heading=heading)}
            seen[heading] = name
        return {}


class PaceParams(Schema):
    """What a district's file says."""

    mode = fields.Choice(MODES, load_default="points", label="差额算法")
    bands = fields.List(fields.Nested(Band), required=True, label="预警档次")
    review_at = fields.Decimal(required=True, label="评审起点")
    running = fields.Int(required=True, label="连续次数")
    schedule = fields.List(fields.Decimal(), required=True, label="各季度计划进度")
    columns = fields.Nested(Columns, load_default=lambda: dict(Columns().load({})), label="财政表的表头")
    explanation = fields.Span(required=True, label="说明期限")
    hearing = fields.Span(required=True, label="汇报期限")
    cut_within = fields.Span(required=True, label="调减期限")
    panel_size = fields.Int(required=True, label="评审组人数")
    copies_to = fields.List(fields.Str(), load_default=list, label="通报抄送")
    published = fields.Bool(load_default=False, label="通报向社会公开")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Bands rise, a review starts at a warning, the plan of four quarters never falls."""
        starts = [band["at_least"] for band in values["bands"]]
        said = "、".join(map(str, starts))
        if not starts or starts[0] <= 0 or any(one >= other for one, other in itertools.pairwise(starts)):
            return {"bands": RendaError("budget_pace.bands", starts=said)}
        if values["review_at"] < starts[0]:
            first, review_at = starts[0], values["review_at"]
            return {"review_at": RendaError("budget_pace.review_at", review_at=review_at, first=first)}
        if not 2 <= values["running"] <= 4:
            return {"running": RendaError("budget_pace.running", running=values["running"])}
        plan = [0, *values["schedule"], 100]
        if len(plan) != 6 or any(one > other for one, other in itertools.pairwise(plan)):
            told = "、".join(map(str, values["schedule"]))
            return {"schedule": RendaError("budget_pace.schedule", schedule=told)}
        if values["panel_size"] < 1:
            return {"panel_size": RendaError("budget_pace.panel_size", size=values["panel_size"])}
        return {}
