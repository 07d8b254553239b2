"""丹江口's term gives the figures the article prints, and says which of them are accounts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from backing.demo import figures, matters, page_text, played, sheets
from renda.services import chain, rescoring
from renda.services.reading import DistrictRecords
from renda.testing.factories import World

CODE = "suggestion_tracking"
TERM = (date(2016, 1, 1), date(2020, 12, 31))


@pytest.fixture(scope="module")
def danjiangkou() -> Iterator[World]:
    """The district's roster and this practice's demo."""
    world = played("danjiangkou", CODE)
    yield world
    world.close()


def test_of_478_and_296_suggestions_327_were_carried_out(danjiangkou: World) -> None:
    assert figures(sheets(danjiangkou, CODE, *TERM)["period_1"]) == {
        "会议期间件数": 478,
        "闭会期间件数": 296,
        "办理件数": 774,
        "见面沟通率": Decimal(100),
        "办结率": Decimal(100),
        "答复率": Decimal(100),
        "落实率": Decimal("42.2"),
        "各年落实率均高于目标": True,
        "比上届提高(百分点)": Decimal("7.9"),
    }


def test_every_year_is_above_forty_per_cent(danjiangkou: World) -> None:
    rows = sheets(danjiangkou, CODE, *TERM)["period_1"].rows
    assert [row[0] for row in rows] == [f"{year}年" for year in range(2016, 2021)]
    assert all(row[8].value > 40 for row in rows)
    assert sum(row[7].value for row in rows) == 327


def test_anybody_reads_the_figures_on_the_page(danjiangkou: World) -> None:
    text = page_text(danjiangkou, f"/sheets/{CODE}/period_1?since=2016-01-01&until=2020-12-31")
    for figure in ("478", "296", "774", "42.2%", "7.9"):
        assert figure in text


def test_accounts_and_single_suggestions_are_told_apart(danjiangkou: World) -> None:
    handled = sheets(danjiangkou, CODE, *TERM)["period_1"].figures[2]
    *accounts, single = handled.parts
    assert (len(accounts), sum(each.value for each in accounts), single.value) == (10, 754, 20)


def test_the_leaders_ledger_names_who_presses_for_what(danjiangkou: World) -> None:
    rows = sheets(danjiangkou, CODE, date(2020, 1, 1), date(2020, 12, 31))["led"].rows
    assert len(rows) == 5
    assert {row[4] for row in rows} == {"是"}


def test_today_an_organ_is_late_and_was_asked_why(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        late = DistrictRecords(desk).facts("suggestion.late", since=date(2026, 1, 1), until=date(2026, 11, 22))
    assert "市水利和湖泊局" in {fact.subject.name for fact in late}
    assert [each.state for each in matters(danjiangkou, CODE, "inquiry")] == ["explained"]


def test_the_record_is_whole_and_all_scores_come_out_as_they_are_kept(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
