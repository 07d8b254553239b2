"""“人大+监察、检察、审计”联动监督: a problem found once is pursued by the organ that has the power.

Source: 《坪山:“六新”注入新动能》 (深圳市坪山区): the mechanism of 2019 led by the congress; 277 clues, 25 from deputies; 201
suits, 73 proposals, 3 parcels, 1,455 trees, 530 m², 56 problems of audits, 273.28 万元, 27 rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from renda import Actor, Deadline, Kind, Matter, Records, Sheet, due, hookimpl

from . import clues, figures, forms, ledgers
from .params import JointParams

KNOWING = frozenset({"clerk", "chair", "system"})
BEFORE_HANDLING = ("registered", "shared")


class JointSupervision(ledgers.Ledgers, clues.Clues):
    """A year's ledger, its clues and what came of them, for those who need to know."""

    title = "“人大+监察、检察、审计”联动监督"
    about = "线索登记、共享、移送、受理、反馈和成果;线索只有经办的人看得到,每次查阅都有记录。"
    relations: ClassVar[Mapping[str, str]] = {
        "joint": "联动机关",
        "provider": "提供线索的代表",
        "informed": "共享线索的机关",
        "assignee": "受移送机关",
    }
    kinds = (
        Kind("ledger", "联动监督台账", ledgers.LEDGER, frozenset({"closed"})),
        Kind("clue", "线索", clues.CLUE, frozenset({"concluded", "filed"}), forms.CluePayload, within="ledger"),
        Kind("outcome", "成果", clues.OUTCOME, frozenset({"counted", "rejected"}), forms.OutcomePayload, within="clue"),
        Kind("line", "合计数", ledgers.LINE, frozenset({"checked", "dropped"}), forms.LinePayload, within="ledger"),
    )

    class Params(JointParams):
        """Who takes part, which fields, what is counted, four times."""

    def title_of(self, matter: Matter) -> str:
        """A ledger by its year, an outcome and a line by what they count."""
        counts = {each["code"]: each["label"] for each in (*self.params.outcomes, *self.params.lines)}
        if matter.kind == "ledger":
            return f"{matter.payload.get('year', '')}年联动监督台账"
        if matter.kind == "clue":
            return super().title_of(matter)
        code = matter.payload.get("sort") or matter.payload.get("line") or ""
        return f"{self.kind(matter.kind).title} {counts.get(code, '')}".strip()

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """Need to know: who leads the mechanism, the organ that handles a clue, those it was shared with.

        A deputy sees the own clue until it is transferred and again when it is concluded or filed; the organs it
        concerns never do before it is opened.
        """
        if matter.kind == "ledger" or viewer.roles & KNOWING:
            return viewer.account_id is not None or "system" in viewer.roles
        if matter.kind == "line":
            return "auditor" in viewer.roles
        clue = matter if matter.kind == "clue" else matter.parent
        if clue is None:
            return False
        if clue.payload.get("open_since"):
            return None
        own = {
            relation for relation, parties in clue.parties.items() if any(viewer.stands_for(party) for party in parties)
        }
        if "assignee" in own or ("informed" in own and clue.state == "shared"):
            return True
        quiet = clue.state in {"transferred", "accepted", "declined"}
        return "provider" in own and matter.kind == "clue" and not quiet

    @hookimpl
    def watched(self, matter: Matter) -> bool | None:
        """Every view of a clue and of what came of it is recorded until it is opened."""
        clue = matter.parent if matter.kind == "outcome" else matter
        return clue is not None and clue.kind == "clue" and not clue.payload.get("open_since")

    @hookimpl
    def deadlines(self, matter: Matter, calendar: Any) -> Sequence[Deadline]:
        """To transfer, to accept or decline, to report back."""
        params, payload = self.params, matter.payload
        if matter.kind != "clue":
            return []
        if matter.state in BEFORE_HANDLING:
            return [Deadline("移送线索", due(matter.opened_on, params.transfer, calendar), "transfer")]
        if matter.state == "transferred":
            return [Deadline("决定是否受理", due(payload["transferred_on"], params.accept, calendar), "accept")]
        if matter.state == "accepted":
            return [Deadline("反馈办理结果", due(payload["accepted_on"], params.feedback, calendar), "conclude")]
        return []

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        """What was brought since the mechanism was set up, up to ``until``; numbers alone."""
        return [figures.sheet(self.params, figures.years(self.code, records, until))]
