"""Where a deadline stands today. ``day`` is the last day it is kept, None while its clock is held."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from renda.i18n import gettext

from .backwards import warn_from

if TYPE_CHECKING:
    from datetime import date

    from renda.calendar import WorkingCalendar

    from .spans import Span


class Standing(StrEnum):
    """What colour a list gives a deadline."""

    HELD = "held"
    RUNNING = "running"
    NEAR = "near"
    OVERDUE = "overdue"

    @property
    def text(self) -> str:
        """The Chinese term, in the reader's language."""
        return gettext(_TEXTS[self])


_TEXTS = {
    Standing.HELD: "暂停计时",
    Standing.RUNNING: "期限内",
    Standing.NEAR: "即将到期",
    Standing.OVERDUE: "已逾期",
}


def is_overdue(day: date | None, today: date) -> bool:
    """Whether the last day has passed; on the last day itself it has not."""
    return day is not None and today > day


def days_left(day: date, today: date) -> int:
    """Calendar days from ``today`` to the last day; 0 on it, negative after it."""
    return (day - today).days


def working_days_left(day: date, today: date, calendar: WorkingCalendar) -> int:
    """Working days after ``today`` up to the last day; negative: those that passed since."""
    if today > day:
        return -calendar.working_days(day, today)
    return calendar.working_days(today, day)


def standing(day: date | None, today: date, calendar: WorkingCalendar, warn_before: Span | None = None) -> Standing:
    """Held, overdue, near (from ``warn_before`` the last day on, that day included) or running."""
    if day is None:
        return Standing.HELD
    if today > day:
        return Standing.OVERDUE
    near = warn_before is not None and today >= warn_from(day, warn_before, calendar)
    return Standing.NEAR if near else Standing.RUNNING
