from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from renda.calendar import official_calendar
from renda.deadlines import Extension, Pause, Span, Unit, due, latest_before, months_after, warn_from

CALENDAR = official_calendar()
STARTS = st.dates(date(2010, 1, 1), date(2026, 6, 1))
AMOUNTS = st.integers(1, 60)
SPANS = st.builds(Span, st.integers(1, 40), st.sampled_from(Unit))


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    return [
        Pause(since, since + timedelta(days=draw(st.integers(0, 20))))
        for since in draw(st.lists(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=4))
    ]


def last_day(start: date, span: Span, paused: list[Pause] | None = None) -> date:
    found = due(start, span, CALENDAR, paused or []).date
    assert found is not None
    return found


@given(STARTS, st.integers(0, 90), SPANS)
def test_a_later_start_is_never_due_earlier(start: date, later: int, span: Span) -> None:
    assert last_day(start + timedelta(days=later), span) >= last_day(start, span)


@given(st.dates(date(2023, 12, 1), date(2024, 12, 31)), st.integers(0, 30), AMOUNTS, pauses())
def test_a_later_start_is_never_due_earlier_with_pauses_in_working_days(
    start: date, later: int, amount: int, paused: list[Pause]
) -> None:
    span = Span(amount, Unit.WORKING_DAY)
    assert last_day(start + timedelta(days=later), span, paused) >= last_day(start, span, paused)


@given(STARTS, AMOUNTS)
def test_between_start_and_end_lie_as_many_working_days_as_the_span(start: date, amount: int) -> None:
    end = last_day(start, Span(amount, Unit.WORKING_DAY))
    assert CALENDAR.working_days(start, end) == amount
    assert CALENDAR.is_working_day(end)


@given(STARTS, AMOUNTS, st.integers(0, 59), st.integers(0, 30))
def test_a_pause_moves_the_end_by_its_working_days(start: date, amount: int, after: int, length: int) -> None:
    span = Span(amount, Unit.WORKING_DAY)
    end = last_day(start, span)
    since = min(start + timedelta(days=1 + after), end)
    pause = Pause(since, since + timedelta(days=length))
    stopped = CALENDAR.working_days(since - timedelta(days=1), since + timedelta(days=length))
    assert last_day(start, span, [pause]) == last_day(start, Span(amount + stopped, Unit.WORKING_DAY))


@given(st.dates(date(2023, 12, 1), date(2024, 12, 1)), SPANS, pauses())
def test_the_last_step_is_the_date_and_the_date_is_worked_and_not_paused(
    start: date, span: Span, paused: list[Pause]
) -> None:
    found = due(start, span, CALENDAR, paused)
    assert found.date is not None
    assert found.steps[-1].day == found.date
    assert CALENDAR.is_working_day(found.date)
    assert not any(pause.covers(found.date) for pause in paused)


@given(st.dates(date(2023, 12, 1), date(2024, 12, 1)), st.integers(1, 90), pauses())
def test_calendar_days_step_on_every_day_once(start: date, amount: int, paused: list[Pause]) -> None:
    steps = due(start, Span(amount, Unit.CALENDAR_DAY), CALENDAR, paused).steps
    counted = [step for step in steps if step.counted]
    assert [step.number for step in counted] == list(range(1, amount + 1))
    days = sorted({step.day for step in steps})
    assert days == [start + timedelta(days=ahead) for ahead in range(len(days))]
    assert not any(pause.covers(step.day) for step in counted for pause in paused)


@given(STARTS, SPANS, SPANS)
def test_an_extension_never_shortens_and_of_one_unit_is_the_sum(start: date, span: Span, more: Span) -> None:
    extended = due(start, span, CALENDAR, extensions=[Extension(more, "理由")]).date
    assert extended is not None
    assert extended >= last_day(start, span)
    if span.unit is more.unit:
        assert extended == last_day(start, Span(span.amount + more.amount, span.unit))


@given(STARTS, SPANS)
def test_counting_back_leaves_at_least_the_span_before_the_event(event: date, span: Span) -> None:
    found = latest_before(event, span, CALENDAR).date
    assert found is not None
    assert CALENDAR.is_working_day(found)
    assert found <= warn_from(event, span, CALENDAR) < event
    if span.unit is Unit.WORKING_DAY:
        assert CALENDAR.working_days(found - timedelta(days=1), event - timedelta(days=1)) == span.amount


@given(STARTS, st.integers(-60, 60))
def test_months_keep_the_day_or_take_the_end_of_the_month(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)
