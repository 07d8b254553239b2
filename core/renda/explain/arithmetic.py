"""The combinators that compute numbers: leaves, tables, sums, shares, means, limits, rounding.

An operand is an ``Explained`` or a plain number, which becomes an unnamed leaf. Every combinator raises
``RendaError`` for a float (``explain.float``) and for an operand without a number (``explain.not_a_number``).
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from renda.errors import RendaError, declare
from renda.explain.explained import Cites, Explained, made, text_of
from renda.explain.tables import rows_of
from renda.explain.values import (
    Number,
    Value,
    add,
    checked,
    comparable,
    multiply,
    named,
    number,
    numeric,
    round_exactly,
    subtract,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

declare(
    {
        "explain.missing_key": "“{label}”的表里没有“{key}”；表中有：{allowed}。",
        "explain.empty": "“{label}”没有任何一项，无法计算；请先确认有数据。",
        "explain.counted_twice": "“{label}”把“{name}”数了两次；请用各不相同的编号计数。",
    }
)

Operand = Explained | Number

NO_DENOMINATOR = "没有分母"
MANY = 200


def as_part(operand: object, label: str) -> Explained:
    """The operand itself where it is explained; a plain number as an unnamed leaf."""
    if isinstance(operand, Explained):
        return operand
    return made("leaf", "", number(operand, label))


def _with(part: Operand, other: Operand, label: str) -> tuple[tuple[Explained, ...], tuple[Any, ...], Number]:
    """Parts, constants and the number of ``other``: a constant unless it has reasons of its own."""
    first = as_part(part, label)
    if isinstance(other, Explained):
        return (first, other), (), numeric(other.value, other.label or label)
    constant = number(other, label)
    return (first,), (constant,), constant


def leaf(label: str, value: Value, cites: Cites = None) -> Explained:
    """A value that stands for itself, resting on ``cites``."""
    return made("leaf", label, checked(value, label), (), cites)


def looked_up(label: str, key: str, table: Mapping[str, Value], *, cites: Cites = None) -> Explained:
    """The value ``table`` gives for ``key``; the whole table is kept. Raises ``explain.missing_key``."""
    rows = rows_of(table, label)
    for name, value in rows:
        if name == key:
            return made("looked_up", label, value, (), cites, (name, rows))
    allowed = "、".join(name for name, _ in rows)
    raise RendaError("explain.missing_key", label=named(label), key=key, allowed=allowed)


def counted(label: str, items: Iterable[str], cites: Cites = None) -> Explained:
    """How many distinct references ``items`` holds.

    Up to 200 are kept by name; of more, their number and a SHA-256 of the sorted names. Raises
    ``explain.counted_twice``.
    """
    names = [text_of(item) for item in items]
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise RendaError("explain.counted_twice", label=named(label), name=name)
        seen.add(name)
    if len(names) <= MANY:
        return made("counted", label, len(names), (), cites, (tuple(names),))
    digest = sha256("\n".join(sorted(names)).encode("utf-8", "surrogatepass")).hexdigest()
    return counted_many(label, len(names), digest, cites)


def counted_many(label: str, count: int, digest: str, cites: Cites = None) -> Explained:
    """For ``counted`` and its replay: a count whose names are kept only as a digest."""
    if type(count) is not int or count <= MANY or type(digest) is not str or len(digest) != 64:
        raise ValueError("no count of many")
    return made("counted", label, count, (), cites, (count, digest))


def times(part: Operand, weight: Operand, label: str | None = None, *, cites: Cites = None) -> Explained:
    """``part`` times ``weight``."""
    own = label or ""
    parts, detail, factor = _with(part, weight, own)
    first = parts[0]
    name = first.label or own
    return made("times", own, multiply(numeric(first.value, name), factor, name), parts, cites, detail)


def total(label: str, *parts: Operand) -> Explained:
    """The sum of ``parts``; 0 where there are none."""
    terms = tuple([as_part(part, label) for part in parts])
    result: Number = 0
    for position, term in enumerate(terms):
        term_value = numeric(term.value, term.label or label)
        result = add(result, term_value, label) if position else term_value
    return made("total", label, result, terms)


def minus(label: str, a: Operand, b: Operand) -> Explained:
    """``a`` less ``b``."""
    first, second = as_part(a, label), as_part(b, label)
    result = subtract(numeric(first.value, first.label or label), numeric(second.value, second.label or label), label)
    return made("minus", label, result, (first, second))


def ratio(label: str, part: Operand, whole: Operand) -> Explained:
    """``part`` of ``whole`` as a ``Fraction``; of nothing there is no share: the value is ``None``."""
    above, below = as_part(part, label), as_part(whole, label)
    share = Fraction(numeric(above.value, above.label or label))
    base = Fraction(numeric(below.value, below.label or label))
    if base == 0:
        return made("ratio", label, None, (above, below), None, (NO_DENOMINATOR,))
    return made("ratio", label, number(share / base, label), (above, below))


def rounded(part: Operand, digits: int, mode: str = "half_up", label: str = "") -> Explained:
    """``part`` as a ``Decimal`` with ``digits`` decimals; a share keeps its scale (0.422 for 42.2%).

    ``mode``: ``half_up`` (四舍五入), ``half_even``, ``down``, ``up``. A share without a denominator stays
    ``None``. Raises ``explain.rounding``.
    """
    first = as_part(part, label)
    return made("rounded", label, _rounded(first, digits, mode, 1, label), (first,), None, (digits, mode))


def percent(part: Operand, digits: int, mode: str = "half_up", label: str = "") -> Explained:
    """A share in per cent: a hundred times ``part``, rounded to ``digits`` decimals (42.2 for 327 of 774)."""
    first = as_part(part, label)
    return made("percent", label, _rounded(first, digits, mode, 100, label), (first,), None, (digits, mode))


def _rounded(part: Explained, digits: int, mode: str, scale: int, label: str) -> Value:
    name = part.label or label
    if part.value is None:
        round_exactly(0, digits, mode, name)
        return None
    return round_exactly(Fraction(numeric(part.value, name)) * scale, digits, mode, name)


def mean(label: str, *parts: Operand) -> Explained:
    """The arithmetic mean as a ``Fraction``. Raises ``explain.empty`` where there are no parts."""
    if not parts:
        raise RendaError("explain.empty", label=named(label))
    terms = tuple([as_part(part, label) for part in parts])
    result: Number = Fraction(0)
    for term in terms:
        result = add(result, numeric(term.value, term.label or label), label)
    return made("mean", label, number(Fraction(result) / len(terms), label), terms)


def capped(part: Operand, limit: Operand, label: str = "") -> Explained:
    """``part``, but at most ``limit``."""
    parts, detail, bound = _with(part, limit, label)
    own = numeric(parts[0].value, parts[0].label or label)
    result = bound if comparable(own) > comparable(bound) else own
    return made("capped", label, result, parts, None, detail)


def floored(part: Operand, limit: Operand, label: str = "") -> Explained:
    """``part``, but at least ``limit``."""
    parts, detail, bound = _with(part, limit, label)
    own = numeric(parts[0].value, parts[0].label or label)
    result = bound if comparable(own) < comparable(bound) else own
    return made("floored", label, result, parts, None, detail)


def gathered(label: str, *parts: Explained) -> Explained:
    """Several results side by side, without a number of their own."""
    return made("gathered", label, None, tuple([as_part(part, label) for part in parts]))
