"""民情联络员、选民监督员: people who carry word to deputies, people who watch them; what they bring gets an answer.

Sources: 《关于江北区人大“两个机关”建设的调研报告》 (江北区: each deputy has three 民情联络员; community secretaries and heads as
选民监督员, invited to inspections, appraisals, sittings and deputies' reports) and 《坪山:“六新”注入新动能》 (坪山区: a corps of 民情联络员).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Entry,
    Fact,
    Follow,
    Kind,
    Matter,
    Party,
    Problem,
    Records,
    Section,
    Sheet,
    due,
    due_on,
    hookimpl,
)

from . import forms, items, people, tables
from .params import LiaisonParams

INSIDE = frozenset({"clerk", "member", "chair", "auditor", "system"})


class Liaisons(people.People, items.Items):
    """A deputy's liaisons, supervisors, invitations, and what is brought."""

    title = "民情联络员、选民监督员"
    about = "每名代表联系几名民情联络员;邀请选民监督员参加视察、评议、会议和代表述职;反映的民情转办、答复、反馈,必要的转为代表建议。"
    relations: ClassVar[Mapping[str, str]] = {"contact": "联系代表", "keeper": "街镇", "assignee": "承办单位"}
    kinds = (
        Kind("item", "民情事项", items.ITEM, frozenset({"closed", "suggested", "listed"}), forms.ItemPayload),
        Kind("team", "联络关系", people.SERVING, frozenset({"ended"}), forms.TeamPayload),
        Kind("supervisor", "选民监督员", people.SERVING, frozenset({"ended"})),
        Kind("invitation", "邀请", people.INVITED, frozenset({"held"})),
    )

    class Params(LiaisonParams):
        """Numbers, capacities, occasions, clocks."""

    def title_of(self, matter: Matter) -> str:
        """What was brought, whose liaisons, who supervises, or to what somebody is invited."""
        held = matter.payload
        if matter.kind == "team":
            deputy = matter.party("contact")
            return f"{'' if deputy is None else deputy.name}的民情联络员"
        if matter.kind == "supervisor":
            return f"选民监督员{held['name']}"
        return str(held["title"] if matter.kind == "item" else f"{held['occasion']}:{held['subject']}")

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.state == "received":
            return [Deadline("转办", due(matter.opened_on, self.params.route, calendar), "route")]
        if matter.state == "invited":
            return [Deadline("参加", due_on(matter.payload["on"], calendar), "record")]
        routed = matter.done_on("route") if matter.state == "routed" else None
        return [] if routed is None else [Deadline("答复", due(routed, self.params.answer, calendar), "answer")]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        if matter.kind != "item" or viewer.roles & INSIDE:
            return None
        return bool(matter.relations_of(viewer))

    @hookimpl
    def acted(self, event: Any, records: Records) -> Sequence[Follow]:
        """What a supervisor says at an occasion becomes an item; what a deliberation takes up ends here."""
        if event.action == "take_item" and event.matter.practice != self.code:
            item = records.matter(event.entries["item"])
            own = item is not None and (item.practice, item.kind) == (self.code, "item")
            return [Follow("be_listed", {"topic": event.matter.id}, item.id)] if item is not None and own else []
        if (event.matter.practice, event.action) != (self.code, "record"):
            return []
        return [Follow("bring_from_meeting", dict(remark)) for remark in event.entries.get("remarks", ())]

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return list(tables.facts(self.code, subject, since, until, records))

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        if subject.noun == "organ":
            return []
        found = records.matters(self.code, party=subject, relation="contact")
        entries = [Entry(each.opened_on, each.title, each.id) for each in found]
        return [Section(self.title, entries)] if entries else []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return tables.sheets(self.code, self.params, since, until, records)

    @hookimpl
    def problems(self, records: Records) -> Sequence[Problem]:
        return list(tables.problems(self.code, self.params, records))
