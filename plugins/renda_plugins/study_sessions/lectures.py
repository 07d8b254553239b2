"""Years, lectures and marks: the actions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action

from . import forms, papers, rating, refusals

YEAR = MappingProxyType({"running": "开讲中", "rating": "评比中", "rated": "已评比"})
LECTURE = MappingProxyType({"planned": "已排讲", "held": "已开讲", "cancelled": "已取消"})


class Lectures(Practice):
    """The actions on a year, its lectures and its marks."""

    abstract = True

    @action("开办年度学堂", by="clerk", when=None, then="running", data=forms.Year, kind="year")
    def begin(self, matter: Matter, year: Mapping[str, Any], turn: Turn) -> None:
        refusals.second_year(self.code, matter, year["year"], turn)

    @action(
        "开始评比",
        by="clerk",
        when="running",
        then="rating",
        kind="year",
        children={"lecture": ("held", "cancelled")},
    )
    def start_rating(self, matter: Matter) -> None:
        if not rating.held(matter):
            raise RendaError("study_sessions.no_lecture", year=matter.payload["year"])

    @action("评定", by="clerk", when="rating", then="rated", kind="year")
    def settle(self, matter: Matter) -> Change:
        refusals.few(len(matter.children("marks")), self.params.raters_least)
        chosen = rating.chosen(matter, self.params.best)
        return Change({"chosen": chosen}, papers=[papers.result(matter, chosen, self.params.digits)])

    @action("排讲", by="clerk", when=None, then="planned", data=forms.Plan, kind="lecture", around="running")
    def plan(self, matter: Matter, plan: Mapping[str, Any], turn: Turn) -> Change:
        refusals.day(matter, plan["on"], turn)
        refusals.parts(plan["parts"], self.params.parts)
        return Change({"speakers": _speakers(plan["parts"])}, papers=[papers.notice(plan)])

    @action("改期换人", by="clerk", when="planned", data=forms.Moved, kind="lecture", aside=True)
    def move(self, matter: Matter, moved: Mapping[str, Any], turn: Turn) -> Change:
        refusals.day(matter, moved["on"], turn)
        now = {**matter.payload, **moved}
        refusals.parts(now["parts"], self.params.parts)
        return Change({"speakers": _speakers(now["parts"])}, papers=[papers.notice(now)])

    @action("记录开讲", by="clerk", when="planned", then="held", data=forms.Held, kind="lecture")
    def hold(self, matter: Matter, held: Mapping[str, Any], turn: Turn) -> Change:
        refusals.not_yet(matter, turn)
        refusals.attendance(held["attendance"], self.params.groups)
        refusals.deputies(matter, held, self.params.groups, turn)
        return Change({"number": len(turn.records.matters(self.code, "lecture", states=("held",))) + 1})

    @action("取消这一讲", by="clerk", when="planned", then="cancelled", data=forms.Off, kind="lecture", aside=True)
    def cancel(self, matter: Matter) -> None: ...

    @action(
        "评分",
        by=("member", "chair", "clerk"),
        when=None,
        then="given",
        data=forms.Marks,
        kind="marks",
        around="rating",
    )
    def mark(self, matter: Matter, marks: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None
        refusals.marks(matter, marks["marks"], rating.held(matter.parent), turn)
        return Change({"rater": turn.actor.name})


def _speakers(parts: Any) -> list[int]:
    return list(dict.fromkeys(each["speaker"] for each in parts))
