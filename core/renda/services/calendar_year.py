"""A year as its days off and its moved working days, each with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from renda.calendar import WorkingCalendar, official_calendar
from renda.services.calendar_changes import CalendarEntry
from renda.statutory_days import is_statutory

NOTICE = "国务院办公厅通知(随软件提供)"
LAW = "《全国年节及纪念日放假办法》"
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ExceptionalDay:
    """A day that the week alone would not tell: worked or not, its source, whether somebody here entered it."""

    day: date
    working: bool
    source: str
    is_own: bool = False


def exceptional_days(calendar: WorkingCalendar, own: Sequence[CalendarEntry], year: int) -> list[ExceptionalDay]:
    """The weekdays off, the weekend days worked and the entered days of a year, in order.

    ``calendar``: the one that holds; ``own``: the days of it that were entered here.
    """
    entered = {entry.day: entry for entry in own}
    official, found = official_calendar(), []
    day = date(year, 1, 1)
    while day.year == year:
        working = calendar.is_working_day(day)
        if day in entered:
            found.append(ExceptionalDay(day, working, entered[day].source, is_own=True))
        elif working != (day.weekday() < _SATURDAY):
            noticed = day in official.holidays or day in official.workdays
            found.append(ExceptionalDay(day, working, NOTICE if noticed or not is_statutory(day) else LAW))
        day += timedelta(days=1)
    return found
