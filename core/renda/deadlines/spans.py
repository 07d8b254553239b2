"""How long: a number of calendar days, working days or months, and what lengthens or stops it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from renda.errors import RendaError, declare
from renda.i18n import gettext

declare(
    {
        "deadline.span_table": '期限应写成 {{n = 7, unit = "working_day"}} 的样子,实际写的是“{value}”。请改写。',
        "deadline.span_key": "期限里没有“{key}”这一项,只有 n 和 unit。请更正拼写或删去。",
        "deadline.span_missing": '期限缺少“{key}”。请写成 {{n = 7, unit = "working_day"}} 的样子。',
        "deadline.span_amount": "期限 n 应为1至{most}的整数,实际写的是“{value}”。请改写。",
        "deadline.span_unit": "期限单位不能写“{value}”。可用的有:calendar_day(日)、working_day(工作日)、month(个月)。"
        "请选用其一。",
        "deadline.pause_order": "暂停的结束日{until}早于开始日{since}。请更正。",
        "deadline.fixed_day": "{where}的固定日期应写成 03-31 的样子(月-日),实际写的是“{value}”。请改写。",
    }
)

MOST = 10_000


class Unit(StrEnum):
    """What is counted. 日 is a calendar day, unless a rule says 工作日."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"


_SPAN_TEXTS = {
    Unit.CALENDAR_DAY: "{amount}日",
    Unit.WORKING_DAY: "{amount}个工作日",
    Unit.MONTH: "{amount}个月",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, ``amount`` (1 to 10,000) of ``unit``."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST:
            raise RendaError("deadline.span_amount", most=MOST, value=self.amount)

    @property
    def text(self) -> str:
        """Such as ``7个工作日``, in the reader's language."""
        return gettext(_SPAN_TEXTS[self.unit], amount=self.amount)

    @classmethod
    def from_dict(cls, value: object) -> Span:
        """Read ``{n = 7, unit = "working_day"}``; raises ``RendaError`` for any other shape."""
        if not isinstance(value, Mapping):
            raise RendaError("deadline.span_table", value=value)
        for key in value:
            if key not in {"n", "unit"}:
                raise RendaError("deadline.span_key", key=key)
        for key in ("n", "unit"):
            if key not in value:
                raise RendaError("deadline.span_missing", key=key)
        amount, unit = value["n"], value["unit"]
        if isinstance(amount, bool) or not isinstance(amount, int) or not 1 <= amount <= MOST:
            raise RendaError("deadline.span_amount", most=MOST, value=amount)
        if unit not in tuple(Unit):
            raise RendaError("deadline.span_unit", value=unit)
        return cls(amount, Unit(unit))

    def to_dict(self) -> dict[str, int | str]:
        """The table that ``from_dict`` reads."""
        return {"n": self.amount, "unit": self.unit.value}


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock stands still, both ends included.

    ``since`` is the day the matter was sent back, ``until`` the day it was handed over again (not
    counted either, as the day something starts is not, 民法典 §201), None while it still stands.
    """

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise RendaError("deadline.pause_order", since=self.since, until=self.until)

    def covers(self, day: date) -> bool:
        """Whether ``day`` is not counted."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Extension:
    """A span added to a deadline, with the reason it was granted for."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A day of every year that a rule names, such as 31 March; 29 February is the 28th in other years."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The day in ``year``."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def on_or_after(self, day: date) -> date:
        """The first such day that is not before ``day``."""
        this_year = self.in_year(day.year)
        return this_year if this_year >= day else self.in_year(day.year + 1)


def fixed_day_from(value: object, where: str) -> FixedDay:
    """Read ``"03-31"``."""
    try:
        found = date.fromisoformat(f"2000-{value}")
    except ValueError:
        raise RendaError("deadline.fixed_day", where=where, value=value) from None
    return FixedDay(found.month, found.day)


def months_after(day: date, months: int) -> date:
    """The corresponding day ``months`` later (earlier where negative), or that month's end (民法典 §202)."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
