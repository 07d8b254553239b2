"""The five ledgers of a place's year: what is kept, what is missing, what the check comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from renda import Explained, Matter, capped, cite_matter, counted, leaf, ratio, times, total

from .params import LEDGERS


def kept(year: Matter, params: Any) -> dict[str, str]:
    """Ledger → what is missing in it; empty where nothing is.

    An opinion ledger is in order when every opinion received is answered; a year without opinions is in order.
    """
    arranged = {each["month"] for each in year.payload.get("arranged", ())}
    activities, opinions = year.children("activity"), year.children("opinion")
    reports = {each["deputy"] for each in year.payload.get("reports", ())}
    open_ones = [each for each in opinions if each.state in {"received", "routed"}]
    return {
        "plan": "" if "plan" in year.payload else "没有年度计划",
        "months": _least(len(arranged), params.months_least, "安排了 {given} 个月,应有 {least} 个月"),
        "activities": _least(len(activities), params.activities_least, "有 {given} 次活动,应有 {least} 次"),
        "opinions": f"还有 {len(open_ones)} 件意见没有处理结果" if open_ones else "",
        "reports": _least(len(reports), params.reports_least, "有 {given} 名代表报告履职,应有 {least} 名"),
    }


def gaps(missing: Mapping[str, str]) -> list[str]:
    """The ledgers with something missing, in words."""
    return [f"{LEDGERS[ledger]}:{what}" for ledger, what in missing.items() if what]


def score(year: Matter, aspects: Sequence[Mapping[str, Any]]) -> Explained | None:
    """Σ points × weight of a checked year; nothing where a veto stands; None before the check."""
    marks = {each["aspect"]: each["points"] for each in year.payload.get("marks", ())}
    if year.state != "checked":
        return None
    parts = [_of_aspect(year, aspect, marks) for aspect in aspects]
    whole = total("年度考核", *parts)
    veto = year.payload.get("veto")
    return whole if veto is None else capped(whole, 0, f"一票否决:{veto}")


def level_of(points: Explained, levels: Sequence[Mapping[str, Any]]) -> str:
    """The level whose bound the points reach."""
    value = Fraction(points.value) if isinstance(points.value, int | Decimal | Fraction) else Fraction(0)
    return next(str(each["label"]) for each in levels if value >= Fraction(each["least"]))


def whole_rate(years: Sequence[Matter], params: Any) -> Explained:
    """How many of the years' ledgers have nothing missing."""
    good = [f"{each.id}号" for each in years if not gaps(kept(each, params))]
    return ratio("台账齐全率", counted("五本台账齐全", good), len(years))


def _of_aspect(year: Matter, aspect: Mapping[str, Any], marks: Mapping[str, Decimal]) -> Explained:
    if aspect["from_ledgers"]:
        number = times(leaf("齐全的台账", year.payload["kept"], cite_matter(year.id, year.title)), 100 // len(LEDGERS))
    else:
        number = leaf("打分", marks[aspect["code"]])
    return times(number, aspect["weight"], aspect["label"])


def _least(given: int, least: int, said: str) -> str:
    return "" if given >= least else said.format(given=given, least=least)
