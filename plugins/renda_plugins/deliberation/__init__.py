"""代表议事会、民生议政会: topics from the people, screened, discussed with departments, followed up until solved.

Source: 《坪山:“六新”注入新动能》 (坪山区): 186 代表议事会 with 2,685 problems solved, 87 民生议政会 with 1,055 projects voted on.
The 《工作流程(试行)》 itself was not found; days and numbers are the district's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Deadline,
    Entry,
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

from . import forms, sessions, states, tallies, topics
from .params import DeliberationParams


class Deliberation(sessions.Sessions, topics.Topics):
    """A session and its topics; beside them what was done before, by number."""

    title = "代表议事会"
    about = "征集、筛选议题,请部门到会议事,交办解决或表决为项目,代表跟踪确认,结果公布。"
    relations: ClassVar[Mapping[str, str]] = {
        "host": "联络站",
        "street": "街道人大工委",
        "leader": "领衔代表",
        "follower": "跟踪代表",
        "invited": "邀请的部门",
        "participant": "参加代表",
        "assignee": "承办单位",
    }
    kinds = (
        Kind("session", "议事会", sessions.STATES, frozenset({"closed"})),
        Kind("topic", "议题", states.STATES, frozenset(states.ENDS), forms.TopicPayload, within="session"),
        Kind("summary", "补录汇总", {"entered": "已补录"}, frozenset({"entered"})),
    )

    class Params(DeliberationParams):
        """Forms, days, numbers, grounds."""

    def title_of(self, matter: Matter) -> str:
        """The topic's own words; for a session its host, form and first day."""
        if matter.kind == "topic":
            return str(matter.payload["title"])
        host, form = matter.party("host"), matter.payload["form"]
        label = next(each["label"] for each in self.params.forms if each["code"] == form)
        name = "" if host is None else host.name
        if matter.kind == "summary":
            return f"{name}{label}汇总({matter.payload['since']} 至 {matter.payload['until']})"
        day = matter.payload.get("meets_on")
        return f"{name}{label}" if day is None else f"{name}{label}({day})"

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.state == "raised":
            return [Deadline("筛选", due(matter.opened_on, self.params.screen, calendar), "adopt")]
        if matter.state == "notified":
            return [Deadline("开会", due_on(matter.payload["meets_on"], calendar), "hold")]
        if matter.state == "assigned":
            return [Deadline("办理", due_on(matter.payload["due"], calendar), "report")]
        reported = matter.done_on("report") if matter.state == "reported" else None
        return [] if reported is None else [Deadline("确认", due(reported, self.params.confirm, calendar), "confirm")]

    @hookimpl
    def may_see(self, matter: Matter) -> bool | None:
        # Sessions are held before the people; what is closed anybody may read.
        return True if matter.state == "closed" else None

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return tallies.told(tallies.facts(self.code, until, records), subject, since, until)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        relation = "assignee" if subject.noun == "organ" else "leader"
        found = records.matters(self.code, "topic", party=subject, relation=relation)
        entries = [Entry(each.opened_on, f"{each.title}({states.STATES[each.state]})", each.id) for each in found]
        return [Section(self.title, entries)] if entries else []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return tallies.sheets(self.code, self.params.forms, since, until, records)
