"""The round that has to follow: among the tied, for seats left, or the whole again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import BallotRow
from renda.services.benches.finding import check_office, check_state, find, subjects_of
from renda.services.benches.preparing import Question, Subject, prepare
from renda.services.desk import Desk

declare({"ballot.no_round": "“{question}”已有定论,不需要再次投票。"}, status=409)


def next_round(desk: Desk, actor: Actor, number: int) -> int:
    """Prepare the round that follows a closed ballot; answers with the new ballot's number.

    A ballot that was void is put again as it was; a tie goes among the tied only, by more votes; seats left
    go by the votes of this round (地方组织法 §29, 选举法 §45). Raises ``ballot.no_round``, ``ballot.not_now``.
    """
    check_office(actor)
    row = find(desk, number)
    check_state(row, "准备下一轮", "closed", "published", "withheld", "void")
    following = (row.result or {}).get("following")
    if row.state != "void" and following is None:
        raise RendaError("ballot.no_round", question=row.question)
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
