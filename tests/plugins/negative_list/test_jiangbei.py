"""江北: ten categories, twenty-five items, and the four departments the article names."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from renda.services import chain, rescoring
from renda.services.imports import import_folder
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
NAMED = ["区住房城乡建委", "区卫生健康委", "区国资委", "区消防支队"]


@pytest.fixture(scope="module")
def jiangbei(tmp_path_factory: pytest.TempPathFactory) -> Any:
    world = World(fresh_sqlite(tmp_path_factory.mktemp("jiangbei")), DISTRICTS, "jiangbei", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, DISTRICTS / "jiangbei" / "data")
    yield world
    world.close()


def table(world: World, year: int) -> Any:
    with world.reading() as desk:
        records = DistrictRecords(desk)
        answers = ask(desk, "sheets", world.day, since=date(year, 1, 1), until=date(year, 12, 31), records=records)
        return next(sheet for each in answers for sheet in each.said if sheet.code == f"negative_{year}")


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2022, 1, 1)])
def test_every_version_of_the_list_has_ten_categories_and_twenty_five_items(jiangbei: World, day: date) -> None:
    params = jiangbei.rulebook.practice_on("negative_list", day).practice.params
    assert (len(params.categories), len(params.items)) == (10, 25)


def test_only_two_items_cite_the_article_and_all_others_say_that_they_are_not_confirmed(jiangbei: World) -> None:
    for version in jiangbei.rulebook.versions["negative_list"]:
        cited = [item["code"] for item in version.params["items"] if "待确认" not in item["basis"]]
        assert cited == ["1.1", "1.2"]
        assert {"items", "categories", "appeal", "export"} <= set(version.unconfirmed)


def test_in_2020_the_four_departments_of_the_article_lost_from_a_tenth_to_two_tenths_each(jiangbei: World) -> None:
    lost = {row[0]: row[1].value for row in table(jiangbei, 2020).rows}
    assert list(lost) == NAMED
    assert all(Decimal("0.1") <= value <= Decimal("0.2") for value in lost.values())
    assert max(lost.values()) == Decimal("0.2")
    assert min(lost.values()) == Decimal("0.1")


def test_what_was_rejected_revoked_or_withdrawn_is_kept_and_counts_nothing(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        records = DistrictRecords(desk)
        (year,) = (each for each in records.matters("negative_list", "year") if each.payload["year"] == 2020)
        states = sorted(each.state for each in year.children("deduction"))
    assert year.state == "closed"
    assert states == ["effective"] * 4 + ["rejected", "revoked", "withdrawn"]


def test_in_the_running_year_something_waits_for_each_of_clerk_chair_and_departments(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        matters = DistrictRecords(desk).matters("negative_list", "deduction", since=date(2026, 1, 1))
    assert {each.state for each in matters} == {"drafted", "hearing", "heard", "notified"}


def test_the_record_is_whole_and_every_score_comes_out_again(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []


def test_importing_the_data_again_changes_nothing(jiangbei: World) -> None:
    with jiangbei.writing() as desk:
        assert import_folder(desk, DISTRICTS / "jiangbei" / "data").repeated
