"""What a district says: kinds of projects, the ballot, how many more candidates than seats, what is inspected."""

from __future__ import annotations

from renda import Schema, fields

MEASURED_BY = {"member": "常委会组成人员", "deputy": "人大代表"}


class Surplus(Schema):
    """How many more candidates there have to be than projects to choose."""

    min_extra = fields.Int(required=True, label="至少多几项")
    min_ratio = fields.Decimal(required=True, label="至少多的比例", hint="以应选数为基数")


class Inspection(Schema):
    """One inspection every project has to go through before it counts as done."""

    code = fields.Str(required=True, label="代码")
    label = fields.Str(required=True, label="名称")


class LivelihoodParams(Schema):
    """The whole rule of a district."""

    solicitation = fields.Span(required=True, label="征集期")
    categories = fields.List(fields.Str(), required=True, label="项目类别")
    ballot = fields.CountingRule("selection", required=True, label="票决规则")
    surplus = fields.Nested(Surplus, required=True, label="差额")
    inspections = fields.List(fields.Nested(Inspection), required=True, label="检查")
    measurement = fields.CountingRule("measurement", required=True, label="满意度测评规则")
    measured_by = fields.Choice(MEASURED_BY, required=True, label="测评人")
    again = fields.List(
        fields.Str(),
        load_default=list,
        label="再次整改的测评等次",
        hint="这些等次的退回继续办理、再次测评;不写则都算测评完毕",
    )
    drop_below = fields.Decimal(
        load_default=None, label="不再征集的分数", hint="上一年群众评议低于此分的类别不再征集;不写则不限"
    )
    report_to = fields.List(fields.Str(), required=True, label="结果报送")
