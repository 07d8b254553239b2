"""A district's negative list as its file holds it: categories, items, steps, limits, clocks, the export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "negative_list.step": "扣分单位应大于 0,现为 {step}。",
        "negative_list.floor": "保底分 {floor} 高于基准分 {base}。请改低保底分。",
        "negative_list.twice": "清单里 {code} 出现了两次。编号不能重复。",
        "negative_list.unknown_category": "清单第 {item} 项归入“{category}”,没有这一类。已有:{allowed}。",
        "negative_list.empty_category": "第 {category} 类下面一项也没有。请补上细项,或删去这一类。",
        "negative_list.item_step": "清单第 {item} 项的{what} {value} 不是 {step} 的整数倍。",
        "negative_list.item_order": "清单第 {item} 项:每次扣分 {deduction}、每次最多 {most}、年度封顶 {cap} 应依次不减。",
        "negative_list.one_condition": "一个触发条件只能写 below、at_least、is 之一。",
        "negative_list.times": "连续次数 times 应不小于 1,现为 {times}。",
    }
)

COLUMNS = {
    "year": "年度",
    "organ": "单位",
    "item": "清单项",
    "amount": "扣分",
    "reason": "事由",
    "evidence": "证据",
    "decided": "生效日期",
    "matter": "事项编号",
}
CONDITIONS = ("below", "at_least", "is_")
ROLES = {"clerk": "工作人员", "member": "常委会组成人员", "chair": "主任会议"}


class Trigger(Schema):
    """When a fact of another practice drafts a deduction: each time, below or from a number, at a grade.

    ``times`` asks for that many in a row, such as a budget gap in two reports running.
    """

    fact = fields.Str(required=True, label="事实")
    below = fields.Decimal(label="低于")
    at_least = fields.Decimal(label="达到")
    is_ = fields.Str(data_key="is", label="等次为")
    times = fields.Int(load_default=1, label="连续次数")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """At most one condition; at least one time."""
        if sum(each in values for each in CONDITIONS) > 1:
            return {"fact": RendaError("negative_list.one_condition")}
        if values["times"] < 1:
            return {"times": RendaError("negative_list.times", times=values["times"])}
        return {}


class Category(Schema):
    """One of the list's categories."""

    code = fields.Str(required=True, label="编号")
    label = fields.Str(required=True, label="名称")


class Item(Schema):
    """One item: what is deducted for, how much each time, at most each time, at most in a year."""

    code = fields.Str(required=True, label="编号")
    category = fields.Str(required=True, label="类别")
    label = fields.Text(required=True, label="内容")
    deduction = fields.Decimal(required=True, label="每次扣分")
    most = fields.Decimal(label="每次最多")
    cap = fields.Decimal(required=True, label="年度封顶")
    evidence = fields.Bool(load_default=True, label="须附证据")
    trigger = fields.Nested(Trigger, label="触发条件")
    basis = fields.Str(required=True, label="出处")


class Column(Schema):
    """A column of the sheet the assessment office imports: its heading there, and what of ours it shows."""

    header = fields.Str(required=True, label="表头")
    shows = fields.Choice(COLUMNS, required=True, label="内容")


class ListParams(Schema):
    """What a district's file says."""

    step = fields.Decimal(required=True, label="扣分单位")
    base = fields.Decimal(required=True, label="基准分")
    floor = fields.Decimal(required=True, label="保底分")
    organ_cap = fields.Decimal(required=True, label="每单位年度封顶")
    entered_by = fields.List(fields.Choice(ROLES), required=True, label="可以提出扣分的人")
    explanation = fields.Span(required=True, label="说明期限")
    appeal = fields.Span(required=True, label="申诉期限")
    review = fields.Span(required=True, label="复核期限")
    report_to = fields.List(fields.Str(), required=True, label="结果报送")
    copies_to = fields.List(fields.Str(), load_default=list, label="结果抄送")
    categories = fields.List(fields.Nested(Category), required=True, label="类别")
    items = fields.List(fields.Nested(Item), required=True, label="清单")
    export = fields.List(fields.Nested(Column), required=True, label="考核导出表")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Codes stand once, items have a category, and every amount is a whole number of steps."""
        if values["step"] <= 0:
            return {"step": RendaError("negative_list.step", step=values["step"])}
        if values["floor"] > values["base"]:
            return {"floor": RendaError("negative_list.floor", floor=values["floor"], base=values["base"])}
        for entry in ("categories", "items"):
            codes = [each["code"] for each in values[entry]]
            twice = next((code for code in codes if codes.count(code) > 1), None)
            if twice is not None:
                return {entry: RendaError("negative_list.twice", code=twice)}
        wrong = next(_wrong(values), None)
        return {} if wrong is None else {"items": wrong}


def is_step(amount: Decimal, step: Decimal) -> bool:
    """Whether ``amount`` is a whole number of steps; no rounding on the way."""
    return (Fraction(amount) / Fraction(step)).denominator == 1


def _wrong(values: Mapping[str, Any]) -> Iterator[RendaError]:
    allowed = [each["code"] for each in values["categories"]]
    step = values["step"]
    for item in values["items"]:
        code, category = item["code"], item["category"]
        if category not in allowed:
            yield RendaError("negative_list.unknown_category", item=code, category=category, allowed="、".join(allowed))
        for entry in ("deduction", "most", "cap"):
            value = item.get(entry, step)
            if value <= 0 or not is_step(value, step):
                what = Item().fields[entry].metadata["label"]
                yield RendaError("negative_list.item_step", item=code, what=what, value=value, step=step)
        deduction, most, cap = item["deduction"], item.get("most", item["deduction"]), item["cap"]
        if not deduction <= most <= cap:
            yield RendaError("negative_list.item_order", item=code, deduction=deduction, most=most, cap=cap)
    used = {item["category"] for item in values["items"]}
    for category in allowed:
        if category not in used:
            yield RendaError("negative_list.empty_category", category=category)
