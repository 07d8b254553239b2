"""Which kinds of projects are not solicited again: those the public rated low the year before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Records

FACT = "public.score"


def dropped_kinds(
    year: int, categories: Sequence[str], below: Decimal | None, records: Records
) -> list[dict[str, Any]]:
    """The kinds whose last score of the year before is under ``below``, with the sentence that says so.

    A fact is about the kinds its sentence names. Nothing is dropped where ``below`` is None.
    """
    if below is None:
        return []
    found: dict[str, dict[str, Any]] = {}
    for fact in records.facts(FACT, since=date(year - 1, 1, 1), until=date(year - 1, 12, 31)):
        score = None if fact.number is None else fact.number.value
        for category in categories:
            if category in fact.text and score is not None:
                found.pop(category, None)
                if score < below:
                    found[category] = {"category": category, "because": f"{fact.text},低于 {below} 分。"}
    return list(found.values())
