"""A quarter's circular: its table, its paces, their explanations, and the reviews it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from renda import Change, Event, Follow, Matter, Opening, Practice, RendaError, Turn, action

from . import forms, gaps, papers, refusals, table

QUARTER = MappingProxyType(
    {
        "collecting": "汇总中",
        "circulated": "已通报",
        "due": "待启动评审",
        "reviewing": "评审中",
        "closed": "办结",
    }
)
PACE = MappingProxyType(
    {
        "on_pace": "未预警",
        "warned": "预警待通报",
        "notified": "待说明",
        "explained": "已说明",
        "exempt": "不计预警",
        "silent": "逾期未说明",
    }
)
PACE_ENDS = ("on_pace", "explained", "exempt", "silent")


class Quarters(Practice):
    """The actions on a quarter and on the projects' paces inside it."""

    abstract = True

    @action("开展季度通报", by="clerk", when=None, then="collecting", data=forms.Quarter, kind="quarter")
    def begin(self, matter: Matter, quarter: Mapping[str, Any], turn: Turn) -> None:
        refusals.second_quarter(self.code, quarter, turn.records)
        refusals.outside_quarter(quarter, turn.day)

    @action("导入进度表", by=("clerk", "finance"), when="collecting", data=forms.Table, kind="quarter")
    def take_table(self, matter: Matter, entries: Mapping[str, Any], turn: Turn) -> Change:
        planned = self.params.schedule[matter.payload["quarter"] - 1]
        rows = table.read(entries["table"], self.params.columns, turn.records.projects(), planned)
        before = {pace.payload["project"]: pace for pace in matter.children("pace")}
        fresh = [Opening("pace", row) for row in rows if row["project"] not in before]
        # A row told before and told the same again changes nothing; one told otherwise corrects what was there.
        changed = [
            {"number": before[row["project"]].id, **_figures(row)}
            for row in rows
            if row["project"] in before and _figures(row) != _figures(before[row["project"]].payload)
        ]
        return Change({"changed": changed or None, "imported": len(rows)}, opens=fresh)

    @action("通报", by="clerk", when="collecting", then=("circulated", "due"), kind="quarter")
    def circulate(self, matter: Matter, turn: Turn) -> Change:
        paces = matter.children("pace")
        if not paces:
            raise RendaError("budget_pace.nothing")
        lines = [(pace, gaps.told(gaps.of_pace(pace, self.params.mode))) for pace in paces]
        paper = papers.circular(matter, lines, self.params.copies_to, public=self.params.published)
        return Change(then="due" if self.to_review(matter, turn) else "circulated", papers=[paper])

    @action("启动专项评审", by="chair", when="due", then=("reviewing", "circulated"), kind="quarter")
    def start_reviews(self, matter: Matter, turn: Turn) -> Change:
        units = self.to_review(matter, turn)
        opens = [Opening("review", {"organ": organ, "paces": paces}) for organ, paces in units.items()]
        return Change(then="reviewing" if units else "circulated", opens=opens)

    @action("办结", by="clerk", when=("circulated", "reviewing"), then="closed", kind="quarter",
            children={"review": ("concluded", "done")})  # fmt: skip
    def close(self, matter: Matter) -> None: ...

    @action("登记进度", by=("clerk", "finance"), when=None, then=("on_pace", "warned"), data=forms.Pace, kind="pace",
            around="collecting")  # fmt: skip
    def enter(self, matter: Matter, pace: Mapping[str, Any], turn: Turn) -> Change:
        project = turn.records.project(pace["project"])
        if project.organ is None:
            raise RendaError("budget_pace.no_unit", project=project.name)
        refusals.second_pace(matter, project.id, project.name)
        return self._banded({"organ": project.organ.id}, pace)

    @action("更正进度", by=("clerk", "finance", "system"), when=("on_pace", "warned"), then=("on_pace", "warned"),
            data=forms.Figures, kind="pace", around="collecting", aside=True)  # fmt: skip
    def correct(self, matter: Matter, figures: Mapping[str, Any]) -> Change:
        return self._banded({}, figures)

    @action("告知预警", by="system", when="warned", then="notified", kind="pace")
    def notify(self, matter: Matter) -> None: ...

    @action("说明原因", by="subject", when="notified", then="explained", data=forms.Explanation, kind="pace")
    def explain(self, matter: Matter) -> None: ...

    @action("不计预警", by="chair", when=("notified", "explained", "silent"), then="exempt", data=forms.Grounds, kind="pace",
            aside=True)  # fmt: skip
    def exempt(self, matter: Matter) -> None: ...

    @action("没有说明", by="system", when="notified", then="silent", kind="pace")
    def lapse(self, matter: Matter) -> None: ...

    @action("更正通报数据", by="clerk", when=("on_pace", "notified", "explained"),
            then=("on_pace", "notified", "explained"), data=forms.Revision, kind="pace",
            around=("circulated", "due"), aside=True)  # fmt: skip
    def revise(self, matter: Matter, revision: Mapping[str, Any]) -> Change:
        """Figures that were told are told again; once a review has begun they stand as it was called on them."""
        after = self._banded({}, revision)
        warned = after.then == "warned"
        then = ("explained" if matter.state == "explained" else "notified") if warned else "on_pace"
        found = gaps.gap(revision, self.params.mode)
        told = papers.revised(matter, gaps.told(found), after.payload["band"], self.params.copies_to)
        return Change(after.payload, then=then, papers=[replace(told, public=self.params.published)])

    @action(
        "复核评审起点", by="system", when=("circulated", "due"), then=("circulated", "due"), kind="quarter", aside=True
    )
    def reconsider(self, matter: Matter, turn: Turn) -> Change:
        """Whether a review is due after figures were revised."""
        return Change(then="due" if self.to_review(matter, turn) else "circulated")

    def follows(self, event: Event) -> Iterator[Follow]:
        """What a step of a quarter means for its paces, and a revision for its quarter."""
        matter = event.matter
        if event.action == "revise" and matter.parent is not None:
            yield Follow("reconsider", {}, matter.parent.id)
        if event.action == "take_table":
            for row in matter.payload.get("changed") or ():
                yield Follow("correct", {name: row[name] for name in row if name != "number"}, row["number"])
        told = {"circulate": ("warned", "notify"), "close": ("notified", "lapse")}.get(event.action)
        if told is not None:
            state, name = told
            yield from (Follow(name, {}, pace.id) for pace in matter.children("pace") if pace.state == state)

    def to_review(self, quarter: Matter, turn: Turn) -> dict[int, list[int]]:
        """Units with a project warned often enough running, and its last paces; none is reviewed twice a year."""
        every = turn.records.matters(self.code, "quarter")
        same_year = [each for each in every if each.payload.get("year") == quarter.payload["year"]]
        seen = {
            finding.payload["project"]
            for each in same_year
            for review in each.children("review")
            for finding in review.children("finding")
        }
        units: dict[int, list[int]] = {}
        for project, paces in gaps.running(same_year, quarter, self.params).items():
            if project not in seen:
                units.setdefault(paces[-1].payload["organ"], []).append(paces[-1].id)
        return units

    def _banded(self, kept: Mapping[str, Any], figures: Mapping[str, Any]) -> Change:
        named = "".join(f"“{column}”:{said}" for column, said in table.unfit(_figures(figures)))
        if named:
            raise RendaError("budget_pace.figures", mistake=named)
        band = gaps.band(gaps.gap(figures, self.params.mode), self.params.bands)
        warned = band.value not in {gaps.FINE, gaps.NO_BUDGET}
        return Change({**kept, "band": band.value}, then="warned" if warned else "on_pace")


def _figures(row: Mapping[str, Any]) -> dict[str, Any]:
    # What was told before money carried over was asked for has none.
    return {name: row.get(name, Decimal(0)) for name in table.FIGURES}
