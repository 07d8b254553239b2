"""What a viewer reads around matters is only what that viewer may see of them."""

from datetime import date
from typing import Any

import pytest

from backing.world import Town
from renda.answers import Fact, Sheet
from renda.matter import ANYBODY, Actor
from renda.services.reading import DistrictRecords
from renda.services.visible_records import VisibleRecords, dossier, reports

DAY = date(2020, 3, 2)
OPEN, SECRET = "增设路灯", "秘密的事"


@pytest.fixture
def told(jia: Town) -> Town:
    """Two suggestions of the deputy, one of them secret."""
    jia.propose(OPEN)
    jia.assign(jia.propose(SECRET, secret=True))
    return jia


def titles(town: Town, viewer: Actor) -> set[str]:
    with town.world.reading() as desk:
        return {each.title for each in VisibleRecords(desk, viewer).matters("suggestions", "suggestion")}


def test_records_hold_for_a_viewer_what_may_see_grants(told: Town) -> None:
    assert titles(told, told.actors["clerk"]) == {OPEN, SECRET}
    assert titles(told, told.actors["second"]) == {OPEN}
    assert titles(told, ANYBODY) == set()


def test_what_lies_inside_is_looked_up_no_further_than_the_viewer_may_see(told: Town) -> None:
    with told.world.reading() as desk:
        records = VisibleRecords(desk, told.actors["clerk"])
        secret = next(each for each in records.matters("suggestions") if each.title == SECRET)
        (share,) = secret.children()
        strangers = VisibleRecords(desk, told.actors["second"])
        assert strangers.matter(secret.id) is None
        assert strangers.matter(share.id) is None
        assert strangers.children(secret) == []
        assert strangers.has_hidden
        assert not records.has_hidden


def test_facts_of_a_matter_are_for_those_who_may_see_it(told: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def facts(records: DistrictRecords, code: str, **days: Any) -> list[Fact]:
        deputy = told.parties["deputy"]
        cited = [Fact(code, deputy, DAY, each.title, matter=each.id) for each in records.matters("suggestions")]
        return [*cited, Fact(code, deputy, DAY, "没有事项")]

    monkeypatch.setattr(DistrictRecords, "facts", facts)
    with told.world.reading() as desk:
        found = {
            login: {each.text for each in VisibleRecords(desk, told.actors[login]).facts("said", since=DAY, until=DAY)}
            for login in ("clerk", "deputy", "second")
        }
    assert found["clerk"] >= {OPEN, SECRET, "没有事项"}
    assert found["deputy"] >= {OPEN, SECRET, "没有事项"}
    assert OPEN in found["second"]
    assert found["second"].isdisjoint({SECRET, "没有事项"})


def test_a_dossier_names_no_matter_its_reader_may_not_see(told: Town) -> None:
    with told.world.reading() as desk:
        said = {
            login: {entry.text for answer in dossier(desk, told.actors[login], told.parties["deputy"])
                    for section in answer.said for entry in section.entries}
            for login in ("clerk", "deputy", "second")
        }  # fmt: skip
    assert said == {"clerk": {OPEN, SECRET}, "deputy": {OPEN, SECRET}, "second": {OPEN}}


def test_a_report_that_is_not_published_is_made_from_what_its_reader_may_see(told: Town) -> None:
    with told.world.reading() as desk:
        day = desk.day
        found = {
            login: {sheet.code for answer in reports(desk, told.actors[login], day.replace(month=1), day)
                    for sheet in answer.said}
            for login in ("clerk", "second")
        }  # fmt: skip
    assert found["clerk"] >= {"year", "inner"}
    assert found["second"] == {"year"}


def test_a_public_report_without_a_reason_is_no_report() -> None:
    with pytest.raises(ValueError, match="public_reason"):
        Sheet("year", "年度", ["甲"], [], public=True)
