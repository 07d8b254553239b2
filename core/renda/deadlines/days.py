"""What one day is to a count."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from .steps import StepKind, UnannouncedYear

if TYPE_CHECKING:
    from renda.calendar import WorkingCalendar


def counted_kind(day: date, working: bool, calendar: WorkingCalendar) -> StepKind:
    """How a counted day is written down."""
    if not working:
        return StepKind.COUNTED_DAY
    moved = calendar.is_moved_workday(day)
    return StepKind.COUNTED_MOVED_WORKDAY if moved else StepKind.COUNTED_WORKING_DAY


def rest_kind(day: date, calendar: WorkingCalendar) -> StepKind:
    """How a day off is written down."""
    return StepKind.HOLIDAY if day in calendar.holidays else StepKind.WEEKEND


def unannounced(calendar: WorkingCalendar, first: date, last: date) -> tuple[UnannouncedYear, ...]:
    """A warning for every year from ``first`` to ``last`` that is not announced."""
    years = range(min(first, last).year, max(first, last).year + 1)
    return tuple(UnannouncedYear(year) for year in years if not calendar.is_announced(year))


def check_date(day: date) -> None:
    """Raise ``TypeError`` for a datetime, which compares with no date."""
    if isinstance(day, datetime):
        raise TypeError("a deadline is counted from a date, not from a datetime")
