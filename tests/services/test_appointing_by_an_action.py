"""An action that appoints or ends a post: the roster knows it from that day on, or nothing happened at all."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from kernel.conftest import refusal
from sqlalchemy import select

from backing.databases import Database
from renda import Appointment, Change, Practice, Schema, action, fields
from renda.model import AppointmentRow
from renda.services.imports import import_folder
from renda.services.reading import DistrictRecords
from renda.testing.factories import World


class Named(Schema):
    who = fields.Person(required=True, label="人")
    where = fields.Int(required=True, label="机构")
    post = fields.Str(load_default="局长", label="职务")


class Naming(Practice):
    """Appoints whom it is told."""

    plugin = "naming"
    title = "任命"
    states: ClassVar[Mapping[str, str]] = {"done": "已任命"}
    ends = ("done",)

    @action("任命", by="clerk", when=None, then="done", data=Named)
    def name(self, matter: Any, named: Mapping[str, Any]) -> Change:
        post = Appointment(named["who"], named["where"], named["post"], head=True, decision="会议决定")
        return Change(appoints=[post])

    @action("免职", by="clerk", when=None, then="done", data=Named)
    def release(self, matter: Any, named: Mapping[str, Any]) -> Change:
        return Change(appoints=[Appointment(named["who"], named["where"], named["post"], ends=True)])


@pytest.fixture
def world(database_url: Database, tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\n', encoding="utf-8")
    rules = 'plugin = "naming"\n[[version]]\neffective = 2019-01-01\nsource = "测试"\n'
    (folder / "naming.toml").write_text(rules, encoding="utf-8")
    world = World(database_url.app_url, folder.parent, "ceshi", find_practice=lambda plugin, file: Naming)
    yield world
    world.close()


def appointed(world: World, who: int, where: int, action: str = "name", **more: Any) -> Any:
    return world.act(world.actor("clerk"), action, {"who": who, "where": where, **more}, practice="naming")


def test_somebody_appointed_is_an_official_from_that_day_on(world: World) -> None:
    person, organ = world.person("甲"), world.organ("市甲局")
    appointed(world, person.id, organ.id)
    with world.reading() as desk:
        records = DistrictRecords(desk)
        assert records.today() == world.day
        assert records.post(person.id, world.day) == ("局长", organ)
        assert not records.holds("official", person.id, date(2020, 3, 1))


def test_the_same_post_twice_is_refused_and_nothing_is_kept(world: World) -> None:
    person, organ = world.person("甲"), world.organ("市甲局")
    appointed(world, person.id, organ.id)
    world.pass_days(1)
    said = refusal(lambda: appointed(world, person.id, organ.id))
    assert said.code == "people.overlap"
    with world.reading() as desk:
        assert len(DistrictRecords(desk).matters("naming")) == 1


def test_an_organ_that_is_not_there_is_refused(world: World) -> None:
    said = refusal(lambda: appointed(world, world.person("甲").id, 999))
    assert said.code == "party.unknown"


def test_a_post_that_ends_has_that_day_as_its_last(world: World) -> None:
    person, organ = world.person("甲"), world.organ("市甲局")
    appointed(world, person.id, organ.id)
    world.pass_days(30)
    appointed(world, person.id, organ.id, "release")
    with world.reading() as desk:
        records = DistrictRecords(desk)
        assert records.post(person.id, world.day) == ("局长", organ)
        assert records.post(person.id, date(2020, 4, 2)) is None
        assert not records.holds("official", person.id, date(2020, 4, 2))
        assert desk.session.scalars(select(AppointmentRow.decision)).all() == ["会议决定"]
    world.pass_days(1)
    appointed(world, person.id, organ.id)


def test_of_two_posts_only_the_one_that_is_named_ends(world: World) -> None:
    person, organ = world.person("甲"), world.organ("市甲局")
    appointed(world, person.id, organ.id)
    world.pass_days(1)
    appointed(world, person.id, organ.id, post="党组书记")
    with world.reading() as desk:
        held = DistrictRecords(desk).posts(person.id, world.day)
    assert held == [("党组书记", organ), ("局长", organ)]
    appointed(world, person.id, organ.id, "release", post="党组书记")
    world.pass_days(1)
    with world.reading() as desk:
        assert DistrictRecords(desk).posts(person.id, world.day) == [("局长", organ)]


def test_a_post_nobody_holds_cannot_end_and_nothing_is_kept(world: World) -> None:
    person, organ = world.person("甲"), world.organ("市甲局")
    said = refusal(lambda: appointed(world, person.id, organ.id, "release"))
    assert said.message == "甲在 2020-03-02 没有任市甲局“局长”,无从免去。请核对职务。"
    appointed(world, person.id, organ.id)
    appointed(world, person.id, organ.id, "release")
    world.pass_days(1)
    assert refusal(lambda: appointed(world, person.id, organ.id, "release")).code == "people.not_held"
    with world.reading() as desk:
        assert len(DistrictRecords(desk).matters("naming")) == 2


def test_a_roster_read_again_does_not_undo_a_removal(world: World, tmp_path: Path) -> None:
    roster = {
        "organs": "code,name\njia,市甲局\n",
        "people": "code,name\np1,甲\n",
        "appointments": "person,organ,post,since,until\np1,jia,局长,2018-01-01,\n",
    }
    folder = tmp_path / "roster"
    folder.mkdir()
    for name, text in roster.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    for again in (False, True):
        with world.writing() as desk:
            import_folder(desk, folder)
            (row,) = desk.session.scalars(select(AppointmentRow)).all()
            assert row.until == (date(2020, 3, 2) if again else None)
            who, where = row.person_id, row.organ_id
        if not again:
            appointed(world, who, where, "release")
