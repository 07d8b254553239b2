"""The forms of the sample practice: every kind of field."""

from renda import Schema, fields

ANSWERS = {"A": "已解决", "B": "列入计划", "C": "留作参考"}


class Cost(Schema):
    """One line of an estimate."""

    item = fields.Str(required=True, label="用途")
    amount = fields.Decimal(required=True, label="金额(万元)")


class Place(Schema):
    """Where something is."""

    street = fields.Str(required=True, label="街道")
    since = fields.Date(label="问题出现日期")


class Proposal(Schema):
    """What a suggestion says."""

    title = fields.Str(required=True, label="标题", hint="一句话说明要做什么。")
    text = fields.Text(required=True, label="正文")
    proposer = fields.Deputy(required=True, label="提出代表", relation="proposer")
    seconders = fields.List(fields.Deputy(), label="附议代表", relation="co-signer")
    topics = fields.List(fields.Choice({"road": "道路", "light": "照明", "green": "绿化"}), label="类别")
    households = fields.Int(label="涉及户数")
    secret = fields.Bool(label="不公开")
    place = fields.Nested(Place, label="地点")
    costs = fields.List(fields.Nested(Cost), label="费用估算")
    shares = fields.Dict(keys=fields.Str(), values=fields.Decimal(), label="资金来源")
    related = fields.MatterNumber(label="相关事项")
    works = fields.Project(label="有关项目", relation="project")
    wish = fields.Span(label="希望多久办好")


class Handover(Schema):
    """To whom a suggestion goes."""

    organ = fields.Organ(required=True, label="主办单位", relation="assignee")


class Answer(Schema):
    """An answer."""

    result = fields.Choice(ANSWERS, required=True, label="答复类别")
    answer = fields.Text(required=True, label="答复内容")


class Grade(Schema):
    """A rating."""

    grade = fields.Choice(of="grades", required=True, label="评价")


class Sharing(Schema):
    """A part of the work given to another organ."""

    helper = fields.Organ(required=True, label="会办单位", relation="helper")
    title = fields.Str(required=True, label="会办内容")
