"""江北 2019: four circulars, twelve units reviewed, ten projects of nine departments cut by 151.8 万元."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from plugins.budget_pace.conftest import alone

from renda.services import chain, rescoring
from renda.services.imports import import_folder
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.services.visible_records import dossier
from renda.testing.factories import World, fresh_sqlite
from renda.web.app import create_app

DISTRICTS = Path(__file__).parents[3] / "districts"
SINCE, UNTIL = date(2019, 1, 1), date(2020, 3, 31)


@pytest.fixture(scope="module")
def jiangbei(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """江北 with its roster and this practice's year alone."""
    root = tmp_path_factory.mktemp("jiangbei")
    folder, data = root / "data", DISTRICTS / "jiangbei" / "data"
    folder.mkdir()
    for name in ("organs", "people", "appointments", "mandates", "accounts", "projects"):
        (folder / f"{name}.csv").symlink_to(data / f"{name}.csv")
    (folder / "budget_pace").symlink_to(data / "budget_pace")
    world = World(fresh_sqlite(root), alone(root), "jiangbei", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, folder)
    yield world
    world.close()


def sheets(world: World) -> Any:
    with world.reading() as desk:
        answers = ask(desk, "sheets", UNTIL, since=SINCE, until=UNTIL, records=DistrictRecords(desk))
        said = [answer for answer in answers if answer.rules.code == "budget_pace"]
        assert [answer.failure for answer in said] == [None]
        return {sheet.code: sheet for answer in said for sheet in answer.said}


def test_twelve_units_were_reviewed_and_ten_projects_of_nine_departments_cut_by_151_8(jiangbei: World) -> None:
    figures = {figure.label: figure.value for figure in sheets(jiangbei)["reviews_2019"].figures}
    assert figures == {
        "专项评审单位": 12,
        "说明不成立、不充分的项目": 10,
        "所涉部门": 9,
        "核减预算(万元)": Decimal("151.8"),
    }


def test_the_page_anybody_may_read_shows_the_figures_and_the_picture_of_the_bands(jiangbei: World) -> None:
    app = create_app(jiangbei.installation, secret_key="for-tests-only", secure_cookies=False, plugins=())
    visitor = app.test_client()
    reviews = visitor.get(f"/jiangbei/sheets/budget_pace/reviews_2019?since={SINCE}&until={UNTIL}").text
    assert "151.8" in reviews
    bands = visitor.get(f"/jiangbei/sheets/budget_pace/bands_2019?since={SINCE}&until={UNTIL}").text
    assert all(f"第三季度 {band}" in bands for band in ("不预警", "10%档", "20%档", "30%档"))
    assert "data-chart" in bands


def test_the_bands_of_the_third_quarter_hold_their_lower_ends(jiangbei: World) -> None:
    rows = {row[1]: row for row in sheets(jiangbei)["pace_2019q3"].rows}
    assert (rows["应急物资(虚构)"][4].value, rows["应急物资(虚构)"][5]) == (Decimal("29.99"), "20%档")
    counts = {row[0].split()[-1]: row[1].value for row in sheets(jiangbei)["bands_2019"].rows[8:12]}
    assert counts == {"不预警": 3, "10%档": 2, "20%档": 4, "30%档": 13}


def test_the_gaps_and_the_cuts_are_facts_for_other_practices(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        records = DistrictRecords(desk)
        gaps = records.facts("budget.gap", since=SINCE, until=UNTIL)
        cuts = records.facts("budget.cut", since=SINCE, until=UNTIL)
    assert len(gaps) == 22 * 4
    assert all(fact.about is not None and fact.about.noun == "project" for fact in gaps)
    numbers: list[Any] = [fact.number and fact.number.value for fact in cuts]
    assert sum(numbers) == Decimal("151.8")
    assert {fact.day for fact in cuts} == {date(2019, 12, 3)}


def test_a_units_page_tells_its_warnings_and_what_was_cut(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        records = DistrictRecords(desk)
        unit = next(party for party in records.parties("organ", jiangbei.day) if party.name == "预算单位一(虚构)")
        viewer = jiangbei.actor("clerk")
        answers = dossier(desk, viewer, unit)
        (section,) = (each for answer in answers if answer.rules.code == "budget_pace" for each in answer.said)
    assert [figure.value for figure in section.figures] == [Decimal("42.5")]
    assert [entry.day.year for entry in section.entries] == [2019] * 8 + [2020, 2020, 2026]


def test_every_finance_letter_asks_for_what_was_found(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        reviews = DistrictRecords(desk).matters("budget_pace", "review")
        states = sorted(review.state for review in reviews)
    assert states == ["concluded"] * 3 + ["done"] * 9


def test_the_record_is_whole_and_every_score_comes_out_again(jiangbei: World) -> None:
    with jiangbei.writing() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
