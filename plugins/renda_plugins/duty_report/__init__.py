"""述职测评、任后履职监督: all in scope write, a few speak, some or all are measured, the result is told on the spot.

Source: 《坪山人大:“六新”注入新动能》: reports in the first quarter, six heads of departments drawn by lot to speak,
fourteen reports measured, to the Party committee, copies to the government and the organisation department.
《关于江北区人大“两个机关”建设的调研报告》: eight spoke and twelve wrote on 26 November 2020; results and opinions to
unit and person. No published rule says how lots are drawn: here a frozen list, two parties, a record anybody checks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import Actor, Deadline, Explained, Fact, Follow, Kind, Matter, Party, Records, Section, Sheet, hookimpl

from . import draws, forms, lists, reports, rounds, telling
from .params import ReportParams


class DutyReport(rounds.Rounds, reports.Reports, draws.Draws):
    """A year, the reports in it, the draw of those who speak."""

    title = "述职测评"
    about = "任命人员每年书面述职,部分人员口头述职,常委会组成人员测评,结果当场公布;口头述职人员可抽签产生,抽签记录人人可核对。"
    relations: ClassVar[Mapping[str, str]] = {"subject": "述职人员", "assignee": "所在单位", "witness": "监督员"}
    kinds = (
        Kind("round", "年度述职", rounds.STATES, frozenset(rounds.ENDS)),
        Kind("report", "述职报告", reports.STATES, frozenset(reports.ENDS), forms.ReportPayload, within="round"),
        Kind("draw", "抽签", draws.STATES, frozenset(draws.ENDS), forms.DrawPayload, within="round"),
    )

    class Params(ReportParams):
        """Scope, clocks, how many speak and are measured, recipients."""

    def title_of(self, matter: Matter) -> str:
        """The year, the draw, or who reports for which unit."""
        around = matter if matter.kind == "round" else matter.parent
        year = "" if around is None else around.payload["year"]
        if matter.kind == "report":
            return f"{lists.name(matter, 'subject')}({lists.name(matter, 'assignee')})"
        return f"{year} 年度述职" if matter.kind == "round" else f"{year} 年度口头述职人员抽签"

    @hookimpl
    def ballot_closed(self, matter: Matter, ballot: Any) -> str | None:
        return "measured" if ballot.stands and matter.state in {"submitted", "spoken"} else None

    @hookimpl
    def acted(self, event: Any, records: Records) -> Sequence[Follow]:
        if event.matter.practice != self.code:
            return []
        return [*self.round_follows(event, records), *self.draw_follows(event, records)]

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind == "report":
            return telling.satisfied_rate(matter)
        return telling.on_time_rate(matter) if matter.kind == "round" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind != "report" or matter.state != "due":
            return []
        last = self.due_of(matter, calendar)
        return [] if last is None else [Deadline("提交履职情况报告", last, "submit")]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        return telling.insiders_only(matter, viewer)

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self, since, until, records)
