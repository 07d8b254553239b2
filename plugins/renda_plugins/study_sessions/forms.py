"""What is filled in: a year, a lecture with its parts and speakers, who came, the marks of one who rates."""

from __future__ import annotations

from renda import Schema, fields


class Year(Schema):
    """The year of the lectures."""

    year = fields.Year(required=True, label="年度")


class YearPayload(Schema):
    """What a year keeps beside its forms: the numbers of the lectures that were chosen."""

    chosen = fields.List(fields.Int(), label="评出的讲(期)")


class Part(Schema):
    """A part of a lecture and who gives it."""

    part = fields.Choice(of="parts", required=True, label="环节")
    speaker = fields.Person(required=True, label="主讲人")


class Plan(Schema):
    """A lecture: about what, when, who gives which part."""

    title = fields.Str(required=True, label="题目")
    theme = fields.Choice(of="themes", required=True, label="类别")
    on = fields.Date(required=True, label="日期")
    parts = fields.List(fields.Nested(Part), required=True, label="环节和主讲人")


class Moved(Schema):
    """Another day, or another speaker."""

    on = fields.Date(required=True, label="日期")
    parts = fields.List(fields.Nested(Part), label="环节和主讲人", hint="不填则不变")


class Came(Schema):
    """How many of a group were to come, and how many came."""

    group = fields.Choice(of="groups", required=True, label="听讲的人")
    expected = fields.Int(required=True, label="应到")
    present = fields.Int(required=True, label="实到")


class Held(Schema):
    """How a lecture went."""

    attendance = fields.List(fields.Nested(Came), required=True, label="出席")
    deputies = fields.List(
        fields.Deputy(), label="到场的人大代表", relation="listener", hint="写明姓名的,记作代表参加学习"
    )
    summary = fields.Text(required=True, label="内容摘要")


class LecturePayload(Schema):
    """What a lecture keeps beside its forms: which it is, counted from the first ever given."""

    number = fields.Int(label="期")
    speakers = fields.List(fields.Person(), label="主讲人", relation="speaker")


class Off(Schema):
    """Why a lecture is not given."""

    off_for = fields.Text(required=True, label="取消原因")


class Mark(Schema):
    """The points for one lecture, out of 100."""

    lecture = fields.Int(required=True, label="期")
    points = fields.Decimal(required=True, label="得分")


class Marks(Schema):
    """One rater's points for every lecture of the year but the own ones."""

    marks = fields.List(fields.Nested(Mark), required=True, label="打分")


class MarksPayload(Schema):
    """Whose points they are."""

    rater = fields.Str(label="评分人")
