from datetime import date, datetime

import pytest

from renda.calendar import WorkingCalendar, official_calendar
from renda.deadlines import (
    Dated,
    Extension,
    FixedDay,
    Pause,
    Span,
    Standing,
    StepKind,
    Unit,
    days_left,
    due,
    due_on,
    fixed_day_from,
    is_overdue,
    latest_before,
    standing,
    warn_from,
    working_days_left,
)
from renda.errors import RendaError

CALENDAR = official_calendar()
WEEKENDS = WorkingCalendar(announced=frozenset(range(2000, 2100)))


def days(amount: int) -> Span:
    return Span(amount, Unit.CALENDAR_DAY)


def working(amount: int) -> Span:
    return Span(amount, Unit.WORKING_DAY)


def months(amount: int) -> Span:
    return Span(amount, Unit.MONTH)


def told(dated: Dated) -> list[tuple[str, str]]:
    return [(step.day.strftime("%m-%d"), step.text) for step in dated.steps]


def test_three_months_from_30_november_end_on_a_saturday_that_is_worked() -> None:
    found = due(date(2025, 11, 30), months(3), CALENDAR)
    assert found.date == date(2026, 2, 28)
    assert told(found) == [
        ("11-30", "起算当日不计入"),
        ("02-28", "满3个月的当月没有对应日,以月末日为准"),
        ("02-28", "届满日虽为周末,但调休上班,不顺延"),
    ]


def test_the_same_three_months_move_to_monday_where_only_weekends_are_known() -> None:
    found = due(date(2025, 11, 30), months(3), WEEKENDS)
    assert found.date == date(2026, 3, 2)
    assert told(found)[2:] == [
        ("02-28", "届满日为休息日,顺延"),
        ("03-01", "仍为休息日或暂停日,继续顺延"),
        ("03-02", "顺延至休息日后的第一个工作日"),
    ]


def test_seven_working_days_are_told_day_by_day_over_a_holiday_and_a_moved_workday() -> None:
    found = due(date(2026, 9, 30), working(4), CALENDAR)
    assert found.date == date(2026, 10, 12)
    assert told(found)[1] == ("10-01", "节假日休息,不计")
    assert told(found)[8:] == [
        ("10-08", "第1个工作日"),
        ("10-09", "第2个工作日"),
        ("10-10", "调休上班,第3个工作日"),
        ("10-11", "周末休息,不计"),
        ("10-12", "第4个工作日"),
    ]
    assert [step.number for step in found.steps if step.counted] == [1, 2, 3, 4]


def test_ten_calendar_days_move_off_the_holiday_they_end_in() -> None:
    found = due(date(2026, 9, 21), days(10), CALENDAR)
    assert found.date == date(2026, 10, 8)
    assert found.steps[10].text == "第10日"
    assert found.steps[11].text == "届满日为休息日,顺延"


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 3, 31), 3, date(2025, 6, 30)),
        (date(2025, 7, 15), 6, date(2026, 1, 15)),
        (date(2025, 1, 9), 12, date(2026, 1, 9)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_end_of_the_month(start: date, amount: int, end: date) -> None:
    assert due(start, months(amount), WEEKENDS).date == end


def test_a_pause_passes_over_its_days_both_ends_included() -> None:
    pause = Pause(date(2026, 6, 9), date(2026, 6, 11))
    found = due(date(2026, 6, 5), working(5), CALENDAR, [pause])
    assert found.date == date(2026, 6, 17)
    assert [step.day.day for step in found.steps if step.kind is StepKind.PAUSED] == [9, 10, 11]


def test_overlapping_pauses_count_once() -> None:
    once = [Pause(date(2026, 6, 9), date(2026, 6, 12))]
    twice = [Pause(date(2026, 6, 10), date(2026, 6, 12)), Pause(date(2026, 6, 9), date(2026, 6, 11))]
    for span in (working(5), days(9), months(1)):
        assert due(date(2026, 6, 5), span, CALENDAR, twice) == due(date(2026, 6, 5), span, CALENDAR, once)


def test_a_pause_adds_its_days_to_months_and_may_reach_the_next_pause() -> None:
    pauses = [Pause(date(2026, 3, 10), date(2026, 3, 12)), Pause(date(2026, 4, 8), date(2026, 4, 8))]
    found = due(date(2026, 3, 6), months(1), WEEKENDS, pauses)
    assert found.date == date(2026, 4, 10)
    assert told(found)[1:] == [
        ("04-06", "满1个月的对应日"),
        ("03-10", "暂停,期限顺延1日"),
        ("03-11", "暂停,期限顺延1日"),
        ("03-12", "暂停,期限顺延1日"),
        ("04-08", "暂停,期限顺延1日"),
        ("04-10", "加上暂停的4日后的届满日"),
    ]


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 4, 8)])
def test_a_pause_on_the_first_or_the_last_day_of_the_months_adds_its_day(day: date) -> None:
    before = Pause(date(2026, 3, 2), date(2026, 3, 9))
    assert due(date(2026, 3, 8), months(1), WEEKENDS, [Pause(day, day)]).date == date(2026, 4, 9)
    assert due(date(2026, 3, 8), months(1), WEEKENDS, [before]).date == date(2026, 4, 9)


def test_a_pause_outside_the_months_changes_nothing() -> None:
    pauses = [Pause(date(2026, 3, 1), date(2026, 3, 6)), Pause(date(2026, 4, 7), date(2026, 4, 9))]
    assert due(date(2026, 3, 6), months(1), WEEKENDS, pauses).date == date(2026, 4, 6)


@pytest.mark.parametrize(
    ("span", "since", "remaining"),
    [
        (working(5), date(2026, 6, 10), 3),
        (days(9), date(2026, 6, 10), 5),
        (months(1), date(2026, 6, 10), 26),
        (months(1), date(2026, 6, 1), 30),
    ],
)
def test_a_pause_without_end_holds_the_clock_and_says_what_is_left(span: Span, since: date, remaining: int) -> None:
    found = due(date(2026, 6, 5), span, CALENDAR, [Pause(since)], [Extension(months(1), "复杂")])
    if span.unit is Unit.MONTH:
        found = due(date(2026, 6, 5), span, CALENDAR, [Pause(since)])
    assert (found.date, found.held, found.remaining) == (None, True, remaining)
    assert found.steps[-1].text == "暂停尚未结束,届满日待恢复后确定"
    assert standing(found.date, date(2030, 1, 1), CALENDAR) is Standing.HELD


def test_a_date_that_moves_is_held_by_a_pause_it_moves_into() -> None:
    ends_on_saturday = date(2026, 6, 6)
    closed = Pause(date(2026, 6, 7), date(2026, 6, 8))
    assert due(date(2026, 6, 1), days(5), CALENDAR, [closed]).date == date(2026, 6, 9)
    assert due(ends_on_saturday, days(7), CALENDAR, [Pause(date(2026, 6, 14))]).held
    assert due(ends_on_saturday, days(6), CALENDAR, [Pause(date(2026, 6, 14))]).date == date(2026, 6, 12)


def test_an_extension_of_the_same_unit_lengthens_the_period_from_its_start() -> None:
    extension = Extension(months(3), "涉及面广")
    found = due(date(2025, 11, 30), months(3), WEEKENDS, extensions=[extension])
    assert found.date == date(2026, 6, 1)
    assert told(found)[1:3] == [("11-30", "延长3个月:涉及面广"), ("05-30", "满6个月的对应日")]


def test_an_extension_of_another_unit_is_counted_on_from_the_end() -> None:
    found = due(date(2025, 11, 28), months(3), CALENDAR, extensions=[Extension(working(2), "需现场踏勘")])
    assert found.date == date(2026, 3, 3)
    assert ("02-28", "延长2个工作日:需现场踏勘") in told(found)


def test_a_year_not_announced_is_a_warning_that_can_be_read() -> None:
    found = due(date(2026, 12, 30), working(3), CALENDAR)
    assert found.date == date(2027, 1, 5)
    assert [warning.text for warning in found.warnings] == [
        "2027年的放假安排尚未公布,暂按周末和法定节假日休息推算,调休未定。公布后请更新工作日历,届满日可能随之变动。"
    ]
    assert due(date(2026, 11, 30), months(3), CALENDAR).warnings[0].year == 2027
    assert due(date(2026, 3, 2), working(3), CALENDAR).warnings == ()
    assert due(date(2024, 3, 29), months(1), CALENDAR).warnings == ()


def test_materials_are_due_before_a_meeting_and_never_later_for_a_rest_day() -> None:
    found = latest_before(date(2026, 10, 8), days(7), CALENDAR)
    assert found.date == date(2026, 9, 30)
    assert told(found)[-2:] == [("10-01", "最迟日为休息日,提前"), ("09-30", "提前至休息日前的最后一个工作日")]
    assert latest_before(date(2026, 10, 12), working(3), CALENDAR).date == date(2026, 10, 8)
    assert latest_before(date(2026, 5, 31), months(3), CALENDAR).date == date(2026, 2, 28)
    assert [each.year for each in latest_before(date(2027, 1, 5), working(3), CALENDAR).warnings] == [2027]


def test_a_fixed_day_moves_only_where_the_rule_says_so() -> None:
    first = fixed_day_from("10-01", "报告")
    assert first == FixedDay(10, 1)
    day = first.on_or_after(date(2026, 3, 1))
    assert due_on(day, CALENDAR).date == date(2026, 10, 1)
    assert due_on(day, CALENDAR, moves=True).date == date(2026, 10, 8)
    assert due_on(day, CALENDAR).steps[0].text == "规定的固定日期"
    assert first.on_or_after(date(2026, 10, 2)) == date(2027, 10, 1)
    assert fixed_day_from("02-29", "报告").in_year(2027) == date(2027, 2, 28)


def test_standing_follows_from_the_day_and_today() -> None:
    last = date(2026, 10, 12)
    assert warn_from(last, working(3), CALENDAR) == date(2026, 10, 8)
    expected = {
        date(2026, 10, 7): Standing.RUNNING,
        date(2026, 10, 8): Standing.NEAR,
        date(2026, 10, 12): Standing.NEAR,
        date(2026, 10, 13): Standing.OVERDUE,
    }
    assert {today: standing(last, today, CALENDAR, working(3)) for today in expected} == expected
    assert standing(last, last, CALENDAR) is Standing.RUNNING
    assert [each.text for each in Standing] == ["暂停计时", "期限内", "即将到期", "已逾期"]


def test_what_is_left_is_counted_in_calendar_and_in_working_days() -> None:
    last = date(2026, 10, 12)
    assert (is_overdue(last, last), is_overdue(last, date(2026, 10, 13)), is_overdue(None, last)) == (
        False,
        True,
        False,
    )
    assert days_left(last, date(2026, 9, 30)) == 12
    assert working_days_left(last, date(2026, 9, 30), CALENDAR) == 4
    assert working_days_left(last, date(2026, 10, 14), CALENDAR) == -2
    assert working_days_left(last, last, CALENDAR) == 0


def test_a_span_is_written_as_it_is_read() -> None:
    span = Span.from_dict({"n": 7, "unit": "working_day"})
    assert span == working(7)
    assert Span.from_dict(span.to_dict()) == span
    assert [each.text for each in (days(7), working(7), months(3))] == ["7日", "7个工作日", "3个月"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("3 months", '期限应写成 {n = 7, unit = "working_day"} 的样子,实际写的是“3 months”。请改写。'),
        ({"n": 7, "units": "month"}, "期限里没有“units”这一项,只有 n 和 unit。请更正拼写或删去。"),
        ({"n": 7}, '期限缺少“unit”。请写成 {n = 7, unit = "working_day"} 的样子。'),
        ({"n": 0, "unit": "month"}, "期限 n 应为1至10000的整数,实际写的是“0”。请改写。"),
        ({"n": True, "unit": "month"}, "期限 n 应为1至10000的整数,实际写的是“True”。请改写。"),
        (
            {"n": 7, "unit": "week"},
            "期限单位不能写“week”。可用的有:calendar_day(日)、working_day(工作日)、month(个月)。请选用其一。",
        ),
    ],
)
def test_a_wrong_span_says_how_to_write_it(value: object, sentence: str) -> None:
    with pytest.raises(RendaError) as caught:
        Span.from_dict(value)
    assert caught.value.message == sentence


def test_a_span_of_nothing_a_pause_backwards_and_a_day_that_is_none_are_refused() -> None:
    with pytest.raises(RendaError) as caught:
        Span(0, Unit.MONTH)
    assert caught.value.message == "期限 n 应为1至10000的整数,实际写的是“0”。请改写。"
    with pytest.raises(RendaError) as caught:
        Pause(date(2026, 6, 9), date(2026, 6, 8))
    assert caught.value.message == "暂停的结束日2026-06-08早于开始日2026-06-09。请更正。"
    with pytest.raises(RendaError) as caught:
        fixed_day_from("3月31日", "年度报告")
    assert caught.value.message == "年度报告的固定日期应写成 03-31 的样子(月-日),实际写的是“3月31日”。请改写。"


def test_a_count_beyond_the_last_date_is_refused() -> None:
    for span in (days(400), working(400), months(12)):
        with pytest.raises(RendaError) as caught:
            due(date(9999, 6, 1), span, WEEKENDS)
        assert caught.value.message == "从9999-06-01起推算已超出日历可用的范围。请核对日期和期限。"
        with pytest.raises(RendaError) as caught:
            latest_before(date(1, 6, 1), span, WEEKENDS)
        assert caught.value.code == "calendar.range"


def test_a_moment_is_no_date() -> None:
    moment = datetime(2026, 6, 1, 9, 0)  # noqa: DTZ001
    with pytest.raises(TypeError, match="not from a datetime"):
        due(moment, days(1), CALENDAR)
