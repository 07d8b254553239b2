"""Publishing a closed ballot: in which forms it may be announced, and the choice between them.

A guard that finds one line takes the figures of all: figures that are missing in one line alone say which it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.model import BallotRow, BallotSubjectRow, RollRow
from renda.services import chain
from renda.services.ballots import telling
from renda.services.ballots.disclosure import Exposure, Table, exposures, identity
from renda.services.ballots.result_text import counted
from renda.services.ballots.wording import DECISIONS
from renda.services.benches.figures import digest
from renda.services.benches.finding import check_office, check_state, find, find_to_change, subjects_of
from renda.services.benches.preparing import note
from renda.services.benches.sheet import BENCHES
from renda.services.desk import Desk

declare(
    {
        "ballot.disclosure": "按本区县的公布保护,“{question}”不能{form}。可以办理的有:{allowed}。",
        "ballot.withhold_reason": "请写明不公布“{question}”结果的理由,最多 {most} 个字。",
    },
    status=409,
)
declare(
    {
        "ballot.withhold_decision": "“{question}”是{bench}:决议、任免、撤职、票决、选举形成决定,结果由主持人当场宣布,"
        "不能登记不公布。请点“宣布结果”。只有测评可以不公布。",
    },
    status=409,
)
declare({"ballot.withhold_chair": "不公布“{question}”的结果,由主任会议决定,只能由主任会议的账号登记。"}, status=403)

LONGEST_REASON = 200
FULL, OUTCOMES = "full", "outcomes"
FORMS: Mapping[str, str] = {FULL: "公布全部票数", OUTCOMES: "各项都只公布结论"}
NEVER = "由主任会议登记不公布"
WRITTEN_IN = frozenset({"chosen", "tied"})
"""Outcomes for which a name that was written in is announced without figures."""


def forms(desk: Desk, row: BallotRow) -> Sequence[str]:
    """The forms in which a counted ballot may be announced, the fullest first; none where it may only be withheld.

    The chair may always keep the figures of an appraisal back; a decision is announced with its figures, unless the
    district's guard takes them.
    """
    if row.secrecy == "named" or not exposed(desk, row):
        return (FULL,) if row.bench in DECISIONS else (FULL, OUTCOMES)
    # A decision cannot be withheld, so that its guard never leaves nothing.
    return () if row.guard["action"] == "refuse" and row.bench not in DECISIONS else (OUTCOMES,)


def form_at_once(desk: Desk, row: BallotRow) -> str | None:
    """The form in which a direct ballot is shown by its count; None where the chair has to decide."""
    return next(iter(forms(desk, row)), None)


def publish(desk: Desk, actor: Actor, number: int, form: str = "") -> Mapping[str, Any]:
    """Publish a closed ballot in one of its ``forms``; the fullest where none is named.

    The matters of a ballot with delayed display hear of it here, in the same transaction: of lines without figures the
    outcome alone. Answers with what is published: ``{"question", "turnout", "subjects", "subtotals", "coarsened"}``.
    Raises ``ballot.disclosure`` where the rule does not allow the form, ``ballot.choice``, ``ballot.not_now``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "公布", "closed")
    coarsened = _form(desk, row, form) == OUTCOMES
    row.published = _sheet(desk, row, coarsened=coarsened)
    row.state = "published"
    entries = {"published": digest(row.published), "coarsened": coarsened}
    entered = note(desk, head, actor, row, "publish", "公布结果", "closed", entries)
    desk.session.flush()
    _tell_late(desk, row, entered, coarsened=coarsened)
    return row.published


def _form(desk: Desk, row: BallotRow, form: str) -> str:
    """The form asked for, or the fullest; raises where the rule does not allow it."""
    if form not in ("", *FORMS):
        raise RendaError("ballot.choice", entry="form", value=form, allowed="、".join(FORMS))
    allowed = forms(desk, row)
    if form in allowed or (not form and allowed):
        return form or allowed[0]
    left = [FORMS[each] for each in allowed] + ([] if row.bench in DECISIONS else [NEVER])
    raise RendaError(
        "ballot.disclosure",
        question=row.question,
        form=gettext(FORMS[form or FULL]),
        allowed="、".join(gettext(name) for name in left),
    )


def withhold(desk: Desk, actor: Actor, number: int, reason: str) -> None:
    """The chair decides that a closed ballot's figures are not published; what was decided still takes its course.

    The matters of a ballot with delayed display hear of it here; the outcomes alone where the guard finds a line. Raises ``ballot.withhold_…`` and ``ballot.not_now``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "登记不公布", "closed")
    if row.bench in DECISIONS:
        raise RendaError("ballot.withhold_decision", question=row.question, bench=gettext(BENCHES[row.bench]))
    if actor.roles.isdisjoint(("chair", "system")):
        raise RendaError("ballot.withhold_chair", question=row.question)
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise RendaError("ballot.withhold_reason", question=row.question, most=LONGEST_REASON)
    coarsened = FULL not in forms(desk, row)
    row.state = "withheld"
    entered = note(desk, head, actor, row, "withhold", "不公布结果", "closed", {"reason": reason.strip()})
    desk.session.flush()
    _tell_late(desk, row, entered, coarsened=coarsened)


def _tell_late(desk: Desk, row: BallotRow, entered: int, *, coarsened: bool) -> None:
    if row.display == "delayed":
        telling.tell_matters(desk, telling.closed(desk, row), entered, coarsened=coarsened)


def exposed(desk: Desk, row: BallotRow) -> tuple[Exposure, ...]:
    """From which tables of a closed secret ballot single votes would follow, those published before considered."""
    if row.secrecy == "named":
        return ()
    query = select(BallotRow).where(BallotRow.state == "published", BallotRow.id != row.id).order_by(BallotRow.id)
    before = [
        table
        for other in desk.session.scalars(query)
        if other.secrecy == "secret"
        for table in _tables(desk, other)
        if not _is_coarsened(other, table.subject)
    ]
    return exposures(_tables(desk, row), before, row.guard["k"])


def unguarded(desk: Desk, row: BallotRow) -> Mapping[str, Any]:
    """All figures of a counted ballot in the shape of what is published, for the office and the chair alone."""
    return _sheet(desk, row, coarsened=False)


def published(desk: Desk, number: int) -> Mapping[str, Any] | None:
    """What is public of a ballot, or None while nothing is."""
    return find(desk, number).published


def _tables(desk: Desk, row: BallotRow) -> list[Table]:
    result = row.result or {}
    people = frozenset(desk.session.scalars(select(RollRow.person_id).where(RollRow.ballot_id == row.id)))
    # A round that follows has the question of the one before; a stop or a space makes no other question of it.
    asked = f"{row.practice}:{''.join(sign for sign in row.question if sign.isalnum())}"
    return [
        Table(_identity(subject), cells, people, f"{row.question}:{subject.label}", asked)
        for subject in subjects_of(desk, row.id)
        if (cells := _cells(result["total"], subject.code))
    ]


def _is_coarsened(row: BallotRow, subject: str) -> bool:
    """Whether no figures of a subject were published; earlier versions listed the subjects, now it is all or none."""
    coarsened = (row.published or {}).get("coarsened", False)
    return subject in coarsened if isinstance(coarsened, list) else bool(coarsened)


def _identity(subject: BallotSubjectRow) -> str:
    return identity(subject.matter_id, subject.person_id, subject.project_id, subject.label)


def _cells(count: Any, code: str) -> dict[str, int]:
    """The papers of one subject by what they say; votes of a selection are for and not for."""
    if isinstance(count, Sequence):
        row = next(each for each in count if each["subject"] == code)
        return {**row["marks"], " void": row["void"], " blank": row["blank"]}
    if "papers" in count:
        papers = count["papers"]
        cells = {"yes": papers["votes"][code], "no": count["opposed"][code], "abstain": count["abstained"][code]}
        return {**cells, " void": papers["void"], " blank": papers["blank"]}
    votes = count["votes"][code]
    return {"yes": votes, "no": max(0, count["good"] - votes), " void": count["void"], " blank": count["blank"]}


def _sheet(desk: Desk, row: BallotRow, *, coarsened: bool) -> dict[str, Any]:
    result = row.result or {}
    lines = []
    for subject in subjects_of(desk, row.id):
        decided = result["subjects"].get(subject.code, {})
        line = {"code": subject.code, "label": subject.label, "outcome": decided.get("outcome", "set_void")}
        if not coarsened:
            line |= {"cells": _cells(result["total"], subject.code), "figures": decided}
        lines.append(counted(row, line))
    known = {line["code"] for line in lines}
    for name, decided in result["subjects"].items():
        line = {"code": name, "label": name, "outcome": decided.get("outcome", "")}
        if name not in known and not coarsened:
            lines.append({**line, "cells": {"yes": decided["votes"]}, "figures": decided})
        elif name not in known and line["outcome"] in WRITTEN_IN:
            lines.append(counted(row, line))
    return {
        "question": row.question,
        "turnout": result["turnout"],
        "subjects": lines,
        "subtotals": None if coarsened else result["subtotals"],
        "coarsened": coarsened,
    }
