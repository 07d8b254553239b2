"""What a district says about its micro projects: categories with their ceilings, the fund, the vote, clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "micro_projects.share": "“{what}”应在 0 与 1 之间,现为 {given}。",
        "micro_projects.amount": "“{what}”应大于 0,现为 {given}。",
    }
)


class Category(Schema):
    """A kind of micro project, and the most one of them may cost."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="类别")
    ceiling = fields.Decimal(required=True, label="单项上限(万元)")


class MicroParams(Schema):
    """The whole rule of a district."""

    solicitation = fields.Span(required=True, label="征集期")
    screen = fields.Span(required=True, label="筛选期限")
    carry = fields.Span(required=True, label="实施期限", hint="自交办之日起")
    evaluate = fields.Span(required=True, label="评议期限", hint="自报告完成之日起")
    categories = fields.List(fields.Nested(Category), required=True, label="项目类别")
    grounds = fields.List(fields.Str(), required=True, label="不入围的情形")
    fund = fields.Decimal(required=True, label="每个社区每年资金(万元)")
    pass_share = fields.Decimal(required=True, label="票选须超过到会人数的比例")
    satisfied_share = fields.Decimal(required=True, label="评议通过须达到的满意率")
    shortlist_target = fields.Decimal(load_default=None, label="代表项目入围率的目标(%)", hint="不写则不比较")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Shares are shares, money is some."""
        for name in ("pass_share", "satisfied_share"):
            if not 0 < values[name] < 1:
                what = self.fields[name].metadata["label"]
                return {name: RendaError("micro_projects.share", what=what, given=values[name])}
        if values["fund"] <= 0:
            what = self.fields["fund"].metadata["label"]
            return {"fund": RendaError("micro_projects.amount", what=what, given=values["fund"])}
        low = next((each for each in values["categories"] if each["ceiling"] <= 0), None)
        if low is not None:
            return {"categories": RendaError("micro_projects.amount", what=low["label"], given=low["ceiling"])}
        return {}
