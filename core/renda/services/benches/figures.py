"""Figures of papers counted by hand, and results as plain JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from renda.errors import RendaError, declare
from renda.fields.bounds import MAX_DIGITS, MAX_WHOLE

declare(
    {
        "ballot.hand_number": "计票单的“{entry}”应为不小于0的整数,实际写的是“{value}”。请重新填写。",
        "ballot.hand_entry": "计票单里没有“{entry}”这一项。可用的有:{allowed}。",
        "ballot.hand_sum": "计票单上“{subject}”一行合计{sum}张,与收回的{returned}张不符。请重新清点。",
        "ballot.hand_votes": "计票单上“{entry}”写了{votes}票,多于有效票{good}张。请重新清点。",
    }
)


def whole(figures: Mapping[str, Any], entry: str) -> int:
    """A figure of a count, 0 where nothing is written; raises ``ballot.hand_number``."""
    value = figures.get(entry, 0)
    if isinstance(value, str) and value.strip().isdecimal() and len(value) <= MAX_DIGITS:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_WHOLE:
        raise RendaError("ballot.hand_number", entry=entry, value=value)
    return value


def wholes(figures: Any, allowed: Sequence[str]) -> dict[str, int]:
    """A figure for each of ``allowed``; raises ``ballot.hand_entry`` for any other."""
    given = figures if isinstance(figures, Mapping) else {}
    for entry in given:
        if entry not in allowed:
            raise RendaError("ballot.hand_entry", entry=entry, allowed="、".join(allowed))
    return {entry: whole(given, entry) for entry in allowed}


def plain(value: Any) -> Any:
    """A result of ``renda.voting`` as JSON: exact numbers as text, comparisons with their sums."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Decimal | Fraction) else value


def canonical(value: Any) -> str:
    """JSON in the one form digests are made from."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
