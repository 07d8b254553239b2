"""What is filled in: a session, its topics, the meeting, the owners, the votes, what was done before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import RendaError, Schema, declare, fields

declare(
    {
        "deliberation.votes": "到会 {present} 人,赞成 {yes} 票:赞成票应在 0 至到会人数之间,到会至少 1 人。",
        "deliberation.days": "起日 {since} 晚于止日 {until}。请对调或改正。",
        "deliberation.negative": "场次和件数不能小于 0。",
    }
)

VERDICTS = {"solved": "已经解决", "again": "没有解决,继续办理", "unsolved": "暂不能解决"}


class Session(Schema):
    """Which form of deliberation is held where; the street is the one the station lies in."""

    form = fields.Choice(of="forms", required=True, label="形式")
    host = fields.Organ(required=True, label="联络站", relation="host")
    street = fields.Organ(required=True, label="街道人大工委", relation="street")


class Topic(Schema):
    """A topic: what it is about, where it comes from, which deputy leads it."""

    title = fields.Str(required=True, label="议题")
    source = fields.Choice(of="sources", required=True, label="来源")
    detail = fields.Text(required=True, label="情况")
    leader = fields.Deputy(required=True, label="领衔代表", relation="leader")


class Taken(Schema):
    """A topic out of what people told elsewhere: a liaison's item, one of a video link, an opinion at a station."""

    item = fields.MatterNumber(required=True, label="民情事项")
    source = fields.Choice(of="sources", required=True, label="来源")
    detail = fields.Text(required=True, label="情况", hint="写会上要议的情况,不写反映人的姓名和电话")
    leader = fields.Deputy(required=True, label="领衔代表", relation="leader")


class Left(Schema):
    """Why a topic is left out, and what the people who raised it are told."""

    ground = fields.Choice(of="grounds", required=True, label="不列入的情形")
    told = fields.Text(required=True, label="说明")


class Invitation(Schema):
    """When the meeting is, and which departments come."""

    meets_on = fields.Date(required=True, label="开会日期")
    departments = fields.List(fields.Organ(), required=True, label="邀请的部门", relation="invited")


class Minutes(Schema):
    """Who was there and what was said."""

    participants = fields.List(fields.Deputy(), required=True, label="参加代表", relation="participant")
    residents = fields.Int(load_default=0, label="参加群众人数")
    minutes = fields.Text(required=True, label="会议记录")


class Owner(Schema):
    """Who handles a topic until when, and which deputy follows it up: the leader where none is named."""

    owner = fields.Organ(required=True, label="承办单位", relation="assignee")
    task = fields.Text(required=True, label="办理要求")
    due = fields.Date(label="办理期限", hint="不填则按规定期限")
    follower = fields.Deputy(label="跟踪代表", relation="follower", hint="不填则为领衔代表")


class Spot(Schema):
    """How a topic was settled in the meeting itself."""

    settled = fields.Text(required=True, label="当场解决的情况")


class Result(Schema):
    """What the owner did."""

    result = fields.Text(required=True, label="办理情况")


class Verdict(Schema):
    """Whether it is solved, in the word of the deputy who follows it."""

    verdict = fields.Choice(VERDICTS, required=True, label="确认")
    verdict_note = fields.Text(required=True, label="确认说明")


class Votes(Schema):
    """How those present voted on a topic as a project."""

    present = fields.Int(required=True, label="到会人数")
    yes = fields.Int(required=True, label="赞成票")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Somebody is present, and no more vote for it than are."""
        present, yes = values["present"], values["yes"]
        if present < 1 or not 0 <= yes <= present:
            return {"yes": RendaError("deliberation.votes", present=present, yes=yes)}
        return {}


class TopicPayload(Schema):
    """What a topic keeps beside its forms."""

    returned = fields.Int(label="退回办理次数")


class Summary(Schema):
    """What a station or street did before the system was used, by number only."""

    form = fields.Choice(of="forms", required=True, label="形式")
    host = fields.Organ(required=True, label="联络站或街道", relation="host")
    since = fields.Date(required=True, label="自")
    until = fields.Date(required=True, label="至")
    meetings = fields.Int(required=True, label="场次")
    outcomes = fields.Int(required=True, label="解决问题或通过项目件数")
    record = fields.Text(required=True, label="依据的登记")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Days in their order, numbers of something."""
        if values["since"] > values["until"]:
            return {"until": RendaError("deliberation.days", since=values["since"], until=values["until"])}
        if values["meetings"] < 0 or values["outcomes"] < 0:
            return {"meetings": RendaError("deliberation.negative")}
        return {}
