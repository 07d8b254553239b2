"""A street committee, its staff, its years: the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Paper, Practice, RendaError, Turn, action

from . import forms, refusals, scoring
from .params import MEASURES

COMMITTEE = MappingProxyType({"open": "在册", "closed": "已撤并"})
YEAR = MappingProxyType({"running": "运行中", "reported": "待考核", "assessed": "已评分", "settled": "已定档"})
DONE = MappingProxyType({"entered": "已登记", "void": "已作废"})


class Years(Practice):
    """The actions on a committee, its year and what was done in it."""

    abstract = True

    @action("建档", by="clerk", when=None, then="open", data=forms.Committee, kind="committee")
    def establish(self, matter: Matter, committee: Mapping[str, Any], turn: Turn) -> None:
        refusals.second(self.code, matter, committee["organ"], turn)

    @action("配备人员", by="clerk", when="open", data=forms.Staffing, kind="committee", aside=True)
    def staff_post(self, matter: Matter, staffing: Mapping[str, Any], turn: Turn) -> Change:
        refusals.in_post(matter, staffing, self.params.posts, turn)
        staff = [dict(each) for each in matter.payload.get("staff", ())]
        fresh = {"number": len(staff) + 1, **staffing, "since": turn.day}
        return Change({**dict.fromkeys(staffing), "staff": [*staff, fresh]})

    @action("人员离任", by="clerk", when="open", data=forms.Leaving, kind="committee", aside=True)
    def let_go(self, matter: Matter, leaving: Mapping[str, Any], turn: Turn) -> Change:
        refusals.member(matter, leaving["leaves"], turn)
        left = {"until": turn.day, "left_for": leaving["left_for"]}
        staff = [{**each, **(left if each["number"] == leaving["leaves"] else {})} for each in matter.payload["staff"]]
        return Change({**dict.fromkeys(leaving), "staff": staff})

    @action("撤并", by="clerk", when="open", then="closed", data=forms.Closing, kind="committee", aside=True)
    def close(self, matter: Matter) -> None: ...

    @action("建立年度考核", by="clerk", when=None, then="running", data=forms.Year, kind="year", around="open")
    def begin(self, matter: Matter, year: Mapping[str, Any]) -> Change:
        refusals.second_year(matter, year["year"])
        assert matter.parent is not None
        return Change({"organ": matter.parent.payload["organ"]})

    @action(
        "登记履职",
        by=("committee", "clerk"),
        when=None,
        then="entered",
        data=forms.Done,
        kind="done",
        around="running",
    )
    def enter(self, matter: Matter, done: Mapping[str, Any], turn: Turn) -> None:
        assert matter.parent is not None
        refusals.counted(self.duty(done["duty"]), MEASURES)
        refusals.in_year(matter.parent, done["day"], turn)

    @action(
        "作废",
        by="clerk",
        when="entered",
        then="void",
        data=forms.Void,
        kind="done",
        around=("running", "reported"),
        aside=True,
    )
    def void(self, matter: Matter) -> None: ...

    @action("报送自评", by=("committee", "clerk"), when="running", then="reported", data=forms.SelfReport, kind="year")
    def report(self, matter: Matter, turn: Turn) -> None:
        refusals.year_not_over(matter, turn)

    @action("考核评分", by="clerk", when="reported", then="assessed", data=forms.Assessment, kind="year")
    def assess(self, matter: Matter, assessment: Mapping[str, Any]) -> Change:
        refusals.marks(assessment.get("marks", ()), self.params.duties)
        assert matter.parent is not None
        last = date(matter.payload["year"], 12, 31)
        found = {"in_post": scoring.in_post(matter.parent, last, self.params.posts)}
        after = replace(matter, state="assessed", payload={**matter.payload, **assessment, **found})
        return Change({**found, "level": scoring.level(after, self.params)})

    @action("申请复核", by="committee", when="assessed", then="reported", data=forms.Objection, kind="year", aside=True)
    def object_to(self, matter: Matter) -> None:
        if matter.done_on("object_to") is not None:
            raise RendaError("street_committee.objected_before")

    @action("定档", by="chair", when="assessed", then="settled", kind="year")
    def settle(self, matter: Matter) -> Change:
        points = scoring.shown(matter, self.params)
        assert points is not None
        organ = matter.party("committee")
        parts = [scoring.of_duty(matter, duty, self.params) for duty in self.params.duties]
        lines = [f"{part.label}:{scoring.plain(part, self.params.digits)} 分" for part in parts]
        first = f"{matter.title}得 {points.value} 分,等次:{matter.payload['level']}。{matter.payload['finding']}"
        names = [] if organ is None else [organ.name]
        return Change(papers=[Paper("通报", f"{matter.title}结果", (first, *lines), to=names)])

    def duty(self, code: str) -> Mapping[str, Any]:
        """The duty of that code."""
        found: Mapping[str, Any] = next(each for each in self.params.duties if each["code"] == code)
        return found
