"""Which days are worked: the State Council's yearly notice, overlaid by a district's own table.

The notice makes weekdays holidays and rest days working days (调休). In a year whose notice is not out yet the days
that the law gives to everybody (``statutory_days``) are off all the same and only what is moved around them is
unknown; who asks can see that from ``is_announced``, and deadlines say it as a warning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import chinese_calendar

from renda.errors import RendaError, declare
from renda.statutory_days import is_statutory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["FIRST_YEAR", "LAST_YEAR", "WorkingCalendar", "calendar_from", "official_calendar"]

declare(
    {
        "calendar.row_keys": "工作日历第{row}行应有 day(日期)和 working(true 上班,false 放假)两项,"
        "可另写 source(依据),实际写的是“{value}”。请改写。",
        "calendar.row_day": "工作日历第{row}行的日期“{value}”不是日期。请写成 2026-02-28 的样子。",
        "calendar.row_working": "工作日历第{row}行的 working 只能写 true(上班)或 false(放假),实际写的是“{value}”。请改写。",
        "calendar.row_twice": "工作日历第{row}行的日期{day}前面已经写过。请删去一行。",
        "calendar.range": "从{day}起推算已超出日历可用的范围。请核对日期和期限。",
    }
)

FIRST_YEAR, LAST_YEAR = 1900, 2199
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days of one district.

    ``holidays`` are days off that a weekday may be, ``workdays`` days worked that a weekend may be;
    ``announced`` the years whose arrangement is known; ``by_law``: the statutory days are off as well.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    announced: frozenset[int] = frozenset()
    by_law: bool = False

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is worked; for a year not announced, whether it is neither a weekend nor off by law."""
        if day in self.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays and not (self.by_law and is_statutory(day))

    def is_moved_workday(self, day: date) -> bool:
        """Whether ``day`` is a weekend day that is worked (调休)."""
        return day in self.workdays and day.weekday() >= _SATURDAY

    def is_announced(self, year: int) -> bool:
        """Whether the arrangement of ``year`` is known."""
        return year in self.announced

    def overlaid(self, days: Mapping[date, bool], announced: Iterable[int] = ()) -> WorkingCalendar:
        """This calendar with some days set (true: worked) and further years taken as known."""
        worked = frozenset(day for day, working in days.items() if working)
        off = frozenset(day for day, working in days.items() if not working)
        return replace(
            self,
            holidays=(self.holidays - worked) | off,
            workdays=(self.workdays - off) | worked,
            announced=self.announced | frozenset(announced),
        )

    def next_working_day(self, day: date) -> date:
        """``day`` itself where it is worked, else the first working day after it."""
        return self._nearest(day, _ONE_DAY)

    def previous_working_day(self, day: date) -> date:
        """``day`` itself where it is worked, else the last working day before it."""
        return self._nearest(day, -_ONE_DAY)

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie after ``after``, up to and including ``until``."""
        span = max(0, (until - after).days)
        return sum(self.is_working_day(after + timedelta(days=ahead)) for ahead in range(1, span + 1))

    def _nearest(self, day: date, step: timedelta) -> date:
        found = day
        try:
            while not self.is_working_day(found):
                found += step
        except OverflowError:
            raise RendaError("calendar.range", day=day) from None
        return found


def calendar_from(
    rows: Iterable[Mapping[str, object]],
    announced: Iterable[int] = (),
    base: WorkingCalendar | None = None,
) -> WorkingCalendar:
    """A calendar from plain rows ``{day, working, source}`` laid over ``base`` (nothing but weekends without one).

    ``day`` is a date or its ISO text; ``source`` (the notice) may be left out. Raises ``RendaError`` with the number of the row (from 1).
    """
    days: dict[date, bool] = {}
    for number, row in enumerate(rows, 1):
        if not {"day", "working"} <= set(row) <= {"day", "working", "source"}:
            raise RendaError("calendar.row_keys", row=number, value=dict(row))
        day, working = _day(row["day"], number), row["working"]
        if not isinstance(working, bool):
            raise RendaError("calendar.row_working", row=number, value=working)
        if day in days:
            raise RendaError("calendar.row_twice", row=number, day=day)
        days[day] = working
    return (base or WorkingCalendar()).overlaid(days, announced)


@lru_cache(maxsize=1)
def official_calendar() -> WorkingCalendar:
    """The State Council's notices as far as the library ``chinesecalendar`` knows them."""
    holidays, workdays = frozenset(chinese_calendar.holidays), frozenset(chinese_calendar.workdays)
    return WorkingCalendar(holidays, workdays, frozenset(day.year for day in holidays), by_law=True)


def _day(value: object, row: int) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise RendaError("calendar.row_day", row=row, value=value) from None
