"""书香人大、干部轮流主讲学堂: one lecture a month, in four parts; one rating a year.

Source: 《关于江北区人大“两个机关”建设的调研报告》 (江北区: 每月一讲、一年一评比, 53 lectures; the four parts and the four groups who listen).
Who rates, how and how many are chosen is not said: parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Deadline,
    Entry,
    Explained,
    Fact,
    Kind,
    Matter,
    Party,
    Problem,
    Records,
    Section,
    Sheet,
    due,
    due_on,
    gathered,
    hookimpl,
)

from . import forms, lectures, rating, tables
from .params import StudyParams


class StudySessions(lectures.Lectures):
    """A year, and in it lectures and marks."""

    title = "干部轮流主讲学堂"
    about = "书香人大:每月一讲、一年一评比,各环节由谁主讲、谁来听讲、来了多少,年末评分评出好讲。"
    relations: ClassVar[Mapping[str, str]] = {"speaker": "主讲人", "listener": "到场的人大代表"}
    kinds = (
        Kind("year", "年度学堂", lectures.YEAR, frozenset({"rated"}), forms.YearPayload),
        Kind("lecture", "讲", lectures.LECTURE, frozenset({"held", "cancelled"}), forms.LecturePayload, within="year"),
        Kind("marks", "评分", {"given": "已评分"}, frozenset({"given"}), forms.MarksPayload, within="year"),
    )

    class Params(StudyParams):
        """Parts, groups, themes, the rating."""

    def title_of(self, matter: Matter) -> str:
        """The lecture's own title; for marks whose they are; for a year the year."""
        if matter.kind == "lecture":
            return str(matter.payload["title"])
        if matter.kind == "marks":
            return f"{matter.payload['rater']}的评分"
        return f"{matter.payload['year']} 年度主讲学堂"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind != "year" or matter.state != "rated":
            return None
        return gathered(
            matter.title, *(rating.shown(each, self.params.digits) for each in rating.means(matter).values())
        )

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.state == "planned":
            return [Deadline("开讲", due_on(matter.payload["on"], calendar), "hold")]
        if matter.state in {"running", "rating"}:
            end, name = date(matter.payload["year"], 12, 31), "start_rating" if matter.state == "running" else "settle"
            return [Deadline("评比", due(end, self.params.rating, calendar), name)]
        return []

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        """``study.lectured`` of whoever gave a part, ``study.attended`` of deputies entered by name; on that day.

        Whether they give a deputy points is for the table of the district's points to say.
        """
        return list(tables.facts(tables.held(self.code, records, since, until), subject))

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        if subject.noun == "organ":
            return []
        found = records.matters(self.code, "lecture", states=("held",), party=subject, relation="speaker")
        entries = [
            Entry(each.payload["on"], f"主讲第 {each.payload['number']} 期“{each.title}”", each.id) for each in found
        ]
        return [Section(self.title, entries)] if entries else []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return tables.sheets(self.code, self.params, since, until, records)

    @hookimpl
    def problems(self, records: Records) -> Sequence[Problem]:
        return list(tables.problems(self.code, records))
