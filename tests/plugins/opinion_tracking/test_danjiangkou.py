"""丹江口's term gives the figures the article prints: every opinion a life of its own, every one struck off in time."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from backing.demo import figures, matters, page_text, played, sheets
from renda.services import chain, rescoring
from renda.services.reading import DistrictRecords
from renda.testing.factories import World

CODE = "opinion_tracking"
TERM = (date(2016, 11, 1), date(2020, 12, 31))
PUBLISHED = {
    "执法检查": 6,
    "专题视察": 5,
    "专项工作报告": 42,
    "审议意见条数": 193,
    "按期办结率": Decimal(100),
    "销号率": Decimal(100),
    "各年末零余额": True,
    "零余额年数": 5,
}


@pytest.fixture(scope="module")
def danjiangkou() -> Iterator[World]:
    """The district's roster, this practice's demo and its ballots."""
    world = played("danjiangkou", CODE, ballots="*审议意见测评*")
    yield world
    world.close()


def test_193_opinions_of_53_topics_are_struck_off_in_time_five_years_at_zero(danjiangkou: World) -> None:
    assert figures(sheets(danjiangkou, CODE, *TERM)["period_1"]) == PUBLISHED


def test_the_account_of_the_term_comes_to_zero(danjiangkou: World) -> None:
    account = sheets(danjiangkou, CODE, *TERM)["account"]
    assert figures(account) == {"期初挂账": 0, "新增": 193, "销号": 193, "并入别处": 0, "期末挂账": 0}
    assert account.rows == []


def test_in_the_middle_of_a_year_the_account_shows_what_stands(danjiangkou: World) -> None:
    account = sheets(danjiangkou, CODE, date(2018, 1, 1), date(2018, 5, 1))["account"]
    assert figures(account)["期末挂账"] == len(account.rows) == 24


def test_anybody_reads_the_figures_on_the_page(danjiangkou: World) -> None:
    text = page_text(danjiangkou, f"/sheets/{CODE}/period_1?since=2016-11-01&until=2020-12-31")
    for figure in ("193", "42", "100%", "零余额"):
        assert figure in text


def test_every_opinion_of_the_term_was_measured_in_secret_and_graded(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        told = DistrictRecords(desk).facts("opinion.grade", since=TERM[0], until=TERM[1])
    assert len(told) == 53
    assert {fact.number.value for fact in told if fact.number is not None} == {"满意"}


def test_today_one_organ_is_late_and_one_point_is_carried_over(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        late = DistrictRecords(desk).facts("opinion.late", since=date(2026, 1, 1), until=date(2026, 11, 22))
    assert [(fact.subject.name, fact.day) for fact in late] == [("市水利和湖泊局", date(2026, 10, 24))]
    assert [each.state for each in matters(danjiangkou, CODE, "item")].count("carried") == 1


def test_the_record_is_whole_and_all_scores_come_out_as_they_are_kept(danjiangkou: World) -> None:
    with danjiangkou.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
