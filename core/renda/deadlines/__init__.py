"""Deadlines: how long, from when, until which day, and why that day.

``due(start, span, calendar, pauses, extensions)`` answers with a ``Dated``: the date, its steps day by day,
and a warning for every year whose working days are not announced yet. Pure: today is an argument.
"""

from .backwards import latest_before, warn_from
from .counting import due, due_on
from .spans import Extension, FixedDay, Pause, Span, Unit, fixed_day_from, months_after
from .standing import Standing, days_left, is_overdue, standing, working_days_left
from .steps import Dated, Step, StepKind, UnannouncedYear

__all__ = [
    "Dated",
    "Extension",
    "FixedDay",
    "Pause",
    "Span",
    "Standing",
    "Step",
    "StepKind",
    "UnannouncedYear",
    "Unit",
    "days_left",
    "due",
    "due_on",
    "fixed_day_from",
    "is_overdue",
    "latest_before",
    "months_after",
    "standing",
    "warn_from",
    "working_days_left",
]
