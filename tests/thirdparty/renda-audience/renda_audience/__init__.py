"""代表约见国家机关负责人:提出、安排、会见、评价。依据代表法关于约见的规定,期限和档次由区县定。"""

from renda import (
    Change,
    Deadline,
    Fact,
    Paper,
    Practice,
    Schema,
    Sheet,
    action,
    due,
    fields,
    hookimpl,
    looked_up,
    ratio,
)


class Request(Schema):
    title = fields.Str(required=True, label="事由")
    proposer = fields.Deputy(required=True, label="提出代表", relation="proposer")
    organ = fields.Organ(required=True, label="被约见机关", relation="assignee")


class Arrangement(Schema):
    day = fields.Date(required=True, label="约见日期")


class Refusal(Schema):
    ground = fields.Text(required=True, label="不安排的理由")


class Minutes(Schema):
    head = fields.Bool(required=True, label="负责人到场")
    promise = fields.Text(required=True, label="答复意见")


class Rating(Schema):
    grade = fields.Choice(of="grades", required=True, label="评价")


class Audience(Practice):
    title = "代表约见"
    states = {"asked": "待安排", "arranged": "待会见", "met": "待评价", "rated": "已评价", "declined": "未安排"}
    ends = ("rated", "declined")

    class Params(Schema):
        arrange_within = fields.Span(required=True, label="安排期限")
        grades = fields.Dict(keys=fields.Str(), values=fields.Decimal(), required=True, label="评价档次")

    @action("提出约见", by="proposer", when=None, then="asked", data=Request)
    def ask(self, matter): ...

    @action("安排约见", by="clerk", when="asked", then="arranged", data=Arrangement)
    def arrange(self, matter, form):
        organ, text = matter.party("assignee").name, f"请贵单位负责人于{form['day']}接受代表约见。"
        return Change(papers=[Paper("约见通知", matter.title, [text], to=[organ])])

    @action("不予安排", by="clerk", when="asked", then="declined", data=Refusal)
    def decline(self, matter, form): ...

    @action("记录约见", by="assignee", when="arranged", then="met", data=Minutes)
    def record(self, matter, form): ...

    @action("评价约见", by="proposer", when="met", then="rated", data=Rating)
    def rate(self, matter, form): ...

    @hookimpl
    def score(self, matter):
        grade = matter.payload.get("grade")
        return looked_up("约见评价", grade, self.params.grades) if grade else None

    @hookimpl
    def deadlines(self, matter, calendar):
        due_by = due(matter.opened_on, self.params.arrange_within, calendar)
        return [Deadline("安排", due_by, "arrange")] if matter.state == "asked" else []

    @hookimpl
    def facts(self, since, until, records):
        met = records.matters(self.code, states=["met", "rated"], since=since, until=until)
        absent = [each for each in met if not each.payload["head"]]
        return [Fact("audience.absent", each.party("assignee"), each.done_on("record"), each.title) for each in absent]

    @hookimpl
    def sheets(self, since, until, records):
        every = records.matters(self.code, since=since, until=until)
        rows = [[each.title, each.party("assignee").name, self.states[each.state]] for each in every]
        arranged = sum(each.state not in ("asked", "declined") for each in every)
        figures = [ratio("安排率", arranged, len(every))] if every else []
        headings, why = ["事由", "机关", "状态"], "约见的事由和办理情况向社会公开"
        return [Sheet("audience", "约见情况", headings, rows, figures, public=True, public_reason=why)]
