"""A deputy's register of a year: entered, reviewed, objected to, corrected by new lines, ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, Turn, action

from . import forms, lines, refusals
from .params import RECORDERS

STATES = MappingProxyType({"open": "登记中", "pending": "待核实", "objected": "异议待答复", "ended": "资格终止"})
LIVING = ("open", "pending")


class Registers(Practice):
    """The actions on a register."""

    abstract = True

    @action("建立积分档案", by="clerk", when=None, then="open", data=forms.Register, kind="register", around="open")
    def open_register(self, matter: Matter, register: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None
        refusals.second_register(matter.parent, matter, register["deputy"], turn)
        return Change({"lines": []})

    @action(
        "登记履职活动",
        by="subject",
        when=LIVING,
        then="pending",
        data=forms.Activity,
        kind="register",
        around="open",
        aside=True,
    )
    def record(self, matter: Matter, activity: Mapping[str, Any], turn: Turn) -> Change:
        item = self._item(activity["item"])
        refusals.may_enter(item, "deputy", RECORDERS)
        refusals.activity(matter, activity, item, turn)
        return self._with(matter, turn, [{**_kept(activity), "source": "deputy", "status": "pending"}], activity)

    @action(
        "登记组织的活动", by="clerk", when=LIVING, data=forms.Activities, kind="register", around="open", aside=True
    )
    def enter(self, matter: Matter, entered: Mapping[str, Any], turn: Turn) -> Change:
        fresh = []
        for activity in entered["activities"]:
            item = self._item(activity["item"])
            refusals.may_enter(item, "clerk", RECORDERS)
            refusals.activity(matter, activity, item, turn)
            fresh.append({**_kept(activity), "source": "organiser", "status": "counted"})
        return self._with(matter, turn, fresh, entered)

    @action("由事实登记", by="system", when="*", data=forms.FactLines, kind="register", around="open", aside=True)
    def enter_facts(self, matter: Matter, facts: Mapping[str, Any], turn: Turn) -> Change:
        fresh = [{**line, "quantity": 1, "source": "fact", "status": "counted"} for line in facts["fact_lines"]]
        return self._with(matter, turn, fresh, facts)

    @action("核实登记", by="clerk", when="pending", then="open", data=forms.Review, kind="register", around="open")
    def review(self, matter: Matter, review: Mapping[str, Any]) -> Change:
        refused = review.get("refused", ())
        refusals.waiting(matter, refused)
        reviewed = []
        for line in lines.of(matter):
            if line["status"] == "pending":
                line = {**line, "status": "refused" if line["number"] in refused else "counted"}
            reviewed.append(dict(line))
        return Change({"lines": reviewed})

    @action(
        "提出异议",
        by="subject",
        when="open",
        then="objected",
        data=forms.Objection,
        kind="register",
        around=("open", "notice"),
        aside=True,
    )
    def object_to(self, matter: Matter) -> None: ...

    @action("答复异议", by="clerk", when="objected", then="open", data=forms.Answer, kind="register")
    def answer_objection(self, matter: Matter, answer: Mapping[str, Any], turn: Turn) -> Change | None:
        if "line" not in answer:
            return None
        return self._corrected(matter, turn, answer["line"], answer["right_quantity"], answer["answer"])

    @action(
        "更正",
        by="clerk",
        when=("open", "pending", "ended"),
        data=forms.Correction,
        kind="register",
        around=("open", "notice"),
        aside=True,
    )
    def correct(self, matter: Matter, correction: Mapping[str, Any], turn: Turn) -> Change:
        found = correction["line"], correction["right_quantity"], correction["correction"]
        return self._corrected(matter, turn, *found)

    @action("终止代表资格", by="clerk", when="open", then="ended", data=forms.Ending, kind="register", aside=True)
    def end(self, matter: Matter, ending: Mapping[str, Any]) -> None:
        refusals.ending(matter, ending["ended_on"])

    def _item(self, code: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = next(item for item in self.params.items if item["code"] == code)
        return found

    def _corrected(self, matter: Matter, turn: Turn, line: int, right: int, reason: str) -> Change:
        wrong = refusals.correction(matter, line, right)
        fresh = {
            "item": wrong["item"],
            "day": wrong["day"],
            "quantity": right - lines.quantity(matter, line),
            "note": reason,
            "source": "correction",
            "status": "counted",
            "corrects": line,
        }
        return self._with(matter, turn, [fresh])

    def _with(self, matter: Matter, turn: Turn, fresh: Iterable[Mapping[str, Any]], form: Iterable[str] = ()) -> Change:
        kept = [dict(line) for line in lines.of(matter)]
        for line in fresh:
            item, booked = self._item(line["item"]), self._booked(matter, line["day"], turn.day)
            frozen = {name: item[name] for name in ("label", "points", "cap", "basis") if name in item}
            kept.append({**line, **frozen, "number": len(kept) + 1, "booked": booked})
        # What the form held stands in the lines; left beside them it would fill in the next form.
        return Change({**dict.fromkeys(form), "lines": kept})

    def _booked(self, matter: Matter, day: date, today: date) -> date:
        """The day itself, or today where its period is published: what was published stays as it was."""
        assert matter.parent is not None
        year, published = matter.parent.payload["year"], matter.parent.payload.get("published", ())
        if published and day <= lines.last_day(year, published[-1]["period"], self.params.periods):
            return min(today, date(year, 12, 31))
        return day


def _kept(activity: Mapping[str, Any]) -> dict[str, Any]:
    return {name: activity[name] for name in ("item", "day", "quantity", "note", "evidence") if name in activity}
