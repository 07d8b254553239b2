"""A sitting from its convening to its close, and every sentence it refuses with."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backing.balloting import MOTION, refusal
from backing.sittings import DAY, Council
from renda.model import BallotRow, EventRow, MandateRow
from renda.services import ballots, chain, meetings
from renda.services.ballots import FolderKeys, Question, Subject
from renda.services.meetings import Item
from renda.services.meetings.naming import chinese


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "一"), (10, "十"), (16, "十六"), (26, "二十六"), (100, "一百"), (105, "一百零五"), (110, "一百一十"), (999, "九百九十九"), (1000, "1000")],
)  # fmt: skip
def test_numbers_of_sittings_are_written_in_chinese(number: int, said: str) -> None:
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("body", "more", "title", "members", "needed"),
    [
        ("committee", {}, "甲区第一届人大常委会第二十六次会议", 9, 5),
        ("congress", {"number": 3, "part": "第一次全体会议"}, "甲区第一届人民代表大会第三次会议第一次全体会议", 11, 8),
        ("chairpersons", {"number": 56}, "甲区第一届人大常委会第五十六次主任会议", 3, 2),
        ("committee", {"number": None, "term": "第二届"}, "甲区第二届人大常委会会议", 9, 5),
    ],
)  # fmt: skip
def test_each_body_has_its_title_its_roster_and_its_quorum(  # noqa: PLR0917
    council: Council, body: str, more: dict[str, object], title: str, members: int, needed: int
) -> None:
    number = council.convene(body, **more)
    there = council.presence(number)
    assert council.row(number).title == title
    assert (there.members, there.expected, there.needed, there.enough) == (members, members, needed, False)


def test_a_sitting_begins_when_more_than_half_of_all_members_are_there_and_the_record_has_it_all(
    council: Council,
) -> None:
    number = council.convene(agenda=[Item("听取报告")], place="常委会会议厅")
    council.sign_in(number, 0, 1, 2, 3)
    assert refusal(lambda: council.do(meetings.open_sitting, council.clerk, number)) == (
        "现在不能“开会”:“甲区第一届人大常委会第二十六次会议”全体 9 人,在场 4 人,不足法定人数 5 人"
        "(地方组织法第五十一条)。请继续签到。 [meeting.no_quorum]"
    )
    council.sign_in(number, 4)
    council.do(meetings.open_sitting, council.clerk, number)
    council.do(meetings.take_leave, council.clerk, number, council.person(5), "出差")
    council.do(meetings.stay_absent, council.clerk, number, council.person(6))
    council.pass_minutes(10)
    council.sign_in(number, 7)
    council.do(meetings.adjourn, council.clerk, number)
    council.do(meetings.open_sitting, council.clerk, number)
    council.do(meetings.depart, council.clerk, number, council.person(0), "下乡")
    council.do(meetings.close, council.clerk, number)
    there = council.presence(number)
    assert (there.present, there.left, there.leave, there.absent, there.expected, there.late) == (5, 1, 1, 2, 0, 1)
    assert there.comparison.text == "2×5 > 9"
    line = council.line(number, 0)
    assert (line.state, line.reason, line.way, line.late) == ("left", "下乡", "clerk", False)
    with council.world.reading() as desk:
        deeds = desk.session.scalars(select(EventRow.label).order_by(EventRow.number)).all()
        assert chain.first_broken(desk) is None
    assert deeds == [
        "召集会议", *["签到"] * 5, "开会", "登记请假", "登记缺席", "签到", "休会", "继续开会", "登记离会", "闭会",
    ]  # fmt: skip


def test_two_thirds_of_the_deputies_are_needed_for_the_congress(council: Council) -> None:
    number = council.convene("congress")
    council.sign_in(number, *range(7))
    assert council.presence(number).comparison.text == "3×7 < 2×11"
    council.sign_in(number, 7)
    there = council.presence(number)
    assert (there.comparison.text, there.enough) == ("3×8 ≥ 2×11", True)


def test_signing_in_twice_changes_nothing_and_who_comes_back_is_present_since_the_first_time(council: Council) -> None:
    number = council.sitting(0, 1, 2, 3, 4, 5)
    first = council.line(number, 0).arrived_at
    assert council.do(meetings.sign_in, council.clerk, number, council.person(0)) is False
    council.do(meetings.depart, council.clerk, number, council.person(0))
    council.pass_minutes(30)
    assert council.do(meetings.sign_in, council.clerk, number, council.person(0)) is True
    line = council.line(number, 0)
    assert (line.state, line.arrived_at, line.left_at, line.late) == ("present", first, None, False)


def test_who_left_who_came_too_late_and_who_sits_in_is_not_in_the_electorate(council: Council) -> None:
    number = council.sitting(0, 1, 2, 3, 4, 5)
    guest = council.world.person("列席人员丙").id
    council.do(meetings.sit_in, council.clerk, number, guest)
    council.do(meetings.sit_in, council.clerk, number, guest)
    council.do(meetings.sign_in, council.clerk, number, guest)
    council.do(meetings.depart, council.clerk, number, council.person(5))
    with council.world.reading() as desk:
        voting = [council.person(member) for member in range(5)]
        assert meetings.electorate(desk, number) == voting
        assert meetings.electorate(desk, number, sitting_in=True) == [*voting, guest]
    assert council.presence(number).sitting_in == 1
    council.do(meetings.depart, council.clerk, number, council.person(4))
    with council.world.reading() as desk:
        assert refusal(lambda: meetings.electorate(desk, number)) == (
            "现在不能“开始表决”:“甲区第一届人大常委会第二十六次会议”全体 9 人,在场 4 人,不足法定人数 5 人"
            "(地方组织法第五十一条)。请继续签到。 [meeting.no_quorum]"
        )


def test_a_ballot_of_the_sitting_is_opened_to_those_there_and_keeps_the_sitting_from_closing(
    council: Council, tmp_path: object
) -> None:
    number = council.sitting(0, 1, 2, 3, 4, 5)
    keys = FolderKeys(tmp_path / "keys")  # type: ignore[operator]
    question = Question("表决甲", "motion", MOTION, [Subject("议题")], members=9, meeting=number)
    ballot = council.do(ballots.prepare, council.clerk, question)
    council.do(meetings.depart, council.clerk, number, council.person(5))
    assert council.do(ballots.open_ballot, council.clerk, ballot, keys=keys) == 5
    for deed, label in ((meetings.adjourn, "休会"), (meetings.close, "闭会")):
        assert refusal(lambda deed=deed: council.do(deed, council.clerk, number)) == (  # type: ignore[misc]
            "“甲区第一届人大常委会第二十六次会议”还有表决没有结束:表决甲。请先计票,再闭会。 [meeting.ballots_open]"
        ), label
    with council.world.writing() as desk:
        desk.session.get_one(BallotRow, ballot).state = "closed"
    council.do(meetings.close, council.clerk, number)
    row = council.row(number)
    assert (row.state, row.hall_key) == ("closed", "")
    late = council.do(ballots.prepare, council.clerk, question)
    assert refusal(lambda: council.do(ballots.open_ballot, council.clerk, late, keys=keys)) == (
        "现在不能“开始表决”:“甲区第一届人大常委会第二十六次会议”处于“已闭会”。 [meeting.not_now]"
    )


def test_the_roster_follows_the_mandates_until_the_sitting_begins(council: Council) -> None:
    number = council.convene()
    council.sign_in(number, 1, 2, 3, 4, 5)
    with council.world.writing() as desk:
        for member in (0, 1):
            held = select(MandateRow).where(MandateRow.person_id == council.person(member))
            desk.session.scalars(held).one().until = DAY - timedelta(days=1)
    council.world.deputy("委员新", committee_member=True)
    council.do(meetings.open_sitting, council.clerk, number)
    there = council.presence(number)
    assert there.members == 8
    with council.world.reading() as desk:
        on_it = {each.person_id for each in meetings.lines(desk, number) if each.entitled}
    assert council.person(0) not in on_it


def test_what_is_wrong_is_said_in_these_words(council: Council) -> None:
    number = council.convene()
    title = "甲区第一届人大常委会第二十六次会议"
    clerk, person = council.clerk, council.person(0)
    member = council.actor(0)
    stranger = council.world.person("路人").id
    found = {
        refusal(deed)
        for deed in (
            council.convene,
            lambda: council.convene("council"),
            lambda: council.convene(number=0),
            lambda: council.convene(number=27, place="厅" * 121),
            lambda: council.convene(number=27, agenda=[Item("甲"), Item(" ")]),
            lambda: council.do(meetings.convene, member, "committee", day=DAY),
            lambda: council.do(meetings.sign_in, clerk, 99, person),
            lambda: council.do(meetings.sign_in, clerk, number, stranger),
            lambda: council.do(meetings.take_leave, clerk, number, person, " "),
            lambda: council.do(meetings.take_leave, clerk, number, person, "事" * 201),
            lambda: council.do(meetings.depart, clerk, number, person),
            lambda: council.do(meetings.sit_in, clerk, number, 9999),
            lambda: council.do(meetings.close, clerk, number),
        )
    }
    council.sign_in(number, 0)
    found.add(refusal(lambda: council.do(meetings.take_leave, clerk, number, person, "出差")))
    assert found == {
        f"“{title}”已经登记过,不能再登记一次。请核对次数。 [meeting.twice]",
        "没有“council”这种会议。可用的有:congress、committee、chairpersons。 [meeting.body]",
        "会议次数应为 1 至 999 的整数,现为“0”。没有次数的会议请留空。 [meeting.number]",
        "“厅厅厅厅厅厅厅厅厅厅厅厅”过长:最多 120 个字,现有 121 个字。请缩短。 [meeting.long]",
        "议程第 2 项没有名称。请写明或删去。 [meeting.item_blank]",
        "会议由工作人员、主任会议组织,您没有这个身份。 [meeting.not_yours]",
        "没有第 99 号会议。 [meeting.unknown]",
        f"第 {stranger} 号人员不在“{title}”的名册上。请先列入应到或列席人员。 [meeting.not_expected]",
        "请写明委员甲1请假的事由。 [meeting.no_reason]",
        "事由过长:最多 200 个字,现有 201 个字。请缩短。 [meeting.reason_long]",
        "委员甲1现在是“未到”,不在会场,不能登记离会。 [meeting.not_present]",
        "没有编号为 9999 的人员。 [party.unknown]",
        f"现在不能“闭会”:“{title}”处于“已召集”。 [meeting.not_now]",
        "委员甲1已签到,不能登记“请假”。中途离开请登记“离会”。 [meeting.is_present]",
    }


def test_seats_are_given_once_each(council: Council) -> None:
    number = council.convene()
    seats = {council.person(0): "1排1座", council.person(1): "1排2座"}
    council.do(meetings.give_seats, council.clerk, number, seats)
    assert council.line(number, 1).seat == "1排2座"
    assert refusal(
        lambda: council.do(meetings.give_seats, council.clerk, number, {council.person(2): "1排1座"})
    ) == (
        "“甲区第一届人大常委会第二十六次会议”的座席“1排1座”已排给委员甲1。请换一个座席。 [meeting.seat_taken]"
    )  # fmt: skip
    assert refusal(
        lambda: council.do(meetings.give_seats, council.clerk, number, {council.person(2): "座" * 21})
    ) == f"座席“{'座' * 21}”过长:最多 20 个字。 [meeting.seat_long]"  # fmt: skip
    swapped = {council.person(0): "1排2座", council.person(1): "1排1座"}
    council.do(meetings.give_seats, council.clerk, number, swapped)
    assert (council.line(number, 0).seat, council.line(number, 1).seat) == ("1排2座", "1排1座")


def test_a_body_without_members_cannot_sit(council: Council) -> None:
    with council.world.writing() as desk:
        for mandate in desk.session.scalars(select(MandateRow)):
            mandate.until = DAY - timedelta(days=1)
    number = council.convene()
    assert refusal(lambda: council.do(meetings.open_sitting, council.clerk, number)) == (
        "“甲区第一届人大常委会第二十六次会议”的名册是空的,没有应到人员。请先登记届内的组成人员。 [meeting.nobody_expected]"
    )
