"""Ballots that a rule asks for: prepared in the transaction of the action, under the matter's own rules."""

from __future__ import annotations

from collections.abc import Sequence

from renda.answers import Ballot
from renda.matter import Actor
from renda.model import ChainHead, MatterRow
from renda.services.benches.electorates import base
from renda.services.benches.preparing import Question, Subject, keep
from renda.services.desk import Desk


def prepare_asked(
    desk: Desk, head: ChainHead, actor: Actor, row: MatterRow, ballots: Sequence[Ballot]
) -> tuple[int, ...]:
    """Keep the ballots an action on the matter ``row`` asks for; answers with their numbers.

    Who may take the action may have it ask: the office is not looked for here, but opening, closing and
    publishing are the office's. Raises ``ballot.…`` and ``voting.…`` naming what is wrong.
    """
    return tuple(_prepared(desk, head, actor, row, ballot) for ballot in ballots)


def _prepared(desk: Desk, head: ChainHead, actor: Actor, row: MatterRow, ballot: Ballot) -> int:
    question = Question(
        question=ballot.question,
        bench=ballot.bench,
        rule=ballot.rule,
        subjects=[Subject(each.label, each.matter, each.person) for each in ballot.subjects],
        members=base(desk, ballot.electorate),
        practice=row.practice,
        secrecy=ballot.secrecy,
        display=ballot.display,
        electorate=ballot.electorate,
        k=desk.rulebook.district.meetings.least_group,
    )
    return keep(desk, head, actor, question, row.rules_effective, row.rules_digest, {"matter": row.id})
