"""议案建议领衔督办与落实率: meeting, answering and closing every suggestion, and counting what was really carried out.

Source: 《丹江口市人大加强干部任后履职监督——真监督带来好效果》 (丹江口市): leaders who lead the supervision, accounts, three
rates of 100%, and 327 of 478 + 296 suggestions carried out, 42.2%, every year above 40%, 34.3% in the term before.
The life of a suggestion is ``renda.SuggestionAccounts``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar

from renda import (
    Change,
    Deadline,
    Kind,
    Matter,
    Paper,
    Records,
    RendaError,
    Sheet,
    SuggestionAccounts,
    Turn,
    action,
    declare,
    due,
    fields,
    hookimpl,
)

from . import figures, forms

declare(
    {
        "suggestion_tracking.not_late": "“{organ}”的期限是 {day},还没有逾期,不必问效。",
        "suggestion_tracking.no_clock": "“{organ}”现在没有要办的期限,不必问效。",
        "suggestion_tracking.asked": "已经就这件建议问效,尚待“{organ}”说明。",
        "suggestion_tracking.extent": "“{extent}”不是落实程度。可选:{allowed}。",
        "suggestion_tracking.share": "{what}应在 0 至 100 之间,现为 {value}。",
    }
)
INQUIRY = MappingProxyType({"asked": "待说明", "explained": "待审核", "accepted": "已采纳"})
ASKED = ("reply", "redo", "report_implementation")


class SuggestionTracking(SuggestionAccounts):
    """Three rates that have to be whole, and the one that shows whether anything changed."""

    title = "议案建议领衔督办"
    about = "领衔督办、台账管理、问效:见面沟通、办结、答复三个百分之百,并按落实到位的件数算落实率。"
    relations: ClassVar[Mapping[str, str]] = {**SuggestionAccounts.relations, "inquired": "被问效的单位"}
    kinds = (
        *SuggestionAccounts.kinds,
        Kind("inquiry", "问效", INQUIRY, frozenset({"accepted"}), forms.InquiryPayload, within="assignment"),
    )

    class Params(SuggestionAccounts.Params):
        """The life of a suggestion, and how 落实率 is counted and judged."""

        carried_out = fields.List(fields.Str(), required=True, label="计入落实到位的程度")
        floor = fields.Decimal(required=True, label="落实率的目标(%)", hint="每年都应高于它")
        previous = fields.Decimal(label="上届年均落实率(%)")
        explain = fields.Span(required=True, label="问效后说明的期限")
        inquiry_copies_to = fields.List(fields.Str(), load_default=list, label="问效函抄送")

        def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
            """Extents nobody can choose; shares that are none."""
            wrong = dict(super().mistakes(values))
            for extent in values["carried_out"]:
                if extent not in forms.EXTENT:
                    allowed = "、".join(forms.EXTENT)
                    wrong["carried_out"] = RendaError("suggestion_tracking.extent", extent=extent, allowed=allowed)
            for name in ("floor", "previous"):
                value = values.get(name)
                if value is not None and not 0 <= value <= 100:
                    what = self.fields[name].metadata["label"]
                    wrong[name] = RendaError("suggestion_tracking.share", what=what, value=value)
            return wrong

    def title_of(self, matter: Matter) -> str:
        """An inquiry by the part it is about."""
        if matter.kind == "inquiry" and matter.parent is not None:
            return f"{matter.parent.title}·问效"
        return super().title_of(matter)

    @action("评价答复", by="proposer", when="answered", then=SuggestionAccounts.after_answer, data=forms.AnswerLevel)
    def rate_answer(self, matter: Matter, rating: Mapping[str, Any], turn: Turn) -> Change:
        """Rate the reply in three levels."""
        reason = rating.get("answer_reason")
        return self.rated(matter, turn, stage="answer", level=rating["answer_level"], reason=reason)

    @action(
        "评价落实",
        by="proposer",
        when="implemented",
        then=SuggestionAccounts.after_implementation,
        data=forms.ImplementationLevel,
    )
    def rate_implementation(self, matter: Matter, rating: Mapping[str, Any], turn: Turn) -> Change:
        """Say how far it was carried out, and rate that."""
        level, reason = rating["implementation_level"], rating.get("implementation_reason")
        return self.rated(matter, turn, stage="implementation", level=level, reason=reason)

    @action("问效", by="clerk", when=None, then="asked", data=forms.Inquiry, kind="inquiry")
    def inquire(self, matter: Matter, inquiry: Mapping[str, Any], turn: Turn) -> Change:
        """Ask an organ that is late with its part why; it has to explain."""
        part = matter.parent
        assert part is not None, "an inquiry lies in an assignment"
        organ = part.all_parties("assignee")[0]
        if any(each.state == "asked" and each.id != matter.id for each in part.children("inquiry")):
            raise RendaError("suggestion_tracking.asked", organ=organ.name)
        clocks = [each.due.date for each in super().deadlines(part, turn.calendar) or () if each.action in ASKED]
        last = min((day for day in clocks if day is not None), default=None)
        if last is None:
            raise RendaError("suggestion_tracking.no_clock", organ=organ.name)
        if turn.day <= last:
            raise RendaError("suggestion_tracking.not_late", organ=organ.name, day=last)
        paragraphs = [
            f"{part.title}应于{last}以前办理,至今没有办理。请说明情况。",
            f"问效事项:{inquiry['inquiry']}",
            f"{self.params.office}",
        ]
        paper = Paper("督办函", "代表建议办理问效函", paragraphs, [organ.name], self.params.inquiry_copies_to)
        return Change({"organ": organ.id}, papers=[paper])

    @action("说明情况", by="inquired", when="asked", then="explained", data=forms.Account, kind="inquiry")
    def explain(self, matter: Matter) -> None:
        """The organ explains."""

    @action("采纳说明", by="clerk", when="explained", then="accepted", kind="inquiry")
    def accept_explanation(self, matter: Matter) -> None:
        """The explanation is taken."""

    @action("不采纳说明", by="clerk", when="explained", then="asked", data=forms.Inquiry, kind="inquiry", aside=True)
    def refuse_explanation(self, matter: Matter) -> None:
        """It is not, and the organ is asked again."""

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        """When an explanation is due; a suggestion's clocks as ever."""
        if matter.kind == "inquiry" and matter.state == "asked":
            asked = matter.done_on("refuse_explanation") or matter.opened_on
            return [Deadline("说明情况", due(asked, self.params.explain, calendar), "explain")]
        return super().deadlines(matter, calendar) if matter.kind in {"suggestion", "assignment"} else []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        """The handling of the time, who leads the supervision of what, every term the time touches."""
        contacted = self._contacted(records, until)
        known = self.reported(records, since, until)
        every = figures.Figures(self.together("", ()), contacted, self.params.carried_out)
        found = [*self.common_sheets(records, since, until), figures.led_sheet(known, every)]
        for number, period in enumerate(self.params.periods, start=1):
            if period["since"] <= until and since <= period["until"]:
                last = min(until, period["until"])
                found.append(self._term(f"period_{number}", period, records, last, contacted))
        return found

    def _term(self, code: str, period: Mapping[str, Any], records: Records, until: date, contacted: set[int]) -> Sheet:
        tallies = self.tallies(records, period["since"], until)
        years = [figures.Figures(each, contacted, self.params.carried_out) for each in tallies]
        every = figures.Figures(self.together(period["label"], tallies), contacted, self.params.carried_out)
        told = figures.term_figures(every, years, self.params.floor / 100, self.params.previous)
        rows = [each.row() for each in years]
        title = f"{period['label']}代表建议落实情况"
        return Sheet(
            code,
            title,
            figures.YEARS,
            rows,
            told,
            chart=(0, 8),
            public=True,
            public_reason="numbers of suggestions; none is named",
        )

    def _contacted(self, records: Records, until: date) -> set[int]:
        """The suggestions whose every answering organ talked with the proposer not later than it replied."""
        found: dict[int, bool] = {}
        for each in records.matters(self.code, "assignment", until=until):
            answering = each.payload["part"] != "co" and each.state not in {"transferred", "cancelled"}
            if answering and each.parent is not None:
                replied = each.payload.get("replied_on") or until
                spoke = any(talk["day"] <= replied for talk in each.payload.get("contacts") or ())
                found[each.parent.id] = found.get(each.parent.id, True) and spoke
        return {number for number, spoke in found.items() if spoke}
