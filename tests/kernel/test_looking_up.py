"""What rules can look up: matters by what they are and whom they are about, people on a day, parties of all around."""

from datetime import date

import pytest
from kernel.conftest import Town, Towns, refusal

from renda.matter import ANYBODY, SYSTEM, Actor, Matter, Party
from renda.model import AppointmentRow, MandateRow
from renda.services import permissions
from renda.services.reading import DistrictRecords, in_force


def test_matters_are_found_by_practice_kind_state_day_and_party(towns: Towns) -> None:
    jia = towns.jia
    first = jia.propose("甲")
    jia.go_to(date(2020, 4, 1))
    second = jia.propose("乙")
    share = jia.assign(second)
    towns.yi.propose("丙")
    bureau, other = jia.organ("住建局"), jia.organ("财政局")
    with jia.reading() as desk:
        records = DistrictRecords(desk)

        def found(*names: str, **options: object) -> list[int]:
            return [each.id for each in records.matters(*names, **options)]  # type: ignore[arg-type]

        assert found() == [first, second, share]
        assert found("suggestions") == [first, second, share]
        assert found("elections") == []
        assert found("suggestions", "share") == [share]
        assert found(states=["filed"]) == [first]
        assert found(since=date(2020, 3, 3)) == [second, share]
        assert found(until=date(2020, 3, 2)) == [first]
        assert found(since=date(2020, 3, 2), until=date(2020, 3, 2)) == [first]
        assert found(party=bureau) == [second, share]
        assert found(party=bureau, relation="assignee") == [second]
        assert found(relation="helper") == [share]
        assert found(party=other) == []
        matter = records.matter(second)
        assert matter is not None
        assert [each.id for each in matter.children("share")] == [share]
        assert matter.children("suggestion") == []
        inner = matter.children()[0]
        assert inner.parent is matter
        assert records.matter(99) is None


def test_people_and_organs_hold_on_their_days(towns: Towns) -> None:
    jia = towns.jia
    jia.deputy("代表甲")
    person = jia.official("局长乙", "住建局", "局长", since=date(2019, 1, 1))
    with jia.writing() as desk:
        appointment = desk.session.query(AppointmentRow).one()
        appointment.until = date(2020, 2, 29)
        mandate = desk.session.query(MandateRow).one()
        mandate.until = date(2020, 3, 2)
    with jia.reading() as desk:
        records = DistrictRecords(desk)
        held = {
            (noun, day): [party.name for party in records.parties(noun, day)]
            for noun in ("deputy", "official", "organ", "person")
            for day in (date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 2), date(2020, 3, 3))
        }
        assert [held["deputy", date(2020, 3, day)] for day in (1, 2, 3)] == [["代表甲"], ["代表甲"], []]
        assert held["official", date(2020, 2, 29)] == ["局长乙"]
        assert held["official", date(2020, 3, 1)] == []
        assert held["organ", date(2020, 3, 3)] == ["住建局"]
        assert sorted(held["person", date(2020, 3, 3)]) == ["代表甲", "局长乙"]
        post = records.post(person.id, date(2020, 2, 29))
        assert post is not None
        assert (post[0], post[1].name) == ("局长", "住建局")
        assert records.post(person.id, date(2020, 3, 1)) is None
        assert records.post(person.id, date(2018, 12, 31)) is None
        assert records.party("official", person.id).noun == "person"
        for noun, word in (("organ", "机构"), ("deputy", "人员")):
            assert refusal(lambda noun=noun: records.party(noun, 99)).message == f"没有编号为 99 的{word}。"  # type: ignore[misc]


def test_more_matters_than_one_question_takes_are_found_whole(jia: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.services.reading.MOST_AT_ONCE", 2)
    numbers = [jia.propose(f"第{turn}件") for turn in range(5)]
    with jia.reading() as desk:
        found = DistrictRecords(desk).matters()
    assert [(each.id, each.party("proposer").name) for each in found if (each.party("proposer"))] == [  # type: ignore[union-attr]
        (number, "代表甲一") for number in numbers
    ]


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        (date(2020, 3, 2), None, True),
        (date(2020, 3, 3), None, False),
        (None, date(2020, 3, 2), True),
        (None, date(2020, 3, 1), False),
    ],
)
def test_what_is_dated_holds_from_its_first_to_its_last_day(
    since: date | None, until: date | None, holds: bool
) -> None:
    class Dated:
        pass

    row = Dated()
    row.since, row.until = since, until  # type: ignore[attr-defined]
    assert in_force(row, date(2020, 3, 2)) is holds


def matter(**options: object) -> Matter:
    return Matter(1, "p", "k", "s", "题", date(2020, 3, 2), {}, **options)  # type: ignore[arg-type]


def test_relations_are_sought_here_and_then_around() -> None:
    deputy, organ = Party("person", 1, "甲"), Party("organ", 1, "局")
    outer = matter(parties={"proposer": (deputy,), "assignee": (Party("organ", 2, "旧局"),)})
    inner = matter(parties={"assignee": (organ,)}, parent=outer)
    assert inner.party("proposer") == deputy
    assert inner.all_parties("assignee") == (organ,)
    assert inner.party("reader") is None
    assert matter().children() == ()
    assert matter().done_on("x") is None
    mine = Actor(1, "甲", frozenset({"deputy"}), deputy, organ)
    assert inner.relations_of(mine) == {"proposer", "assignee"}
    assert outer.relations_of(mine) == {"proposer"}
    assert inner.relations_of(ANYBODY) == frozenset()
    assert mine.keys() == ("person:1", "organ:1", "role:deputy")
    assert SYSTEM.keys() == ("role:system",)


def test_roles_and_relations_are_told_in_words() -> None:
    assert permissions.who(("clerk", "proposer", "helper")) == "工作人员、提出人、helper"
    assert permissions.who(("helper",), {"helper": "会办单位"}) == "会办单位"
