"""From the deputy's desk to the clerk's decision: proposing, co-signing, screening, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from renda.answers import Change, Follow
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.kinds import action
from renda.matter import Event, Matter, Turn
from renda.practice import Practice
from renda.suggestions import forms, papers

declare(
    {
        "suggestion.mandate_ended": "{name}在 {day} 没有有效的代表资格,不能{what}。"
        "联名建议请由工作人员办理“变更领衔代表”。",
        "suggestion.signs_twice": "领衔代表不能同时附议。请从附议代表中去掉{name}。",
        "suggestion.consent_missing": "联名提出的建议,须经全体提出人书面同意才能撤回。尚未同意:{names}。",
        "suggestion.not_a_signer": "只有附议代表才能接任领衔。可选:{allowed}。",
    }
)

BEFORE_REPLY = ("signing", "filed", "revising", "accepted", "handling")


def check_mandate(turn: Turn, number: int, what: str) -> None:
    """Refuse what only a deputy may do on this day; raises ``suggestion.mandate_ended``."""
    if not turn.records.holds("deputy", number, turn.day):
        name = turn.records.party("person", number).name
        raise RendaError("suggestion.mandate_ended", name=name, day=turn.day.isoformat(), what=gettext(what))


class Filing(Practice):
    """Proposing a suggestion and deciding whether it is taken up."""

    abstract: ClassVar[bool] = True

    @action("提出建议", by=("proposer", "clerk"), when=None, then=("filed", "signing"), data=forms.Draft)
    def submit(self, matter: Matter, draft: Mapping[str, Any], turn: Turn) -> Change:
        """A deputy proposes; a clerk may enter one handed in on paper. With co-signers invited, they first confirm."""
        invited = list(draft.get("invited", ()))
        check_mandate(turn, draft["proposer"], "提出建议")
        if draft["proposer"] in invited:
            name = turn.records.party("person", draft["proposer"]).name
            raise RendaError("suggestion.signs_twice", name=name)
        public = draft.get("public", self.params.public_by_default) and not draft.get("secret")
        if invited:
            return Change({"public": public}, "signing")
        return Change({"public": public, "filed_on": turn.day}, "filed")

    @action("议案转为建议", by="clerk", when=None, then="accepted", data=forms.Motion)
    def convert(self, matter: Matter, motion: Mapping[str, Any], turn: Turn) -> Change:
        """A motion that is to be handled as a suggestion: already signed and examined."""
        public = motion.get("public", self.params.public_by_default)
        return Change({"public": public, "filed_on": turn.day})

    @action("由民情事项转来", by="system", when=None, then="revising", data=forms.Draft)
    def take_up(self, matter: Matter, draft: Mapping[str, Any], turn: Turn) -> Change:
        """What people told a deputy, who completes the text and files it."""
        check_mandate(turn, draft["proposer"], "提出建议")
        return Change({"public": self.params.public_by_default})

    def brought(self, event: Event) -> list[Follow]:
        """A suggestion opened where another practice's matter is to become one.

        The event is an action ``become_suggestion`` with entries ``facts``, ``wanted`` and perhaps ``category``,
        on a matter with a deputy in the relation ``contact`` or ``receiver``. An unknown category is left to the deputy: the
        last of the district's list stands until then.
        """
        deputy = event.matter.party("contact") or event.matter.party("receiver")
        if event.action != "become_suggestion" or deputy is None:
            return []
        category, known = event.entries.get("category"), self.params.categories
        draft = {
            "title": event.matter.title,
            "facts": event.entries["facts"],
            "wanted": event.entries["wanted"],
            "category": category if category in known else known[-1],
            "session": "intersession",
            "proposer": deputy.id,
        }
        return [Follow("take_up", draft)]

    @action("确认附议", by="invited", when="signing", then=("signing", "filed"))
    def confirm(self, matter: Matter, turn: Turn) -> Change:
        """An invited deputy signs."""
        return self._signed(matter, turn, agreed=True)

    @action("谢绝附议", by="invited", when="signing", then=("signing", "filed"))
    def decline(self, matter: Matter, turn: Turn) -> Change:
        """An invited deputy does not sign."""
        return self._signed(matter, turn, agreed=False)

    def _signed(self, matter: Matter, turn: Turn, *, agreed: bool) -> Change:
        actor = turn.actor.person
        own = 0 if actor is None else actor.id
        left = [each for each in matter.payload["invited"] if each != own]
        signed = [*(matter.payload.get("co_signers") or ()), *([own] if agreed else [])]
        changed: dict[str, Any] = {"invited": left, "co_signers": signed}
        if left:
            return Change(changed, "signing")
        return Change({**changed, "filed_on": turn.day}, "filed")

    @action("先行提交", by="proposer", when="signing", then="filed", aside=True)
    def file_now(self, matter: Matter, turn: Turn) -> Change:
        """File without those who have not confirmed."""
        return Change({"invited": [], "filed_on": turn.day})

    @action("受理", by="clerk", when="filed", then="accepted", data=forms.Admission)
    def accept(self, matter: Matter) -> None:
        """Take the suggestion up."""

    @action("不予受理", by="clerk", when="filed", then="inadmissible", data=forms.Refusal)
    def refuse(self, matter: Matter, refusal: Mapping[str, Any]) -> Change:
        """Refuse it on one of the grounds of the rule; the proposer is told which provision says so."""
        ground = next(each for each in self.params.inadmissible_grounds if each["code"] == refusal["ground"])
        return Change(papers=[papers.refusal(self.params, matter, ground, refusal["refusal_note"])])

    @action("退回修改", by="clerk", when="filed", then="revising", data=forms.SendBack)
    def send_back(self, matter: Matter, wanting: Mapping[str, Any]) -> None:
        """Ask the proposer to improve it."""

    @action("修改后提出", by="proposer", when="revising", then="filed", data=forms.Revision)
    def revise(self, matter: Matter, revision: Mapping[str, Any], turn: Turn) -> Change:
        """File the improved text; the clock of the screening starts again."""
        return Change({"filed_on": turn.day})

    @action("同意撤回", by=("co-signer", "joint-proposer"), when=BEFORE_REPLY, aside=True)
    def consent_to_withdraw(self, matter: Matter, turn: Turn) -> Change:
        """Another signer agrees in writing that the suggestion be withdrawn."""
        given = matter.payload.get("consents") or ()
        own = () if turn.actor.person is None else (turn.actor.person.id,)
        return Change({"consents": sorted({*given, *own})})

    @action("撤回建议", by="proposer", when=BEFORE_REPLY, then="withdrawn", data=forms.Withdrawal, aside=True)
    def withdraw(self, matter: Matter, withdrawal: Mapping[str, Any]) -> None:
        """Withdraw in writing, which ends the handling; a joint suggestion needs the consent of all signers."""
        given = matter.payload.get("consents") or ()
        signers = (*matter.parties.get("co-signer", ()), *matter.parties.get("joint-proposer", ()))
        missing = [each.name for each in signers if each.id not in given]
        if missing:
            raise RendaError("suggestion.consent_missing", names="、".join(missing))

    @action("变更领衔代表", by="clerk", when="*", data=forms.Succession, aside=True)
    def change_lead(self, matter: Matter, succession: Mapping[str, Any], turn: Turn) -> Change:
        """A co-signer takes the lead, for example after the first proposer has resigned."""
        signers = {each.id: each.name for each in matter.parties.get("co-signer", ())}
        successor = succession["successor"]
        if successor not in signers:
            raise RendaError("suggestion.not_a_signer", allowed="、".join(signers.values()) or "—")
        check_mandate(turn, successor, "接任领衔")
        return Change({"proposer": successor, "co_signers": [each for each in signers if each != successor]})
