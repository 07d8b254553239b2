"""江北's thirteenth five-year plan gives the figures the article prints, and says which of them are accounts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from backing.demo import figures, matters, page_text, played, sheets
from renda import Actor, Party
from renda.explain import outline
from renda.services import chain, rescoring
from renda.services.permissions import may_see
from renda.services.reading import DistrictRecords, find, rules_of, view
from renda.testing.factories import World

CODE = "handling_rating"
PLAN = (date(2016, 1, 1), date(2020, 12, 31))


@pytest.fixture(scope="module")
def jiangbei() -> Iterator[World]:
    """The district's roster and this practice's demo."""
    world = played("jiangbei", CODE)
    yield world
    world.close()


def test_the_plan_handled_1952_suggestions_a_hundred_led_by_leaders_all_satisfied(jiangbei: World) -> None:
    told = figures(sheets(jiangbei, CODE, *PLAN)["period_1"])
    assert told == {"办理件数": 1952, "领导牵头督办件数": 100, "满意率和基本满意率": Decimal(100)}


def test_anybody_reads_the_figures_on_the_page(jiangbei: World) -> None:
    text = page_text(jiangbei, f"/sheets/{CODE}/period_1?since=2016-01-01&until=2020-12-31")
    for figure in ("十三五建议办理情况", "1952", "100%"):
        assert figure in text


def test_a_year_of_the_plan_shows_the_plan_so_far(jiangbei: World) -> None:
    so_far = sheets(jiangbei, CODE, date(2019, 1, 1), date(2019, 12, 31))["period_1"]
    assert figures(so_far)["办理件数"] == 380 + 391 + 402 + 388
    assert "period_1" not in sheets(jiangbei, CODE, date(2026, 1, 1), date(2026, 11, 22))


def test_the_reasons_tell_accounts_from_suggestions_entered_one_by_one(jiangbei: World) -> None:
    handled = sheets(jiangbei, CODE, *PLAN)["period_1"].figures[0]
    *accounts, single = handled.parts
    assert [each.label for each in accounts] == [f"{year}年台账" for year in range(2016, 2021)]
    assert sum(each.value for each in accounts) == 1936
    assert (single.label, single.value) == ("逐件录入", 16)
    assert all("为演示编造" in each.cites[0].text for each in accounts)
    assert any(row.label == "2016年台账" for row in outline(handled))


def test_the_year_has_measurements_with_low_ones_studied(jiangbei: World) -> None:
    measured = sheets(jiangbei, CODE, date(2020, 1, 1), date(2020, 12, 31))["measured"]
    levels = [row[8] for row in measured.rows]
    assert (levels.count("满意"), levels.count("基本满意")) == (12, 4)
    studied = [each for each in matters(jiangbei, CODE, "study") if each.opened_on.year == 2020]
    assert [each.state for each in studied] == ["settled"] * 4


def test_the_negative_list_hears_of_satisfaction_below_sixty_per_cent(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        told = DistrictRecords(desk).facts("suggestion.satisfaction", since=date(2020, 1, 1), until=date(2020, 12, 31))
    found = {fact.subject.name: fact.number.value for fact in told if fact.number is not None}
    low = {name: value for name, value in found.items() if isinstance(value, Fraction) and value < Fraction(3, 5)}
    assert low == {"区卫生健康委": Fraction(2, 5), "区消防支队": Fraction(1, 2)}


def test_a_sheet_is_nobody_elses_business(jiangbei: World) -> None:
    sheet = matters(jiangbei, CODE, "sheet")[0]
    with jiangbei.reading() as desk:
        row = find(desk, sheet.id)
        rules, matter = rules_of(desk, row), view(desk, row)
        rater = matter.parties["rater"][0]
        own = Actor(1, rater.name, frozenset({"deputy"}), person=rater)
        others = [
            Actor(2, "别的代表", frozenset({"deputy"}), person=Party("person", 999)),
            Actor(3, "承办单位", frozenset({"department"}), organ=Party("organ", 999)),
            Actor(4, "主任会议", frozenset({"chair", "member"})),
            Actor(None, "公众", frozenset({"public"})),
        ]
        assert may_see(rules, matter, own)
        assert [each.name for each in others if may_see(rules, matter, each)] == []


def test_today_suggestions_stand_at_every_step(jiangbei: World) -> None:
    states = {each.state for each in matters(jiangbei, CODE, "suggestion") if each.opened_on.year == 2026}
    assert states == {"filed", "accepted", "handling", "implementing", "implemented"}
    assert [each.state for each in matters(jiangbei, CODE, "meeting")] == ["announced", "rating"]


def test_the_record_is_whole_and_all_scores_come_out_as_they_are_kept(jiangbei: World) -> None:
    with jiangbei.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
