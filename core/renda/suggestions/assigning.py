"""Handing over: which organs handle a suggestion, receipt, giving it back, merging it with another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from renda.answers import Change, Opening, Paper
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.kinds import action
from renda.matter import Matter, Turn
from renda.suggestions import forms, papers
from renda.suggestions.clocks import Clocks
from renda.suggestions.kinds import ANSWERING, PARTS, is_secret

declare(
    {
        "suggestion.one_lead": "主办、会办方式只能有一个主办单位,现有 {count} 个。几个单位各自办理的,请选“分别办理”。",
        "suggestion.several_separate": "分别办理至少要有两个单位,且不另设会办单位。",
        "suggestion.organ_twice": "“{organ}”写了两次。一个单位在一件建议里只承担一种责任。",
        "suggestion.organ_ended": "“{organ}”在 {day} 不存在或已撤销,不能承办。请改交承接其职责的单位。",
        "suggestion.return_late": "申请退回的期限是 {day},已经超过,不再受理退回。请继续办理。",
        "suggestion.return_before_receipt": "请先签收,再申请退回。",
        "suggestion.needs_organ": "主办(分别办理)单位退回后,必须写明改交哪个单位。",
        "suggestion.merge_target": "不能并入第 {number} 号:{why}。",
    }
)

OPEN_ASSIGNMENT = ("delivered", "received", "extending", "returning", "answered", "redoing", "implementing")
WHY_NOT = {
    "self": "不能并入它自己",
    "kind": "它不是本项工作的代表建议",
    "state": "它不在待交办或办理中",
    "secret": "涉密与不涉密的建议不能并案",
}


class Assigning(Clocks):
    """From the clerk's decision to an organ that has taken the suggestion on."""

    abstract: ClassVar[bool] = True

    def check_organ(self, turn: Turn, number: int) -> str:
        """The name of an organ that holds on this day; raises ``suggestion.organ_ended``."""
        name = turn.records.party("organ", number).name
        if not turn.records.holds("organ", number, turn.day):
            raise RendaError("suggestion.organ_ended", organ=name, day=turn.day.isoformat())
        return name

    def hand_over_paper(self, matter: Matter, organ: str, part: str, turn: Turn) -> Paper:
        """The hand-over document for one organ."""
        reply_by = self.reply_dated(turn.day, {}, turn.calendar).date
        return papers.assignment(self.params, matter, organ, PARTS[part], reply_by)

    @action("交办", by="clerk", when="accepted", then="handling", data=forms.Assigning)
    def assign(self, matter: Matter, assigning: Mapping[str, Any], turn: Turn) -> Change:
        """Hand the suggestion over to its organs; each gets an assignment and a document."""
        leads, co_handlers = assigning["leads"], assigning.get("co_handlers", ())
        separate = assigning["mode"] == "separate"
        if not separate and len(leads) != 1:
            raise RendaError("suggestion.one_lead", count=len(leads))
        if separate and (len(leads) < 2 or co_handlers):
            raise RendaError("suggestion.several_separate")
        parts = [(organ, "separate" if separate else "lead") for organ in leads]
        parts += [(organ, "co") for organ in co_handlers]
        organs = [organ for organ, _ in parts]
        twice = next((organ for organ in organs if organs.count(organ) > 1), None)
        if twice is not None:
            raise RendaError("suggestion.organ_twice", organ=turn.records.party("organ", twice).name)
        names = {organ: self.check_organ(turn, organ) for organ in organs}
        return Change(
            opens=[Opening("assignment", {"organ": organ, "part": part}) for organ, part in parts],
            papers=[self.hand_over_paper(matter, names[organ], part, turn) for organ, part in parts],
        )

    @action("下达承办件", by="system", when=None, then="delivered", kind="assignment", data=forms.Assigned)
    def open_assignment(self, matter: Matter, assigned: Mapping[str, Any], turn: Turn) -> Change:
        """An organ's part begins; all its clocks count from this day."""
        if assigned["part"] not in ANSWERING:
            return Change()
        return Change({"reply_due": self.reply_dated(turn.day, {}, turn.calendar).date})

    @action("签收", by="assignee", when="delivered", then="received", kind="assignment")
    def receive(self, matter: Matter, turn: Turn) -> Change:
        """The organ takes it on."""
        return Change({"received_on": turn.day})

    @action(
        "申请退回",
        by="assignee",
        when=("delivered", "received"),
        then="returning",
        kind="assignment",
        data=forms.Returning,
        aside=True,
    )
    def ask_return(self, matter: Matter, returning: Mapping[str, Any], turn: Turn) -> Change:
        """The organ says it is not the right one, within the time for it; later requests are not accepted."""
        last = self.return_deadline(matter, turn.calendar)
        if last is None:
            raise RendaError("suggestion.return_before_receipt")
        if last.date is not None and turn.day > last.date:
            raise RendaError("suggestion.return_late", day=last.date.isoformat())
        return Change({"return_asked_on": turn.day})

    @action("批准退回", by="clerk", when="returning", then="transferred", kind="assignment", data=forms.Transfer)
    def approve_return(self, matter: Matter, transfer: Mapping[str, Any], turn: Turn) -> None:
        """Another organ gets the part, with clocks of its own from this day; a co-handler may be let go."""
        if transfer.get("to_organ") is None:
            if matter.payload["part"] in ANSWERING:
                raise RendaError("suggestion.needs_organ")
            return
        self.check_organ(turn, transfer["to_organ"])

    @action("驳回退回", by="clerk", when="returning", then="received", kind="assignment", data=forms.ReturnRefused)
    def reject_return(self, matter: Matter, refusal: Mapping[str, Any], turn: Turn) -> Change:
        """The organ has to keep it; the days of the request do not count where the district says so."""
        stop = {"since": matter.payload["return_asked_on"], "until": turn.day}
        stops = [*(matter.payload.get("stops") or ()), stop]
        changed: dict[str, Any] = {"stops": stops}
        if matter.payload.get("received_on") is None:
            changed["received_on"] = turn.day
        if matter.payload["part"] in ANSWERING:
            changed["reply_due"] = self.reply_dated(matter.opened_on, {"stops": stops}, turn.calendar).date
        return Change(changed)

    @action(
        "机构调整转办",
        by="clerk",
        when=OPEN_ASSIGNMENT,
        kind="assignment",
        data=forms.Renaming,
        aside=True,
    )
    def change_organ(self, matter: Matter, renaming: Mapping[str, Any], turn: Turn) -> Change:
        """A dissolved or renamed organ's part goes to its successor as it stands; no clock starts anew."""
        self.check_organ(turn, renaming["new_organ"])
        return Change({"organ": renaming["new_organ"], "former_organ": matter.payload["organ"]})

    @action("改交", by="system", when="handling", data=forms.Exchange, aside=True)
    def reassign(self, matter: Matter, exchange: Mapping[str, Any], turn: Turn) -> Change:
        """What follows for the suggestion from a return that was approved."""
        new = exchange.get("new")
        changed = self._exchanged(matter, exchange["old"], new)
        if new is None:
            return Change(changed)
        name = turn.records.party("organ", new).name
        return Change(
            changed,
            opens=[Opening("assignment", {"organ": new, "part": exchange["part"]})],
            papers=[self.hand_over_paper(matter, name, exchange["part"], turn)],
        )

    @action("承接", by="system", when="*", data=forms.Exchange, aside=True)
    def take_over(self, matter: Matter, exchange: Mapping[str, Any]) -> Change:
        """What follows for the suggestion from a change of organs."""
        return Change(self._exchanged(matter, exchange["old"], exchange.get("new")))

    def _exchanged(self, matter: Matter, old: int, new: int | None) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        for entry in ("leads", "co_handlers"):
            held = matter.payload.get(entry) or ()
            if old in held:
                changed[entry] = [
                    each for each in (new if organ == old else organ for organ in held) if each is not None
                ]
        return changed

    @action("并案办理", by="clerk", when="accepted", then="merged", data=forms.Merging, aside=True)
    def merge(self, matter: Matter, merging: Mapping[str, Any], turn: Turn) -> None:
        """Handle it together with another: one reply, which each proposer gets."""
        target = turn.records.matter(merging["into"])
        why = None
        if target is None or (target.practice, target.kind) != (matter.practice, matter.kind):
            why = "kind"
        elif target.id == matter.id:
            why = "self"
        elif target.state not in {"accepted", "handling"}:
            why = "state"
        elif is_secret(target) != is_secret(matter):
            why = "secret"
        if why is not None:
            raise RendaError("suggestion.merge_target", number=merging["into"], why=gettext(WHY_NOT[why]))

    @action("接受并案", by="system", when=("accepted", "handling"), data=forms.Joining, aside=True)
    def absorb(self, matter: Matter, joining: Mapping[str, Any], turn: Turn) -> Change:
        """What follows for the receiving suggestion: it answers the merged one's deputies too."""
        joined = turn.records.matter(joining["joined"])
        if joined is None:
            return Change()
        own = {each.id for each in (*matter.all_parties("proposer"), *matter.all_parties("joint-proposer"))}
        others = [
            each.id
            for relation in ("proposer", "co-signer", "joint-proposer")
            for each in joined.parties.get(relation, ())
            if each.id not in own
        ]
        held = matter.payload.get("joint_proposers") or ()
        merged = [*(matter.payload.get("merged") or ()), joined.id, *(joined.payload.get("merged") or ())]
        return Change({"joint_proposers": [*held, *dict.fromkeys(others)], "merged": merged})
