"""任前审查、法律知识考试、表态发言、表决、任命书、宪法宣誓: from a nomination to somebody sworn in.

Source of the steps: 《关于江北区人大“两个机关”建设的调研报告》 (江北区). The exam with one resit, seven days before the sitting
and what failing twice means are 重庆市's rules on appointments; fifteen working days for the oath its rules on the
oath; more than half of all members 地方组织法 §51. The pass mark is the district's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import Actor, Deadline, Fact, Kind, Matter, Party, Records, Section, Sheet, due, due_on, hookimpl

from . import forms, papers, removals, telling
from .life import ENDS, STATES, Life
from .params import AppointmentParams


class AppointmentPractice(Life):
    """One matter for each nomination and for each removal."""

    title = "任前审查和任命"
    about = (
        "资格初审、法律知识考试、任前表态发言、表决、颁发任命书、宪法宣誓;考试、表决不过的,按规定的话说明理由。"
        "免职、辞职表决通过的,任职当天为止。"
    )
    kinds = (
        Kind("appointment", "任命案", STATES, frozenset(ENDS), forms.Payload),
        Kind("removal", "免职案", removals.STATES, frozenset(removals.ENDS), forms.RemovalPayload),
    )
    relations: ClassVar[Mapping[str, str]] = {"subject": "拟任免人员", "assignee": "单位"}

    class Params(AppointmentParams):
        """The exam, the vote, the oath."""

    def title_of(self, matter: Matter) -> str:
        """Who is to become what, or to leave what."""
        if matter.kind == "removal":
            return papers.what_removal(matter)
        person, organ = matter.party("subject"), matter.party("assignee")
        return f"{person and person.name}任{organ and organ.name}{matter.payload.get('post', '')}"

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        held = matter.payload
        if matter.kind == "removal":
            last = due_on(held["meeting_on"], calendar)
            return [Deadline("表决", last, "put_removal")] if matter.state == "filed" else []
        labels = {
            "filed": ("资格初审", "screen"),
            "qualified": ("法律知识考试", "examine"),
            "resit": ("补考", "examine"),
            "examined": ("任前表态发言", "speak"),
            "spoken": ("表决", "put"),
        }
        if matter.state in labels:
            label, name = labels[matter.state]
            return [Deadline(label, due_on(held["meeting_on"], calendar), name)]
        if matter.state in {"passed", "certified"}:
            label, name = ("颁发任命书", "certify") if matter.state == "passed" else ("宪法宣誓", "swear")
            return [Deadline(label, due(held["appointed_on"], self.params.oath, calendar), name)]
        return []

    @hookimpl
    def ballot_closed(self, matter: Matter, ballot: Any) -> str | None:
        if matter.state != "voting" or not ballot.stands or ballot.line is None:
            return None
        decided = {"carried": ("passed", "removed"), "not_carried": ("failed", "kept")}
        return decided.get(ballot.line.outcome, (None, None))[matter.kind == "removal"]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        return telling.may_see(matter, viewer)

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        nominations = telling.sheet(self.code, since, until, self.params.pass_mark, records)
        removed = telling.removals(self.code, since, until, records)
        return [nominations] if removed is None else [nominations, removed]
