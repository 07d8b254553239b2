"""闵行's demonstration: six projects assessed, five evaluated by both sides, two self-evaluations only form."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from plugins.budget_performance.conftest import DISTRICTS

from renda.services import chain, rescoring
from renda.services.imports import import_folder
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda.web.app import create_app

TIME: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2021, 12, 31)}


@pytest.fixture(scope="module")
def minhang(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root: Path = tmp_path_factory.mktemp("minhang")
    world = World(fresh_sqlite(root), DISTRICTS, "minhang", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, DISTRICTS / "minhang" / "data")
    yield world
    world.close()


def test_both_evaluations_stand_side_by_side_on_the_page_with_their_gap_drawn(minhang: World) -> None:
    app = create_app(minhang.installation, secret_key="for-tests-only", secure_cookies=False, plugins=())
    address = "/minhang/sheets/budget_performance/compared_2020?since=2021-01-01&until=2021-12-31"
    page = app.test_client().get(address).text
    assert all(said in page for said in ("部门自评", "第三方评价", "自评减第三方", "公园绿地养护(虚构)", "40%"))
    assert "data-chart" in page


def test_self_evaluations_that_are_only_form_are_facts_with_the_gap(minhang: World) -> None:
    with minhang.reading() as desk:
        records = DistrictRecords(desk)
        formal = records.facts("evaluation.only_form", **TIME)
        grades = records.facts("project.grade", **TIME)
        states = sorted(item.state for item in records.matters("budget_performance", "item"))
    assert [fact.number and fact.number.value for fact in formal] == [Decimal(25), Decimal(44)]
    assert sorted(str(fact.number and fact.number.value) for fact in grades) == ["中", "优", "优", "差", "良"]
    assert states == ["applied", *["closed"] * 5, "executing", "refused"]


def test_the_record_is_whole_and_every_score_comes_out_again(minhang: World) -> None:
    with minhang.writing() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
        assert import_folder(desk, DISTRICTS / "minhang" / "data").repeated
