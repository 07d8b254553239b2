"""Removals: more than half of all members, the post ends on the day, and the order of a sitting's votes."""

from datetime import date

import pytest
from kernel.conftest import refusal
from plugins.appointment.conftest import CODE, MEETING, Life, head
from plugins.appointment.test_refusals import paper

from renda.model import AppointmentRow
from renda.services.reading import DistrictRecords

AFTER = date(2021, 3, 26)


def test_who_was_removed_is_no_official_from_the_day_after_and_everybody_is_told(life: Life) -> None:
    life.removed(5, 4)
    assert life.state() == "removed"
    told = paper(life, "公告")
    assert told.public
    assert told.paragraphs == ["2021-03-25 常委会会议表决通过:免去局长丁的区丁局局长职务。"]
    with life.world.reading() as desk:
        records = DistrictRecords(desk)
        (fact,) = records.facts("appointment.*", since=MEETING, until=MEETING)
        assert (fact.code, fact.text) == ("appointment.removed", "免去局长丁的区丁局局长职务:已免职")
        assert records.posts(fact.subject.id, MEETING) == [("局长", life.world.organ("区丁局"))]
        assert records.posts(fact.subject.id, AFTER) == []


def test_half_of_all_members_are_not_enough_and_the_post_stays(life: Life) -> None:
    life.removed(4, 1)
    assert life.state() == "kept"
    assert paper(life, "函").paragraphs == [
        "免去局长丁的区丁局局长职务的议案得赞成票 4 票,未达到通过所需的 5 票(全体组成人员的过半数),未获通过。"
    ]
    with life.world.reading() as desk:
        held = DistrictRecords(desk).posts(head(life.world), AFTER)
        assert [post for post, _ in held] == ["局长"]


def test_several_posts_of_one_person_are_one_vote_and_a_resignation_is_accepted(life: Life) -> None:
    head(life.world)
    life.world.official("局长丁", "区丁局", "党组书记")
    life.proposed(posts=["局长", "党组书记"], way="resign")
    life.put_removal()
    life.voted(9)
    assert paper(life, "公告").paragraphs == [
        "2021-03-25 常委会会议表决通过:接受局长丁辞去区丁局局长、党组书记职务的请求。"
    ]
    with life.world.reading() as desk:
        assert DistrictRecords(desk).posts(head(life.world), AFTER) == []


def test_a_removal_comes_seven_days_before_the_sitting_and_of_a_post_that_is_held(life: Life) -> None:
    assert refusal(lambda: life.proposed(posts=["副局长"])).message == (
        "局长丁今天没有任区丁局“副局长”,不必提请免职。请核对职务。"
    )
    assert refusal(lambda: life.proposed(posts=[])).message == "请写明所免职务,至少一项。"
    said = refusal(lambda: life.proposed(posts=["局长", "局长"]))
    assert said.message == "所免职务里“局长”写了两次。请删去一个。"
    first = life.proposed()
    said = refusal(life.proposed)
    assert said.message == f"免去局长丁区丁局“局长”已经提请(事项 {first}),尚未办结。"
    life.world.go_to(date(2021, 3, 19))
    assert refusal(life.proposed).code == "appointment.too_late"
    life.number = first
    assert refusal(lambda: life.does("put_removal")).code == "appointment.before_meeting"


@pytest.mark.parametrize("own_order", ["", "主任会议决定先任后免"])
def test_of_one_post_removal_is_voted_first_unless_the_chairpersons_say_otherwise(life: Life, own_order: str) -> None:
    removal = life.proposed()
    nomination = life.ready(organ=life.world.organ("区丁局").id, post="局长")
    life.world.go_to(MEETING)
    said = refusal(lambda: life.does("put"))
    assert said.message == (
        f"区丁局“局长”在 2021-03-25 会议既有任又有免,先表决免去局长丁(事项 {removal})。"
        "主任会议另定次序的,请写明“另定的表决次序”。"
    )
    if own_order:
        life.does("put", order=own_order)
        assert life.state() == "voting"
        return
    life.number = removal
    life.put_removal()
    assert refusal(lambda: life.does("put", on=nomination)).code == "appointment.removal_first"
    life.voted(9)
    life.does("put", on=nomination)


def test_of_one_person_appointment_is_voted_first(life: Life) -> None:
    person = head(life.world)
    removal = life.proposed()
    nomination = life.ready(candidate=person)
    life.number = removal
    said = refusal(life.put_removal)
    assert said.message == (
        f"局长丁在 2021-03-25 会议既有任又有免,先表决任命(事项 {nomination})。"
        "主任会议另定次序的,请写明“另定的表决次序”。"
    )
    life.does("put", on=nomination)
    life.number = nomination
    life.voted(9)
    life.number = removal
    life.put_removal()
    life.voted(9)
    with life.world.reading() as desk:
        records = DistrictRecords(desk)
        assert [post for post, _ in records.posts(person, MEETING)] == ["副局长", "局长"]
        assert [post for post, _ in records.posts(person, AFTER)] == ["副局长"]


def test_a_post_the_office_ended_in_the_meantime_does_not_stop_the_count(life: Life) -> None:
    life.proposed()
    life.put_removal()
    with life.world.writing() as desk:
        for row in desk.session.query(AppointmentRow).all():
            row.until = date(2021, 3, 20)
    life.voted(9)
    assert life.state() == "removed"


def test_a_removal_is_told_in_a_table_of_its_own(life: Life) -> None:
    life.removed()
    with life.world.reading() as desk:
        rules = desk.rulebook.practice_on(CODE, life.world.day)
        records = DistrictRecords(desk)
        (sheets,) = rules.hook.sheets(since=date(2021, 1, 1), until=life.world.day, records=records)
        assert [sheet.code for sheet in sheets] == ["nominations", "removals"]
        assert sheets[0].rows == []
        assert [row[:6] for row in sheets[1].rows] == [("局长丁", "区丁局", "局长", "免职", 8, 5)]
