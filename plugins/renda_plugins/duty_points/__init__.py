"""代表履职积分: what deputies do, entered, reviewed, made public as points with reasons, corrected by new lines.

Sources: 《坪山:“六新”注入新动能》 (坪山区: 5, 10 and 15 points, by phone, each quarter) and 《关于江北区人大“两个机关”建设的
调研报告》 (江北区: weights by law and importance, published, used for honours, re-election and leaving).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Entry,
    Explained,
    Fact,
    Follow,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    due,
    gathered,
    hookimpl,
)

from . import forms, lines, registers, tables, years
from .params import PointsParams

INSIDE = frozenset({"clerk", "member", "chair", "auditor", "system"})


class DutyPoints(years.Years, registers.Registers):
    """A year, and in it a register for each deputy."""

    title = "代表履职积分"
    about = "履职活动逐项登记、核实、折成积分,分期公布;有异议可以提出,更正另记一条;年度积分用于评优、续任和退出。"
    relations: ClassVar[Mapping[str, str]] = {"subject": "代表本人"}
    kinds = (
        Kind("year", "年度积分", years.STATES, frozenset({"closed"}), forms.YearPayload),
        Kind("register", "积分档案", registers.STATES, frozenset({"ended"}), forms.RegisterPayload, within="year"),
    )

    class Params(PointsParams):
        """The table of items, the periods, the clocks."""

    def title_of(self, matter: Matter) -> str:
        """The year; for a register the deputy as well."""
        year = matter if matter.parent is None else matter.parent
        deputy = matter.party("subject")
        name = "" if deputy is None else f"{deputy.name} "
        return f"{name}{year.payload.get('year', '')} 年度履职积分"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind == "register":
            return lines.points(matter, "年度积分")
        if matter.state != "closed":
            return None
        rows = tables.of_year(matter)
        return gathered(matter.title, tables.whole(rows), tables.average(rows, matter))

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        clocks = {
            "pending": ("核实", "record", self.params.review, "review"),
            "objected": ("答复", "object_to", self.params.answer, "answer_objection"),
            "notice": ("公示期满", "publish", self.params.objection, "close"),
        }
        label, begun, span, name = clocks.get(matter.state, ("", "", None, ""))
        start = matter.done_on(begun)
        return [] if start is None or span is None else [Deadline(label, due(start, span, calendar), name)]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        if matter.kind == "year" or viewer.roles & INSIDE:
            return None
        return "subject" in matter.relations_of(viewer)

    @hookimpl
    def acted(self, event: Any, records: Records) -> Sequence[Follow]:
        if (event.matter.practice, event.action) != (self.code, "gather"):
            return []
        found = years.lines_of_facts(event.matter, event.entries, self.params.items, records, event.day)
        return [Follow("enter_facts", {"fact_lines": each["lines"]}, each["register"]) for each in found]

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return list(_facts(self.code, subject, since, until, records))

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = records.matters(self.code, "register", party=subject, relation="subject")
        if not found:
            return []
        entries = [Entry(each.opened_on, each.title, each.id) for each in found]
        return [Section(self.title, entries, [lines.points(each, each.title) for each in found])]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return tables.sheets(self.code, since, until, records)


def _facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
    """``points.year`` when a year is closed, and ``points.low`` under the line; about the deputy."""
    told: list[Fact] = []
    for year in records.matters(code, "year", states=("closed",)):
        day = year.done_on("close")
        if day is None or not since <= day <= until:
            continue
        for row in tables.of_year(year):
            deputy = row.register.party("subject")
            if deputy is None or (subject is not None and subject.id != deputy.id):
                continue
            text = f"{deputy.name} {year.payload['year']} 年度履职积分 {tables.shown(row.points)} 分"
            told.append(Fact("points.year", deputy, day, text, row.points, row.register.id))
            low = year.payload.get("low")
            if low is not None and lines.number_of(row.points) < low:
                told.append(Fact("points.low", deputy, day, text, row.points, row.register.id))
    return told
