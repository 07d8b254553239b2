from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.calendar import WorkingCalendar, calendar_from, official_calendar
from renda.deadlines import Span, Unit, due
from renda.errors import RendaError
from renda.statutory_days import clear_and_bright, is_statutory, lunar_day, statutory_days


def test_the_official_calendar_agrees_with_its_source_on_every_day_announced() -> None:
    calendar = official_calendar()
    day, last = date(2004, 1, 1), date(2026, 12, 31)
    while day <= last:
        assert calendar.is_working_day(day) is chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_notice_of_2026_makes_the_last_saturday_of_february_a_working_day() -> None:
    calendar = official_calendar()
    assert date(2026, 2, 28).isoweekday() == 6
    assert calendar.is_working_day(date(2026, 2, 28))
    assert calendar.is_moved_workday(date(2026, 2, 28))
    assert not calendar.is_moved_workday(date(2026, 2, 27))
    assert not calendar.is_working_day(date(2026, 2, 23))


def test_a_year_not_announced_has_weekends_and_the_days_of_the_law() -> None:
    calendar = official_calendar()
    assert calendar.is_announced(2026)
    assert not calendar.is_announced(2027)
    off = {date(2027, 1, 1), *(date(2027, 2, day) for day in (5, 8)), date(2027, 4, 5), date(2027, 6, 9)}
    off |= {date(2027, 9, 15), date(2027, 10, 1)}
    weekdays = (date(2027, 1, 1) + timedelta(days=ahead) for ahead in range(365))
    assert {day for day in weekdays if day.weekday() < 5 and not calendar.is_working_day(day)} == off
    assert WorkingCalendar().is_working_day(date(2027, 10, 1))


def test_the_law_of_2025_gives_thirteen_days() -> None:
    assert len(statutory_days(2027)) == 13
    assert sorted(statutory_days(2025)) == [
        date(2025, 1, 1),
        *(date(2025, 1, day) for day in (28, 29, 30, 31)),
        date(2025, 4, 4),
        date(2025, 5, 1),
        date(2025, 5, 2),
        date(2025, 5, 31),
        *(date(2025, 10, day) for day in (1, 2, 3, 6)),
    ]


@pytest.mark.parametrize(
    ("year", "days"), [(1999, 3), (2007, 10), (2008, 11), (2013, 11), (2014, 11), (2024, 11), (2026, 13), (2200, 0)]
)
def test_a_year_has_the_days_of_the_law_in_force(year: int, days: int) -> None:
    assert len(statutory_days(year)) == days


def test_every_notice_gives_the_days_of_the_law() -> None:
    for year in range(2004, 2027):
        assert [day for day in statutory_days(year) if chinese_calendar.is_workday(day)] == []


@given(st.dates(date(2000, 1, 1), date(2150, 12, 31)))
def test_no_day_of_the_law_is_ever_worked_unless_the_host_says_so(day: date) -> None:
    calendar = official_calendar()
    if is_statutory(day):
        assert not calendar.is_working_day(day)
        assert calendar.overlaid({day: True}).is_working_day(day)
    assert calendar.overlaid({}, [day.year]).is_working_day(day) is calendar.is_working_day(day)


@given(st.integers(2008, 2150))
def test_the_lunar_days_lie_where_they_can_lie(year: int) -> None:
    spring, dragon, autumn = lunar_day(year, 1, 1), lunar_day(year, 5, 5), lunar_day(year, 8, 15)
    assert date(year, 1, 20) <= spring <= date(year, 2, 22)
    assert date(year, 5, 24) <= dragon <= date(year, 6, 28)
    assert date(year, 9, 5) <= autumn <= date(year, 10, 9)
    assert clear_and_bright(year).month == 4
    assert 3 <= clear_and_bright(year).day <= 6


def test_seven_working_days_from_the_end_of_december_pass_new_years_day_by() -> None:
    found = due(date(2026, 12, 28), Span(7, Unit.WORKING_DAY), official_calendar())
    assert found.date == date(2027, 1, 7)
    assert [each.year for each in found.warnings] == [2027]


def test_a_district_sets_single_days_and_undoes_them() -> None:
    flooded = official_calendar().overlaid({date(2026, 7, 15): False, date(2026, 2, 28): False})
    assert not flooded.is_working_day(date(2026, 7, 15))
    assert not flooded.is_working_day(date(2026, 2, 28))
    worked = flooded.overlaid({date(2026, 7, 15): True, date(2026, 10, 1): True}, announced=[2027])
    assert worked.is_working_day(date(2026, 7, 15))
    assert worked.is_working_day(date(2026, 10, 1))
    assert worked.is_announced(2027)
    assert official_calendar().is_working_day(date(2026, 7, 15))


def test_rows_make_a_calendar_over_another() -> None:
    rows = [{"day": "2027-01-01", "working": False, "source": "通知"}, {"day": date(2027, 1, 2), "working": True}]
    calendar = calendar_from(rows, [2027], official_calendar())
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 2))
    assert calendar.is_announced(2027)
    assert not calendar_from(rows).is_announced(2026)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [{"day": "2027-01-01"}],
            (
                "工作日历第1行应有 day(日期)和 working(true 上班,false 放假)两项,可另写 source(依据),"
                "实际写的是“{'day': '2027-01-01'}”。请改写。"
            ),
        ),
        (
            [{"day": "2027-02-30", "working": True}],
            "工作日历第1行的日期“2027-02-30”不是日期。请写成 2026-02-28 的样子。",
        ),
        (
            [{"day": "2027-01-01", "working": "是"}],
            "工作日历第1行的 working 只能写 true(上班)或 false(放假),实际写的是“是”。请改写。",
        ),
        (
            [{"day": "2027-01-01", "working": True}, {"day": "2027-01-01", "working": False}],
            "工作日历第2行的日期2027-01-01前面已经写过。请删去一行。",
        ),
    ],
)
def test_a_wrong_row_is_named_by_its_number(rows: list[dict[str, object]], sentence: str) -> None:
    with pytest.raises(RendaError) as caught:
        calendar_from(rows)
    assert caught.value.message == sentence


def test_the_nearest_working_days_are_found_over_a_holiday() -> None:
    calendar = official_calendar()
    assert calendar.next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)
    assert calendar.previous_working_day(date(2026, 10, 7)) == date(2026, 9, 30)
    assert calendar.next_working_day(date(2026, 10, 8)) == date(2026, 10, 8)
    assert calendar.working_days(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert calendar.working_days(date(2026, 10, 10), date(2026, 9, 30)) == 0


def test_a_calendar_that_ends_says_so() -> None:
    calendar = WorkingCalendar(holidays=frozenset({date.max}))
    with pytest.raises(RendaError) as caught:
        calendar.next_working_day(date.max)
    assert caught.value.message == "从9999-12-31起推算已超出日历可用的范围。请核对日期和期限。"
