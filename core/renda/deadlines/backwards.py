"""Counting back from a day: by when something must be there before a meeting, when a warning starts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from renda.errors import RendaError

from .days import check_date, counted_kind, rest_kind, unannounced
from .spans import Span, Unit, months_after
from .steps import Dated, Step, StepKind

if TYPE_CHECKING:
    from renda.calendar import WorkingCalendar

_ONE_DAY = timedelta(days=1)


def latest_before(event: date, span: Span, calendar: WorkingCalendar) -> Dated:
    """The last day that is still ``span`` before ``event`` (报送、送达在会议前若干日).

    The day of the event is not counted; where the day found is a rest day, the last working day before
    it is meant, so that the time before the event is never shorter than the rule says.
    """
    check_date(event)
    steps = [Step(event, StepKind.START)]
    try:
        steps += _back(event, span, calendar)
        found = steps[-1].day
        if not calendar.is_working_day(found):
            steps.append(Step(found, StepKind.BEFORE_REST_DAY))
            found = calendar.previous_working_day(found)
            steps.append(Step(found, StepKind.BACK_TO))
    except (OverflowError, ValueError):
        raise RendaError("calendar.range", day=event) from None
    working = span.unit is Unit.WORKING_DAY
    last = event - _ONE_DAY if working else next(step.day for step in reversed(steps) if step.counted)
    return Dated(found, tuple(steps), unannounced(calendar, found, last))


def warn_from(day: date, before: Span, calendar: WorkingCalendar) -> date:
    """The first day on which a deadline on ``day`` is near: ``before`` it, not moved."""
    return _back(day, before, calendar)[-1].day


def _back(event: date, span: Span, calendar: WorkingCalendar) -> list[Step]:
    if span.unit is Unit.MONTH:
        end = months_after(event, -span.amount)
        kind = StepKind.MONTHS if end.day == event.day else StepKind.MONTHS_TO_END
        return [Step(end, kind, span.amount)]
    working = span.unit is Unit.WORKING_DAY
    steps: list[Step] = []
    counted, day = 0, event
    while counted < span.amount:
        day -= _ONE_DAY
        if working and not calendar.is_working_day(day):
            steps.append(Step(day, rest_kind(day, calendar)))
        else:
            counted += 1
            steps.append(Step(day, counted_kind(day, working, calendar), counted))
    return steps
