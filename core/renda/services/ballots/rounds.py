"""The round that has to follow: among the tied, for seats left, or the whole again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import BallotRow
from renda.services import chain
from renda.services.benches.finding import check_office, check_state, find, subjects_of
from renda.services.benches.preparing import Question, Subject, prepare
from renda.services.desk import Desk

declare(
    {
        "ballot.no_round": "“{question}”已有定论,不需要再次投票。",
        "ballot.round_prepared": "“{question}”的下一轮已经准备好了,不能再准备一次。请到会议的表决列表中打开它。",
    },
    status=409,
)

GIVEN_UP = ("void", "withdrawn")
"""A round that came to nothing may be prepared again."""


def next_round(desk: Desk, actor: Actor, number: int) -> int:
    """Prepare the round that follows a closed ballot; answers with the new ballot's number.

    A ballot that was void is put again as it was; a tie goes among the tied only, by more votes; seats left
    go by the votes of this round (地方组织法 §29, 选举法 §45). Raises ``ballot.no_round``, ``ballot.not_now``, and
    ``ballot.round_prepared`` where it was prepared before.
    """
    check_office(actor)
    chain.lock(desk)
    row = find(desk, number)
    check_state(row, "准备下一轮", "closed", "published", "withheld", "void")
    following = (row.result or {}).get("following")
    if row.state != "void" and following is None:
        raise RendaError("ballot.no_round", question=row.question)
    after = select(BallotRow.id).where(BallotRow.before_id == number, BallotRow.state.not_in(GIVEN_UP))
    if desk.session.scalar(after.limit(1)) is not None:
        raise RendaError("ballot.round_prepared", question=row.question)
    known = {each.code: each for each in subjects_of(desk, number)}
    codes = list(known) if following is None else following["candidates"]
    subjects = [
        Subject(known[code].label, known[code].matter_id, known[code].person_id, known[code].project_id)
        if code in known
        else Subject(code)
        for code in codes
    ]
    question = Question(
        row.question,
        row.bench,
        row.rule if following is None else _rule_of(row, following),
        subjects,
        row.members,
        row.practice,
        row.secrecy,
        row.press,
        row.display,
        row.guard["k"],
        row.guard["action"],
        row.meeting_id,
        row.id,
        row.round + 1,
        row.electorate,
        row.key_mode,
    )
    return prepare(desk, actor, question)


def _rule_of(row: BallotRow, following: Mapping[str, Any]) -> dict[str, Any]:
    rule = {**row.rule, "seats": following["seats"], "threshold": following["threshold"]}
    if following["kind"] == "tied_only":
        rule.pop("surplus", None)
    if rule.get("marking") == "ranks":
        rule["points"], rule["threshold"] = rule["points"][: following["seats"]], "plurality"
    return rule
