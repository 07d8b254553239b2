"""街道人大工委规范化: duties as a checklist with indicators, staff in post, a yearly score with its reasons.

Source: 《加强区人大常委会街道工委规范化建设》 (徐汇区): committees in the streets since 2016; it names what is missing —
quantified indicators, rules of procedure, staff. What the indicators are, the district sets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Deadline,
    Entry,
    Explained,
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

from . import forms, scoring, tables, years
from .params import StreetParams


class StreetCommittee(years.Years):
    """A street committee, in it its years, in them what was done."""

    title = "街道人大工委规范化"
    about = "街道人大工委的职责清单和量化指标、岗位和在岗人员、年度自评和考核,得分逐项说明理由。"
    relations: ClassVar[Mapping[str, str]] = {"committee": "街道人大工委"}
    kinds = (
        Kind("committee", "街道人大工委", years.COMMITTEE, frozenset({"closed"}), forms.CommitteePayload),
        Kind("year", "年度考核", years.YEAR, frozenset({"settled"}), forms.YearPayload, within="committee"),
        Kind("done", "履职登记", years.DONE, frozenset({"entered", "void"}), within="year"),
    )

    class Params(StreetParams):
        """Duties, posts, levels, clocks."""

    def title_of(self, matter: Matter) -> str:
        """The committee's name; the year's with it; an entry's duty and day."""
        if matter.kind == "done":
            return f"{self.duty(matter.payload['duty'])['label']}({matter.payload['day']})"
        organ = matter.party("committee")
        name = "" if organ is None else organ.name
        return name if matter.kind == "committee" else f"{name} {matter.payload['year']} 年度考核"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        return scoring.shown(matter, self.params) if matter.kind == "year" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.state == "running":
            end = date(matter.payload["year"], 12, 31)
            return [Deadline("自评", due(end, self.params.self_report, calendar), "report")]
        clocks = {
            "reported": ("考核", "report", self.params.assess, "assess"),
            "assessed": ("定档", "assess", self.params.objection, "settle"),
        }
        label, begun, span, name = clocks.get(matter.state, ("", "", None, ""))
        start = matter.done_on("object_to") if begun == "report" else None
        start = start or matter.done_on(begun)
        return [] if start is None or span is None else [Deadline(label, due(start, span, calendar), name)]

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        if subject.noun != "organ":
            return []
        found = records.matters(self.code, "year", party=subject, relation="committee")
        scores = [scoring.shown(each, self.params) for each in found]
        entries = [Entry(each.opened_on, f"{each.title}({years.YEAR[each.state]})", each.id) for each in found]
        return [Section(self.title, entries, [each for each in scores if each is not None])] if entries else []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return list(tables.sheets(self.code, self.params, since, until, records))

    @hookimpl
    def problems(self, records: Records) -> Sequence[Problem]:
        return list(tables.problems(self.code, self.params, records))
