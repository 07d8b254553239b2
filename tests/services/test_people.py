from dataclasses import replace
from datetime import date

import pytest

from renda.errors import RendaError
from renda.name_order import NameOrder
from renda.services import directory, people
from renda.testing.factories import World


def refusal(world: World, *days: date | None) -> str:
    """What is said when 甲 is appointed twice to one post: since, until, since, until."""
    with world.writing() as desk:
        who, where = people.keep_person(desk, "p1", "主任乙三"), people.keep_organ(desk, "jt", "交通局")
        assert days[0]
        assert days[2]
        people.appoint(desk, who, where, "局长", days[0], until=days[1])
        with pytest.raises(RendaError) as caught:
            people.appoint(desk, who, where, "局长", days[2], until=days[3])
    assert caught.value.code == "people.overlap"
    return caught.value.message


def test_an_overlapping_appointment_is_refused_with_both_periods(world: World) -> None:
    said = refusal(world, date(2018, 1, 1), date(2020, 6, 30), date(2020, 6, 30), date(2022, 1, 1))
    assert said == (
        "主任乙三在交通局任“局长”的时间重叠:已有 2018-01-01 — 2020-06-30,又登记 2020-06-30 — 2022-01-01。"
        "请先写明前一段的截止日期,或改正日期。"
    )


def test_an_appointment_that_lasts_overlaps_all_that_follow(world: World) -> None:
    said = refusal(world, date(2018, 1, 1), None, date(2021, 1, 1), None)
    assert "已有 2018-01-01 起至今,又登记 2021-01-01 起至今" in said


def test_an_earlier_appointment_may_not_reach_into_a_later_one(world: World) -> None:
    assert "又登记 2017-01-01 起至今" in refusal(world, date(2018, 1, 1), date(2019, 1, 1), date(2017, 1, 1), None)


def test_appointments_that_follow_each_other_or_differ_in_post_are_kept(world: World) -> None:
    with world.writing() as desk:
        who, where = people.keep_person(desk, "p1", "主任乙三"), people.keep_organ(desk, "jt", "交通局")
        other = people.keep_organ(desk, "cz", "财政局")
        people.appoint(desk, who, where, "副局长", date(2016, 1, 1), until=date(2017, 12, 31))
        people.appoint(desk, who, where, "局长", date(2018, 1, 1), head=True)
        people.appoint(desk, who, where, "党组书记", date(2018, 1, 1))
        people.appoint(desk, who, other, "局长", date(2018, 1, 1))
        desk.session.refresh(who)
        assert [each.post for each in who.appointments] == ["副局长", "局长", "党组书记", "局长"]


def test_the_same_appointment_again_is_brought_up_to_date(world: World) -> None:
    with world.writing() as desk:
        who, where = people.keep_person(desk, "p1", "主任乙三"), people.keep_organ(desk, "jt", "交通局")
        first = people.appoint(desk, who, where, "局长", date(2018, 1, 1))
        again = people.appoint(desk, who, where, "局长", date(2018, 1, 1), until=date(2019, 1, 1), decision="免职")
        assert (first.id, again.until, again.decision) == (again.id, date(2019, 1, 1), "免职")


def test_overlapping_mandates_are_refused_with_both_periods(world: World) -> None:
    with world.writing() as desk:
        who = people.keep_person(desk, "d1", "代表甲一")
        people.give_mandate(desk, who, date(2016, 10, 1), until=date(2021, 10, 1))
        people.give_mandate(desk, who, date(2021, 10, 2))
        with pytest.raises(RendaError) as caught:
            people.give_mandate(desk, who, date(2021, 1, 1), until=date(2021, 2, 1))
    assert caught.value.message == (
        "代表甲一的代表资格时间重叠:已有 2016-10-01 — 2021-10-01,又登记 2021-01-01 — 2021-02-01。"
        "请先写明前一段的截止日期,或改正日期。"
    )


def test_a_period_does_not_end_before_it_begins(world: World) -> None:
    with world.writing() as desk, pytest.raises(RendaError) as caught:
        people.keep_organ(desk, "jt", "交通局", since=date(2020, 1, 2), until=date(2020, 1, 1))
    assert caught.value.message == "截止日期 2020-01-01 早于起始日期 2020-01-02。请改正。"


def test_a_code_names_one_person_and_one_organ(world: World) -> None:
    with world.writing() as desk:
        first = people.keep_person(desk, "p1", "代表甲一", sort_key="5")
        assert people.keep_person(desk, "p1", "代表甲壹").id == first.id
        assert (people.person(desk, "p1").name, first.sort_key) == ("代表甲壹", "5")
        organ = people.keep_organ(desk, "jt", "交通局")
        assert people.keep_organ(desk, "jt", "交通运输局").id == organ.id


@pytest.mark.parametrize(
    ("lookup", "message"),
    [(people.person, "没有代码为“x”的人员。"), (people.organ, "没有代码为“x”的机构。")],
)
def test_an_unknown_code_is_told(world: World, lookup: object, message: str) -> None:
    with world.reading() as desk, pytest.raises(RendaError) as caught:
        lookup(desk, "x")  # type: ignore[operator]
    assert caught.value.message == message


def test_a_blank_name_is_refused(world: World) -> None:
    with world.writing() as desk, pytest.raises(RendaError) as caught:
        people.keep_person(desk, "p1", " ")
    assert caught.value.message == "人员须有代码和名称,现为“p1”“ ”。"


def test_people_are_listed_by_strokes_after_those_placed_by_hand(world: World) -> None:
    with world.writing() as desk:
        for at, name in enumerate(["陈一", "田富", "李一", "田大利"]):
            people.keep_person(desk, f"p{at}", name)
        people.keep_person(desk, "p9", "魏一", sort_key="1")
    with world.reading() as desk:
        named = [each.name for each in directory.listed(desk, "person")]
        assert named == ["魏一", "田大利", "田富", "李一", "陈一"]
        assert people.characters_without_strokes(desk) == []


def test_a_new_order_of_the_district_reaches_everybody_but_those_placed_by_hand(world: World) -> None:
    with world.writing() as desk:
        for at, name in enumerate(["田富", "田大利"]):
            people.keep_person(desk, f"p{at}", name)
        people.keep_person(desk, "p9", "魏一", sort_key="1")
        district = desk.rulebook.district
        desk.rulebook.district = replace(district, names=NameOrder("surname_strokes"))
        assert people.put_in_order(desk) == 2
        assert people.put_in_order(desk) == 0
        named = [each.name for each in directory.listed(desk, "person")]
        desk.rulebook.district = district
    assert named == ["魏一", "田富", "田大利"]
