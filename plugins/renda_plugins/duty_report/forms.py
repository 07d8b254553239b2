"""What people fill in, from the year to the letter of feedback."""

from __future__ import annotations

from renda import Schema, fields

SPOKEN = {"self": "本人述职", "deputed": "委托述职"}


class Year(Schema):
    """The year reported on, and whose turn it is where the rule does not take everybody."""

    year = fields.Year(required=True, label="述职年度")
    officials = fields.List(fields.Official(), label="述职人员", hint="办法规定范围内全部人员述职的,不填。")


class Plan(Schema):
    """The meeting, and those the chairpersons' meeting decides on itself."""

    meeting = fields.Str(required=True, label="述职会议")
    meeting_on = fields.Date(required=True, label="会议日期")
    oral = fields.List(fields.Person(), label="口头述职人员", hint="抽签产生的,不填。")
    measured = fields.List(fields.Person(), label="测评对象", hint="办法已经写明测评对象的,不填。")


class Opinions(Schema):
    """What the committee said of the reports."""

    opinions = fields.Text(required=True, label="审议意见")


class Reason(Schema):
    """Why."""

    reason = fields.Text(required=True, label="理由")


class Reporter(Schema):
    """Whose report it is, in which post of which organ."""

    official = fields.Person(required=True, label="述职人员", relation="subject")
    post = fields.Str(required=True, label="职务")
    organ = fields.Organ(required=True, label="单位", relation="assignee")
    group = fields.Choice(of="scope", required=True, label="类别")
    changed = fields.Bool(load_default=False, label="年内职务有变动")


class Document(Schema):
    """The report."""

    document = fields.Str(required=True, label="履职情况报告")
    summary = fields.Text(label="摘要")


class Spoken(Schema):
    """What happened at the meeting."""

    spoken = fields.Choice(SPOKEN, required=True, label="述职方式")
    questions = fields.List(fields.Text(), label="询问")
    explained = fields.Text(label="回答和说明")


class ReportPayload(Schema):
    """What a report keeps beside its forms: by when, how late, whether its author speaks and is measured."""

    due = fields.Date(label="应提交日期")
    submitted_on = fields.Date(label="首次提交日期")
    oral = fields.Bool(label="口头述职")
    measure = fields.Bool(label="列入测评")
    reminders = fields.Int(label="催报次数")
    failed = fields.Bool(label="测评不合格")


class Excused(Schema):
    """Somebody left off the list of a draw, and why."""

    official = fields.Person(required=True, label="人员")
    why = fields.Str(required=True, label="理由")


class Frozen(Schema):
    """Who watches the draw as the second party, and who is left off."""

    witness = fields.Person(required=True, label="监督员", relation="witness", hint="与主任会议各出一个种子。")
    excused = fields.List(fields.Nested(Excused), label="不列入名单的人员")


class ChairCommitment(Schema):
    """The digest of the chairpersons' seed."""

    chair_commitment = fields.Str(
        required=True, label="主任会议的承诺", hint="种子的 SHA-256 摘要,64 位十六进制:printf %s 种子 | sha256sum"
    )


class WitnessCommitment(Schema):
    """The digest of the witness's seed."""

    witness_commitment = fields.Str(
        required=True, label="监督员的承诺", hint="种子的 SHA-256 摘要,64 位十六进制:printf %s 种子 | sha256sum"
    )


class ChairSeed(Schema):
    """The chairpersons' seed."""

    chair_seed = fields.Str(required=True, label="主任会议的种子")


class WitnessSeed(Schema):
    """The witness's seed."""

    witness_seed = fields.Str(required=True, label="监督员的种子")


class Replacement(Schema):
    """Who was drawn and cannot report, and why."""

    official = fields.Person(required=True, label="被替换的人员")
    reason = fields.Text(required=True, label="替换理由")


class Entrant(Schema):
    """A line of the frozen list."""

    code = fields.Str(label="代码")
    name = fields.Str(label="姓名")
    report = fields.MatterNumber(label="述职报告")
    sector = fields.Str(label="组别")


class DrawPayload(Schema):
    """The frozen list, its digest, and the record anybody can check."""

    entrants = fields.List(fields.Nested(Entrant), label="抽签名单")
    list_digest = fields.Str(label="名单摘要")
    wanted = fields.Int(label="应抽人数")
    widened = fields.Bool(label="未抽过的不足,已抽过的也列入")
    replaced = fields.Dict(keys=fields.Str(), values=fields.Str(), label="替换")
    drawn = fields.List(fields.Str(), label="抽中")
    transcript = fields.TextFile(file="draw.json", label="抽签记录")
