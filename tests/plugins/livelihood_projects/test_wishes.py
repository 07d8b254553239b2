"""What citizens wish for on the public page becomes wishes of the year; kinds that were dropped cannot be chosen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from renda.errors import RendaError
from renda.services.imports.ballots import MemoryKeys
from renda.services.questionnaires import answering, counting, finding, opening
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(fresh_sqlite(tmp_path), DISTRICTS, "fengxian", day=date(2019, 9, 2))
    yield made
    made.close()


def wish(world: World, number: int, token: str, option: str, text: str) -> None:
    with world.writing() as desk:
        answering.answer(desk, number, {"wish": {"option": option, "text": text}}, token=token * 16)


def test_wishes_from_the_page_are_filed_when_they_are_counted(world: World) -> None:
    clerk, keys = world.actor("clerk"), MemoryKeys()
    around = world.act(clerk, "启动征集", {"year": 2020}, practice="livelihood_projects").matter_id
    world.act(clerk, "网上征集", {"online_until": date(2019, 9, 20)}, matter=around)
    with world.writing() as desk:
        (row,) = finding.listed(desk, clerk)
        opening.open_questionnaire(desk, clerk, row.id, keys=keys)
    for token, text in (("a", "装电梯"), ("b", "装 电梯"), ("c", "装电梯"), ("d", "修路灯")):
        wish(world, row.id, token, "居住改善", text)
    world.go_to(date(2019, 9, 21))
    with world.writing() as desk:
        counting.count(desk, clerk, row.id, keys=keys)
    found = world.matter(around).children("idea")
    assert sorted((each.title, each.payload["pieces"], each.payload["source"], each.state) for each in found) == [
        ("修路灯", 1, "public", "filed"), ("装 电梯", 1, "public", "filed"), ("装电梯", 2, "public", "filed"),
    ]  # fmt: skip
    assert world.matter(around).state == "soliciting"


def test_a_kind_that_is_not_solicited_cannot_be_wished_for(world: World) -> None:
    clerk = world.actor("clerk")
    organ = world.organ("区体育局")
    begun = world.act(clerk, "begin", {"year": 2019}, practice="public_evaluation").matter_id
    world.act(clerk, "enlist", {"category": "文化体育", "organ": organ.id}, parent=begun)
    world.act(clerk, "ask", {}, matter=begun)
    with world.writing() as desk:
        (row,) = finding.listed(desk, clerk)
        poor = {"一般": 100}
        counting.enter_counts(desk, clerk, row.id, 100, {"whole": poor, "文化体育": poor})
    around = world.act(clerk, "启动征集", {"year": 2020}, practice="livelihood_projects").matter_id
    world.act(clerk, "网上征集", {}, matter=around)
    keys = MemoryKeys()
    with world.writing() as desk:
        asked = finding.listed(desk, clerk)[0]
        opening.open_questionnaire(desk, clerk, asked.id, keys=keys)
    assert (asked.until_on, asked.public) == (world.matter(around).payload["until"], False)
    with pytest.raises(RendaError) as refused:
        wish(world, asked.id, "a", "文化体育", "球场")
    assert refused.value.message == "答卷没有交:第 1 题没有“文化体育”这个答案。"
