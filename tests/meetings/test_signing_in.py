"""Ways into the hall without the office's help: a code that rotates, a seat's address, a slip."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from backing.balloting import refusal
from backing.databases import Database
from backing.sittings import Council, make_council
from renda.matter import ANYBODY
from renda.model import AttendanceRow, EventRow
from renda.services import meetings

CODE_WRONG = "签到码不对。请重新扫描会场屏幕上的二维码。 [meeting.code_wrong]"
CODE_OLD = "签到码已过期。请重新扫描会场屏幕上的二维码。 [meeting.code_old]"
SEAT_WRONG = "座席终端的地址不对,或座席已改排。请找会务工作人员。 [meeting.seat_wrong]"


def test_the_code_on_the_screen_signs_in_whoever_scans_it_and_no_code_lasts(council: Council) -> None:
    number, other = council.convene(), council.convene(number=27)
    code, code_of_another = (council.do(meetings.hall_code, each) for each in (number, other))

    def scan(member: int, told: str = code) -> bool:
        signed: bool = council.do(meetings.sign_in_by_code, council.actor(member), number, told)
        return signed

    assert scan(0) is True
    assert scan(0) is False
    assert council.line(number, 0).way == "qr"
    for wrong in (code_of_another, code[:-1], "", "-", "x-1", "99999999999999-1", code.replace("-", "-0")):
        assert refusal(lambda wrong=wrong: scan(1, wrong)) == CODE_WRONG  # type: ignore[misc]
    council.pass_minutes(2)
    assert scan(1) is True
    assert council.do(meetings.hall_code, number) != code
    council.pass_minutes(2)
    assert refusal(lambda: scan(2)) == CODE_OLD
    early = council.do(meetings.hall_code, number)
    council.pass_minutes(-4)
    assert refusal(lambda: scan(2, early)) == CODE_OLD
    assert refusal(lambda: council.do(meetings.sign_in_by_code, council.clerk, number, code)) == (
        "您的账号没有对应的人员,不能签到。请找会务工作人员。 [meeting.not_a_person]"
    )


def test_a_district_says_how_long_a_code_lasts_and_how_many_must_be_there(
    database_url: Database, tmp_path: Path
) -> None:
    rules = (
        '[meetings]\ncode_lasts = 60\nchair_posts = ["主任"]\n'
        '[meetings.committee]\nquorum = { numerator = 2, denominator = 3 }\nsource = "甲区人大常委会议事规则"\n'
    )
    council = make_council(database_url.app_url, tmp_path, rules)
    number = council.convene()
    code = council.do(meetings.hall_code, number)
    there = council.presence(number)
    assert (there.needed, there.source) == (6, "甲区人大常委会议事规则")
    assert council.presence(council.convene("chairpersons")).members == 1
    council.pass_minutes(2)
    assert refusal(lambda: council.do(meetings.sign_in_by_code, council.actor(0), number, code)) == CODE_OLD
    council.world.close()


def test_a_seats_terminal_signs_in_whoever_has_the_seat(council: Council) -> None:
    number = council.convene()
    council.do(meetings.give_seats, council.clerk, number, {council.person(3): "2排1座"})
    key = council.do(meetings.seat_key, council.clerk, number, "2排1座")
    assert council.do(meetings.person_of_seat, number, "2排1座", key).actor.person == council.members[3]
    assert council.do(meetings.sign_in_at_seat, number, "2排1座", key) is True
    line = council.line(number, 3)
    assert (line.state, line.way) == ("present", "seat")
    for seat, given in (("2排1座", "0" * 24), ("2排2座", key), ("", key)):
        wrong = (number, seat, given)
        assert refusal(lambda wrong=wrong: council.do(meetings.sign_in_at_seat, *wrong)) == SEAT_WRONG  # type: ignore[misc]
    assert refusal(lambda: council.do(meetings.seat_key, council.actor(0), number, "2排1座")).endswith(
        "[meeting.not_yours]"
    )


def test_a_slip_tells_who_holds_it_and_is_kept_only_as_a_digest(council: Council) -> None:
    number = council.convene()
    slip = council.do(meetings.give_slip, council.clerk, number, council.person(2))
    assert len(slip) == 19
    holder = council.do(meetings.person_of_slip, f" {slip.lower().replace('0', 'o').replace('1', 'l')} ")
    assert (holder.meeting, holder.actor.person) == (number, council.members[2])
    assert holder.actor.roles == ANYBODY.roles
    assert council.do(meetings.sign_in_by_slip, slip) is True
    assert council.do(meetings.sign_in_by_slip, slip) is False
    assert council.line(number, 2).way == "slip"
    with council.world.reading() as desk:
        kept = [each.slip for each in desk.session.scalars(select(AttendanceRow))]
        record = json.dumps([each.entries for each in desk.session.scalars(select(EventRow))], ensure_ascii=False)
    letters = slip.replace("-", "")
    assert all(letters not in str(each) for each in kept)
    assert letters not in record.replace("-", "")


def test_a_slip_ends_with_another_one_and_with_the_sitting(council: Council) -> None:
    number = council.sitting(0, 1, 2, 3, 4)
    first, second = (council.do(meetings.give_slip, council.clerk, number, council.person(0)) for _ in range(2))
    wrong = f"凭条“{first[:4]}…”不对或已失效。请核对,或到签到处换一张。 [meeting.slip_wrong]"
    assert refusal(lambda: council.do(meetings.person_of_slip, first)) == wrong
    assert council.do(meetings.person_of_slip, second).meeting == number
    council.do(meetings.close, council.clerk, number)
    assert refusal(lambda: council.do(meetings.person_of_slip, second)).endswith("[meeting.slip_wrong]")
    assert refusal(lambda: council.do(meetings.hall_code, number)).endswith("[meeting.not_now]")


@pytest.mark.parametrize("slip", ["", " ", "-", "AAAA-BBBB", "二十六", "A" * 500])
def test_what_is_no_slip_opens_nothing(council: Council, slip: str) -> None:
    council.convene()
    assert refusal(lambda: council.do(meetings.person_of_slip, slip)).endswith("[meeting.slip_wrong]")


def test_looking_a_slip_up_writes_nothing(council: Council) -> None:
    """What a vote marks beside its envelope is a trace of the order of casting."""
    number = council.convene()
    slip = council.do(meetings.give_slip, council.clerk, number, council.person(0))
    with council.world.writing() as desk:
        meetings.person_of_slip(desk, slip)
        assert not desk.session.dirty
        assert not desk.session.new
