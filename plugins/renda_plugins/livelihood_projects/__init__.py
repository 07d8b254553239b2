"""民生实事项目人大代表票决: the people wish, the deputies choose, the government carries out, the congress checks.

Source: 《关于江北区人大“两个机关”建设的调研报告》 (江北区): 213 deputies, 20 candidates, 13 chosen; three checks; what is
finished is measured and reported to the next congress. 《坪山区人大常委会关于实施民生实事项目人大代表票决制的决定》:
third-party evaluation, deputies in groups. 《政府实事项目运行机制的专题调研报告》 (奉贤区): kinds rated low are not
taken again. The legal ground is 地方组织法 §11 (3); the sums of the ballot are the district's.
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
    Follow,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    due_on,
    hookimpl,
)

from . import forms, projects, rounds, telling
from .params import LivelihoodParams


class LivelihoodProjects(rounds.Rounds, projects.Projects):
    """A year, the wishes and the projects inside it."""

    title = "民生实事项目人大代表票决"
    about = "群众点单、代表定单、政府买单、人大验单:征集、候选、差额票决、三查、满意度测评、次年报告。"
    relations: ClassVar[Mapping[str, str]] = {"assignee": "责任单位", "project": "名册项目"}
    kinds = (
        Kind("round", "年度票决", rounds.STATES, frozenset({"reported"}), forms.RoundPayload),
        Kind("idea", "征集需求", rounds.IDEA, frozenset({"adopted", "declined"}), within="round"),
        Kind(
            "project", "民生实事项目", projects.STATES, frozenset(projects.ENDS), forms.ProjectPayload, within="round"
        ),
    )

    class Params(LivelihoodParams):
        """Kinds, ballot, surplus, inspections, measurement."""

    def title_of(self, matter: Matter) -> str:
        """The year, the wish or the project's name."""
        if matter.kind == "round":
            return f"{matter.payload['year']} 年度民生实事项目票决"
        return str(matter.payload["title" if matter.kind == "idea" else "name"])

    @hookimpl
    def ballot_closed(self, matter: Matter, ballot: Any) -> str | None:
        if not ballot.stands or ballot.line is None:
            return None
        if matter.state == "done":
            return projects.after_measurement(matter, ballot.line.outcome, self.params.again)
        following = ballot.following or {}
        if matter.state != "candidate" or ballot.line.code in following.get("candidates", ()):
            return None
        return "chosen" if ballot.line.outcome == "chosen" else "not_chosen"

    @hookimpl
    def acted(self, event: Any, records: Records) -> Sequence[Follow]:
        return self.follows(event, records) if event.matter.practice == self.code else []

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        return telling.rate(matter) if matter.kind == "round" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind == "round" and matter.state == "soliciting":
            return [Deadline("截止征集", due_on(matter.payload["until"], calendar), "close_solicitation")]
        if matter.kind == "project" and matter.state in {"carrying", "crossing"}:
            return [Deadline("完成", due_on(matter.payload["finish_on"], calendar), "complete")]
        return []

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        chosen = matter.kind == "project" and matter.state in telling.CHOSEN
        return True if chosen and "public" in viewer.roles else None

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.unfinished(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self.code, since, until, records)
