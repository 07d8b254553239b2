"""A year: everybody writes, the chairpersons' meeting fixes the plan, some speak, some are measured, all is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Ballot, BallotSubject, Change, Follow, Matter, Opening, Practice, Records, RendaError, Turn, action

from . import forms, papers, refusals
from .params import MEASURED

STATES = MappingProxyType(
    {
        "reporting": "书面述职",
        "planned": "方案已审定",
        "sitting": "会议述职",
        "voting": "测评",
        "closed": "办结",
        "cancelled": "撤销",
    }
)
ENDS = ("closed", "cancelled")
READY = ("submitted", *refusals.GONE)


class Rounds(Practice):
    """The actions on a year."""

    abstract = True

    @action("启动年度述职", by="clerk", when=None, then="reporting", data=forms.Year, kind="round")
    def begin(self, matter: Matter, year: Mapping[str, Any], turn: Turn) -> Change:
        refusals.second_year(matter, self.code, year["year"], self.params, turn)
        opens = [Opening("report", each) for each in self._reporters(year, turn)]
        if not opens:
            raise RendaError("duty_report.nobody")
        organs = [turn.records.party("organ", each.entries["organ"]).name for each in opens]
        return Change(opens=opens, papers=[papers.call(year["year"], organs, self.params.due)])

    @action(
        "审定述职方案",
        by="chair",
        when="reporting",
        then="planned",
        data=forms.Plan,
        kind="round",
        children={"draw": ("drawn", "void")},
    )
    def approve_plan(self, matter: Matter, plan: Mapping[str, Any], turn: Turn) -> Change:
        oral = self._spoken_by(matter, plan, turn)
        measured = self._measured(matter, plan, oral, turn)
        return Change(papers=[papers.plan(matter, plan, oral, measured)])

    @action("召开述职会议", by="clerk", when="planned", then="sitting", kind="round", children={"report": READY})
    def open_sitting(self, matter: Matter) -> None: ...

    @action("提请测评", by="clerk", when="sitting", then="voting", kind="round")
    def put_to_the_vote(self, matter: Matter) -> Change:
        silent = [each for each in called(matter) if each.state != "spoken"]
        if silent:
            raise RendaError("duty_report.unspoken", missing="、".join(each.title for each in silent))
        measured = self.to_measure(matter)
        if not measured:
            raise RendaError("duty_report.nobody_measured")
        subjects = [
            BallotSubject(each.title, matter=each.id)
            for each in sorted(measured, key=lambda one: one.state != "spoken")
        ]
        question = f"{matter.payload['year']} 年度述职测评"
        return Change(ballots=[Ballot(question, "measurement", self.params.measurement, subjects)])

    @action("报告测评结果", by="clerk", when="voting", then="closed", data=forms.Opinions, kind="round")
    def report_results(self, matter: Matter, said: Mapping[str, Any]) -> Change:
        left = [each.title for each in self.to_measure(matter)]
        if left:
            raise RendaError("duty_report.unmeasured", missing="、".join(left))
        told = [papers.results(matter, said["opinions"], self.params)]
        measured = [each for each in matter.children("report") if each.state == "measured"]
        if self.params.feedback:
            told += [papers.feedback(each, said["opinions"], self.params) for each in measured]
        return Change(papers=told)

    @action(
        "撤销年度述职",
        by="chair",
        when=("reporting", "planned"),
        then="cancelled",
        data=forms.Reason,
        kind="round",
        aside=True,
    )
    def cancel(self, matter: Matter) -> None: ...

    def to_measure(self, around: Matter) -> list[Matter]:
        """The reports that are to be measured and are not yet."""
        waiting = [each for each in around.children("report") if each.state in {"submitted", "spoken"}]
        if self.params.measured_by == "all":
            return waiting
        return [each for each in waiting if each.payload.get(MARK[self.params.measured_by])]

    def _reporters(self, year: Mapping[str, Any], turn: Turn) -> list[dict[str, Any]]:
        """Who holds a post in scope on the year's last day, or today in a year under way; whoever held it before."""
        last, named = min(date(year["year"], 12, 31), turn.day), year.get("officials") or ()
        if self.params.reporters == "all":
            if named:
                raise RendaError("duty_report.all_report")
            people = [each.id for each in turn.records.parties("official", last)]
            named = [each for each in people if refusals.scoped(each, last, self.params, turn.records)]
        refusals.twice(named, turn.records)
        reporters = []
        for person in named:
            post, organ, group = refusals.in_scope(person, last, self.params, turn.records)
            before = turn.records.posts(person, date(year["year"], 1, 1))
            reporters.append(
                {
                    "official": person,
                    "post": post,
                    "organ": organ.id,
                    "group": group["code"],
                    "changed": (post, organ) not in before,
                }
            )
        return reporters

    def _spoken_by(self, matter: Matter, plan: Mapping[str, Any], turn: Turn) -> list[int]:
        if self.params.oral_by == "draw":
            if plan.get("oral"):
                raise RendaError("duty_report.by_draw")
            drawn = [each.payload["official"] for each in called(matter)]
            if self.params.oral_n and not drawn:
                raise RendaError("duty_report.undrawn")
            return drawn
        oral = list(plan.get("oral") or ())
        refusals.designated(matter, oral, "口头述职人员", self.params.oral_n, turn)
        refusals.callable_groups(matter, oral, self.params)
        return oral

    def _measured(self, matter: Matter, plan: Mapping[str, Any], oral: Sequence[int], turn: Turn) -> list[int]:
        if self.params.measured_by == "designated":
            measured = list(plan.get("measured") or ())
            refusals.designated(matter, measured, "测评对象", self.params.measured_n, turn)
            refusals.callable_groups(matter, measured, self.params)
            return measured
        if plan.get("measured"):
            raise RendaError("duty_report.by_rule", whom=MEASURED[self.params.measured_by])
        if self.params.measured_by == "oral":
            return list(oral)
        return [each.payload["official"] for each in matter.children("report") if each.state not in refusals.GONE]

    def round_follows(self, event: Any, records: Records) -> Sequence[Follow]:
        """What a step of the year means for the reports and the draw in it, taken in the same transaction."""
        around, reports = event.matter, records.children(event.matter, "report")
        if event.action == "approve_plan":
            by_list = {
                "name_oral": around.payload.get("oral") or (),
                "name_measured": around.payload.get("measured") or (),
            }
            return [
                Follow(name, {}, each.id)
                for name, people in by_list.items()
                for each in reports
                if each.payload["official"] in people and each.state not in refusals.GONE
            ]
        draws = [each for each in records.children(around, "draw") if each.state not in {"void", "settled"}]
        if event.action == "cancel":
            gone = [Follow("lapse", {}, each.id) for each in draws]
            return [*gone, *(Follow("drop", {}, each.id) for each in reports if each.state in {"due", "submitted"})]
        if event.action == "put_to_the_vote":
            return [Follow("settle", {}, each.id) for each in draws]
        if event.action == "report_results":
            return [Follow("close_report", {}, each.id) for each in reports if each.state not in refusals.GONE]
        return []


MARK = MappingProxyType({"designated": "measure", "oral": "oral"})


def called(around: Matter) -> list[Matter]:
    """The reports whose authors speak."""
    gone = refusals.GONE
    return [each for each in around.children("report") if each.payload.get("oral") and each.state not in gone]
