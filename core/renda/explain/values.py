"""The values an explanation may hold, computed and written exactly.

Integers, ``Decimal`` and ``Fraction`` are numbers; ``str``, ``bool`` and ``None`` may stand beside them.
Sums and products are exact or refused: the precision a thread happens to have set changes nothing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from fractions import Fraction
from typing import Any, cast

from renda.errors import RendaError, declare

Number = int | Decimal | Fraction
Value = int | Decimal | Fraction | str | bool | None
Computation = Callable[[Number, Number, str], Number]

declare(
    {
        "explain.float": "“{label}”里有浮点数 {value}，浮点数有误差；请改用整数、十进制数（Decimal）或分数（Fraction）。",
        "explain.value_type": "“{label}”里有不能解释的值（{kind}）；只能是整数、十进制数、分数、文字、是否或空。",
        "explain.not_finite": "“{label}”里的 {value} 不是一个确定的数；请检查它的来源。",
        "explain.too_long": "“{label}”的数字位数过多，无法精确计算；请先把各项四舍五入。",
        "explain.not_a_number": "“{label}”没有可以计算的数（现为 {value}）；请先补齐数据，或改用有数值的项。",
        "explain.rounding": "“{label}”的舍入方法无法识别（保留 {digits} 位，方法 {mode}）；位数为 0 至 20，方法为 {allowed}。",
    }
)

ROUNDING_MODES = ("half_up", "half_even", "down", "up")
_NUMBERS = frozenset({int, Decimal, Fraction})
_TRAPS = [Inexact, InvalidOperation, DivisionByZero, Overflow]
# What a person enters fits the first; what is computed from it fits the second or is refused.
_ENTERED = Context(prec=60, Emin=-60, Emax=60, traps=_TRAPS)
_EXACT = Context(prec=400, Emin=-400, Emax=400, traps=_TRAPS)
# Python refuses to write integers of more than 4300 digits; this stays below.
_LONGEST_BITS = 13_000
_MOST_PLACES = 300


def named(label: str) -> str:
    """The label as error sentences give it."""
    return label or "未命名的一项"


def checked(value: object, label: str) -> Value:
    """``value`` as one of the six kinds, subclasses such as enumerations reduced to their plain kind.

    Raises ``RendaError``: ``explain.float``, ``explain.value_type``, ``explain.not_finite``,
    ``explain.too_long``.
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return cast("Value", value)
    if kind is Decimal:
        return _decimal(cast("Decimal", value), label)
    if kind is int or kind is Fraction:
        return bounded(cast("Number", value), label)
    return _plain(value, label)


def _plain(value: object, label: str) -> Value:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return bounded(int.__int__(value), label)
    if isinstance(value, Decimal):
        return _decimal(value, label)
    if isinstance(value, Fraction):
        return bounded(Fraction(value.numerator, value.denominator), label)
    if isinstance(value, float):
        raise RendaError("explain.float", label=named(label), value=value)
    raise RendaError("explain.value_type", label=named(label), kind=type(value).__name__)


def _decimal(value: Decimal, label: str) -> Decimal:
    if not value.is_finite():
        raise RendaError("explain.not_finite", label=named(label), value=value)
    try:
        return _ENTERED.create_decimal(value)
    except ArithmeticError:
        raise RendaError("explain.too_long", label=named(label)) from None


def number(value: object, label: str) -> Number:
    """``value`` as a number; raises ``explain.not_a_number`` for text, yes or no, and nothing."""
    return numeric(checked(value, label), label)


def numeric(value: Value, label: str) -> Number:
    """A value already checked as a number; errors as for ``number``."""
    if type(value) not in _NUMBERS:
        raise RendaError("explain.not_a_number", label=named(label), value=shown(value) or "空")
    return cast("Number", value)


def bounded(value: Number, label: str) -> Number:
    """``value`` unless it grew beyond what can be written; then ``explain.too_long``."""
    kind = type(value)
    if kind is not Decimal:
        exact = cast("Fraction", value)
        if max(exact.numerator.bit_length(), exact.denominator.bit_length()) > _LONGEST_BITS:
            raise RendaError("explain.too_long", label=named(label))
    return value


def _exactly(plain: Callable[[Any, Any], Any], exact: Callable[[Any, Any], Decimal]) -> Computation:
    def computed(a: Number, b: Number, label: str) -> Number:
        if type(a) is Decimal or type(b) is Decimal:
            if type(a) is not Fraction and type(b) is not Fraction:
                try:
                    return exact(a, b)
                except ArithmeticError:
                    raise RendaError("explain.too_long", label=named(label)) from None
            a, b = Fraction(a), Fraction(b)
        return bounded(plain(a, b), label)

    return computed


# Exact sum, difference and product; the label is for the sentence of a refusal (``explain.too_long``).
# A ``Fraction`` on either side makes a ``Fraction``, else a ``Decimal`` makes a ``Decimal``.
add = _exactly(operator.add, _EXACT.add)
subtract = _exactly(operator.sub, _EXACT.subtract)
multiply = _exactly(operator.mul, _EXACT.multiply)


def comparable(value: Number) -> int | Fraction:
    """The number in a kind that compares exactly with every other."""
    return value if type(value) is int else Fraction(value)


def round_exactly(value: Number, digits: int, mode: str, label: str) -> Decimal:
    """``value`` with ``digits`` decimals; ``half_up`` takes a half away from zero, as 四舍五入 does."""
    if type(digits) is not int or not 0 <= digits <= 20 or mode not in ROUNDING_MODES:
        allowed = "、".join(ROUNDING_MODES)
        raise RendaError("explain.rounding", label=named(label), digits=digits, mode=mode, allowed=allowed)
    scaled = Fraction(value) * 10**digits
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    twice = 2 * rest
    if mode == "half_up":
        whole += twice >= scaled.denominator
    elif mode == "half_even":
        whole += twice > scaled.denominator or (twice == scaled.denominator and whole % 2 == 1)
    elif mode == "up":
        whole += rest > 0
    try:
        return _EXACT.scaleb(Decimal(whole if scaled >= 0 else -whole), -digits)
    except ArithmeticError:
        raise RendaError("explain.too_long", label=named(label)) from None


_sci = _EXACT.to_sci_string
_WRITERS: Mapping[type, Callable[[Any], str | None]] = {
    Decimal: lambda value: "d:" + _sci(value),
    str: lambda value: "s:" + value,
    int: lambda value: f"i:{value}",
    Fraction: lambda value: f"f:{value.numerator}/{value.denominator}",
    bool: lambda value: "b:1" if value else "b:0",
    type(None): lambda _: None,
}


def _fraction(numerator: str, denominator: str) -> Fraction:
    return Fraction(int(numerator), int(denominator))


_READERS: Mapping[str, Callable[[str], Value]] = {
    "d": Decimal,
    "s": str,
    "i": int,
    "f": lambda text: _fraction(*text.split("/")),
    "b": lambda text: text == "1",
}


def written(value: Value) -> str | None:
    """The value as tagged text: ``i:78``, ``d:0.4``, ``f:1/3``, ``s:A+``, ``b:1``; ``None`` stays."""
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else written(_plain(value, ""))


def read(text: object) -> Value:
    """The value ``written`` wrote; ``ValueError`` or ``TypeError`` for what it would not have written."""
    if text is None:
        return None
    if not isinstance(text, str) or text[1:2] != ":" or text[0] not in _READERS:
        raise ValueError(f"no tagged value: {text!r}")
    try:
        value = _READERS[text[0]](text[2:])
    except ArithmeticError:
        raise ValueError(f"no tagged value: {text!r}") from None
    if isinstance(value, Decimal) and not (value.is_finite() and -900 < value.adjusted() < 900):
        raise ValueError(f"no tagged value: {text!r}")
    if written(value) != text:
        raise ValueError(f"not as it is written: {text!r}")
    return value


def shown(value: Value, *, percent: bool = False) -> str:
    """The value for a reader: no exponent, no trailing zeros; ``percent`` shows a share as per cent.

    A ``Fraction`` is shown as a decimal where it has an exact one, otherwise as n/d. Yes and no are
    ``是`` and ``否``, both message ids; ``None`` is the empty text.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    exact = Fraction(value) * 100 if percent else Fraction(value)
    decimal = _terminating(exact)
    if decimal is None:
        value = Fraction(value)
        return f"{value.numerator}/{value.denominator}"
    return decimal + "%" if percent else decimal


def _terminating(value: Fraction) -> str | None:
    twos = (value.denominator & -value.denominator).bit_length() - 1
    rest, fives = value.denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or places > _MOST_PLACES:
        return None
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    point = len(digits) - places
    text = digits[:point] + ("." + digits[point:] if places else "")
    return "-" + text if value < 0 else text
