"""Publishing a closed ballot: the figures that may be seen, the guard that looks at them first."""

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
        "ballot.disclosure": "公布“{question}”会使个人的投票暴露:{reasons}。"
        "请改为只公布结论(coarsen),或由主任会议决定不公布。",
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


def publish(desk: Desk, actor: Actor, number: int) -> Mapping[str, Any]:
    """Publish a closed ballot's figures, coarsened or refused where single votes would follow from them.

    The matters of a ballot with delayed display hear of it here, in the same transaction. Answers with what is published: ``{"question", "turnout", "subjects", "subtotals", "coarsened"}``. Raises
    ``ballot.disclosure`` with the reasons, ``ballot.not_now``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "公布", "closed")
    found = exposed(desk, row)
    if found and row.guard["action"] == "refuse":
        raise RendaError("ballot.disclosure", question=row.question, reasons=";".join(each.text for each in found))
    row.published = _sheet(desk, row, {each.subject for each in found})
    row.state = "published"
    entries = {"published": digest(row.published), "coarsened": row.published["coarsened"]}
    entered = note(desk, head, actor, row, "publish", "公布结果", "closed", entries)
    desk.session.flush()
    _tell_late(desk, row, entered, found)
    return row.published


def withhold(desk: Desk, actor: Actor, number: int, reason: str) -> None:
    """The chair decides that a closed ballot's figures are not published; what was decided still takes its course.

    The matters of a ballot with delayed display hear of it here; of a line the guard holds back they hear the
    outcome alone. Raises ``ballot.withhold_…`` and ``ballot.not_now``.
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
    found = exposed(desk, row)
    row.state = "withheld"
    entered = note(desk, head, actor, row, "withhold", "不公布结果", "closed", {"reason": reason.strip()})
    desk.session.flush()
    _tell_late(desk, row, entered, found)


def _tell_late(desk: Desk, row: BallotRow, entered: int, found: Sequence[Exposure]) -> None:
    if row.display == "delayed":
        hidden = frozenset(each.subject for each in found)
        telling.tell_matters(desk, telling.closed(desk, row), entered, hidden)


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
        if table.subject not in (other.published or {}).get("coarsened", ())
    ]
    return exposures(_tables(desk, row), before, row.guard["k"])


def unguarded(desk: Desk, row: BallotRow) -> Mapping[str, Any]:
    """All figures of a counted ballot in the shape of what is published, for the office and the chair alone."""
    return _sheet(desk, row, set())


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


def _sheet(desk: Desk, row: BallotRow, hidden: set[str]) -> dict[str, Any]:
    result = row.result or {}
    lines, coarsened = [], []
    for subject in subjects_of(desk, row.id):
        decided = result["subjects"].get(subject.code, {})
        line = {"code": subject.code, "label": subject.label, "outcome": decided.get("outcome", "set_void")}
        if _identity(subject) in hidden:
            coarsened.append(_identity(subject))
        else:
            line |= {"cells": _cells(result["total"], subject.code), "figures": decided}
        lines.append(counted(row, line))
    known = {line["code"] for line in lines}
    for name, decided in result["subjects"].items():
        if name not in known and not coarsened:
            cells = {"yes": decided["votes"]}
            lines.append(
                {"code": name, "label": name, "outcome": decided["outcome"], "cells": cells, "figures": decided}
            )
    return {
        "question": row.question,
        "turnout": result["turnout"],
        "subjects": lines,
        "subtotals": None if coarsened else result["subtotals"],
        "coarsened": coarsened,
    }
