"""The special review of a unit: it reports, is asked, the panel deliberates on each project, the chair concludes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from renda import Change, Explained, Matter, Opening, Practice, RendaError, Turn, action, cite_matter, due, leaf, total

from . import forms, gaps, papers, refusals

REVIEW = MappingProxyType(
    {
        "called": "待汇报",
        "heard": "待询问",
        "questioned": "合议中",
        "cutting": "待财政调减",
        "concluded": "不予核减",
        "done": "已调减",
    }
)
FINDING = MappingProxyType({"pending": "待合议", "accepted": "说明成立", "not_accepted": "说明不成立、不充分"})
FOUND = ("accepted", "not_accepted")


class Reviews(Practice):
    """The actions on a unit's review and on the findings inside it, one for each project."""

    abstract = True

    @action("列为专项评审", by="system", when=None, then="called", data=forms.Unit, kind="review",
            around="due")  # fmt: skip
    def summon(self, matter: Matter, unit: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None
        paces = [turn.records.matter(number) for number in unit["paces"]]
        held = [pace for pace in paces if pace is not None]
        opens = [
            Opening(
                "finding",
                {"project": pace.payload["project"], "pace": pace.id, "unexecuted": gaps.unexecuted(pace.payload)},
            )
            for pace in held
        ]
        last = due(turn.day, self.params.hearing, turn.calendar).date
        assert last is not None
        organ = turn.records.party("organ", unit["organ"]).name
        named = [f"“{turn.records.project(pace.payload['project']).name}”" for pace in held]
        return Change(opens=opens, papers=[papers.summons(matter.parent, organ, named, last)])

    @action("听取部门汇报", by=("subject", "clerk"), when="called", then="heard", data=forms.Statement, kind="review")
    def hear(self, matter: Matter) -> None: ...

    @action("现场询问", by="clerk", when=("heard", "questioned"), then="questioned", data=forms.Question, kind="review")
    def ask(self, matter: Matter, question: Mapping[str, Any]) -> Change:
        return Change({"questions": [*matter.payload.get("questions", ()), dict(question)]})

    @action("形成评审结论", by="chair", when="questioned", then=("cutting", "concluded"), kind="review",
            children={"finding": FOUND}, aside=True)  # fmt: skip
    def conclude(self, matter: Matter) -> Change:
        cut = cut_of(matter)
        made = papers.conclusion(matter, matter.children("finding"), cut)
        return Change({"cut_total": cut.value}, then="cutting" if cut.value else "concluded", papers=made)

    @action("报告已调减", by=("finance", "clerk"), when="cutting", then="done", data=forms.Cut, kind="review")
    def report_cut(self, matter: Matter, cut: Mapping[str, Any]) -> None:
        wanted = matter.payload["cut_total"]
        if cut["cut_amount"] != wanted:
            amount = papers.plain(cut["cut_amount"])
            raise RendaError("budget_pace.cut_differs", wanted=papers.plain(wanted), amount=amount)

    @action("列入评审", by="system", when=None, then="pending", data=forms.Subject, kind="finding", around="called")
    def list_project(self, matter: Matter) -> None: ...

    @action("合议", by="clerk", when="pending", then=FOUND, data=forms.Deliberation, kind="finding",
            around="questioned")  # fmt: skip
    def deliberate(self, matter: Matter, finding: Mapping[str, Any]) -> Change:
        refusals.deliberation(matter, finding, self.params.panel_size)
        accepted = finding["conclusion"] == "accepted"
        return Change({} if not accepted else {"amount": None}, then="accepted" if accepted else "not_accepted")

    @action("退回重议", by="chair", when=FOUND, then="pending", data=forms.Grounds, kind="finding",
            around="questioned", aside=True)  # fmt: skip
    def send_back(self, matter: Matter) -> None: ...


def cut_of(review: Matter) -> Explained:
    """What a unit's projects lose together, in 万元."""
    parts = [
        leaf(each.title, amount, [cite_matter(each.id, each.title)])
        for each in review.children("finding")
        if each.state == "not_accepted" and (amount := each.payload.get("amount")) is not None
    ]
    return total("核减合计(万元)", Decimal(0), *parts) if parts else leaf("核减合计(万元)", Decimal(0))
