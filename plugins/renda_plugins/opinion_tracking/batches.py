"""A sitting that deliberates on how opinions were handled: one ballot, every opinion a line of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Ballot, BallotSubject, Change, Matter, Practice, RendaError, Turn, action, declare

from . import forms

declare(
    {
        "opinion_tracking.not_ready": "第 {number} 号事项不是已经问效、等待会议审议的审议意见。",
        "opinion_tracking.listed_twice": "第 {number} 号审议意见写了两次。",
    }
)
BATCH = MappingProxyType({"put": "已提请"})


class Batches(Practice):
    """The action that puts opinions to the vote."""

    abstract = True

    @action("提请会议审议和测评", by="clerk", when=None, then="put", data=forms.Batch, kind="batch")
    def convene(self, matter: Matter, batch: Mapping[str, Any], turn: Turn) -> Change:
        """Put opinions that were checked to the sitting's deliberation and to a secret measurement."""
        subjects = []
        for number in batch["listed"]:
            opinion = turn.records.matter(number)
            ready = opinion is not None and (opinion.practice, opinion.state) == (self.code, "checked")
            if opinion is None or not ready:
                raise RendaError("opinion_tracking.not_ready", number=number)
            if batch["listed"].count(number) > 1:
                raise RendaError("opinion_tracking.listed_twice", number=number)
            subjects.append(BallotSubject(opinion.title, matter=number))
        question = f"{batch['title']}:审议意见办理满意度测评"
        ballot = Ballot(question, "measurement", self.params.measurement, subjects, electorate="member")
        return Change(ballots=[ballot])
