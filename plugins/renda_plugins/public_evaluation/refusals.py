"""What the rule refuses, each in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from renda import Matter, Records, RendaError, declare

declare(
    {
        "public_evaluation.second_year": "{year} 年度的群众评议已在办理。一年只办一次。",
        "public_evaluation.twice": "“{category}”类已经列入。一类只评一次,几个单位实施的请合写一项。",
        "public_evaluation.nothing": "还没有列入评议的类别。请先列入再发出问卷。",
        "public_evaluation.past": "作答截止日期 {until} 不晚于今天。请至少留出一天。",
    },
    status=409,
)


def second_year(code: str, year: int, records: Records) -> None:
    """One evaluation in a year."""
    if any(
        each.payload.get("year") == year and each.state != "dropped" for each in records.matters(code, "evaluation")
    ):
        raise RendaError("public_evaluation.second_year", year=year)


def twice(around: Matter, own: int, category: str) -> None:
    """One score for each kind: a fact about a kind is about one score."""
    others = (each for each in around.children("item") if each.id != own and each.state != "removed")
    if any(each.payload["category"] == category for each in others):
        raise RendaError("public_evaluation.twice", category=category)


def nothing(items: Sequence[Matter]) -> None:
    """Something has to be asked about."""
    if not items:
        raise RendaError("public_evaluation.nothing")


def past(until: date, today: date) -> None:
    """Citizens need a day at least."""
    if until <= today:
        raise RendaError("public_evaluation.past", until=until.isoformat())
