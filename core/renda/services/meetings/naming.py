"""What a sitting is called: 某市第十八届人大常委会第二十六次会议. Such names are kept, not translated."""

from __future__ import annotations

from collections.abc import Mapping

from renda.district_files import DistrictFile
from renda.i18n import Verbatim

_DIGITS: Verbatim[str] = "零一二三四五六七八九"
_NAMES: Verbatim[Mapping[str, str]] = {
    "congress": "{full_name}{term}人民代表大会{ordinal}会议",
    "committee": "{full_name}{term}人大常委会{ordinal}会议",
    "chairpersons": "{full_name}{term}人大常委会{ordinal}主任会议",
}
MOST = 999


def title_of(file: DistrictFile, body: str, term: str, number: int | None, part: str) -> str:
    """The full name of a sitting; ``number`` is left out where it has none (预备会议)."""
    named_whole = not any(word in file.full_name for word in ("人大", "人民代表大会"))
    full_name = file.full_name if named_whole else file.name
    ordinal = "" if number is None else f"第{chinese(number)}次"
    return _NAMES[body].format(full_name=full_name, term=term, ordinal=ordinal) + part


def chinese(number: int) -> str:
    """A whole number from 1 to 999 in Chinese: 26 → 二十六, 105 → 一百零五, 110 → 一百一十."""
    if not 1 <= number <= MOST:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        said += _DIGITS[0]
    return said + (_DIGITS[ones] if ones else "")
