"""Every answer is true: two clicks, two devices, a close in the middle."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from backing.balloting import Hall, refusal
from renda.matter import Actor
from renda.model import EnvelopeRow, PaperRow, RollRow
from renda.services import ballots
from renda.services.ballots import Answer


def test_a_second_paper_is_told_that_another_one_counts(hall: Hall) -> None:
    number = hall.ready()
    assert hall.mark(number, 0, "yes") is Answer.COUNTED
    assert hall.mark(number, 0, "no") is Answer.ALREADY
    assert hall.close(number).lines[0].figures["yes"] == 1


def test_the_same_form_sent_again_is_counted_once_and_told_so(hall: Hall) -> None:
    number = hall.ready()
    assert hall.mark(number, 0, "yes", submission="t1") is Answer.COUNTED
    assert hall.mark(number, 0, "yes", submission="t1") is Answer.COUNTED
    assert hall.mark(number, 0, "yes", submission="t2") is Answer.ALREADY
    hall.stop(number)
    assert hall.mark(number, 0, "yes", submission="t1") is Answer.COUNTED
    assert hall.mark(number, 0, "yes", submission="t2") is Answer.ALREADY
    assert hall.mark(number, 1, "yes") is Answer.TOO_LATE
    assert hall.close(number).turnout["returned"] == 1
    envelope = bytes(len(hall.sealed(hall.ready(), {"marks": {}})))
    late = [ballots.vote(hall.world.installation, "jia", member, number, envelope) for member in hall.members[:2]]
    assert late == [Answer.ALREADY, Answer.TOO_LATE]


def test_where_the_last_press_counts_it_takes_the_place_of_the_first(hall: Hall) -> None:
    number = hall.ready(press="last")
    assert hall.mark(number, 0, "yes") is Answer.COUNTED
    assert hall.mark(number, 0, "no") is Answer.COUNTED
    figures = hall.close(number).lines[0].figures
    assert (figures["yes"], figures["no"]) == (0, 1)


def test_what_is_kept_of_a_vote_has_one_length_whatever_it_says(hall: Hall) -> None:
    number = hall.ready("motion", ["甲", "乙"])
    hall.mark(number, 0)
    hall.mark(number, 1, "abstain", "abstain", submission="x")
    with hall.world.reading() as desk:
        kept = desk.session.scalars(select(EnvelopeRow)).all()
        assert len({(len(each.sealed), len(each.submission)) for each in kept}) == 1
        assert not any(b"abstain" in each.sealed for each in kept)


def test_casting_is_refused_in_these_words(hall: Hall) -> None:
    prepared = hall.prepare()
    assert refusal(lambda: hall.sealed(prepared, {"marks": {}})) == (
        "“表决甲”尚未开始,请等主持人宣布后再投。 [ballot.not_open]"
    )
    vote = ballots.vote
    assert refusal(lambda: vote(hall.world.installation, "jia", hall.members[0], prepared, b"")).endswith(
        "[ballot.not_open]"
    )
    assert refusal(lambda: vote(hall.world.installation, "jia", hall.members[0], 999, b"")) == (
        "没有第 999 号表决。 [ballot.unknown]"
    )
    assert refusal(lambda: hall.sealed(999, {})) == "没有第 999 号表决。 [ballot.unknown]"
    number = hall.ready()
    assert refusal(lambda: vote(hall.world.installation, "jia", hall.members[0], number, b"short")) == (
        "密封票的长度不对:应为 337 字节,收到 5 字节。请刷新页面后重投。 [ballot.envelope_length]"
    )
    assert refusal(
        lambda: vote(hall.world.installation, "jia", Actor(1, "无", frozenset({"member"})), number, b"")
    ).endswith("[ballot.not_elector]")


def test_two_devices_at_the_same_moment_give_one_vote(hall: Hall) -> None:
    number = hall.ready()
    envelopes = [hall.sealed(number, {"marks": {"1": ["yes"]}}) for _ in range(6)]
    start = threading.Barrier(6)

    def press(envelope: bytes) -> Answer:
        start.wait()
        return ballots.vote(hall.world.installation, "jia", hall.members[0], number, envelope)

    with ThreadPoolExecutor(6) as pool:
        answers = Counter(pool.map(press, envelopes))
    assert answers == {Answer.COUNTED: 1, Answer.ALREADY: 5}
    assert hall.close(number).turnout["returned"] == 1


@pytest.mark.parametrize("delay", [0, 3, 6])
def test_while_a_ballot_closes_each_vote_is_in_or_told_that_it_came_too_late(hall: Hall, delay: int) -> None:
    number = hall.ready()
    envelopes = [hall.sealed(number, {"marks": {"1": ["yes"]}}) for _ in hall.members]
    start = threading.Barrier(len(hall.members) + 1)
    arrived = threading.Semaphore(0)

    def press(member: int) -> Answer:
        start.wait()
        answer = ballots.vote(hall.world.installation, "jia", hall.members[member], number, envelopes[member])
        arrived.release()
        return answer

    with ThreadPoolExecutor(len(hall.members)) as pool:
        pressing = [pool.submit(press, member) for member in range(len(hall.members))]
        start.wait()
        for _ in range(delay):
            arrived.acquire()
        closed = hall.close(number)
        answers = [each.result() for each in pressing]
    assert set(answers) <= {Answer.COUNTED, Answer.TOO_LATE}
    counted = [person for person, answer in zip(hall.people(), answers, strict=True) if answer is Answer.COUNTED]
    assert len(counted) >= delay
    assert closed.turnout["returned"] == len(counted)
    with hall.world.reading() as desk:
        assert sorted(desk.session.scalars(select(RollRow.person_id))) == counted
        assert len(desk.session.scalars(select(PaperRow)).all()) == len(counted)
