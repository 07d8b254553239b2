"""任命干部工作监督总纲: one dossier for each official, what results were used for, coverage of the term, the plan.

Source: 《丹江口市人大加强干部任后履职监督——真监督带来好效果》 (丹江口市): four supports and a general rule that covers
everybody appointed; three uses of results and cooperation with the party's discipline and organisation departments;
一年打基础、三年见成效、五年建体系. For 杨浦区: 《由人大产生 对人大负责 受人大监督》, full coverage of the heads in a term.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Deadline,
    Fact,
    Follow,
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

from . import forms, plans, telling, uses
from .params import USES, DossierParams


class SupervisionDossier(uses.Uses, plans.Plans):
    """Uses of results, the plan, and everybody's page."""

    title = "任命干部监督档案"
    about = (
        "每名任命干部一份档案:各项监督按时间排列,结果用于通报、约谈、专题监督、移送;本届覆盖情况和分步规划随时可查。"
    )
    relations: ClassVar[Mapping[str, str]] = {"subject": "干部", "assignee": "单位"}
    kinds = (
        Kind("use", "结果运用", uses.STATES, frozenset(uses.ENDS), forms.UsePayload),
        Kind("plan", "规划", plans.PLAN, frozenset({"done"})),
        Kind("step", "规划目标", plans.STEP, frozenset({"reached"}), within="plan"),
    )

    class Params(DossierParams):
        """Ways that count, uses, clocks, steps."""

    def title_of(self, matter: Matter) -> str:
        """Whose use of what, or the plan and its step."""
        if matter.kind == "use":
            person = matter.party("subject")
            return f"{person and person.name} {USES[matter.payload['use']]}"
        return str(matter.payload.get("name" if matter.kind == "plan" else "step", ""))

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        if matter.kind == "use" and matter.state == "served":
            last = due(matter.payload["decided_on"], self.params.response, calendar)
            return [Deadline("提交说明", last, "respond")]
        if matter.kind == "step" and matter.state == "pending":
            return [Deadline("目标实现", due_on(matter.payload["due"], calendar), "reach")]
        return []

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        if matter.kind != "use":
            return None
        return telling.may_read(viewer, matter.party("subject"), matter.party("assignee"))

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return telling.facts(self.code, subject, since, until, records)

    @hookimpl
    def acted(self, event: Any) -> Sequence[Follow]:
        person = event.matter.party("subject")
        for followed in self.params.follows:
            named = (followed["practice"], followed["action"]) == (event.matter.practice, event.action)
            use = followed["means"].get(event.entries.get(followed["entry"]))
            if named and use is not None and person is not None and person.noun == "person":
                text = f"{event.matter.title}:{event.label}"
                entries = {"person": person.id, "use": use, "grounds": text, "about": event.matter.id}
                return [Follow("follow", entries)]
        return []

    @hookimpl
    def dossier(self, subject: Party, viewer: Actor, records: Records) -> Sequence[Section]:
        if subject.noun != "person" or not telling.may_read(viewer, subject, None):
            return []
        found = telling.section(self.code, self.params, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return telling.sheets(self.code, self.params, since, until, records)
