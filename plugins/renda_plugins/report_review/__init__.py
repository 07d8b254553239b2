"""年度履职报告评阅: the heads' yearly reports read by a group, their problems put right, four rates told.

Source: 《丹江口市人大加强干部任后履职监督——真监督带来好效果》 (丹江口市): five steps, three uses of the results, 26 reports and
117 problems in 2020, four rates of 100%. Days, numbers of readers and the mark sheet are the district's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Explained,
    Fact,
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

from . import forms, problems, rates, readings, reports, reviews
from .filings import FILING, Filings
from .params import ReviewParams


class ReportReview(reviews.Reviews, Filings, reports.Reports, readings.Readings, problems.Problems):
    """A year's review, its reports, their readings and problems, and what other organs file."""

    title = "年度履职报告评阅"
    about = "成立专班、分散审阅、集中评阅、延伸评阅、拟定报告,结果用于情况通报、工作约谈、专题监督;一委两院自行评阅,报送备案。"
    relations: ClassVar[Mapping[str, str]] = {
        "subject": "报告人",
        "assignee": "报告单位",
        "reader": "评阅人",
        "group-leader": "专班组长",
        "group-member": "专班成员",
    }
    kinds = (
        Kind("review", "评阅", reviews.STATES, frozenset({"closed"}), forms.ReviewPayload),
        Kind("report", "履职报告", reports.STATES, frozenset(reports.ENDS), forms.ReportPayload, within="review"),
        Kind("reading", "审阅", readings.STATES, frozenset(readings.ENDS), within="report"),
        Kind("problem", "问题", problems.STATES, frozenset(problems.ENDS), forms.ProblemPayload, within="report"),
        Kind("filing", "备案", FILING, frozenset({"recorded"}), within="review"),
    )

    class Params(ReviewParams):
        """Days, numbers, the mark sheet, recipients."""

    def title_of(self, matter: Matter) -> str:
        """The year; for what lies inside, whose it is as well."""
        review = matter
        while review.parent is not None:
            review = review.parent
        year = f"{review.payload.get('year', '')} 年度"
        subject, organ, reader = (matter.party(relation) for relation in ("subject", "assignee", "reader"))
        named = {
            "review": f"{year}履职报告评阅",
            "report": f"{subject and subject.name} {year}履职报告",
            "reading": f"{subject and subject.name} {year}履职报告·{reader and reader.name}",
            "problem": f"{subject and subject.name} 问题 {matter.payload.get('number', '')}",
            "filing": f"{organ and organ.name} {year}评阅备案",
        }
        return named[matter.kind]

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind == "review":
            return rates.of_review(matter) if matter.state in {"drafting", "using", "closed"} else None
        if matter.kind == "reading":
            return rates.of_reading(matter, self.params.marks) if "given" in matter.payload else None
        return rates.of_report(matter, self.params.marks) if matter.kind == "report" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        last = None
        if matter.kind == "report" and matter.state in {"due", "returned"} and matter.parent is not None:
            last = Deadline("报送", due_on(matter.parent.payload["due"], calendar), "submit")
        elif matter.kind == "reading" and matter.state == "assigned":
            last = Deadline("审阅", due(matter.opened_on, self.params.reading, calendar), "hand_in")
        elif matter.kind == "problem" and matter.state in problems.TO_DO and self.fed_back(matter):
            last = Deadline("整改", self.last_day(matter, calendar), "rectify")
        return [] if last is None else [last]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        return readings.private_until_joint(matter, viewer)

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return rates.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = rates.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return rates.sheets(self.code, since, until, records)
