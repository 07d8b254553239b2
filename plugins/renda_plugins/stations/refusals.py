"""What a place, its ledgers and its check cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, RendaError, Turn, declare

declare(
    {
        "stations.too_small": "{sort}至少要 {least} 平方米,现为 {given}。",
        "stations.no_ledgers": "{sort}不记台账。",
        "stations.other_year": "{day} 不在 {year} 年度内。",
        "stations.future": "{day} 还没有到,不能记录。",
        "stations.telephone": "意见里有像电话号码或身份证号的数字({digits})。台账不记这些,请删去。",
        "stations.marks": "应当给这几个方面打分:{wanted};按台账计分的由系统算。现在打分的是:{given}。",
        "stations.mark": "“{aspect}”的得分应在 0 至 100 之间,现为 {given}。",
    }
)
declare(
    {
        "stations.same_name": "已经有叫“{title}”的阵地(事项 {number})。",
        "stations.second_year": "{year} 年度的台账已经建立(事项 {number})。",
        "stations.year_not_over": "{year} 年度还没有结束,不能自查。",
        "stations.recorded_before": "{day} 的“{activity}”已经记录过(事项 {number})。确有两次的,请在记录里写明。",
    },
    status=409,
)

LONG = re.compile(r"\d{11,18}")


def same_name(code: str, fresh: Matter, title: str, turn: Turn) -> None:
    """Refuse a second open place of that name."""
    for other in turn.records.matters(code, "place", states=("open",)):
        if other.id != fresh.id and other.payload.get("title") == title:
            raise RendaError("stations.same_name", title=title, number=other.id)


def too_small(place: Mapping[str, Any], sort: Mapping[str, Any]) -> None:
    """Refuse a place smaller than its sort may be."""
    least, area = sort.get("area_least"), place.get("area")
    if least is not None and area is not None and area < least:
        raise RendaError("stations.too_small", sort=sort["label"], least=least, given=area)


def no_ledgers(year: Matter, sorts: Sequence[Mapping[str, Any]]) -> None:
    """Refuse ledgers of a place whose sort keeps none."""
    assert year.parent is not None
    sort = next(each for each in sorts if each["code"] == year.parent.payload["sort"])
    if not sort["ledgers"]:
        raise RendaError("stations.no_ledgers", sort=sort["label"])


def second_year(fresh: Matter, year: int) -> None:
    """Refuse the same year twice."""
    assert fresh.parent is not None
    for other in fresh.parent.children("year"):
        if other.id != fresh.id and other.payload.get("year") == year:
            raise RendaError("stations.second_year", year=year, number=other.id)


def in_year(year: Matter, day: date, turn: Turn) -> None:
    """Refuse what was not, or not in this year."""
    if day > turn.day:
        raise RendaError("stations.future", day=day)
    if day.year != year.payload["year"]:
        raise RendaError("stations.other_year", day=day, year=year.payload["year"])


def year_not_over(year: Matter, turn: Turn) -> None:
    """Refuse to look back on a year that goes on."""
    if turn.day <= date(year.payload["year"], 12, 31):
        raise RendaError("stations.year_not_over", year=year.payload["year"])


def recorded_before(fresh: Matter, activity: Mapping[str, Any]) -> None:
    """Refuse the same activity of the same day twice, unless it says what it was."""
    assert fresh.parent is not None
    for other in fresh.parent.children("activity"):
        held = other.payload
        same = (held.get("activity"), held.get("day")) == (activity["activity"], activity["day"])
        if other.id != fresh.id and same and not activity.get("note"):
            raise RendaError(
                "stations.recorded_before", day=activity["day"], activity=activity["activity"], number=other.id
            )


def private(opinion: Mapping[str, Any]) -> None:
    """Refuse telephone and identity numbers: a ledger needs neither."""
    for entry in ("opinion", "visitor"):
        found = LONG.search(opinion.get(entry, ""))
        if found is not None:
            raise RendaError("stations.telephone", digits=found[0][:3] + "…")


def marks(given: Sequence[Mapping[str, Any]], aspects: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a sheet with an aspect too many or too few, or points out of bounds."""
    wanted = {each["code"]: each["label"] for each in aspects if not each["from_ledgers"]}
    every = {each["code"]: each["label"] for each in aspects}
    named = [each["aspect"] for each in given]
    if sorted(named) != sorted(wanted):
        said = "、".join(every[code] for code in named) or "—"
        raise RendaError("stations.marks", wanted="、".join(wanted.values()), given=said)
    for each in given:
        if not 0 <= each["points"] <= 100:
            raise RendaError("stations.mark", aspect=every[each["aspect"]], given=each["points"])
