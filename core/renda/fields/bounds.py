"""How large a number and how far a day may be: what SQLite, PostgreSQL and the calendar can all keep."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

MAX_DIGITS = 18
MAX_WHOLE = 10**MAX_DIGITS - 1
"""The largest whole number: both databases keep 64 bits, and eighteen digits always fit."""

MAX_PLACES = 30
"""The most digits after the point of a decimal number."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days outside are typing mistakes, and near the ends of the calendar no deadline can be counted."""


def is_storable_text(text: str) -> bool:
    """Whether every database can keep a text: it has no NUL sign and no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def is_storable_decimal(number: Decimal) -> bool:
    """Whether a finite decimal has digits in a number that can be written out.

    ``1E+999999999`` is a short text, but a gigabyte once it is written without an exponent.
    """
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and number.adjusted() < MAX_DIGITS and exponent >= -MAX_PLACES


def is_ordinary_day(day: date) -> bool:
    """Whether a day lies between ``FIRST_DAY`` and ``LAST_DAY``."""
    return FIRST_DAY <= day <= LAST_DAY
