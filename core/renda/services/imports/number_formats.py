"""What a spreadsheet shows for a number it stores: per cents, days, codes with leading zeros.

A cell stores a number and a format. Where what is shown has one meaning, that is taken: ``0.75`` under ``0%`` is 75%.
Where what is shown and what is stored can be taken for two different things (a scale of 万, a day without its year,
more digits than a spreadsheet keeps), the cell is refused. Format codes: ECMA-376 part 1, 18.8.30 and 18.8.31; the
numbers 27 to 36 and 50 to 58 are those of the Chinese Excel and WPS.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType

from renda.errors import RendaError, declare
from renda.i18n import Verbatim

declare(
    {
        "import.scaled": "这一格显示的与存的不是同一个数:存的是 {stored},按格式“{format}”显示时换算了单位。"
        "请改成不换算的数字格式,写明实际的数。",
        "import.not_shown": "这一格存有 {stored},格式却使它不显示。请清除格式或删去内容。",
        "import.digits": "这一格的数字超过 15 位,后面的数位在表格软件里已经丢失。请把这一列设为文本后重新填写。",
        "import.not_a_day": "这一格按日期显示,存的 {stored} 却不是一个日期。请重新填写。",
        "import.not_a_number": "这一格存的“{stored}”不是数字。请重新填写。",
    }
)

GENERAL = "General"
CHINESE_GENERAL: Verbatim[str] = "G/通用格式"
_MONTH_OF_YEAR: Verbatim[str] = 'yyyy"年"m"月"'
_DAY_OF_MONTH: Verbatim[str] = 'm"月"d"日"'
BUILT_IN: Verbatim[Mapping[int, str]] = MappingProxyType(
    {
        1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
        14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
        22: "yyyy/m/d h:mm", 27: _MONTH_OF_YEAR, 28: _DAY_OF_MONTH, 29: _DAY_OF_MONTH, 30: "m/d/yy",
        31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"',
        36: _MONTH_OF_YEAR, 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: _MONTH_OF_YEAR, 51: _DAY_OF_MONTH,
        52: _MONTH_OF_YEAR, 53: _DAY_OF_MONTH, 54: _DAY_OF_MONTH, 55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"',
        57: _MONTH_OF_YEAR, 58: _DAY_OF_MONTH,
    }
)  # fmt: skip
"""Formats that a workbook names by number only; the others are plain numbers."""

_DIGITS = 15
_EPOCH, _EPOCH_1904, _NO_SUCH_DAY = datetime(1899, 12, 30), datetime(1904, 1, 1), 60  # noqa: DTZ001
_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<bare>.)', re.DOTALL)
_SECTION = re.compile(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*', re.DOTALL)
_SCALES: Verbatim[re.Pattern[str]] = re.compile("[万亿‰]|千(?![克米瓦])|百(?!分)")
_CONDITION = re.compile(r"\[[<>=]")
_CURRENCY: Verbatim[frozenset[str]] = frozenset("¥￥元()（）-+ \u00a0")


@dataclass(frozen=True, slots=True)
class _Format:
    """One section of a format code, taken apart."""

    before: str
    bare: str
    after: str
    elapsed: bool

    @property
    def is_date(self) -> bool:
        """Whether it shows a day or an hour."""
        return self.elapsed or re.search("[ymdhs]|e(?![+-])", self.bare) is not None

    @property
    def scaled(self) -> bool:
        """Whether it shows another number than the one stored, other than in per cent."""
        return re.search("[0#?],+(?![0#?,])", self.bare) is not None or bool(_SCALES.search(self.before + self.after))


def shown_number(stored: str, code: str, *, since_1904: bool = False) -> str:
    """The text for a number as it is stored under a format code.

    Raises ``import.scaled``, ``import.not_shown``, ``import.digits``, ``import.not_a_day``, ``import.not_a_number``.
    """
    if code == GENERAL and len(stored) <= _DIGITS and stored.isascii() and stored.isdigit():
        return stored.lstrip("0") or "0"
    try:
        # A spreadsheet keeps fifteen digits; what it stores beyond them is the noise of binary numbers.
        number = Decimal(format(float(stored), f".{_DIGITS}g"))
    except (ValueError, InvalidOperation):
        raise RendaError("import.not_a_number", stored=stored) from None
    if not number.is_finite():
        raise RendaError("import.not_a_number", stored=stored)
    whole = number == number.to_integral_value()
    if not code.strip() or code == GENERAL:
        return _plain(number)
    sections = [_taken_apart(each) for each in _sections(code.replace(CHINESE_GENERAL, GENERAL))]
    if _CONDITION.search(code) and len({(each.is_date, each.scaled, "%" in each.bare) for each in sections}) > 1:
        raise RendaError("import.scaled", stored=_plain(number), format=code)
    used = sections[_section_for(number, len(sections))]
    if not used.bare.strip() and not used.before and not used.elapsed:
        raise RendaError("import.not_shown", stored=_plain(number))
    if "general" in used.bare or "@" in used.bare:
        return _plain(number)
    if used.is_date:
        return _day(number, used, since_1904=since_1904)
    if used.scaled:
        raise RendaError("import.scaled", stored=_plain(number), format=code)
    return _as_number(number, used, whole=whole)


def _as_number(number: Decimal, used: _Format, *, whole: bool) -> str:
    percents = used.bare.count("%")
    if percents:
        return _plain(number * 100**percents) + "%"
    prefix = "" if set(used.before) <= _CURRENCY else used.before
    zeros = re.fullmatch("0+", used.bare.strip())
    text = _plain(number)
    if zeros and whole and number >= 0:
        text = text.zfill(len(zeros[0]))
    return prefix + text + ("%" if "%" in used.after else "")


def _day(number: Decimal, used: _Format, *, since_1904: bool) -> str:
    years, days = re.search("[ye]", used.bare), "d" in used.bare
    months = "m" in used.bare and (years or days)
    if not (years or days):
        seconds = int((number * 86_400).to_integral_value())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    try:
        moment = _moment(number, since_1904=since_1904)
    except (OverflowError, ValueError):
        raise RendaError("import.not_a_day", stored=_plain(number)) from None
    # What is not shown was not written by anybody: the spreadsheet made it up.
    if not days:
        return f"{moment.year}年{moment.month}月" if months else str(moment.year)
    if not years:
        return f"{moment.month}月{moment.day}日" if months else f"{moment.day}日"
    hour = "" if moment.time() == datetime.min.time() else f" {moment.time().isoformat('seconds')}"
    return moment.date().isoformat() + hour


def _moment(number: Decimal, *, since_1904: bool) -> datetime:
    passed = timedelta(seconds=int((number * 86_400).to_integral_value()))
    if since_1904:
        return _EPOCH_1904 + passed
    # The 1900 calendar has a 29 February that was none; before it all days are one later.
    if number < 1 or _NO_SUCH_DAY <= number < _NO_SUCH_DAY + 1:
        raise ValueError(number)
    return _EPOCH + passed + timedelta(days=number < _NO_SUCH_DAY)


def _plain(number: Decimal) -> str:
    if number == number.to_integral_value() and abs(number) >= 10**_DIGITS:
        raise RendaError("import.digits")
    text = format(number, "f") if number else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[str, ...]:
    found, rest = [], code
    while True:
        section = _SECTION.match(rest)
        assert section is not None
        found.append(section[0])
        rest = rest[section.end() :]
        if not rest:
            return tuple(found)
        rest = rest[1:]


def _section_for(number: Decimal, sections: int) -> int:
    if number < 0:
        return 1 if sections > 1 else 0
    return 2 if number == 0 and sections > 2 else 0


@lru_cache(maxsize=1000)
def _taken_apart(section: str) -> _Format:
    before, bare, after, elapsed = "", "", "", False
    for token in _TOKEN.finditer(section):
        bracket, sign = token["bracket"], token["bare"]
        literal = token["quoted"] or token["escaped"] or ""
        if bracket is not None:
            elapsed = elapsed or bracket.lower() in {"h", "hh", "m", "mm", "s", "ss"}
            literal = bracket[1:].partition("-")[0] if bracket.startswith("$") else ""
        if sign is not None and (sign.isascii() and sign not in "$()"):
            bare += sign.lower()
        else:
            literal += sign or ""
        if re.search("[0#?@]", bare):
            after += literal
        else:
            before += literal
    return _Format(before.strip(), bare, after, elapsed)
