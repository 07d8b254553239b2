"""代表家站点: centre, homes, stations and points; five ledgers a year; a yearly check.

Sources: 《坪山:“六新”注入新动能》 (23 stations, 159 points), 《关于江北区人大“两个机关”建设的调研报告》 (a centre of 650 m², 12 homes,
41 stations), 《提升人大代表“家站点”功能作用》 (青浦区: 65 stations, five ledgers, a check still missing), 《加强区人大常委会街道工委规范化建设》
(徐汇区: 代表之家).
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
    Explained,
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
    hookimpl,
)

from . import forms, ledgers, places, tables
from .params import StationParams

INSIDE = frozenset({"clerk", "member", "chair", "auditor", "system"})


class Stations(places.Places):
    """A place, its years, and in them activities and opinions."""

    title = "代表家站点"
    about = "代表活动中心、代表之家、工作站、联系点:驻站代表、五本台账、群众意见的处理和年度考核。"
    relations: ClassVar[Mapping[str, str]] = {
        "keeper": "街镇",
        "attached": "驻站代表",
        "participant": "参加代表",
        "receiver": "接待代表",
        "assignee": "承办单位",
    }
    kinds = (
        Kind("place", "阵地", places.PLACE, frozenset({"closed"})),
        Kind("year", "年度台账", places.YEAR, frozenset({"checked"}), forms.YearPayload, within="place"),
        Kind("activity", "活动记录", {"recorded": "已记录"}, frozenset({"recorded"}), within="year"),
        Kind("opinion", "群众意见", places.OPINION, frozenset({"closed", "suggested", "listed"}), within="year"),
    )

    class Params(StationParams):
        """Sorts of places, ledgers, the check."""

    def title_of(self, matter: Matter) -> str:
        """The place's name; the year's with it; an activity's day; an opinion's first words."""
        if matter.kind == "place":
            return str(matter.payload["title"])
        if matter.kind == "opinion":
            return str(matter.payload["opinion"])[:30]
        if matter.kind == "activity":
            place = matter.parent and matter.parent.parent
            return f"{place.title if place else ''}{matter.payload['activity']}({matter.payload['day']})"
        return f"{matter.parent.title if matter.parent else ''} {matter.payload['year']} 年度台账"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        return ledgers.score(matter, self.params.aspects) if matter.kind == "year" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.state == "running":
            end = date(matter.payload["year"], 12, 31)
            return [Deadline("自查", due(end, self.params.self_check, calendar), "submit")]
        if matter.kind == "opinion" and matter.state in {"received", "routed"}:
            return [Deadline("答复", due(matter.opened_on, self.params.opinion, calendar), "answer")]
        return []

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        if matter.kind == "place":
            return True
        if matter.kind != "opinion" or viewer.roles & INSIDE:
            return None
        return bool(matter.relations_of(viewer) & {"keeper", "receiver", "assignee"})

    @hookimpl
    def acted(self, event: Event, records: Records) -> Sequence[Follow]:
        """What a deliberation takes up as a topic ends here."""
        if event.action == "take_item" and event.matter.practice != self.code:
            item = records.matter(event.entries["item"])
            own = item is not None and (item.practice, item.kind) == (self.code, "opinion")
            return [Follow("be_listed", {"topic": event.matter.id}, item.id)] if item is not None and own else []
        return []

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return list(tables.facts(self.code, subject, since, until, records))

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        relation = "keeper" if subject.noun == "organ" else "participant"
        kind = "place" if subject.noun == "organ" else "activity"
        found = records.matters(self.code, kind, party=subject, relation=relation)
        entries = [Entry(each.payload.get("day", each.opened_on), each.title, each.id) for each in found]
        return [Section(self.title, entries)] if entries else []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return tables.sheets(self.code, self.params, since, until, records)

    @hookimpl
    def problems(self, records: Records) -> Sequence[Problem]:
        return list(tables.problems(self.code, self.params, records))
