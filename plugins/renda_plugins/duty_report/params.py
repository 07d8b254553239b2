"""What a district says: who reports, by when, how many speak and how they are found, whose report is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

REPORTERS = {"all": "范围内全部人员", "named": "方案指定的人员"}
DUE = {"first_quarter": "次年第一季度", "before_meeting": "会前"}
CHOSEN = {"draw": "抽签", "designated": "主任会议确定"}
MEASURED = {"designated": "主任会议确定", "oral": "口头述职的", "all": "全部述职的"}

declare(
    {
        "duty_report.no_oral_group": "范围里没有可以口头述职的一类(oral = true),而 oral_n = {number}。请在 scope 里标明,或改 oral_n。",
        "duty_report.sector_twice": "{organ}写在两个分组里。一个单位只在一组。",
        "duty_report.no_measured_n": "measured_by = “designated”时应写明 measured_n。",
    }
)


class Group(Schema):
    """Some of those in scope: the posts that belong to it, and whether they may be called to speak and be measured."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="名称")
    posts = fields.List(fields.Str(), required=True, label="职务")
    oral = fields.Bool(load_default=False, label="可以口头述职、测评")


class Sector(Schema):
    """Organs of one sector, of which a draw takes at least one head."""

    label = fields.Str(required=True, label="名称")
    organs = fields.List(fields.Str(), required=True, label="单位")


class ReportParams(Schema):
    """The whole rule of a district. ``oral_n`` and ``measured_n`` are independent of each other."""

    term_from = fields.Date(required=True, label="本届起始")
    scope = fields.List(fields.Nested(Group), required=True, label="述职范围")
    reporters = fields.Choice(REPORTERS, required=True, label="谁书面述职")
    due = fields.Choice(DUE, required=True, label="书面报告何时提交")
    before_meeting = fields.Span(required=True, label="会前多久送达")
    in_post = fields.Span(required=True, label="任职满多久才可口头述职")
    oral_n = fields.Int(required=True, label="口头述职人数")
    oral_by = fields.Choice(CHOSEN, required=True, label="口头述职人员的产生")
    sectors = fields.List(fields.Nested(Sector), load_default=list, label="分组抽签(每组至少一人)")
    measured_n = fields.Int(label="测评人数")
    measured_by = fields.Choice(MEASURED, required=True, label="测评对象的产生")
    measurement = fields.CountingRule("measurement", required=True, label="测评规则")
    feedback = fields.Bool(required=True, label="反馈单位和本人")
    report_to = fields.List(fields.Str(), required=True, label="报送")
    copies_to = fields.List(fields.Str(), required=True, label="抄送")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Somebody must be able to speak, and a designated measurement needs its number."""
        wrong = {}
        if values["oral_n"] > 0 and not any(group["oral"] for group in values["scope"]):
            wrong["scope"] = RendaError("duty_report.no_oral_group", number=values["oral_n"])
        listed = [organ for sector in values["sectors"] for organ in sector["organs"]]
        twice = next((organ for organ in listed if listed.count(organ) > 1), None)
        if twice is not None:
            wrong["sectors"] = RendaError("duty_report.sector_twice", organ=twice)
        elif len(values["sectors"]) > values["oral_n"]:
            groups, number = len(values["sectors"]), values["oral_n"]
            wrong["sectors"] = RendaError("drawing.groups", groups=groups, wanted=number)
        if values["measured_by"] == "designated" and "measured_n" not in values:
            wrong["measured_n"] = RendaError("duty_report.no_measured_n")
        return wrong
