"""江北 2019: three key projects, graded 优, 中 and 差; what the negative list hears of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from plugins.project_performance.conftest import DISTRICTS, alone

from renda.services import chain, rescoring
from renda.services.imports import import_folder
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda.web.app import create_app

YEAR: dict[str, Any] = {"since": date(2019, 1, 1), "until": date(2019, 12, 31)}


@pytest.fixture(scope="module")
def jiangbei(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root: Path = tmp_path_factory.mktemp("jiangbei")
    folder, data = root / "data", DISTRICTS / "jiangbei" / "data"
    folder.mkdir()
    for name in ("organs", "people", "appointments", "mandates", "accounts", "projects"):
        (folder / f"{name}.csv").symlink_to(data / f"{name}.csv")
    (folder / "project_performance").symlink_to(data / "project_performance")
    world = World(fresh_sqlite(root), alone(root), "jiangbei", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, folder)
    yield world
    world.close()


def test_anybody_reads_that_three_projects_were_evaluated_and_how_they_were_graded(jiangbei: World) -> None:
    app = create_app(jiangbei.installation, secret_key="for-tests-only", secure_cookies=False, plugins=())
    address = "/jiangbei/sheets/project_performance/performance_2019?since=2019-01-01&until=2019-12-31"
    page = app.test_client().get(address).text
    assert "江北嘴实验学校新建工程" in page
    assert all(f"等次为{grade}" in page for grade in "优中差")
    assert "data-chart" in page


def test_each_grade_was_given_once_and_the_slow_project_is_told(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        records = DistrictRecords(desk)
        grades = records.facts("project.grade", **YEAR)
        slow = records.facts("project.slow", **YEAR)
    assert sorted(str(fact.number and fact.number.value) for fact in grades) == ["中", "优", "差"]
    assert [fact.about and fact.about.name for fact in slow] == ["老旧管网改造工程(虚构)"]
    assert {fact.subject.noun for fact in (*grades, *slow)} == {"organ"}


def test_the_record_is_whole_and_every_score_comes_out_again(jiangbei: World) -> None:
    with jiangbei.writing() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
