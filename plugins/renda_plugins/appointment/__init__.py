"""任前审查、法律知识考试、表态发言、表决、任命书、宪法宣誓: from a nomination to somebody sworn in.

Source of the steps: 《关于江北区人大“两个机关”建设的调研报告》 (江北区). The exam with one resit, seven days before the sitting
and what failing twice means are 重庆市's rules on appointments; fifteen working days for the oath its rules on the
oath; more than half of all members 地方组织法 §51. The pass mark is the district's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import Actor, Deadline, Fact, Matter, Party, Records, Section, Sheet, due, due_on, hookimpl

from . import forms, telling
from .life import ENDS, STATES, Life
from .params import AppointmentParams


class AppointmentPractice(Life):
    """One matter for each nomination."""

    title = "任前审查和任命"
    about = "资格初审、法律知识考试、任前表态发言、表决、颁发任命书、宪法宣誓;考试、表决不过的,按规定的话说明理由。"
    matter_title = "任免案"
    states = STATES
    ends = ENDS
    relations: ClassVar[Mapping[str, str]] = {"subject": "拟任命人员", "assignee": "单位"}

    class Params(AppointmentParams):
        """The exam, the vote, the oath."""

    class Payload(forms.Payload):
        """Exams and figures."""

    def title_of(self, matter: Matter) -> str:
        """Who is to become what."""
        person, organ = matter.party("subject"), matter.party("assignee")
        return f"{person and person.name}任{organ and organ.name}{matter.payload.get('post', '')}"

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        held = matter.payload
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
        decided = {"carried": "passed", "not_carried": "failed"}
        return decided.get(ballot.line.outcome)

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        return telling.may_see(matter, viewer)

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, viewer: Actor, records: Records) -> Sequence[Section]:
        found = telling.section(self.code, self.title, subject, viewer, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return [telling.sheet(self.code, since, until, self.params.pass_mark, records)]
