"""Whether the standing committee is satisfied with what was put right: a measurement after the deliberation.

No national law knows it (监督法 names no measurement); a district that has none leaves the parameter out and closes the
year without. What is not passed is put right again and measured again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda import Ballot, BallotSubject, Change, Matter, Practice, RendaError, Turn, action, declare, due, outcomes

from . import forms, papers

declare(
    {
        "state_assets.not_measured_here": "本区县没有规定对整改作满意度测评。请直接办结并公布。",
        "state_assets.unmeasured": "本区县规定对整改作满意度测评。请先提请测评,通过以后再办结。",
        "state_assets.nothing_to_measure": "没有登记过问题,没有整改可以测评。请直接办结并公布。",
    },
    status=409,
)
SETTLED = ("confirmed", "lasting")


class Measuring(Practice):
    """The actions that put the rectification of a year to the vote."""

    abstract = True

    @action(
        "提请整改测评",
        by="clerk",
        when="rectifying",
        then="measuring",
        data=forms.Put,
        kind="year",
        children={"problem": SETTLED},
        aside=True,
    )
    def measure(self, matter: Matter) -> Change:
        if self.params.measurement is None:
            raise RendaError("state_assets.not_measured_here")
        if not matter.children("problem"):
            raise RendaError("state_assets.nothing_to_measure")
        return Change(ballots=[self._ballot(matter)])

    @action("重新提请整改测评", by="clerk", when="measuring", data=forms.Put, kind="year", aside=True)
    def measure_again(self, matter: Matter) -> Change:
        """A ballot that was void is taken once more."""
        return Change(ballots=[self._ballot(matter)])

    @action(
        "整改测评结果",
        by="system",
        when="measuring",
        then=("measured", "rectifying"),
        data=outcomes.BallotOutcome,
        kind="year",
    )
    def be_measured(self, matter: Matter, counted: Mapping[str, Any], turn: Turn) -> Change:
        grade = counted["outcome"]
        passed = grade in self.params.passing
        last = None if passed else due(turn.day, self.params.rectify, turn.calendar).date
        rounds = (matter.payload.get("rounds") or 0) + 1
        paper = papers.measured(matter, grade, last, self.params.report_to)
        kept = {"grade": grade, "again_by": last, "rounds": rounds}
        return Change(kept, then="measured" if passed else "rectifying", papers=[paper])

    @action("重新整改", by="chair", when="confirmed", then="open", data=forms.Again, kind="problem",
            around="rectifying", aside=True)  # fmt: skip
    def open_again(self, matter: Matter, again: Mapping[str, Any], turn: Turn) -> Change:
        """A problem the committee is not satisfied with is put right once more."""
        last = due(turn.day, self.params.rectify, turn.calendar).date
        assert last is not None, "no pause holds this clock"
        organ = matter.party("assignee")
        assert organ is not None, "a problem has somebody to put it right"
        said = {**matter.payload, "detail": again["again_for"]}
        return Change({"due": last}, papers=[papers.assignment(said, organ.name, last)])

    def require_measured(self, year: Matter) -> None:
        """Refuse to close a year whose rectification still has to be measured."""
        wanted = self.params.measurement is not None and bool(year.children("problem"))
        if wanted and year.state != "measured":
            raise RendaError("state_assets.unmeasured")

    def _ballot(self, year: Matter) -> Ballot:
        question = f"{year.title}整改满意度测评"
        subject = BallotSubject(f"{year.title}整改情况", matter=year.id)
        return Ballot(question, "measurement", self.params.measurement, [subject])
