"""A ballot from its preparation to its publication."""

from datetime import timedelta

from sqlalchemy import select

from backing.balloting import SCALE, Hall, refusal
from renda.model import AttendanceRow, EnvelopeRow, EventRow, MeetingRow, PaperRow, RollRow
from renda.services import ballots, chain
from renda.services.ballots import Answer, Subject


def test_a_motion_is_carried_by_more_than_half_of_all_members(hall: Hall) -> None:
    number = hall.ready("motion", ["决议草案"], present=8)
    for member, level in enumerate(["yes"] * 5 + ["no", "abstain"]):
        assert hall.mark(number, member, level) is Answer.COUNTED
    closed = hall.close(number)
    (line,) = closed.lines
    assert (line.outcome, line.figures["yes"], line.figures["no"], line.figures["abstain"]) == ("carried", 5, 1, 1)
    assert line.figures["comparison"]["text"] == "2×5 > 9"
    assert closed.turnout == {
        "members": 9, "present": 8, "issued": 8, "returned": 7, "not_pressed": 1,
    }  # fmt: skip
    assert hall.row(number).state == "closed"


def test_a_sheet_of_several_subjects_is_kept_as_one_paper_for_each_subject(hall: Hall) -> None:
    number = hall.ready("measurement", ["局长甲", "局长乙"], SCALE)
    for member in range(6):
        hall.mark(number, member, "满意", "不满意" if member else "")
    closed = hall.close(number)
    assert [(line.label, line.outcome) for line in closed.lines] == [("局长甲", "满意"), ("局长乙", "不满意")]
    with hall.world.reading() as desk:
        papers = desk.session.scalars(select(PaperRow)).all()
        assert sorted((each.content["subject"], *each.content["marks"]) for each in papers) == sorted(
            [("1", "满意")] * 6 + [("2", "不满意")] * 5 + [("2",)]
        )
        assert {each.person_id for each in papers} == {None}
        assert desk.session.scalars(select(EnvelopeRow)).all() == []
        roll = desk.session.scalars(select(RollRow.person_id).order_by(RollRow.person_id)).all()
        assert roll == hall.people(6)


def test_a_named_ballot_goes_the_same_way_and_keeps_who_cast_which_paper(hall: Hall) -> None:
    number = hall.ready("motion", secrecy="named")
    for member in range(5):
        hall.mark(number, member, "yes" if member % 2 else "no")
    hall.close(number)
    with hall.world.reading() as desk:
        kept = {each.person_id: each.content["marks"] for each in desk.session.scalars(select(PaperRow))}
    assert kept == {person: ["yes" if place % 2 else "no"] for place, person in enumerate(hall.people(5))}


def test_matters_are_told_and_move_through_the_one_door(hall: Hall) -> None:
    carried, lost, stays = hall.put("甲案"), hall.put("乙案"), hall.put("不动")
    subjects = [Subject("甲案", matter=carried), Subject("乙案", matter=lost), Subject("不动", matter=stays)]
    number = hall.ready("motion", subjects, practice="review", display="direct")
    for member in range(5):
        hall.mark(number, member, "yes", "no", "yes")
    hall.close(number)
    assert [hall.world.matter(each).state for each in (carried, lost, stays)] == ["good", "bad", "put"]
    assert hall.world.matter(carried).payload["outcome"] == "carried"
    assert hall.world.matter(lost).payload["ballot"] == number
    with hall.world.reading() as desk:
        assert chain.first_broken(desk) is None
        assert hall.row(number).rules_digest == desk.rulebook.practice_on("review", desk.day).version.digest


def test_a_plugin_whose_answer_leads_nowhere_stops_the_close_and_nothing_is_lost(hall: Hall) -> None:
    number = hall.ready("motion", [Subject("无路", matter=hall.put("无路"))], display="direct")
    hall.mark(number, 0, "yes")
    assert refusal(lambda: hall.close(number)) == (
        "“表决甲”计票后,事项“无路”应转为“无路”,但“工作评议”没有由系统办理的动作通向它。请告诉插件作者。 [ballot.no_way]"
    )
    with hall.world.reading() as desk:
        assert ballots.progress(desk, number).voted == 1
        assert hall.keys.read(f"{desk.session.district_id}-{number}") is not None


def test_before_the_close_only_the_number_of_those_who_voted_can_be_learnt(hall: Hall) -> None:
    number = hall.ready()
    hall.mark(number, 3, "yes")
    with hall.world.reading() as desk:
        assert ballots.progress(desk, number) == ballots.Progress("open", 9, 1, 0)
        assert refusal(lambda: ballots.closed(desk, ballots.find(desk, number))) == (
            "“表决甲”尚未计票,没有结果。 [ballot.not_counted]"
        )
    hall.close(number)
    with hall.world.reading() as desk:
        assert ballots.progress(desk, number) == ballots.Progress("closed", 9, 1, 0)


def test_closing_twice_answers_with_the_same_result_and_one_entry(hall: Hall) -> None:
    number = hall.ready()
    hall.mark(number, 0, "yes")
    assert hall.close(number) == hall.close(number)
    with hall.world.reading() as desk:
        events = desk.session.scalars(select(EventRow).order_by(EventRow.number)).all()
    assert [each.action for each in events] == ["ballot_prepare", "ballot_open", "ballot_close"]
    assert set(events[-1].entries) == {"ballot", "question", "turnout", "stands", "result", "roll", "papers"}


def test_a_ballot_of_a_sitting_is_opened_to_those_who_signed_in(hall: Hall) -> None:
    with hall.world.writing() as desk:
        meeting = MeetingRow(body="committee", title="第一次会议", day=desk.day, state="open", members=6)
        desk.session.add(meeting)
        desk.session.flush()
        for place, person in enumerate(hall.people(6)):
            state = "present" if place < 4 else "leave"
            desk.session.add(AttendanceRow(meeting_id=meeting.id, person_id=person, state=state))
        sitting = meeting.id
    number = hall.prepare(meeting=sitting)
    with hall.world.writing() as desk:
        assert ballots.open_ballot(desk, hall.clerk, number, keys=hall.keys) == 4
    assert refusal(lambda: hall.mark(number, 5, "yes")) == (
        "您不在“表决甲”的签到名单上,不能投票。如有疑问,请向会务工作人员核对签到。 [ballot.not_elector]"
    )


def test_the_key_is_gone_after_the_close_and_stays_when_the_close_fails(hall: Hall) -> None:
    number = hall.ready()
    name = f"{hall.row(number).district_id}-{number}"
    file = hall.keys.folder / name
    assert file.stat().st_mode & 0o777 == 0o600
    hall.mark(number, 0, "yes")
    kept = file.read_bytes()
    file.write_bytes(bytes(31) + b"\1")
    assert refusal(lambda: hall.close(number)) == (
        "这些密钥打不开“表决甲”的测试票。请核对后重新输入。 [ballot.key_wrong]"
    )
    file.write_bytes(bytes(32))
    assert refusal(lambda: hall.close(number)).endswith("[ballot.key_wrong]")
    file.unlink()
    assert refusal(lambda: hall.close(number)) == (
        "服务器上没有“表决甲”的密钥文件,密封的票打不开。密钥不进任何备份:文件若只是被移走,请系统管理员放回;否则请宣布作废,重新表决。 [ballot.key_gone]"
    )
    hall.keys.keep(name, kept)
    hall.close(number)
    assert list(hall.keys.folder.iterdir()) == []
    hall.keys.destroy(name)


def test_shares_of_the_scrutineers_open_what_the_server_cannot(hall: Hall) -> None:
    number = hall.prepare()
    with hall.world.writing() as desk:
        shares = ballots.make_shares(desk, hall.clerk, number, needed=3, total=5)
    assert refusal(lambda: hall.open(number, shares=shares[:2])) == (
        "“表决甲”需要 3 份密钥,现只输入 2 份。请再由其他监票人输入。 [ballot.shares_few]"
    )
    hall.open(number, shares=shares[1:4])
    hall.mark(number, 0, "yes")
    assert not hall.keys.folder.exists()
    assert refusal(lambda: hall.close(number)).endswith("[ballot.shares_few]")
    other = hall.prepare()
    with hall.world.writing() as desk:
        foreign = ballots.make_shares(desk, hall.clerk, other, needed=2, total=2)
    assert refusal(lambda: hall.close(number, shares=[shares[0], foreign[0]])) == (
        "第 2 份密钥不属于“表决甲”。请核对是哪一次表决的密钥。 [ballot.share_foreign]"
    )
    assert hall.close(number, shares=[shares[4], shares[0], shares[2]]).lines[0].figures["yes"] == 1
    again = hall.ready()
    with hall.world.writing() as desk:
        assert refusal(lambda: ballots.make_shares(desk, hall.clerk, again, needed=2, total=3)) == (
            "现在不能“生成密钥”:“表决甲”处于“表决中”。 [ballot.not_now]"
        )


def test_a_spoilt_envelope_is_a_void_paper_and_stops_nothing(hall: Hall) -> None:
    number = hall.ready("motion", ["甲", "乙"])
    length = len(hall.sealed(number, {"marks": {}}))
    vote = ballots.vote
    assert vote(hall.world.installation, "jia", hall.members[0], number, bytes(length)) is Answer.COUNTED
    hall.mark(number, 1, "yes", "no")
    closed = hall.close(number)
    assert [(line.figures["turnout"]["void"], line.figures["yes"]) for line in closed.lines] == [(1, 1), (1, 0)]


def test_nothing_of_a_ballot_tells_a_time_but_its_opening_and_its_close(hall: Hall) -> None:
    number = hall.ready()
    hall.world.now += timedelta(minutes=5)
    hall.mark(number, 0, "yes")
    hall.world.now += timedelta(minutes=5)
    hall.close(number)
    row = hall.row(number)
    assert row.closed_at - row.opened_at == timedelta(minutes=10)
    for table in (EnvelopeRow, RollRow, PaperRow):
        assert not [name for name, column in table.__table__.columns.items() if "TIME" in str(column.type)]
