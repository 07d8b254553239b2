"""Days, numbers and yes or no as offices, Excel and WPS write them: what has one meaning, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from renda.i18n import Verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping

YES: Verbatim[Mapping[str, bool]] = MappingProxyType(
    {
        **dict.fromkeys(("是", "1", "true", "yes", "y", "√", "✓", "✔", "☑"), True),
        **dict.fromkeys(("否", "0", "false", "no", "n", "×", "✕", "✗", "✘", "☐", ""), False),
    }
)
CLEAR = "(清空)"
"""What stands in a cell that is to be emptied: a blank one leaves what is there."""
CLEARS: Verbatim[frozenset[str]] = frozenset((CLEAR, "（清空）", "[清空]", "【清空】", "(clear)"))
_TIME: Verbatim[re.Pattern[str]] = re.compile(r"(?<=[0-9日号])(?:T| +)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
_WEEKDAY: Verbatim[re.Pattern[str]] = re.compile(r"(?<! ) *\(?(?:星期|周)([一二三四五六日天])\)?$")
_DAYS: Verbatim[tuple[re.Pattern[str], ...]] = (
    re.compile(r"([0-9]{4}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})"),
    re.compile(r"([0-9]{4}) ?(年) ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
)
_CHINESE: Verbatim[re.Pattern[str]] = re.compile(
    "([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_ORDER: Verbatim[str] = "〇一二三四五六七八九"
_NUMERALS: Verbatim[Mapping[str, int]] = {"○": 0, "零": 0, **{sign: value for value, sign in enumerate(_ORDER)}}
_WEEK: Verbatim[str] = "一二三四五六日"
_SUNDAY: Verbatim[tuple[str, str]] = ("天", "日")
_TEN: Verbatim[str] = "十"
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"([0-9]+)(?:\.0+)?")


def day_of(text: str) -> date | None:
    """The day meant by ``2026-11-01``, ``2026/11/1``, ``2026.11.1``, ``2026年11月1日``, ``20261101``, full-width digits
    or Chinese numerals, an hour after it passed over; None where it is no day, or could be two (``11/1/2026``).
    """  # noqa: D205
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _TIME.sub("", plain)
    weekday = _WEEKDAY.search(plain)
    if weekday:
        plain = plain[: weekday.start()]
    found = _parts(plain)
    try:
        day = None if found is None else date(*found)
    except ValueError:
        return None
    if day is not None and weekday and _WEEK.index(weekday[1].replace(*_SUNDAY)) != day.weekday():
        return None
    return day


def number_of(text: str) -> str | None:
    """A number as plain digits: thousands may be separated, ``¥`` may stand before it; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip().removeprefix("¥").strip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    return plain if _NUMBER.fullmatch(plain) else None


def whole_of(text: str) -> str | None:
    """A whole number that is not negative, as plain digits; None where it is none."""
    plain = number_of(text)
    found = _WHOLE.fullmatch(plain) if plain is not None else None
    return found[1] if found else None


def _parts(plain: str) -> tuple[int, int, int] | None:
    for pattern in _DAYS:
        found = pattern.fullmatch(plain)
        if found:
            return int(found[1]), int(found[3]), int(found[4])
    chinese = _CHINESE.fullmatch(plain)
    if chinese is None:
        return None
    year = int("".join(str(_NUMERALS[sign]) for sign in chinese[1]))
    return year, _ten(chinese[2]), _ten(chinese[3])


def _ten(text: str) -> int:
    """A number below a hundred in Chinese numerals; 0 where it is written wrong."""
    tens, ten, ones = text.rpartition(_TEN)
    if not ten:
        return _NUMERALS[ones] if len(ones) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or _TEN in tens:
        return 0
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
