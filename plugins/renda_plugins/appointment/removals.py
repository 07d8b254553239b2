"""The life of a removal: proposed in time, voted on by all members, the post ended on that day or kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Appointment, Ballot, BallotSubject, Change, Matter, Practice, Turn, action, outcomes

from . import forms, orders, papers, refusals

STATES = MappingProxyType(
    {
        "filed": "待提请表决",
        "held": "暂缓表决",
        "voting": "表决中",
        "removed": "已免职",
        "kept": "未获通过",
        "withdrawn": "已撤回",
    }
)
ENDS = ("removed", "kept", "withdrawn")
FIGURES = ("yes", "no", "abstain", "not_pressed", "needed")


class Removals(Practice):
    """The actions on a removal: no exam, no statement, no oath."""

    abstract = True

    @action("提请免职", by=("clerk", "department"), when=None, then="filed", data=forms.Removal, kind="removal")
    def propose_removal(self, matter: Matter, said: Mapping[str, Any], turn: Turn) -> None:
        refusals.motion(said, self.params, turn)
        refusals.removable(matter, said, turn)

    @action("暂缓表决免职", by="chair", when="filed", then="held", data=forms.Grounds, kind="removal", aside=True)
    def hold_removal(self, matter: Matter) -> None: ...

    @action("恢复表决免职", by="chair", when="held", then="filed", data=forms.Grounds, kind="removal")
    def resume_removal(self, matter: Matter) -> None: ...

    @action("撤回免职案", by=("clerk", "chair"), when=("filed", "held"), then="withdrawn", data=forms.Grounds,
            kind="removal", aside=True)  # fmt: skip
    def withdraw_removal(self, matter: Matter) -> None: ...

    @action("提请表决免职", by="clerk", when="filed", then="voting", data=forms.Order, kind="removal")
    def put_removal(self, matter: Matter, said: Mapping[str, Any], turn: Turn) -> Change:
        refusals.meeting(matter, turn.day)
        refusals.still_held(matter, turn)
        if self.params.order and not said.get("order"):
            orders.appointment_first(matter, turn.records)
        return Change(ballots=[self._removal_ballot(matter)])

    @action("重新提请表决免职", by="clerk", when="voting", data=forms.Grounds, kind="removal", aside=True)
    def put_removal_again(self, matter: Matter) -> Change:
        return Change(ballots=[self._removal_ballot(matter)])

    @action(
        "免职表决结果",
        by="system",
        when="voting",
        then=("removed", "kept"),
        data=outcomes.BallotOutcome,
        kind="removal",
    )
    def vote_removal(self, matter: Matter, counted: Mapping[str, Any], turn: Turn) -> Change:
        given: Mapping[str, Any] = counted.get("figures", {})
        # The ballot itself keeps its figures with the sums; the matter keeps these five.
        figures: dict[str, Any] = {name: given[name] for name in FIGURES if name in given}
        figures |= {"figures": None, "outcome": None}
        nominator = self.nominator(matter)
        if counted.get("outcome") != "carried":
            told = papers.kept(matter, nominator, figures.get("yes", 0), figures.get("needed", 0))
            return Change(figures, papers=[told])
        held = matter.payload
        ended = refusals.held_of(held["official"], held["organ"], held["posts"], turn)
        return Change(
            {**figures, "removed_on": turn.day},
            papers=papers.removed(matter, turn.day, nominator, self.params.copies_to),
            appoints=[Appointment(held["official"], held["organ"], post, ends=True) for post in ended],
        )

    def nominator(self, matter: Matter) -> str:
        """Who proposed, as the district's file calls it."""
        code = matter.payload["nominator"]
        return next((str(each["label"]) for each in self.params.nominators if each["code"] == code), code)

    def _removal_ballot(self, matter: Matter) -> Ballot:
        person = matter.party("subject")
        assert person is not None, "a removal names somebody"
        question = f"是否{papers.what_removal(matter)}"
        return Ballot(question, "motion", self.params.vote, [BallotSubject(person.name, matter=matter.id)])
