"""The count itself. One walk makes both the date and its steps, so that they cannot differ.

民法典 §200–203, applied to the periods of supervision by analogy: the day something starts is not
counted; months end on the corresponding day or the month's end; a last day that is a rest day moves to the
first working day after it.

Pauses. Calendar and working days: a paused day is passed over without counting. Months: every paused
day between the start and the end (which it pushes on, so that it may reach the next pause) adds one
calendar day. A date never moves onto a paused day.

Extensions. One of the same unit lengthens the period before it (three months and three are six from the
start); one of another unit is counted on from the end of that period. Only the end of the whole moves
off a rest day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from renda.errors import RendaError

from .days import check_date, counted_kind, rest_kind, unannounced
from .spans import Extension, Pause, Span, Unit, months_after
from .steps import Dated, Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renda.calendar import WorkingCalendar

_ONE_DAY = timedelta(days=1)


def due(
    start: date,
    span: Span,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Dated:
    """The last day of ``span`` after ``start``, day by day.

    Raises ``RendaError`` where the count leaves the range of dates, ``TypeError`` for a datetime.
    """
    check_date(start)
    walk = _Walk(start, calendar, _joined(pauses))
    try:
        for unit, amount, added in _periods(span, extensions):
            for extension in added:
                walk.note(StepKind.EXTENDED, extension=extension)
            if unit is Unit.MONTH:
                walk.count_months(amount)
            else:
                walk.count_days(unit, amount)
            if walk.held:
                break
        else:
            walk.move_off_rest_days()
    except (OverflowError, ValueError):
        raise RendaError("calendar.range", day=start) from None
    return walk.dated()


def due_on(day: date, calendar: WorkingCalendar, *, moves: bool = False) -> Dated:
    """A day that a rule or a decision names; ``moves`` where a rest day passes it on."""
    check_date(day)
    walk = _Walk(day, calendar, (), StepKind.FIXED)
    if not moves:
        return Dated(day, tuple(walk.steps))
    walk.move_off_rest_days()
    return walk.dated()


class _Walk:
    """A position that moves over the days and writes down why."""

    def __init__(
        self,
        start: date,
        calendar: WorkingCalendar,
        pauses: tuple[Pause, ...],
        kind: StepKind = StepKind.START,
    ) -> None:
        self.day = start
        self.steps = [Step(start, kind)]
        self.held = False
        self.remaining = 0
        self._calendar = calendar
        self._pauses = pauses
        self._consulted: date | None = None

    def note(self, kind: StepKind, number: int = 0, extension: Extension | None = None) -> None:
        self.steps.append(Step(self.day, kind, number, extension))

    def count_days(self, unit: Unit, amount: int) -> None:
        working = unit is Unit.WORKING_DAY
        if working and self._consulted is None:
            self._consulted = self.day + _ONE_DAY
        counted = 0
        while counted < amount:
            self.day += _ONE_DAY
            pause = self._pause()
            if pause is not None and pause.until is None:
                self._hold(amount - counted)
                return
            if pause is not None:
                self.note(StepKind.PAUSED)
            elif not working or self._calendar.is_working_day(self.day):
                counted += 1
                self.note(counted_kind(self.day, working, self._calendar), counted)
            else:
                self.note(rest_kind(self.day, self._calendar))

    def count_months(self, months: int) -> None:
        first, corresponding = self.day + _ONE_DAY, self.day.day
        end = months_after(self.day, months)
        self.day = end
        self.note(StepKind.MONTHS if end.day == corresponding else StepKind.MONTHS_TO_END, months)
        added = 0
        for pause in self._pauses:
            since = max(pause.since, first)
            if since > end or (pause.until is not None and pause.until < first):
                continue
            if pause.until is None:
                self.day = since
                self._hold((end - since).days + 1)
                return
            for ahead in range((pause.until - since).days + 1):
                self.steps.append(Step(since + timedelta(days=ahead), StepKind.PAUSED_ADDS))
                end += _ONE_DAY
                added += 1
        self.day = end
        if added:
            self.note(StepKind.AFTER_PAUSES, added)

    def move_off_rest_days(self) -> None:
        if self._consulted is None:
            self._consulted = self.day
        if self._calendar.is_working_day(self.day):
            weekend_counted = self.steps[-1].kind is not StepKind.COUNTED_MOVED_WORKDAY
            if self._calendar.is_moved_workday(self.day) and weekend_counted:
                self.note(StepKind.ENDS_ON_MOVED_WORKDAY)
            return
        self.note(StepKind.ENDS_ON_REST_DAY)
        while True:
            self.day += _ONE_DAY
            pause = self._pause()
            if pause is not None and pause.until is None:
                self._hold(0)
                return
            if pause is None and self._calendar.is_working_day(self.day):
                self.note(StepKind.MOVED_TO)
                return
            self.note(StepKind.MOVED_PAST_REST_DAY)

    def dated(self) -> Dated:
        found = None if self.held else self.day
        warnings = unannounced(self._calendar, self._consulted, self.day) if self._consulted else ()
        return Dated(found, tuple(self.steps), warnings, self.remaining)

    def _pause(self) -> Pause | None:
        for pause in self._pauses:
            if pause.covers(self.day):
                return pause
        return None

    def _hold(self, remaining: int) -> None:
        self.held, self.remaining = True, remaining
        self.note(StepKind.HELD)


def _periods(span: Span, extensions: Sequence[Extension]) -> list[tuple[Unit, int, list[Extension]]]:
    periods: list[tuple[Unit, int, list[Extension]]] = [(span.unit, span.amount, [])]
    for extension in extensions:
        unit, amount, added = periods[-1]
        if extension.span.unit is unit:
            periods[-1] = (unit, amount + extension.span.amount, [*added, extension])
        else:
            periods.append((extension.span.unit, extension.span.amount, [extension]))
    return periods


def _joined(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: each.since):
        last = joined[-1] if joined else None
        if last is not None and last.covers(pause.since):
            ends = (last.until, pause.until)
            until = None if None in ends else max(end for end in ends if end is not None)
            joined[-1] = Pause(last.since, until)
        else:
            joined.append(pause)
    return tuple(joined)
