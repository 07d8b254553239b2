"""The roster beside a secret ballot: nothing is written in it when somebody votes or when votes are counted."""

from pathlib import Path
from typing import Any

from sqlalchemy import text

from backing.balloting import MOTION, refusal
from backing.sittings import Council
from renda.services import ballots, meetings
from renda.services.ballots import Answer, FolderKeys, Question, Subject


def roster(council: Council) -> list[Any]:
    """The roster as it lies in the database, on PostgreSQL with the marks of who wrote each row last."""
    with council.world.reading() as desk:
        connection = desk.session.connection()
        marks = "" if connection.dialect.name == "sqlite" else "xmin::text, ctid::text, "
        return list(connection.execute(text(f"select {marks} attendance.* from attendance order by id")))


def test_a_vote_by_slip_by_seat_and_by_account_leaves_the_roster_as_it_was(council: Council, tmp_path: Path) -> None:
    number = council.sitting(0, 1, 2, 3, 4)
    keys = FolderKeys(tmp_path / "keys")
    slip = council.do(meetings.give_slip, council.clerk, number, council.person(0))
    council.do(meetings.give_seats, council.clerk, number, {council.person(1): "1"})
    key = council.do(meetings.seat_key, council.clerk, number, "1")
    ballot = council.do(
        ballots.prepare,
        council.clerk,
        Question("表决甲", "motion", MOTION, [Subject("议题")], members=9, meeting=number, k=1),
    )
    council.do(ballots.open_ballot, council.clerk, ballot, keys=keys)
    before = roster(council)
    voters = [
        council.do(meetings.person_of_slip, slip).actor,
        council.do(meetings.person_of_seat, number, "1", key).actor,
        council.actor(2),
    ]
    for voter, mark in zip(voters, ("yes", "no", "yes"), strict=True):
        envelope = council.do(ballots.seal, ballot, {"marks": {"1": [mark]}})
        assert council.do(ballots.cast, voter, ballot, envelope) is Answer.COUNTED
        assert council.do(ballots.cast, voter, ballot, envelope, submission="again") is Answer.ALREADY
    council.do(ballots.close, council.clerk, ballot, keys=keys)
    assert roster(council) == before


def test_a_slip_of_somebody_who_left_votes_in_no_later_ballot(council: Council, tmp_path: Path) -> None:
    number = council.sitting(0, 1, 2, 3, 4, 5)
    slip = council.do(meetings.give_slip, council.clerk, number, council.person(0))
    council.do(meetings.depart, council.clerk, number, council.person(0))
    ballot = council.do(
        ballots.prepare,
        council.clerk,
        Question("表决乙", "motion", MOTION, [Subject("议题")], members=9, meeting=number),
    )
    assert council.do(ballots.open_ballot, council.clerk, ballot, keys=FolderKeys(tmp_path / "keys")) == 5
    holder = council.do(meetings.person_of_slip, slip).actor
    envelope = council.do(ballots.seal, ballot, {"marks": {"1": ["yes"]}})
    assert refusal(lambda: council.do(ballots.cast, holder, ballot, envelope)).endswith("[ballot.not_elector]")
