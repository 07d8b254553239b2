"""An action that appoints: the roster knows the official from that day on, or nothing happened at all."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from kernel.conftest import refusal

from renda import Appointment, Change, Practice, Schema, action, fields
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite


class Named(Schema):
    who = fields.Person(required=True, label="人")
    where = fields.Int(required=True, label="机构")


class Naming(Practice):
    """Appoints whom it is told."""

    plugin = "naming"
    title = "任命"
    states: ClassVar[Mapping[str, str]] = {"done": "已任命"}
    ends = ("done",)

    @action("任命", by="clerk", when=None, then="done", data=Named)
    def name(self, matter: Any, named: Mapping[str, Any]) -> Change:
        return Change(appoints=[Appointment(named["who"], named["where"], "局长", head=True, decision="会议决定")])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\n', encoding="utf-8")
    rules = 'plugin = "naming"\n[[version]]\neffective = 2019-01-01\nsource = "测试"\n'
    (folder / "naming.toml").write_text(rules, encoding="utf-8")
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", find_practice=lambda plugin, file: Naming)
    yield world
    world.close()


def appointed(world: World, who: int, where: int) -> Any:
    return world.act(world.actor("clerk"), "name", {"who": who, "where": where}, practice="naming")


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
