"""财政预算执行进度预警: each quarter's gap between plan and spending, marked by bands; twice high leads to a review.

Source: 《关于江北区人大“两个机关”建设的调研报告》 (江北区): quarterly since 2019, bands at 10, 20 and 30 per cent, a special review
of units with 30 and above twice running, 1.518 million yuan cut from the budget of 2020. The panel's quorum and
majority, the clocks and who may be left out are the district's, and marked 待确认 in its file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Event,
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
    hookimpl,
)

from . import forms, gaps, telling
from .papers import called
from .params import PaceParams
from .quarters import PACE, PACE_ENDS, QUARTER, Quarters
from .reviews import FINDING, FOUND, REVIEW, Reviews, cut_of


class BudgetPace(Quarters, Reviews):
    """A quarter, the projects' paces in it, the reviews it leads to and their findings."""

    title = "财政预算执行进度预警"
    about = "按季度通报项目支出进度,按差额分档预警;连续两次达到评审起点的,进行专项评审,说明不成立、不充分的核减下一年度预算。"
    relations: ClassVar[Mapping[str, str]] = {"subject": "预算单位", "finance": "财政部门", "project": "项目"}
    kinds = (
        Kind("quarter", "季度通报", QUARTER, frozenset({"closed"}), forms.QuarterPayload),
        Kind("pace", "项目进度", PACE, frozenset(PACE_ENDS), forms.PacePayload, within="quarter"),
        Kind("review", "专项评审", REVIEW, frozenset({"concluded", "done"}), forms.ReviewPayload, within="quarter"),
        Kind("finding", "评审认定", FINDING, frozenset(FOUND), within="review"),
    )

    class Params(PaceParams):
        """Bands, the run that leads to a review, panel, clocks."""

    def title_of(self, matter: Matter) -> str:
        """The quarter; the project in it; the unit under review; the project it is reviewed for."""
        if matter.kind == "quarter":
            return f"{called(matter)}预算执行进度通报"
        party = matter.party("subject" if matter.kind == "review" else "project")
        name = "" if party is None else party.name
        if matter.kind == "pace" and matter.parent is not None:
            return f"{name} {called(matter.parent)}"
        return f"{name}预算执行专项评审" if matter.kind == "review" else f"{name} 评审认定"

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind == "pace":
            return gaps.of_pace(matter, self.params.mode)
        return cut_of(matter) if matter.kind == "review" and matter.done_on("conclude") else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        clocks = {
            ("pace", "notified"): (
                "说明",
                matter.done_on("notify") or matter.done_on("revise"),
                self.params.explanation,
                "explain",
            ),
            ("review", "called"): ("汇报", matter.opened_on, self.params.hearing, "hear"),
            ("review", "cutting"): ("调减", matter.done_on("conclude"), self.params.cut_within, "report_cut"),
        }
        label, start, span, name = clocks.get((matter.kind, matter.state), ("", None, None, ""))
        return [] if start is None or span is None else [Deadline(label, due(start, span, calendar), name)]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        inside = {"clerk", "member", "chair", "auditor", "system"}
        if viewer.account_id is None or viewer.roles & inside or "finance" in matter.relations_of(viewer):
            return None
        if matter.kind in {"review", "finding"}:
            return "subject" in matter.relations_of(viewer)
        quarter = matter if matter.parent is None else matter.parent
        return quarter.state != "collecting"

    @hookimpl
    def acted(self, event: Event, records: Records) -> Sequence[Follow]:
        return list(self.follows(event)) if event.matter.practice == self.code else []

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, self.params.mode, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, self.params.mode, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self.code, self.params, since, until, records)
