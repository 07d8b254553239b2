"""丹江口: 26 heads, 117 problems, four times a hundred per cent."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from renda.explain import from_json
from renda.services import chain, rescoring, scores
from renda.services.imports import import_folder
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
FOUR = ["按时报送率", "质量合格率", "问题整改率", "代表满意率"]


@pytest.fixture(scope="module")
def danjiangkou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("danjiangkou")
    world = World(fresh_sqlite(folder), DISTRICTS, "danjiangkou", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, DISTRICTS / "danjiangkou" / "data")
    yield world
    world.close()


def sheets(world: World, year: int) -> dict[str, Any]:
    with world.reading() as desk:
        records = DistrictRecords(desk)
        answers = ask(desk, "sheets", world.day, since=date(year, 1, 1), until=date(year, 12, 31), records=records)
        return {sheet.code: sheet for each in answers for sheet in each.said}


def review(world: World, year: int) -> Any:
    with world.reading() as desk:
        found = DistrictRecords(desk).matters("report_review", "review")
        return world.matter(next(each.id for each in found if each.payload["year"] == year))


def test_the_review_of_2019_gives_four_times_a_hundred_per_cent_over_26_and_117(danjiangkou: World) -> None:
    rows = sheets(danjiangkou, 2020)["rates_2019"].rows
    assert [(row[0], row[3].value) for row in rows] == [(name, Decimal("100.0")) for name in FOUR]
    assert [row[2].value for row in rows[:3]] == [26, 26, 117]
    assert rows[3][1].value == rows[3][2].value == 26 * (2 + 25)


def test_the_kept_score_of_the_review_says_the_same_with_reasons(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        kept = scores.latest(desk, review(danjiangkou, 2019).id)
        assert kept is not None
        assert [part.value for part in from_json(kept.explained).parts] == [Decimal("100.0")] * 4


def test_each_of_the_26_reports_has_two_readers_and_four_or_five_problems(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        reports = DistrictRecords(desk).children(review(danjiangkou, 2019), "report")
        assert len(reports) == 26
        assert {each.state for each in reports} == {"settled"}
        assert {len(each.children("reading")) for each in reports} == {2}
        assert sorted({len(each.children("problem")) for each in reports}) == [4, 5]


def test_commission_court_and_procuratorate_have_filed(danjiangkou: World) -> None:
    filings = sheets(danjiangkou, 2020)
    assert len(filings["problems_2019"].rows) == 117
    with danjiangkou.reading() as desk:
        found = DistrictRecords(desk).matters("report_review", "filing", states=("recorded",))
        assert [party.name for each in found for party in each.all_parties("assignee")] == [
            "市监察委员会",
            "市人民法院",
            "市人民检察院",
        ]


def test_before_the_supervision_law_only_the_two_courts_filed(danjiangkou: World) -> None:
    before, after = (
        danjiangkou.rulebook.practice_on("report_review", day).practice.params.filing_organs
        for day in (date(2018, 3, 19), date(2018, 3, 20))
    )
    assert set(after) - set(before) == {"市监察委员会"}


def test_the_running_review_leaves_something_waiting_for_clerk_readers_and_departments(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        matters = DistrictRecords(desk).matters("report_review", since=date(2026, 1, 1))
        states = {(each.kind, each.state) for each in matters}
    assert {("report", "returned"), ("report", "missing"), ("problem", "open"), ("problem", "disputed")} <= states
    assert ("reading", "handed") in states


def test_the_record_is_whole_and_every_score_comes_out_again(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
