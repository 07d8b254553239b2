"""What people fill in, from the solicitation to the report to the next congress."""

from __future__ import annotations

from renda import Schema, fields

SOURCES = {"public": "群众", "deputy": "人大代表", "station": "代表联络站", "net": "网络舆情", "department": "政府部门"}
DECISIONS = {"keep": "照旧实施", "change": "同意调整", "stop": "终止实施"}


class Year(Schema):
    """The year whose projects are chosen, and until when wishes are taken."""

    year = fields.Year(required=True, label="年度")
    until = fields.Date(label="征集截止", hint="不填则按区县的征集期")


class Dropped(Schema):
    """A kind of project that is not solicited this year, and why."""

    category = fields.Str(required=True, label="类别")
    because = fields.Text(required=True, label="原因")


class RoundPayload(Schema):
    """What a year keeps beside its forms."""

    dropped = fields.List(fields.Nested(Dropped), label="不再征集的类别")
    seats = fields.Int(label="应选项数")


class Idea(Schema):
    """Something wished for, by how many."""

    title = fields.Str(required=True, label="需求")
    category = fields.Choice(of="categories", required=True, label="类别")
    source = fields.Choice(SOURCES, required=True, label="来源")
    pieces = fields.Int(load_default=1, label="件数")
    area = fields.Str(label="涉及区域")


class Online(Schema):
    """Until when wishes are taken on the public page."""

    online_until = fields.Date(label="网上征集截止", hint="不填则与征集截止相同")


class Wish(Schema):
    """What was written in the questionnaire, and how many wrote it alike."""

    question = fields.Str(label="题号")
    option = fields.Str(required=True, label="类别")
    text = fields.Str(required=True, label="需求")
    pieces = fields.Int(load_default=1, label="件数")


class Wishes(Schema):
    """What citizens wished for on the public page."""

    questionnaire = fields.Int(label="问卷")
    answered = fields.Int(required=True, label="答卷份数")
    ideas = fields.List(fields.Nested(Wish), label="网上征集的需求")


class Reason(Schema):
    """Why."""

    reason = fields.Text(required=True, label="理由")


class Proposal(Schema):
    """A project the government proposes: what, who, how much, where, until when."""

    name = fields.Str(required=True, label="项目名称")
    category = fields.Choice(of="categories", required=True, label="类别")
    content = fields.Text(required=True, label="建设内容")
    organ = fields.Organ(required=True, label="责任单位", relation="assignee")
    project = fields.Project(label="名册项目", relation="project", hint="已列入项目名册的请关联")
    budget = fields.Decimal(label="预算(万元)", hint="关联名册项目的可以不填,取名册的预算")
    location = fields.Str(label="地点")
    finish_on = fields.Date(required=True, label="完成日期")
    stage_goal = fields.Text(label="当年阶段目标", hint="跨年度项目必须填写")
    ideas = fields.List(fields.MatterNumber(), label="所据需求")


class Linked(Schema):
    """Which project of the roster this is."""

    project = fields.Project(required=True, label="名册项目", relation="project")


class Withdrawal(Schema):
    """Why a project leaves the list, and into which other one it was merged."""

    reason = fields.Text(required=True, label="理由")
    merged_into = fields.MatterNumber(label="并入的项目", hint="内容相同、合并办理的,写明并入哪一项")


class ProjectPayload(Schema):
    """What a project keeps beside its forms."""

    checks = fields.List(fields.Str(), label="已作检查")
    votes = fields.Int(label="得票")
    needed = fields.Int(label="入选须得票")
    grade = fields.Str(label="满意度测评")
    unfinished_on = fields.Date(label="认定未完成日期")


class Candidates(Schema):
    """How many are to be chosen, where it is not what the rule says."""

    seats = fields.Int(label="应选项数", hint="不填则按票决规则")
    opinion = fields.Text(label="审议意见")


class Number(Schema):
    """The candidate's number on the sheet."""

    number = fields.Int(required=True, label="候选编号")


class Progress(Schema):
    """How far a project is."""

    progress = fields.Decimal(required=True, label="进度(%)")
    spent = fields.Decimal(label="已支出(万元)")
    situation = fields.Text(label="进展情况")


class Inspected(Schema):
    """An inspection of some projects, or of all that are under way where none is named."""

    inspection = fields.Choice(of="inspections", required=True, label="检查")
    projects = fields.List(fields.MatterNumber(), label="所查项目")
    inspectors = fields.List(fields.Deputy(), label="参加代表")
    found = fields.Text(required=True, label="检查情况")


class Check(Schema):
    """The inspection as it stands with one project."""

    inspection = fields.Choice(of="inspections", required=True, label="检查")
    found = fields.Text(required=True, label="检查情况")


class Completion(Schema):
    """That a project is finished."""

    completed_with = fields.Text(required=True, label="办结情况")


class Adjustment(Schema):
    """What the responsible organ asks to have changed, and why."""

    wanted = fields.Text(required=True, label="调整内容")
    wanted_because = fields.Text(required=True, label="调整原因")
    new_finish_on = fields.Date(label="拟延至")


class Decision(Schema):
    """What the standing committee decides about it."""

    decision = fields.Choice(DECISIONS, required=True, label="决定")
    decision_because = fields.Text(required=True, label="决定理由")


class Report(Schema):
    """How the congress is told."""

    congress = fields.Str(required=True, label="报告会议")
    film = fields.Str(label="专题片")
