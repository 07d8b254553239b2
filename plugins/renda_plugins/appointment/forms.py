"""What people fill in, from the nomination to the oath."""

from __future__ import annotations

from renda import Schema, fields

WAYS = {"remove": "免职", "resign": "接受辞职"}


class Nomination(Schema):
    """Whom who nominates for what, and for which sitting."""

    candidate = fields.Person(required=True, label="拟任命人员", relation="subject")
    organ = fields.Organ(required=True, label="单位", relation="assignee")
    post = fields.Str(required=True, label="拟任职务")
    head = fields.Bool(load_default=False, label="单位负责人")
    branch = fields.Choice(of="branches", required=True, label="机关类别")
    nominator = fields.Choice(of="nominators", required=True, label="提请人")
    meeting_on = fields.Date(required=True, label="审议日期")
    background = fields.Text(required=True, label="简历和提名理由")


class Review(Schema):
    """What the screening found."""

    reviewed = fields.Text(required=True, label="初审意见")


class Grounds(Schema):
    """Why."""

    grounds = fields.Text(required=True, label="理由")


class Exam(Schema):
    """One sitting of the exam on law."""

    exam_on = fields.Date(required=True, label="考试日期")
    paper = fields.Choice(of="papers", required=True, label="试卷")
    score = fields.Decimal(required=True, label="成绩")


class Exemption(Schema):
    """Why no exam is needed."""

    exempt_for = fields.Text(required=True, label="免试理由")


class Statement(Schema):
    """The statement before the vote; in writing where the candidate cannot come."""

    spoken_on = fields.Date(required=True, label="发言日期")
    statement = fields.Text(required=True, label="表态发言")
    written = fields.Bool(load_default=False, label="书面")


class Certificate(Schema):
    """The letter of appointment."""

    certificate = fields.Str(required=True, label="任命书编号")


class Oath(Schema):
    """The oath to the constitution."""

    sworn_on = fields.Date(required=True, label="宣誓日期")
    place = fields.Str(required=True, label="宣誓地点")
    leader = fields.Person(label="领誓人")


class Order(Schema):
    """Where the chairpersons' meeting has the sitting vote in another order than the rule's."""

    order = fields.Text(label="另定的表决次序", hint="主任会议另定次序的,写明次序和理由;按办法的不填。")


class Removal(Schema):
    """Who is to leave which posts of one organ, why, and at which sitting; several posts of one person are one vote."""

    official = fields.Official(required=True, label="被免职人员", relation="subject")
    organ = fields.Organ(required=True, label="单位", relation="assignee")
    posts = fields.List(fields.Str(), required=True, label="所免职务")
    way = fields.Choice(WAYS, required=True, label="方式")
    nominator = fields.Choice(of="nominators", required=True, label="提请人")
    meeting_on = fields.Date(required=True, label="审议日期")
    reason = fields.Text(required=True, label="免职、辞职理由")


class Votes(Schema):
    """What the matter keeps of the count."""

    yes = fields.Int(label="赞成")
    no = fields.Int(label="反对")
    abstain = fields.Int(label="弃权")
    not_pressed = fields.Int(label="未按表决器")
    needed = fields.Int(label="通过所需票数")


class RemovalPayload(Votes):
    """What a removal keeps beside its forms."""

    removed_on = fields.Date(label="免职日期")


class Payload(Votes):
    """What a nomination keeps beside its forms."""

    exams = fields.List(fields.Nested(Exam), label="历次考试")
    appointed_on = fields.Date(label="任命日期")
    certified_on = fields.Date(label="颁发日期")
