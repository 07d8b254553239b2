"""The proposer's word and what follows from it: ratings, reminders, handling again, the chairpersons' decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from renda.answers import Change
from renda.errors import RendaError, declare
from renda.kinds import action
from renda.matter import Matter, Turn
from renda.suggestions import forms, papers
from renda.suggestions.clocks import AT_WORK, Clocks
from renda.suggestions.filing import check_mandate
from renda.suggestions.kinds import ANSWER, IMPLEMENTATION, STAGES, level_of
from renda.suggestions.params import DISSATISFIED

declare(
    {
        "suggestion.reason_missing": "评价为不满意的,必须写明理由,以便二次办理。",
        "suggestion.reminder_early": "评价期限是 {day},尚未超过,不必催请。",
        "suggestion.unrated_early": "还不能不计评价:须先催请,并等催请后的期限({day})届满;或者代表资格已终止。",
        "suggestion.must_wait": "本区县的规定是等候代表评价,不能不计评价。",
        "suggestion.carry_until": "跨年督办须写明督办至哪一天,且晚于今天。",
    }
)
TO_RATE = ("answered", "implemented")
NEXT = {ANSWER: "implementing", IMPLEMENTATION: "closed"}


class Rating(Clocks):
    """What follows from ratings. A practice brings the rating actions and asks ``rated`` what follows."""

    abstract: ClassVar[bool] = True

    def rated(
        self, matter: Matter, turn: Turn, *, stage: str, level: str, reason: str | None, grade: str = ""
    ) -> Change:
        """What follows from a rating.

        ``stage``: ``answer`` or ``implementation``; ``level``: 满意, 基本满意 or 不满意; ``grade``: as given, where the
        practice has finer ones.

        满意 and 基本满意 lead on; 不满意 needs a reason (``suggestion.reason_missing``) and leads to handling
        again as often as the district allows, then to the chairpersons' meeting. Who is no deputy any more
        cannot rate (``suggestion.mandate_ended``).
        """
        proposer = matter.party("proposer")
        if proposer is not None:
            check_mandate(turn, proposer.id, "评价")
        if level == DISSATISFIED and not reason:
            raise RendaError("suggestion.reason_missing")
        entry = {"stage": stage, "level": level, "day": turn.day}
        entry |= {key: value for key, value in (("grade", grade), ("reason", reason)) if value}
        changed: dict[str, Any] = {
            "ratings": [*(matter.payload.get("ratings") or ()), entry],
            f"{stage}_unrated": None,
        }
        if level != DISSATISFIED:
            return Change(changed, NEXT[stage])
        rounds = matter.payload.get(f"{stage}_rounds") or 0
        if rounds >= self.params.redo_rounds:
            return Change({**changed, "redo_of": stage}, "deciding")
        return Change({**changed, "redo_of": stage, f"{stage}_rounds": rounds + 1}, "redoing")

    @action("催请评价", by="clerk", when=TO_RATE, aside=True)
    def remind(self, matter: Matter, turn: Turn) -> Change:
        """Ask the proposer for the rating after the time for it has passed."""
        last = self.rating_deadline(matter, turn.calendar).date
        if last is not None and turn.day <= last:
            raise RendaError("suggestion.reminder_early", day=last.isoformat())
        stage = STAGES[ANSWER if matter.state == "answered" else IMPLEMENTATION]
        to = [f"{each.name}代表" for each in matter.parties.get("proposer", ())]
        paper = papers.told("催请评价函", self.params, matter, to, f"该件的{stage}尚待您评价,请尽快办理。")
        return Change({"reminded_on": turn.day}, papers=[paper])

    @action(
        "不计评价",
        by="clerk",
        when=TO_RATE,
        then=("implementing", "closed"),
        data=forms.LeaveUnrated,
        aside=True,
    )
    def go_unrated(self, matter: Matter, note: Mapping[str, Any], turn: Turn) -> Change:
        """Go on without a rating, which is then left out of the satisfaction rate.

        After a reminder without an answer (重庆市 on deputies' suggestions, §29), or where the proposer is no
        deputy any more and no co-signer took over.
        """
        stage = ANSWER if matter.state == "answered" else IMPLEMENTATION
        proposer = matter.party("proposer")
        if proposer is not None and turn.records.holds("deputy", proposer.id, turn.day):
            if self.params.nonresponse == "waits":
                raise RendaError("suggestion.must_wait")
            last = self.rating_deadline(matter, turn.calendar).date
            reminded = matter.payload.get("reminded_on") is not None
            if not reminded or last is None or turn.day <= last:
                raise RendaError("suggestion.unrated_early", day="—" if last is None else last.isoformat())
        unrated = level_of(matter, stage) is None
        return Change({f"{stage}_unrated": unrated or None}, NEXT[stage])

    @action(
        "主任会议决定",
        by="chair",
        when="deciding",
        then=("redoing", "implementing", "closed"),
        data=forms.Decision,
    )
    def decide(self, matter: Matter, decision: Mapping[str, Any], turn: Turn) -> Change:
        """After the last round: supervise it with priority, carry it over the year, or accept the explanation."""
        stage = matter.payload["redo_of"]
        if decision["decision"] == "accept":
            return Change(then=NEXT[stage])
        if decision["decision"] == "carry_over":
            until = decision.get("carry_until")
            if until is None or until <= turn.day:
                raise RendaError("suggestion.carry_until")
            return Change(then="redoing")
        return Change({"focus": True, "focus_since": turn.day, "carry_until": None}, "redoing")

    @action(
        "确定重点督办",
        by="chair",
        when=("accepted", *AT_WORK),
        data=forms.Focusing,
        aside=True,
        source="代表法(2025年修正)第五十二条",
    )
    def choose_focus(self, matter: Matter, focusing: Mapping[str, Any], turn: Turn) -> Change:
        """The chairpersons' meeting supervises it with priority."""
        return Change({"focus": True, "focus_since": turn.day})

    @action("记录督办", by=("supervisor", "chair", "clerk"), when="*", data=forms.Supervising, aside=True)
    def supervise(self, matter: Matter, supervising: Mapping[str, Any], turn: Turn) -> Change:
        """Record what was done to press for a result."""
        effort = {"note": supervising["supervision"], "day": turn.day}
        return Change({"efforts": [*(matter.payload.get("efforts") or ()), effort]})
