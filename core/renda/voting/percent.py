"""Shares for display only: no rule ever compares a rounded number.

Rounded half up (四舍五入). A list may be closed to 100 by the largest remainder, so that a published
table adds up.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from renda.errors import RendaError, declare

if TYPE_CHECKING:
    from collections.abc import Sequence

declare(
    {
        "voting.percent_of_nothing": "基数为0,无法计算百分比。请核对基数。",
        "voting.percent_decimals": "百分比的小数位数应为0至{most}位,实际为{decimals}。请改写。",
    }
)

MOST_DECIMALS = 6


def rounded(number: Fraction, decimals: int) -> Decimal:
    """``number`` to ``decimals`` places, half up away from zero, exactly."""
    _check(decimals)
    scaled = abs(number) * 10**decimals
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(units if number >= 0 else -units).scaleb(-decimals)


def percent(part: int, whole: int, decimals: int = 1) -> Decimal:
    """``part`` out of ``whole`` in percent: ``percent(100, 175)`` is ``Decimal("57.1")``."""
    if whole <= 0:
        raise RendaError("voting.percent_of_nothing")
    return rounded(Fraction(100 * part, whole), decimals)


def percentages(parts: Sequence[int], decimals: int = 1, *, close_to_100: bool = False) -> tuple[Decimal, ...]:
    """Each of ``parts`` as a percentage of their sum, in the same order.

    With ``close_to_100`` each is cut off and the missing last units go to the largest remainders;
    where remainders are equal, to the larger count, then to the one listed first.
    """
    whole = sum(parts)
    if whole <= 0:
        raise RendaError("voting.percent_of_nothing")
    if not close_to_100:
        return tuple(percent(part, whole, decimals) for part in parts)
    _check(decimals)
    all_units = 100 * 10**decimals
    units = [part * all_units // whole for part in parts]
    remainders = [part * all_units % whole for part in parts]
    order = sorted(range(len(parts)), key=lambda at: (-remainders[at], -parts[at], at))
    for at in order[: all_units - sum(units)]:
        units[at] += 1
    return tuple(Decimal(unit).scaleb(-decimals) for unit in units)


def _check(decimals: int) -> None:
    if not 0 <= decimals <= MOST_DECIMALS:
        raise RendaError("voting.percent_decimals", most=MOST_DECIMALS, decimals=decimals)
