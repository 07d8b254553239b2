"""视频民情连线: centre, homes and stations speak by video; what people raise there gets an answer.

Source: 《关于江北区人大“两个机关”建设的调研报告》 (江北区: 上连中心、下连家站、家站互通; one centre, 12 homes, 41 stations).
The call itself runs in the district's own video system: here are its time, its address and who came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Entry,
    Event,
    Fact,
    Follow,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    due,
    due_on,
    hookimpl,
)

from . import forms, items, links, tables
from .params import LinkParams

INSIDE = frozenset({"clerk", "member", "chair", "auditor", "system"})


class VideoLink(links.Links, items.Items):
    """A link, and in it the items that were raised."""

    title = "视频民情连线"
    about = "中心、代表之家、工作站定时视频连线:主题、连线点、代表签到、群众提出的民情和它的答复;需要的转为代表建议。"
    relations: ClassVar[Mapping[str, str]] = {
        "organizer": "发起单位",
        "site": "连线点",
        "participant": "受邀代表",
        "contact": "跟进代表",
        "assignee": "承办单位",
    }
    kinds = (
        Kind("link", "连线", links.LINK, frozenset({"closed", "cancelled"}), forms.LinkPayload),
        Kind("item", "民情事项", items.ITEM, frozenset({"told", "suggested", "listed"}), within="link"),
    )

    class Params(LinkParams):
        """Tiers, hosts, clocks."""

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.state == "scheduled":
            return [Deadline("连线", due_on(matter.payload["on"], calendar), "record")]
        if matter.state == "received":
            return [Deadline("转办", due(matter.opened_on, self.params.route, calendar), "route")]
        routed = matter.done_on("route") if matter.state == "routed" else None
        return [] if routed is None else [Deadline("答复", due(routed, self.params.answer, calendar), "answer")]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        # The address opens the call; what people say at a place is for those who handle it.
        if viewer.roles & INSIDE or (matter.kind == "link" and matter.state in tables.HELD):
            return None
        return bool(matter.relations_of(viewer))

    @hookimpl
    def acted(self, event: Event, records: Records) -> Sequence[Follow]:
        """What a deliberation takes up as a topic ends here."""
        if event.action == "take_item" and event.matter.practice != self.code:
            item = records.matter(event.entries["item"])
            own = item is not None and (item.practice, item.kind) == (self.code, "item")
            return [Follow("be_listed", {"topic": event.matter.id}, item.id)] if item is not None and own else []
        return []

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        some = tables.links(self.code, records, since, until, *tables.HELD)
        return list(tables.facts(some, self.params.tiers, subject, records))

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        relation = "site" if subject.noun == "organ" else "participant"
        found = records.matters(self.code, "link", party=subject, relation=relation)
        entries = [Entry(each.payload["on"], f"{each.title}({links.LINK[each.state]})", each.id) for each in found]
        return [Section(self.title, entries)] if entries else []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return tables.sheets(self.code, self.params, since, until, records)
