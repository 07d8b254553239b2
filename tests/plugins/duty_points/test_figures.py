"""江北's averages of six years and 坪山's total of 2020, from the districts' own spreadsheets."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from renda import RendaError
from renda.services import chain, rescoring
from renda.services.imports import import_folder
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite, rulebooks
from renda_plugins.duty_points import DutyPoints

DISTRICTS = Path(__file__).parents[3] / "districts"


@contextmanager
def district(slug: str, folder: Path) -> Iterator[World]:
    """The district with its people and this practice's year alone."""
    data = folder / "data"
    shutil.copytree(DISTRICTS / slug / "data" / "duty_points", data / "duty_points")
    for path in (DISTRICTS / slug / "data").glob("*.csv"):
        shutil.copy(path, data)
    world = World(fresh_sqlite(folder), DISTRICTS, slug, day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, data)
    yield world
    world.close()


def sheets(world: World, year: int) -> Any:
    with world.reading() as desk:
        answers = ask(
            desk,
            "sheets",
            desk.day,
            since=date(year, 1, 1),
            until=date(year, 12, 31),
            records=DistrictRecords(desk),
        )
        return {sheet.code: sheet for each in answers for sheet in each.said}


def test_jiangbei_s_averages_of_2015_to_2020_are_those_of_the_article(tmp_path: Path) -> None:
    with district("jiangbei", tmp_path) as world:
        table = sheets(world, 2020)["points_years"]
        averages = {row[0]: row[3].value for row in table.rows}
        assert averages == {
            "2015": Decimal("48.7"),
            "2016": Decimal("53.1"),
            "2017": Decimal("60.5"),
            "2018": Decimal("80.3"),
            "2019": Decimal("81.3"),
            "2020": Decimal("80.5"),
        }
        assert (table.chart, table.public) == ((0, 3), True)
        year = sheets(world, 2020)["points_2020"]
        resigned = next(row for row in year.rows if row[1] == "代表甲十三")
        assert resigned[2].value == 15
        assert len(year.figures[1].parts[0].parts) == len(year.rows) - 1 == 12
        with world.reading() as desk:
            assert chain.first_broken(desk) is None
            assert list(rescoring.differences(desk)) == []


def test_pingshan_s_points_of_2020_are_36576_and_grew_by_31_2_per_cent(tmp_path: Path) -> None:
    with district("pingshan", tmp_path) as world:
        found = sheets(world, 2020)
        whole, _average, growth = found["points_2020"].figures
        assert (whole.value, growth.value) == (36576, Decimal("31.2"))
        quarters = [found[f"points_2020_{quarter}"] for quarter in (1, 2, 3, 4)]
        assert sum(sheet.figures[0].value for sheet in quarters) == 36576
        assert all(sheet.public for sheet in quarters)
        with world.reading() as desk:
            records = DistrictRecords(desk)
            states = {each.state for each in records.matters("duty_points", "register", since=date(2026, 1, 1))}
            assert states >= {"open", "pending", "objected"}


def test_the_points_of_the_articles_stand_in_the_tables_and_the_rest_is_marked() -> None:
    items = {
        slug: {item["label"]: item["points"] for item in _params(slug)["items"] if "待确认" not in item["basis"]}
        for slug in ("pingshan", "jiangbei")
    }
    assert list(items["pingshan"].values()) == [5, 10, 15]
    assert sorted(items["jiangbei"].values()) == [-1, 3, 3]
    assert len(_params("jiangbei")["items"]) == 11


def _params(slug: str) -> Any:
    return rulebooks(DISTRICTS).of(slug).versions["duty_points"][-1].params


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"periods": 5}, "一年公布 5 次,不能把十二个月分匀。可写 1、2、4、12。"),
        ({"items": [0, 0]}, "积分表里 1 出现了两次。编号不能重复。"),
        ({"items": [{"points": 0}]}, "积分表第 1 项的分值是 0。请写明每次积多少分,扣分写负数。"),
        ({"items": [{"cap": -1}]}, "积分表第 1 项的年度封顶 -1 与分值 5 正负不同,封不住。"),
        ({"items": [{"fact": "a"}, {"code": "2", "fact": "a"}]}, "事实“a”同时登记为 1 和 2 两项,一件事会积两次分。"),
    ],
)
def test_a_table_that_cannot_be_applied_is_refused(change: Any, sentence: str) -> None:
    item = {"code": "1", "label": "甲", "sort": "statutory", "unit": "次", "points": 5, "basis": "x"}
    span = {"n": 5, "unit": "working_day"}
    params: dict[str, Any] = {
        "periods": 4,
        "average_over": "roll",
        "review": span,
        "objection": span,
        "answer": span,
        "uses": ["评优"],
        "report_to": ["主任会议"],
        "items": [item],
        **change,
    }
    params["items"] = [{**item, **(each if isinstance(each, dict) else {})} for each in params["items"]]
    with pytest.raises(RendaError) as caught:
        DutyPoints.Params().read(params)
    assert sentence in caught.value.message
