"""What is filled in: a link with its places and address, check-ins, what was raised and what became of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from renda import RendaError, Schema, declare, fields

declare(
    {
        "video_link.at": "时间应写成 09:30 这样的时和分,现为“{given}”。",
        "video_link.address": "连线地址应以 https:// 开头、不带用户名和空格,现为“{given}”。",
        "video_link.host": "连线地址的域名“{given}”不是本区视频系统的。可用:{allowed}。",
        "video_link.people": "群众人次不能小于 0,现为 {given}。",
    }
)

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
SATISFIED = {"satisfied": "满意", "basically": "基本满意", "unsatisfied": "不满意"}


def address_error(address: str, hosts: tuple[str, ...]) -> RendaError | None:
    """What is wrong with the address of a call, or None: https only, of the district's own system."""
    try:
        parts = urlsplit(address)
        host, named = parts.hostname or "", parts.username is not None
    except ValueError:
        host, named, parts = "", True, urlsplit("")
    if parts.scheme != "https" or not host or named or re.search(r"\s", address):
        return RendaError("video_link.address", given=address)
    if hosts and host not in hosts:
        return RendaError("video_link.host", given=host, allowed="、".join(hosts))
    return None


class Time(Schema):
    """When a link is, and where the call is made."""

    on = fields.Date(required=True, label="日期")
    at = fields.Str(required=True, label="时间", hint="例如 09:30")
    address = fields.Str(
        required=True,
        label="连线地址",
        hint="本区视频系统给出的 https 地址;连线结束后清除",
        metadata={"address": True},
    )

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """An hour of the day, an address of the district's own system."""
        if not CLOCK.fullmatch(values["at"]):
            return {"at": RendaError("video_link.at", given=values["at"])}
        wrong = address_error(values["address"], self.params.hosts)
        return {} if wrong is None else {"address": wrong}


class Site(Schema):
    """A place that takes part: its tier, its name, the organ that keeps it."""

    tier = fields.Choice(of="tiers", required=True, label="层级")
    name = fields.Str(required=True, label="名称")
    organ = fields.Organ(required=True, label="管理单位")


class Link(Time):
    """A link: about what, who calls, which places and deputies take part, when."""

    title = fields.Str(required=True, label="主题")
    organizer = fields.Organ(required=True, label="发起单位", relation="organizer")
    sites = fields.List(fields.Nested(Site), required=True, label="连线点")
    participants = fields.List(fields.Deputy(), required=True, label="受邀代表", relation="participant")


class Signed(Schema):
    """A check-in as kept: who, at which of the places."""

    deputy = fields.Deputy(label="代表")
    site = fields.Int(label="连线点序号")


class LinkPayload(Schema):
    """What a link keeps beside its forms."""

    organs = fields.List(fields.Organ(), label="管理单位", relation="site")
    signed = fields.List(fields.Nested(Signed), label="签到")


class CheckIn(Schema):
    """At which place; the office may enter those present, a deputy signs for nobody else."""

    site = fields.Int(required=True, label="连线点序号")
    present = fields.List(fields.Deputy(), label="到场代表", hint="代表本人签到不填")


class Raised(Schema):
    """What was raised, and which deputy follows it; the name of who raised it is left out."""

    title = fields.Str(required=True, label="事项")
    detail = fields.Text(required=True, label="情况")
    raised_by = fields.Str(label="反映人", hint="只写称呼,如“王女士”;不记电话和住址")
    contact = fields.Deputy(required=True, label="跟进代表", relation="contact")


class Held(Schema):
    """How the link went."""

    people = fields.Int(required=True, label="群众人次")
    record = fields.Text(required=True, label="连线记录")
    raised = fields.List(fields.Nested(Raised), label="提出的民情")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """Nobody less than nobody comes."""
        return {"people": RendaError("video_link.people", given=values["people"])} if values["people"] < 0 else {}


class Off(Schema):
    """Why a link is not held."""

    off_for = fields.Text(required=True, label="取消原因")


class Routing(Schema):
    """Who is to handle it."""

    owner = fields.Organ(required=True, label="承办单位", relation="assignee")


class Reply(Schema):
    """What became of it."""

    reply = fields.Text(required=True, label="答复")


class Told(Schema):
    """What those who raised it think of the answer."""

    satisfied = fields.Choice(SATISFIED, required=True, label="满意程度")


class Suggestion(Schema):
    """The item as a deputy's suggestion; the category is the handling practice's where it has that one."""

    facts = fields.Text(required=True, label="事由")
    wanted = fields.Text(required=True, label="具体建议")
    category = fields.Str(label="类别", hint="不填则由代表提出时选定")


class Listed(Schema):
    """The topic of a deliberation it is now."""

    topic = fields.MatterNumber(required=True, label="议题")
