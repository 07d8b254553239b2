"""江北, 坪山 and 奉贤: the figures their articles print, read from what the demonstration publishes."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.demo import page_text
from renda.model import BallotRow, NoticeRow
from renda.services import ballots, chain, rescoring
from renda.services.imports import import_folder
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
CODE = "livelihood_projects"


def shown(folder: Path, slug: str) -> World:
    """A district with its roster and its projects, and nothing of other practices."""
    data = folder / "data"
    shutil.copytree(DISTRICTS / slug / "data", data)
    for other in data.iterdir():
        if other.is_dir() and other.name not in {CODE, "ballots", "meetings"}:
            shutil.rmtree(other)
    for other in (data / "ballots").iterdir():
        if "实事" not in other.name:
            other.unlink()
    alone = folder / "districts" / slug
    alone.mkdir(parents=True)
    for file in ("district.toml", f"{CODE}.toml"):
        shutil.copyfile(DISTRICTS / slug / file, alone / file)
    world = World(fresh_sqlite(folder), alone.parent, slug, day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, data)
    return world


@pytest.fixture(scope="module")
def jiangbei(tmp_path_factory: pytest.TempPathFactory) -> Any:
    world = shown(tmp_path_factory.mktemp("jiangbei"), "jiangbei")
    yield world
    world.close()


def tables(world: World) -> dict[str, Any]:
    with world.reading() as desk:
        days = {"since": date(2018, 1, 1), "until": date(2021, 12, 31)}
        answers = ask(desk, "sheets", world.day, **days, records=DistrictRecords(desk))
        return {sheet.code: sheet for each in answers if each.rules.code == CODE for sheet in each.said}


def test_213_deputies_chose_13_of_20_candidates(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        row = desk.session.scalars(select(BallotRow).where(BallotRow.bench == "selection")).one()
        told = ballots.closed(desk, row)
    assert (told.turnout["members"], told.turnout["present"], told.turnout["returned"]) == (226, 213, 213)
    assert [line.outcome for line in told.lines].count("chosen") == 13
    assert len(told.lines) == 20
    assert {line.figures["needed"] for line in told.lines} == {114}
    assert row.state == "published"


def test_what_was_chosen_is_published_announced_measured_and_reported(jiangbei: World) -> None:
    years, projects = tables(jiangbei)["livelihood_years"], tables(jiangbei)["livelihood_2020"]
    assert [(figure.label, figure.value) for figure in years.figures] == [
        ("票决确定", 13), ("已落地", 11), ("跨年实施", 2),
    ]  # fmt: skip
    assert (years.public, projects.public) == (True, True)
    states = [row[6] for row in projects.rows]
    assert [states.count(each) for each in ("已测评", "跨年实施", "未入选")] == [11, 2, 7]
    assert {row[7] for row in projects.rows if row[6] == "已测评"} == {"满意"}
    with jiangbei.reading() as desk:
        notices = desk.session.scalars(select(NoticeRow).order_by(NoticeRow.id)).all()
        assert [(each.genre, each.public) for each in notices] == [
            ("公告", True), ("候选项目表", False), ("公告", True), ("函", False), ("报告", True),
        ]  # fmt: skip
        assert notices[2].paragraphs[0] == "经代表票决,确定 2020 年度民生实事项目 13 项:"
        assert notices[2].paragraphs[1] == "1. 教育项目一(虚构),区教委,200 万元(205 票)"
        assert notices[4].paragraphs[:2] == [
            next(each for each in notices[4].paragraphs if each.startswith("办结 11 项:")),
            next(each for each in notices[4].paragraphs if each.startswith("跨年实施 2 项:")),
        ]
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []


def test_a_chosen_project_that_stands_in_the_roster_tells_its_code_stage_and_last_day(jiangbei: World) -> None:
    table = tables(jiangbei)["livelihood_2020"]
    assert list(table.columns[-3:]) == ["名册代码", "名册阶段", "名册期限"]
    linked = [row for row in table.rows if row[-3]]
    assert [(row[1], *row[-3:]) for row in linked] == [("教育项目一(虚构)", "m2001", "完工", date(2020, 10, 30))]


def test_anybody_reads_on_the_published_page_what_was_chosen(jiangbei: World) -> None:
    text = page_text(jiangbei, f"/sheets/{CODE}/livelihood_years?since=2020-01-01&until=2020-12-31")
    assert "票决确定 13 票决确定 13 计数 已落地 11 已落地 11 计数 跨年实施 2 跨年实施 2 计数" in text
    assert "20 候选 20 计数 13 票决确定 13 计数 11 已落地 11 计数 2 跨年实施 2 计数 0 未完成 0 计数" in text


def test_every_project_that_is_done_went_through_the_three_checks(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        done = DistrictRecords(desk).matters(CODE, "project", states=("measured",))
        assert {tuple(each.payload["checks"]) for each in done} == {("self", "streets", "groups")}
        around = DistrictRecords(desk).matters(CODE, "round")[0]
        score = desk.rulebook.practice_on(CODE, desk.day).hook.score(matter=around)
    assert str(score.value) == "84.6"


def test_forty_projects_in_two_years_of_which_32_are_landed_and_8_go_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    world = shown(tmp_path_factory.mktemp("pingshan"), "pingshan")
    years = tables(world)["livelihood_years"]
    assert [(figure.label, figure.value) for figure in years.figures] == [
        ("票决确定", 40), ("已落地", 32), ("跨年实施", 8),
    ]  # fmt: skip
    assert [(row[0], row[3].value) for row in years.rows] == [("2019", 20), ("2020", 20)]
    world.close()


def test_in_fengxian_the_deputies_choose_three_of_five(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = shown(tmp_path_factory.mktemp("fengxian"), "fengxian")
    (year,) = tables(world)["livelihood_years"].rows
    assert [cell.value for cell in year[2:4]] == [5, 3]
    params = world.rulebook.practice_on(CODE, world.day).practice.params
    assert params.drop_below == 85
    world.close()
