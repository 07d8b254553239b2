"""The rules of a count at their edges: each day that is passed over, counted or moved to, with its reason."""

from datetime import date, datetime

import pytest

from renda.calendar import WorkingCalendar, official_calendar
from renda.deadlines import Extension, FixedDay, Pause, Span, Unit, due, due_on, latest_before, working_days_left
from renda.errors import RendaError

CALENDAR = official_calendar()
WEEKENDS = WorkingCalendar(announced=frozenset(range(2000, 2100)))
ONLY_2026 = WorkingCalendar(announced=frozenset({2026}))
MOMENT = datetime(2026, 6, 1, 9, 0)  # noqa: DTZ001


def span(amount: int, unit: str) -> Span:
    return Span(amount, Unit(unit))


def days_with_reasons(dated: object) -> list[tuple[str, str]]:
    return [(step.day.strftime("%m-%d"), step.text) for step in dated.steps]  # type: ignore[attr-defined]


def test_working_days_back_pass_over_a_holiday_and_count_a_moved_workday() -> None:
    found = latest_before(date(2026, 10, 12), span(3, "working_day"), CALENDAR)
    assert days_with_reasons(found) == [
        ("10-12", "起算当日不计入"),
        ("10-11", "周末休息,不计"),
        ("10-10", "调休上班,第1个工作日"),
        ("10-09", "第2个工作日"),
        ("10-08", "第3个工作日"),
    ]
    across = latest_before(date(2026, 10, 8), span(1, "working_day"), CALENDAR)
    assert [reason for _, reason in days_with_reasons(across)] == [
        "起算当日不计入", *["节假日休息,不计"] * 7, "第1个工作日",
    ]  # fmt: skip


def test_calendar_days_back_are_numbered_from_the_day_before_the_event() -> None:
    found = latest_before(date(2026, 6, 5), span(3, "calendar_day"), WEEKENDS)
    assert days_with_reasons(found) == [
        ("06-05", "起算当日不计入"), ("06-04", "第1日"), ("06-03", "第2日"), ("06-02", "第3日"),
    ]  # fmt: skip


def test_months_back_end_on_the_corresponding_day_or_at_the_months_end() -> None:
    assert days_with_reasons(latest_before(date(2026, 6, 30), span(1, "month"), WEEKENDS))[1:] == [
        ("05-30", "满1个月的对应日"), ("05-30", "最迟日为休息日,提前"), ("05-29", "提前至休息日前的最后一个工作日"),
    ]  # fmt: skip
    assert days_with_reasons(latest_before(date(2026, 7, 31), span(1, "month"), WEEKENDS))[1:] == [
        ("06-30", "满1个月的当月没有对应日,以月末日为准")
    ]


def test_a_count_back_warns_of_the_years_it_asked_the_calendar_about() -> None:
    # Calendar days ask about the day they end on alone; working days ask about every day before the event.
    assert latest_before(date(2027, 1, 4), span(5, "calendar_day"), ONLY_2026).warnings == ()
    assert [each.year for each in latest_before(date(2027, 1, 4), span(2, "working_day"), ONLY_2026).warnings] == [2027]
    assert latest_before(date(2027, 1, 1), span(2, "working_day"), ONLY_2026).warnings == ()


def test_a_count_back_beyond_the_first_date_names_the_day_it_began_from() -> None:
    with pytest.raises(RendaError) as caught:
        latest_before(date(1, 6, 1), span(10_000, "calendar_day"), WEEKENDS)
    assert caught.value.message == "从0001-06-01起推算已超出日历可用的范围。请核对日期和期限。"


def test_a_moment_is_refused_wherever_a_day_is_asked_for() -> None:
    with pytest.raises(TypeError, match=r"^a deadline is counted from a date, not from a datetime$"):
        latest_before(MOMENT, span(1, "calendar_day"), WEEKENDS)
    with pytest.raises(TypeError, match="not from a datetime"):
        due_on(MOMENT, WEEKENDS)


def test_working_days_ask_the_calendar_from_the_day_after_the_start() -> None:
    # 31 December is the start and is not counted: only the year after it is asked for.
    calendar = WorkingCalendar(announced=frozenset({2027}))
    assert due(date(2026, 12, 31), span(2, "working_day"), calendar).warnings == ()
    extended = due(
        date(2026, 12, 30), span(2, "working_day"), WEEKENDS, extensions=[Extension(span(40, "working_day"), "理由")]
    )
    assert extended.warnings == ()
    months_then_days = due(
        date(2026, 12, 1), span(2, "month"), calendar, extensions=[Extension(span(2, "working_day"), "理由")]
    )
    assert months_then_days.warnings == ()


def test_the_first_working_day_asked_for_decides_from_which_year_on_is_warned() -> None:
    calendar = WorkingCalendar(announced=frozenset({2027}))
    found = due(
        date(2026, 12, 28), span(5, "working_day"), calendar,
        extensions=[Extension(span(1, "month"), "理由"), Extension(span(5, "working_day"), "理由")],
    )  # fmt: skip
    assert [each.year for each in found.warnings] == [2026]


def test_a_clock_that_runs_holds_nothing_and_leaves_nothing() -> None:
    found = due(date(2026, 6, 1), span(5, "calendar_day"), WEEKENDS)
    assert found.held is False
    assert found.remaining == 0
    assert [step.number for step in due_on(date(2026, 6, 6), WEEKENDS, moves=True).steps] == [0, 0, 0, 0]


def test_a_pause_that_ended_before_the_months_does_not_hide_a_later_one() -> None:
    pauses = [Pause(date(2026, 1, 1), date(2026, 1, 5)), Pause(date(2026, 3, 2), date(2026, 3, 4))]
    assert due(date(2026, 2, 2), span(2, "month"), WEEKENDS, pauses).date == date(2026, 4, 6)


def test_months_held_by_a_pause_stand_on_the_first_paused_day() -> None:
    found = due(date(2026, 2, 2), span(2, "month"), WEEKENDS, [Pause(date(2026, 3, 2))])
    assert found.date is None
    assert found.remaining == 32
    assert (found.steps[-1].day, found.steps[-1].text) == (date(2026, 3, 2), "暂停尚未结束,届满日待恢复后确定")


def test_a_last_day_that_was_counted_as_a_moved_workday_is_not_explained_twice() -> None:
    found = due(date(2026, 10, 9), span(1, "working_day"), CALENDAR)
    assert days_with_reasons(found)[1:] == [("10-10", "调休上班,第1个工作日")]
    longer = due(date(2026, 9, 30), span(2, "working_day"), CALENDAR)
    assert longer.steps[-1].text == "第2个工作日"


def test_a_date_that_moves_into_a_pause_without_end_leaves_nothing_to_count() -> None:
    found = due(date(2026, 6, 1), span(5, "calendar_day"), WEEKENDS, [Pause(date(2026, 6, 8))])
    assert (found.date, found.remaining) == (None, 0)


@pytest.mark.parametrize(
    "pauses",
    [
        [Pause(date(2026, 6, 2)), Pause(date(2026, 6, 4), date(2026, 6, 5))],
        [Pause(date(2026, 6, 2), date(2026, 6, 5)), Pause(date(2026, 6, 4))],
    ],
)
def test_a_pause_without_end_swallows_one_that_overlaps_it(pauses: list[Pause]) -> None:
    assert due(date(2026, 6, 1), span(5, "calendar_day"), WEEKENDS, pauses).date is None


@pytest.mark.parametrize("amount", [1, 10_000])
def test_the_least_and_the_greatest_span_are_spans(amount: int) -> None:
    assert Span.from_dict({"n": amount, "unit": "month"}) == Span(amount, Unit.MONTH)


@pytest.mark.parametrize("amount", [0, 10_001, "7", 2.5, True, None])
def test_any_other_amount_is_refused_by_the_same_sentence(amount: object) -> None:
    with pytest.raises(RendaError) as caught:
        Span.from_dict({"n": amount, "unit": "month"})
    assert caught.value.code == "deadline.span_amount"


def test_a_fixed_day_is_on_or_after_the_day_itself() -> None:
    assert FixedDay(3, 31).on_or_after(date(2026, 3, 31)) == date(2026, 3, 31)
    assert FixedDay(3, 31).on_or_after(date(2026, 4, 1)) == date(2027, 3, 31)


def test_on_the_last_day_no_working_day_is_left() -> None:
    assert working_days_left(date(2026, 6, 1), date(2026, 6, 1), WEEKENDS) == 0
