"""Preparing a ballot: the question, its subjects, its rule as data, who counts as all members."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.model import BallotRow, BallotSubjectRow, ChainHead
from renda.services import chain, reading
from renda.services.benches.electorates import check_electorate
from renda.services.benches.figures import canonical, digest
from renda.services.benches.finding import check_office, find, subjects_of
from renda.services.benches.sheet import Bench, bench_for
from renda.services.desk import Desk

declare(
    {
        "ballot.choice": "表决的“{entry}”不能写“{value}”。可用的有:{allowed}。",
        "ballot.members": "全体组成人员应不少于1人,现为 {members}。请核对名册。",
        "ballot.guard_k": "公布保护的人数下限 k 应为不小于1的整数,现为“{value}”。",
        "ballot.meeting": "没有第 {number} 号会议。请先登记会议。",
    }
)

CHOICES = {
    "secrecy": ("secret", "named"),
    "press": ("first", "last"),
    "display": ("delayed", "direct"),
    "action": ("refuse", "coarsen"),
    "key_mode": ("server", "shares"),
}
IN_FULL = 1
_PADDING = 256


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the sheet, and the matter, person or project it is about, by number."""

    label: str
    matter: int | None = None
    person: int | None = None
    project: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be put to the vote.

    ``bench``: measurement, motion, selection, election or questionnaire; ``rule``: the district's table for
    it; ``practice``: whose rule it is, pinned to the version in force today; ``press``: whether the first or
    the last press counts; ``display``: whether results show at once or when they are released; ``k``,
    ``action``: below how many people no figures are announced, and whether outcomes alone may be then (``coarsen``) or
    nothing (``refuse``); 1 announces every figure; ``electorate``: whose vote it
    is, empty where the list of those present is taken as it is given; ``key_mode``: whether the server holds the
    key or scrutineers in shares.
    """

    question: str
    bench: str
    rule: Mapping[str, Any]
    subjects: Sequence[Subject]
    members: int
    practice: str = ""
    secrecy: str = "secret"
    press: str = "first"
    display: str = "delayed"
    k: int = IN_FULL
    action: str = "coarsen"
    meeting: int | None = None
    before: int | None = None
    round: int = 1
    electorate: str = ""
    key_mode: str = "server"


def prepare(desk: Desk, actor: Actor, question: Question) -> int:
    """Keep a question to be voted on and enter it in the record; answers with the ballot's number.

    Raises ``ballot.…`` or ``voting.…`` naming what is wrong; nothing is kept then.
    """
    check_office(actor)
    head = chain.lock(desk)
    version = desk.rulebook.practice_on(question.practice, desk.day).version if question.practice else None
    effective, mark = (version.effective, version.digest) if version else (None, "")
    return keep(desk, head, actor, question, effective, mark, {})


def keep(  # noqa: PLR0917
    desk: Desk,
    head: ChainHead,
    actor: Actor,
    question: Question,
    effective: date | None,
    rules_digest: str,
    around: Mapping[str, Any],
) -> int:
    """Keep a question under the version of its practice that is named; ``around`` is entered in the record too.

    Whoever calls has asked who may do it, and holds the record. Raises as ``prepare`` does.
    """
    _check(desk, question)
    codes = [str(place) for place in range(1, len(question.subjects) + 1)]
    where = gettext("“{question}”的规则", question=question.question)
    bench = bench_for(question.bench, question.rule, codes, where)
    longest = len(canonical(bench.longest()).encode()) + 2
    row = BallotRow(
        question=question.question,
        bench=question.bench,
        practice=question.practice,
        rules_effective=effective,
        rules_digest=rules_digest,
        rule=_kept(question.rule),
        rule_digest=digest(_kept(question.rule)),
        secrecy=question.secrecy,
        press=question.press,
        display=question.display,
        guard={"k": question.k, "action": question.action},
        members=question.members,
        electorate=question.electorate,
        key_mode=question.key_mode,
        meeting_id=question.meeting,
        before_id=question.before,
        round=question.round,
        state="prepared",
        paper_bytes=-(-longest // _PADDING) * _PADDING,
    )
    desk.session.add(row)
    desk.session.flush()
    for place, (code, subject) in enumerate(zip(codes, question.subjects, strict=True), 1):
        desk.session.add(
            BallotSubjectRow(
                ballot_id=row.id,
                code=code,
                place=place,
                label=subject.label,
                matter_id=subject.matter,
                person_id=subject.person,
                project_id=subject.project,
            )
        )
    subjects = [each.label for each in question.subjects]
    entries = {"subjects": subjects, "rule": row.rule_digest, **around}
    note(desk, head, actor, row, "prepare", "准备表决", "", entries)
    desk.session.flush()
    return row.id


def _check(desk: Desk, question: Question) -> None:
    for entry in CHOICES:
        check_choice(entry, getattr(question, entry))
    if question.members < 1:
        raise RendaError("ballot.members", members=question.members)
    if question.electorate:
        check_electorate(question.electorate)
    if question.k < 1:
        raise RendaError("ballot.guard_k", value=question.k)
    if question.meeting is not None and not desk.exists("meeting", question.meeting):
        raise RendaError("ballot.meeting", number=question.meeting)
    if question.before is not None:
        find(desk, question.before)
    _check_subjects(desk, question.subjects)


def check_choice(entry: str, value: str) -> None:
    """Refuse what is none of ``CHOICES``; raises ``ballot.choice``."""
    if value not in CHOICES[entry]:
        raise RendaError("ballot.choice", entry=entry, value=value, allowed="、".join(CHOICES[entry]))


def _check_subjects(desk: Desk, subjects: Sequence[Subject]) -> None:
    for subject in subjects:
        if subject.matter is not None:
            reading.find(desk, subject.matter)
        for noun, number in (("person", subject.person), ("project", subject.project)):
            if number is not None and not desk.exists(noun, number):
                raise RendaError("party.unknown", number=number, noun=gettext(_NOUNS[noun]))


_NOUNS = {"person": "人员", "project": "项目"}


def _kept(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's table as JSON; numbers that are no whole numbers become text, which rules read exactly."""
    kept: dict[str, Any] = json.loads(json.dumps(dict(rule), default=_text))
    return kept


def _text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return str(value) if isinstance(value, Decimal) else list(value)


def note(  # noqa: PLR0917
    desk: Desk,
    head: ChainHead,
    actor: Actor,
    row: BallotRow,
    action: str,
    label: str,
    came_from: str,
    entries: Mapping[str, Any],
    submission: str | None = None,
) -> int:
    """Enter in the record what was done with a ballot; never who voted, when, or what. Answers its number."""
    deed = chain.Deed(
        actor=actor,
        practice=row.practice or "ballot",
        action=f"ballot_{action}",
        label=label,
        matter_id=None,
        came_from=came_from or None,
        went_to=row.state,
        entries={"ballot": row.id, "question": row.question, **entries},
        rules_effective=row.rules_effective,
        rules_digest=row.rules_digest,
        submission=submission,
    )
    return chain.enter(desk, head, deed).number


def bench_of(desk: Desk, row: BallotRow) -> Bench:
    """The bench of a kept ballot."""
    subjects = tuple((subject.code, subject.label) for subject in subjects_of(desk, row.id))
    return _bench(row.bench, canonical(row.rule), subjects, gettext("“{question}”的规则", question=row.question))


@lru_cache(maxsize=64)
def _bench(bench: str, rule: str, subjects: tuple[tuple[str, str], ...], where: str) -> Bench:
    codes, labels = zip(*subjects, strict=True)
    return bench_for(bench, json.loads(rule), codes, where, labels)
