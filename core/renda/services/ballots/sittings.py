"""The ballots of a sitting: which there are, which one may vote in, how many have voted; putting them on its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import AttendanceRow, BallotRow, ElectorRow, EnvelopeRow, MeetingRow, RollRow
from renda.services import chain
from renda.services.ballots import keys as key
from renda.services.ballots.opening import open_ballot
from renda.services.benches.finding import check_office, check_state, find_to_change
from renda.services.benches.preparing import note
from renda.services.desk import Desk
from renda.services.meetings.finding import find as find_meeting
from renda.services.meetings.presence import electorate

declare({"ballot.sitting_closed": "“{title}”已闭会,不能再列入表决。"}, status=409)

RUNNING = ("open", "stopped")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ballot stands for everybody: its state, how many papers it issued and how many came back so far."""

    id: int
    state: str
    issued: int
    voted: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """A sitting at one moment: its state, how many are present, how its ballots stand. Nothing of any result."""

    state: str
    present: int
    ballots: Sequence[Standing]


def of_meeting(desk: Desk, meeting: int) -> Sequence[BallotRow]:
    """The ballots of a sitting, in the order they were listed."""
    return desk.session.scalars(select(BallotRow).where(BallotRow.meeting_id == meeting).order_by(BallotRow.id)).all()


def waiting(desk: Desk) -> Sequence[BallotRow]:
    """Prepared ballots that no sitting has on its list: those a rule asked for."""
    query = select(BallotRow).where(BallotRow.meeting_id.is_(None), BallotRow.state == "prepared")
    return desk.session.scalars(query.order_by(BallotRow.id)).all()


def list_in(desk: Desk, actor: Actor, number: int, meeting: int) -> None:
    """Put a prepared ballot on the list of a sitting, also of another than before.

    Raises ``ballot.not_now``, ``meeting.unknown``, ``ballot.sitting_closed``.
    """
    check_office(actor)
    head = chain.lock(desk)
    sitting = find_meeting(desk, meeting)
    if sitting.state == "closed":
        raise RendaError("ballot.sitting_closed", title=sitting.title)
    row = find_to_change(desk, number)
    check_state(row, "列入会议", "prepared")
    row.meeting_id = meeting
    note(desk, head, actor, row, "list", "列入会议", "prepared", {"meeting": meeting, "title": sitting.title})
    desk.session.flush()


def open_in_sitting(desk: Desk, actor: Actor, number: int, *, keys: key.KeyKeeper, shares: Sequence[str] = ()) -> int:
    """Open a ballot to those who may vote in its sitting now; answers with how many papers it issues.

    The sitting must be open and have its quorum at this moment; those invited to an appraisal count too. Raises as
    ``open_ballot`` does, ``meeting.not_now`` and ``meeting.no_quorum``.
    """
    check_office(actor)
    # The record first, as everywhere: two that took record and ballot in different order would wait for each other.
    chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "开始表决", "prepared")
    present = None
    if row.meeting_id is not None:
        voting = electorate(desk, row.meeting_id)
        present = None if row.electorate else voting
    return open_ballot(desk, actor, number, keys=keys, present=present, shares=shares)


def turnout(desk: Desk, meeting: int) -> Turnout | None:
    """How a sitting stands, by one statement; None where there is none of that number."""
    district, ballot = desk.session.district_id, BallotRow.__table__
    envelope, roll, there = EnvelopeRow.__table__, RollRow.__table__, AttendanceRow.__table__
    present = (
        select(func.count())
        .where(there.c.district_id == district, there.c.meeting_id == meeting)
        .where(there.c.state == "present", there.c.entitled)
        .scalar_subquery()
    )
    cast, counted = (
        select(func.count()).where(table.c.district_id == district, table.c.ballot_id == ballot.c.id).scalar_subquery()
        for table in (envelope, roll)
    )
    sitting = MeetingRow.__table__
    query = (
        select(sitting.c.state, present, ballot.c.id, ballot.c.state, ballot.c.issued, cast, counted)
        .select_from(
            sitting.outerjoin(
                ballot, and_(ballot.c.district_id == sitting.c.district_id, ballot.c.meeting_id == sitting.c.id)
            )
        )
        .where(sitting.c.district_id == district, sitting.c.id == meeting)
        .order_by(ballot.c.id)
    )
    found = desk.session.connection().execute(query).all()
    if not found:
        return None
    ballots = [
        Standing(number, state, issued or 0, sealed if state in RUNNING else rolled)
        for _, _, number, state, issued, sealed, rolled in found
        if number is not None
    ]
    return Turnout(found[0][0], found[0][1], ballots)


def for_elector(desk: Desk, person: int) -> Sequence[BallotRow]:
    """The ballots that are open and in which this person may vote by terminal or phone."""
    query = (
        select(BallotRow)
        .join(ElectorRow, ElectorRow.ballot_id == BallotRow.id)
        .where(BallotRow.state == "open", ElectorRow.person_id == person, ElectorRow.way == "electronic")
        .order_by(BallotRow.id)
    )
    return desk.session.scalars(query).all()


def has_cast(desk: Desk, person: int) -> frozenset[int]:
    """The ballots, open or stopped, that hold a paper of this person."""
    query = select(EnvelopeRow.ballot_id).where(EnvelopeRow.person_id == person)
    return frozenset(desk.session.scalars(query))


def sitting_of(desk: Desk, person: int) -> int | None:
    """The sitting, not yet closed, at which this person is present: the newest of them."""
    query = (
        select(MeetingRow.id)
        .join(AttendanceRow, AttendanceRow.meeting_id == MeetingRow.id)
        .where(AttendanceRow.person_id == person, AttendanceRow.state == "present", MeetingRow.state != "closed")
        .order_by(MeetingRow.day.desc(), MeetingRow.id.desc())
    )
    return desk.session.scalar(query.limit(1))
