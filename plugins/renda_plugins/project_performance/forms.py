"""What people fill in, from the year's plan to what a department put right."""

from __future__ import annotations

from renda import Schema, fields

GATES = {"entry": "入口关", "progress": "进度关", "closing": "总结关"}


class Plan(Schema):
    """The year, who is commissioned, and the two bureaus that check."""

    year = fields.Year(required=True, label="评价年度")
    institution = fields.Str(required=True, label="第三方机构")
    finance = fields.Organ(required=True, label="财政部门", relation="finance")
    audit = fields.Organ(required=True, label="审计部门", relation="audit")


class Subject(Schema):
    """The project and the department that answers for it."""

    project = fields.Project(required=True, label="项目", relation="project")
    organ = fields.Organ(label="主管部门", relation="subject", hint="不填则为名册里的承担单位")


class Progress(Schema):
    """How far the project should be and is, in per cent, and what was seen at which gate."""

    gate = fields.Choice(GATES, required=True, label="关口")
    planned = fields.Decimal(required=True, label="计划进度(%)")
    actual = fields.Decimal(required=True, label="实际进度(%)")
    seen = fields.Text(required=True, label="检查情况")


class Points(Schema):
    """The points for one aspect."""

    aspect = fields.Choice(of="aspects", required=True, label="方面")
    points = fields.Decimal(required=True, label="得分")


class Report(Schema):
    """What the institution finds, aspect by aspect."""

    points = fields.List(fields.Nested(Points), required=True, label="第三方评分")
    document = fields.Str(required=True, label="评价报告")


class Checked(Schema):
    """What a bureau found when it checked the institution's report."""

    finance_found = fields.Text(required=True, label="财政核实意见")


class Audited(Schema):
    """What the audit found."""

    audit_found = fields.Text(required=True, label="审计核实意见")
    audit_problems = fields.List(fields.Text(), label="审计发现的问题")


class Invitation(Schema):
    """Who judges beside the institution."""

    experts = fields.List(fields.Person(), required=True, label="预算监督专家")
    deputies = fields.List(fields.Deputy(), required=True, label="人大代表")


class Rater(Schema):
    """Somebody who judges, and as what."""

    rater = fields.Person(required=True, label="评分人", relation="reader")
    side = fields.Choice({"expert": "专家", "deputy": "代表"}, required=True, label="身份")


class Sheet(Schema):
    """A rater's points and opinion."""

    given = fields.List(fields.Nested(Points), required=True, label="打分")
    opinion = fields.Text(required=True, label="评价意见")


class Grounds(Schema):
    """Why."""

    grounds = fields.Text(required=True, label="理由")


class EvaluationPayload(Schema):
    """What an evaluation keeps beside its forms."""

    slow = fields.Bool(label="推进较差")
    grade = fields.Str(label="等次")


class Rectified(Schema):
    """What was put right."""

    rectified = fields.Text(required=True, label="整改情况")
    evidence = fields.List(fields.Text(), required=True, label="佐证")
