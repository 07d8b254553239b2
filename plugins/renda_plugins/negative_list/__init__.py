"""重点工作质效评价(负面清单): deductions from a district's own list, heard, confirmed, open to appeal, summed up.

Source of the shape: 《关于江北区人大“两个机关”建设的调研报告》 (江北区): 10 categories, 25 items, 0.1 to 0.2 points in
2020. Procedure and limits are the district's, and marked 待确认 in its file where no text gives them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import (
    Actor,
    Change,
    Deadline,
    Explained,
    Fact,
    Kind,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    Turn,
    action,
    due,
    hookimpl,
)

from . import drafting, forms, papers, refusals, totals
from .deductions import ENDS, STATES, Deductions
from .params import ListParams

YEAR = {"open": "评价中", "published": "已通报", "closed": "已报送考核"}


class NegativeList(Deductions):
    """A year and the deductions inside it."""

    title = "重点工作质效评价(负面清单)"
    about = "按负面清单扣分:起草、核实、听取说明、确认、告知、申诉、复核,年终汇总报送考核。"
    relations: ClassVar[Mapping[str, str]] = {"subject": "被评价单位"}
    kinds = (
        Kind("year", "年度评价", YEAR, frozenset({"closed"}), forms.YearPayload),
        Kind("deduction", "扣分", STATES, frozenset(ENDS), forms.DeductionPayload, within="year"),
    )

    class Params(ListParams):
        """The list with its steps, caps and clocks."""

    def title_of(self, matter: Matter) -> str:
        """The year, or the organ with the item it is about."""
        organ = matter.party("subject")
        if matter.kind == "year" or organ is None:
            return f"{matter.payload.get('year', '')} 年度重点工作质效评价"
        return f"{organ.name} 第 {matter.payload['item']} 项"

    @action("开展年度评价", by="clerk", when=None, then="open", data=forms.Year, kind="year")
    def begin(self, matter: Matter, year: Mapping[str, Any], turn: Turn) -> Change:
        refusals.second_year(self.code, year["year"], turn.records)
        days = {"since": date(year["year"], 1, 1), "until": date(year["year"], 12, 31)}
        kept = {name: getattr(self.params, name) for name in ("organ_cap", "base", "floor")}
        return Change({**days, **{name: year[name] for name in days if name in year}, **kept})

    @action("按事实起草", by="clerk", when="open", data=forms.FactPeriod, kind="year", aside=True)
    def draft_from_facts(self, matter: Matter, period: Mapping[str, Any], turn: Turn) -> Change:
        since = period.get("facts_since", matter.payload["since"])
        until = period.get("facts_until", min(matter.payload["until"], turn.day))
        refusals.outside_year(matter, since, until)
        return Change(opens=drafting.drafts(matter, self.params.items, turn.records, since, until))

    @action("通报结果", by="chair", when="open", then="published", kind="year", children={"deduction": ENDS})
    def publish(self, matter: Matter) -> Change:
        return Change(papers=[papers.circular(matter, self.params.report_to, self.params.copies_to)])

    @action("报送考核", by="clerk", when="published", then="closed", kind="year")
    def submit(self, matter: Matter) -> None: ...

    @hookimpl
    def score(self, matter: Matter) -> Explained | None:
        if matter.kind == "year":
            return totals.of_year(matter)
        return totals.of_deduction(matter) if matter.state == "effective" else None

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        clocks = {
            "hearing": ("说明", "verify", self.params.explanation, "explain"),
            "notified": ("申诉", "notify", self.params.appeal, "appeal"),
            "appealed": ("复核", "appeal", self.params.review, "review"),
        }
        label, begun, span, name = clocks.get(matter.state, ("", "", None, ""))
        start = matter.done_on(begun)
        return [] if start is None or span is None else [Deadline(label, due(start, span, calendar), name)]

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        return totals.insiders_only(matter, viewer)

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        return totals.facts(self.code, subject, since, until, records)

    @hookimpl
    def dossier(self, subject: Party, records: Records) -> Sequence[Section]:
        found = totals.section(self.code, self.title, subject, records)
        return [] if found is None else [found]

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        return totals.sheets(self.code, self.params.export, since, until, records)
