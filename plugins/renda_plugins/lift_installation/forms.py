"""What people fill in: how many entrances there are, one entrance's application, and its way to a lift for life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "lift_installation.base": "小区数、门洞数应大于 0,门洞数不少于小区数;现为 {estates}、{entrances}。",
        "lift_installation.room_twice": "“{room}”写了两次。每套一行。",
        "lift_installation.area": "“{room}”的面积应大于 0,现为 {area}。",
        "lift_installation.count": "小区表决:同意不超过参与,参与不超过全体,都不小于 0。请核对人数和面积。",
        "lift_installation.money": "金额应不小于 0、施工金额大于 0。请改正。",
    }
)

SORTS = {"street": "街道", "town": "镇"}
OPINIONS = {"agree": "同意", "against": "不同意", "abstain": "弃权"}
DECISIONS = {"granted": "准予", "refused": "不予"}


class Base(Schema):
    """How many entrances without a lift a street or town has."""

    street = fields.Organ(required=True, label="街镇", relation="street")
    sort = fields.Choice(SORTS, required=True, label="街道或镇")
    estates = fields.Int(required=True, label="小区数")
    entrances = fields.Int(required=True, label="无电梯门洞数")
    as_of = fields.Date(required=True, label="截至")
    record = fields.Text(required=True, label="依据的登记")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Every estate has an entrance."""
        estates, entrances = values["estates"], values["entrances"]
        if 0 < estates <= entrances:
            return {}
        return {"entrances": RendaError("lift_installation.base", estates=estates, entrances=entrances)}


class Household(Schema):
    """A flat, who owns it, and its area in the register; several owners of one flat are written as one."""

    room = fields.Str(required=True, label="室号")
    owner = fields.Str(required=True, label="业主")
    area = fields.Decimal(required=True, label="专有部分面积(平方米)")


class Application(Schema):
    """An entrance that wants a lift: one application, whatever it needs."""

    street = fields.Organ(required=True, label="街镇", relation="street")
    estate = fields.Str(required=True, label="小区")
    entrance = fields.Str(required=True, label="门洞")
    floors = fields.Int(required=True, label="层数")
    common = fields.Bool(load_default=False, label="占用小区共有部分")
    households = fields.List(fields.Nested(Household), required=True, label="全体业主")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Every flat stands once and has an area."""
        rooms = [each["room"] for each in values["households"]]
        twice = next((room for room in rooms if rooms.count(room) > 1), None)
        if twice is not None:
            return {"households": RendaError("lift_installation.room_twice", room=twice)}
        small = next((each for each in values["households"] if each["area"] <= 0), None)
        if small is not None:
            said = {"room": small["room"], "area": small["area"]}
            return {"households": RendaError("lift_installation.area", **said)}
        return {}


class Said(Schema):
    """What one owner said."""

    owner = fields.Str(required=True, label="业主")
    opinion = fields.Choice(OPINIONS, required=True, label="意见")


class Opinions(Schema):
    """What owners said; who said something before now says this."""

    said = fields.List(fields.Nested(Said), required=True, label="业主意见")


class Withdrawal(Schema):
    """An owner takes the consent back."""

    owner = fields.Str(required=True, label="撤回的业主")
    withdrawn_for = fields.Text(required=True, label="撤回的理由")


class Kept(Schema):
    """What the entrance keeps of its owners' opinions; ``withdrawn`` for a consent taken back."""

    owner = fields.Str(required=True, label="业主")
    opinion = fields.Choice({**OPINIONS, "withdrawn": "撤回同意"}, required=True, label="意见")


class EstateVote(Schema):
    """How the owners of the whole estate voted, by heads and by area."""

    heads = fields.Int(required=True, label="全体人数")
    heads_taking_part = fields.Int(required=True, label="参与表决人数")
    heads_agreeing = fields.Int(required=True, label="同意人数")
    area = fields.Decimal(required=True, label="全体面积(平方米)")
    area_taking_part = fields.Decimal(required=True, label="参与表决面积(平方米)")
    area_agreeing = fields.Decimal(required=True, label="同意面积(平方米)")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """A part is no more than its whole."""
        for unit in ("heads", "area"):
            agreeing, taking = values[f"{unit}_agreeing"], values[f"{unit}_taking_part"]
            if not 0 <= agreeing <= taking <= values[unit] or not values[unit]:
                return {unit: RendaError("lift_installation.count")}
        return {}


class Notice(Schema):
    """What is put up in the entrance: the plan and who designed it."""

    plan = fields.Text(required=True, label="加装方案要点")
    designer = fields.Str(required=True, label="设计单位")


class Objection(Schema):
    """An objection during the notice."""

    objector = fields.Str(required=True, label="提出异议的业主")
    objection = fields.Text(required=True, label="异议")


class Answer(Schema):
    """How objections were answered or settled by mediation."""

    answered = fields.Text(required=True, label="答复或调解结果")


class Approved(Schema):
    """One approval: which, under what number, with what result."""

    approval = fields.Choice(of="approvals", required=True, label="审批")
    decision = fields.Choice(DECISIONS, required=True, label="决定")
    number = fields.Str(required=True, label="文号")


class Money(Schema):
    """An amount and where it comes from."""

    source = fields.Choice(of="fund_sources", required=True, label="来源")
    amount = fields.Decimal(required=True, label="金额(万元)")


class Works(Schema):
    """Who builds, who supervises, what it costs and who pays."""

    builder = fields.Str(required=True, label="施工单位")
    supervisor = fields.Str(required=True, label="监理单位")
    cost = fields.Decimal(required=True, label="施工金额(万元)")
    pipelines = fields.Decimal(load_default=0, label="管线移位和电力扩容(万元)")
    funds = fields.List(fields.Nested(Money), required=True, label="资金")
    finish_on = fields.Date(required=True, label="计划竣工")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Amounts are amounts."""
        low = min([values["pipelines"], *(each["amount"] for each in values["funds"])])
        wrong = values["cost"] <= 0 or low < 0
        return {"cost": RendaError("lift_installation.money")} if wrong else {}


class Stage(Schema):
    """How far the works are, and what the supervision of them found."""

    stage = fields.Choice(of="stages", required=True, label="施工阶段")
    checked = fields.Text(required=True, label="监管情况")


class Acceptance(Schema):
    """That the works are accepted and the lift was inspected."""

    certificate = fields.Str(required=True, label="监督检验报告编号")
    accepted_with = fields.Text(required=True, label="竣工验收情况")


class Registration(Schema):
    """Under which number the lift is used, and who keeps it up."""

    registration = fields.Str(required=True, label="使用登记编号")
    manager = fields.Str(required=True, label="使用管理单位")
    keeper = fields.Str(required=True, label="维护保养单位")


class Upkeep(Schema):
    """One upkeep."""

    kept_with = fields.Text(required=True, label="维护保养情况")


class Inspection(Schema):
    """A periodical inspection."""

    inspected_with = fields.Text(required=True, label="检验情况")


class Reason(Schema):
    """Why it ends."""

    ended_for = fields.Text(required=True, label="理由")


class EntrancePayload(Schema):
    """What an entrance keeps beside its forms."""

    opinions = fields.List(fields.Nested(Kept), label="历次意见的结果")
    notice_until = fields.Date(label="公示截止")
    open_objections = fields.Int(label="未答复的异议")
    granted = fields.List(fields.Choice(of="approvals"), label="已准予的审批")
    upkeeps = fields.Int(label="维护保养次数")
    upkeep_from = fields.Date(label="上次维护保养")
    inspection_from = fields.Date(label="上次检验")
