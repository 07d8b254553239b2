"""What people fill in, from setting up the group to using the results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

from .params import USES

declare(
    {
        "report_review.asked": "满意 {satisfied} 人、参加测评 {asked} 人:满意人数应在 0 至参加人数之间。",
        "report_review.nobody": "参加测评的人数应大于 0。没有测评就不要登记。",
    }
)

QUALITY = {"qualified": "合格", "unqualified": "不合格"}
VERDICT = {"satisfied": "满意", "unsatisfied": "不满意"}
CHECKS = {"visit": "实地查看", "files": "查阅资料", "users": "走访服务对象"}


class Plan(Schema):
    """The group and whose reports it reads; the due day is the district's where none is given."""

    year = fields.Year(required=True, label="报告年度")
    leader = fields.Person(required=True, label="专班组长", relation="group-leader")
    members = fields.List(fields.Person(), required=True, label="专班成员", relation="group-member")
    officials = fields.List(fields.Official(), required=True, label="报告人")
    due = fields.Date(label="报送截止")


class Conflict(Schema):
    """A reader who must not read an official's report, and why."""

    conflicted = fields.Person(required=True, label="回避人")
    about = fields.Official(required=True, label="所涉报告人")
    conflict = fields.Text(required=True, label="回避理由")


class ReviewPayload(Schema):
    """What a review keeps beside its plan."""

    digits = fields.Int(label="比率保留小数")
    conflicts = fields.List(fields.Nested(Conflict), label="回避")


class Reporter(Schema):
    """Whose report it is."""

    official = fields.Official(required=True, label="报告人", relation="subject")


class ReportPayload(Schema):
    """What a report keeps beside its forms."""

    organ = fields.Organ(label="单位", relation="assignee")
    first_submitted_on = fields.Date(label="首次报送日期")
    edition = fields.Int(label="第几稿")
    reminders = fields.Int(label="催报次数")
    former = fields.List(fields.Str(), label="前任报告人")
    used = fields.List(fields.Choice(USES), label="已作运用")


class Document(Schema):
    """The report as submitted."""

    document = fields.Str(required=True, label="报告")
    content = fields.Text(label="正文")


class Return(Schema):
    """Why a report has to be written again."""

    returned_for = fields.Text(required=True, label="退回理由")


class Judgement(Schema):
    """The group's word on the quality of a report."""

    quality = fields.Choice(QUALITY, required=True, label="质量评定")
    quality_grounds = fields.Text(label="评定理由")


class ExtendedCheck(Schema):
    """What a visit, the files or the users of a service showed."""

    check = fields.Choice(CHECKS, required=True, label="延伸评阅方式")
    check_found = fields.Text(required=True, label="延伸评阅情况")


class Measurement(Schema):
    """How many committee members were asked, and how many were satisfied."""

    asked = fields.Int(required=True, label="参加测评人数")
    satisfied = fields.Int(required=True, label="满意人数")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Somebody is asked, and no more are satisfied than were asked."""
        asked, satisfied = values["asked"], values["satisfied"]
        if asked < 1:
            return {"asked": RendaError("report_review.nobody")}
        if not 0 <= satisfied <= asked:
            return {"satisfied": RendaError("report_review.asked", satisfied=satisfied, asked=asked)}
        return {}


class Successor(Reporter):
    """Who answers for the report from now on."""

    handed_over_for = fields.Text(required=True, label="变更原因")


class Departure(Schema):
    """Why a report is closed before it was reviewed."""

    departure = fields.Text(required=True, label="终结原因")


class Use(Schema):
    """What is made of a report's review."""

    use = fields.Choice(of="uses", required=True, label="运用方式")
    use_grounds = fields.Text(required=True, label="运用理由")


class Reader(Schema):
    """Who reads a report."""

    reader = fields.Person(required=True, label="评阅人", relation="reader")


class Points(Schema):
    """The points for one line of the mark sheet."""

    mark = fields.Choice(of="marks", required=True, label="项目")
    points = fields.Decimal(required=True, label="得分")


class Opinion(Schema):
    """A reader's sheet."""

    given = fields.List(fields.Nested(Points), required=True, label="打分")
    opinion = fields.Text(required=True, label="审阅意见")
    found = fields.List(fields.Text(), label="发现的问题")


class Excuse(Schema):
    """Why somebody does not read a report after all."""

    excuse = fields.Text(required=True, label="不审阅的原因")


class Verdict(Schema):
    """Whether a reader is satisfied after rectification."""

    verdict = fields.Choice(VERDICT, required=True, label="评阅人评价")


class Problem(Schema):
    """A problem as it goes into the list."""

    text = fields.Text(required=True, label="问题")
    due = fields.Date(label="整改期限")


class ProblemPayload(Schema):
    """What a problem keeps beside its forms."""

    number = fields.Int(label="序号")


class Measure(Schema):
    """What the organ undertakes to do."""

    measure = fields.Text(required=True, label="整改措施")


class Rectified(Schema):
    """What was done, and what shows it."""

    measure = fields.Text(label="整改措施")
    result = fields.Text(required=True, label="整改结果")
    evidence = fields.List(fields.Text(), required=True, label="佐证")


class Objection(Schema):
    """Why the organ does not accept a problem."""

    objection = fields.Text(required=True, label="异议")


class Grounds(Schema):
    """Why."""

    grounds = fields.Text(required=True, label="理由")


class Merge(Grounds):
    """Which problem of the same report says the same."""

    into = fields.MatterNumber(required=True, label="并入")


class Filing(Schema):
    """An organ's own review of its own people."""

    organ = fields.Organ(required=True, label="机关", relation="assignee")
    reviewed = fields.Int(required=True, label="评阅人数")
    outcome = fields.Text(required=True, label="评阅情况")
    document = fields.Str(required=True, label="备案材料")


class Corrected(Schema):
    """What an organ files in place of what was returned."""

    outcome = fields.Text(required=True, label="评阅情况")
    document = fields.Str(required=True, label="备案材料")
