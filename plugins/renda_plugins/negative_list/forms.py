"""What people fill in: the year, a deduction, its hearing, its appeal and its review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "negative_list.period": "起日 {since} 晚于止日 {until}。请对调或改正。",
        "negative_list.reduced_missing": "复核减轻时要写明减轻后的扣分。",
        "negative_list.reduced_idle": "只有复核减轻时才写减轻后的扣分;维持或撤销时请留空。",
    }
)

OUTCOMES = {"uphold": "维持", "reduce": "减轻", "revoke": "撤销"}


class Year(Schema):
    """The year a list is applied to, and its days where it is not the calendar year."""

    year = fields.Year(required=True, label="年度")
    since = fields.Date(label="评价期自")
    until = fields.Date(label="评价期至")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """The first day is not after the last."""
        return in_order(values, "since", "until")


class FactPeriod(Schema):
    """The days whose facts draft deductions; without them the year so far."""

    facts_since = fields.Date(label="事实自")
    facts_until = fields.Date(label="事实至")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """The first day is not after the last."""
        return in_order(values, "facts_since", "facts_until")


def in_order(values: Mapping[str, Any], first: str, last: str) -> Mapping[str, RendaError]:
    """A mistake at ``last`` where both days are given the wrong way round."""
    since, until = values.get(first), values.get(last)
    if since is None or until is None or since <= until:
        return {}
    return {last: RendaError("negative_list.period", since=since, until=until)}


class YearPayload(Schema):
    """What a year keeps of the rule it began under."""

    organ_cap = fields.Decimal(label="每单位年度封顶")
    base = fields.Decimal(label="基准分")
    floor = fields.Decimal(label="保底分")


class Draft(Schema):
    """A deduction as proposed; the amount is the item's own where none is given."""

    organ = fields.Organ(required=True, label="被评价单位", relation="subject")
    item = fields.Choice(of="items", required=True, label="清单项")
    occurred_on = fields.Date(required=True, label="发生日期")
    reason = fields.Text(required=True, label="事由")
    amount = fields.Decimal(label="扣分", hint="不填则按清单")
    evidence = fields.List(fields.Text(), label="证据")


class FactDraft(Draft):
    """A deduction drafted from facts, each named so that it is never used twice."""

    facts = fields.List(fields.Str(), required=True, label="所据事实")


class DeductionPayload(Schema):
    """What a deduction keeps of its item."""

    cap = fields.Decimal(label="该项年度封顶")
    item_label = fields.Text(label="清单内容")


class Found(Schema):
    """What was found when the draft was checked."""

    found = fields.Text(required=True, label="核实情况")
    more_evidence = fields.List(fields.Text(), label="补充证据")


class Explanation(Schema):
    """What the organ says for itself."""

    explanation = fields.Text(required=True, label="情况说明")
    organ_evidence = fields.List(fields.Text(), label="单位证据")


class Grounds(Schema):
    """Why."""

    grounds = fields.Text(required=True, label="理由")


class Appeal(Schema):
    """What the organ appeals with."""

    appeal = fields.Text(required=True, label="申诉理由")
    appeal_evidence = fields.List(fields.Text(), label="申诉证据")


class Review(Schema):
    """What the chairpersons' meeting makes of the appeal."""

    outcome = fields.Choice(OUTCOMES, required=True, label="复核结论")
    reduced_to = fields.Decimal(label="减轻后的扣分")
    review_grounds = fields.Text(required=True, label="复核理由")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A smaller amount is given when, and only when, the deduction is reduced."""
        given = "reduced_to" in values
        if values["outcome"] == "reduce" and not given:
            return {"reduced_to": RendaError("negative_list.reduced_missing")}
        if values["outcome"] != "reduce" and given:
            return {"reduced_to": RendaError("negative_list.reduced_idle")}
        return {}
