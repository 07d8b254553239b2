"""The days everybody has off by law, whatever a year's notice says: 《全国年节及纪念日放假办法》 as it was in force.

The State Council's yearly notice only moves days around these (调休). Days of the lunar calendar and 清明, a solar term,
are computed by the library ``lunar_python``; its days agree with every notice from 2004 to 2026 (see the tests).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar

from renda.i18n import Verbatim

_ONE_DAY = timedelta(days=1)
_COMPUTED = range(1900, 2200)
_CLEAR_AND_BRIGHT: Verbatim[str] = "清明"


@dataclass(frozen=True, slots=True)
class HolidayLaw:
    """One version of the decree: since when it holds, where it stands, which days of a year it gives to all."""

    effective: date
    source: str
    days: Callable[[int], Iterator[date]]


def _new_year_and_national_day(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    yield from (date(year, 10, day) for day in (1, 2, 3))


def _spring_festival(year: int, first: int, last: int) -> Iterator[date]:
    """From so many days after the lunar New Year's day to so many; the eve is -1."""
    begins = lunar_day(year, 1, 1)
    yield from (begins + day * _ONE_DAY for day in range(first, last + 1))


def _of_1999(year: int) -> Iterator[date]:
    yield from _new_year_and_national_day(year)
    yield from (date(year, 5, day) for day in (1, 2, 3))
    yield from _spring_festival(year, 0, 2)


def _lunar_and_labour_day(year: int) -> Iterator[date]:
    yield from _new_year_and_national_day(year)
    yield date(year, 5, 1)
    yield clear_and_bright(year)
    yield lunar_day(year, 5, 5)
    yield lunar_day(year, 8, 15)


def _of_2008(year: int) -> Iterator[date]:
    yield from _lunar_and_labour_day(year)
    yield from _spring_festival(year, -1, 1)


def _of_2014(year: int) -> Iterator[date]:
    yield from _lunar_and_labour_day(year)
    yield from _spring_festival(year, 0, 2)


def _of_2025(year: int) -> Iterator[date]:
    yield from _lunar_and_labour_day(year)
    yield date(year, 5, 2)
    yield from _spring_festival(year, -1, 2)


LAWS = (
    HolidayLaw(date(1999, 9, 18), "国务院令第270号", _of_1999),
    HolidayLaw(date(2008, 1, 1), "国务院令第513号", _of_2008),
    HolidayLaw(date(2014, 1, 1), "国务院令第644号", _of_2014),
    HolidayLaw(date(2025, 1, 1), "国务院令第795号", _of_2025),
)
"""The versions, oldest first. The one of 2025 gives thirteen days."""


@lru_cache(maxsize=256)
def statutory_days(year: int) -> frozenset[date]:
    """The days of a year everybody has off by the law in force on each of them; none where it cannot be computed."""
    if year not in _COMPUTED:
        return frozenset()
    return frozenset(
        day
        for law, until in zip(LAWS, (*(each.effective for each in LAWS[1:]), date.max), strict=True)
        if law.effective.year <= year
        for day in law.days(year)
        if law.effective <= day < until
    )


def is_statutory(day: date) -> bool:
    """Whether everybody has the day off by law."""
    return day in statutory_days(day.year)


def lunar_day(year: int, month: int, day: int) -> date:
    """The day of a lunar year, month (no leap month) and day."""
    found = Lunar.fromYmd(year, month, day).getSolar()
    return date(found.getYear(), found.getMonth(), found.getDay())


def clear_and_bright(year: int) -> date:
    """清明, the day on which the sun reaches 15 degrees, in China's time."""
    found = Lunar.fromYmd(year, 3, 1).getJieQiTable()[_CLEAR_AND_BRIGHT]
    return date(found.getYear(), found.getMonth(), found.getDay())
