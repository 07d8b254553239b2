"""What a street committee, its staff, its year and its assessment cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, RendaError, Turn, declare

declare(
    {
        "street_committee.no_member": "没有第 {number} 名在岗的工作人员。在岗的有:{allowed}。",
        "street_committee.not_counted": "“{label}”{measure},不登记次数。",
        "street_committee.other_year": "{day} 不在 {year} 年度内。",
        "street_committee.future": "{day} 还没有到,不能登记。",
        "street_committee.marks": "应当给这几项职责打分:{wanted}。现在打分的是:{given}。",
        "street_committee.mark": "“{label}”的打分应在 0 至 100 之间,现为 {given}。",
    }
)
declare(
    {
        "street_committee.second": "{name}已经建档(事项 {number})。",
        "street_committee.in_post": "{name}已经在“{post}”岗位上(第 {number} 名)。",
        "street_committee.second_year": "{year} 年度已经建立(事项 {number})。",
        "street_committee.year_not_over": "{year} 年度还没有结束,不能自评。",
        "street_committee.objected_before": "已经申请过一次复核,不再受理。",
    },
    status=409,
)


def second(code: str, fresh: Matter, organ: int, turn: Turn) -> None:
    """Refuse a second file of the same committee."""
    party = turn.records.party("organ", organ)
    for other in turn.records.matters(code, "committee", states=("open",), party=party, relation="committee"):
        if other.id != fresh.id:
            raise RendaError("street_committee.second", name=party.name, number=other.id)


def in_post(committee: Matter, staffing: Mapping[str, Any], posts: Sequence[Mapping[str, Any]], turn: Turn) -> None:
    """Refuse somebody in a post twice."""
    for each in serving(committee):
        if (each["post"], each["person"]) == (staffing["post"], staffing["person"]):
            name = turn.records.party("person", each["person"]).name
            label = next(post["label"] for post in posts if post["code"] == each["post"])
            raise RendaError("street_committee.in_post", name=name, post=label, number=each["number"])


def member(committee: Matter, number: int, turn: Turn) -> None:
    """Refuse to let go somebody who is not there."""
    known = {each["number"]: turn.records.party("person", each["person"]).name for each in serving(committee)}
    if number not in known:
        allowed = "、".join(f"{key} {name}" for key, name in known.items()) or "—"
        raise RendaError("street_committee.no_member", number=number, allowed=allowed)


def serving(committee: Matter) -> list[Mapping[str, Any]]:
    """Those who have not left."""
    return [each for each in committee.payload.get("staff", ()) if "until" not in each]


def second_year(fresh: Matter, year: int) -> None:
    """Refuse the same year twice."""
    assert fresh.parent is not None
    for other in fresh.parent.children("year"):
        if other.id != fresh.id and other.payload.get("year") == year:
            raise RendaError("street_committee.second_year", year=year, number=other.id)


def counted(duty: Mapping[str, Any], measures: Mapping[str, str]) -> None:
    """Refuse entries for a duty that is not measured by them."""
    if duty["measure"] != "count":
        raise RendaError("street_committee.not_counted", label=duty["label"], measure=measures[duty["measure"]])


def in_year(year: Matter, day: date, turn: Turn) -> None:
    """Refuse what was not, or not in this year."""
    if day > turn.day:
        raise RendaError("street_committee.future", day=day)
    if day.year != year.payload["year"]:
        raise RendaError("street_committee.other_year", day=day, year=year.payload["year"])


def year_not_over(year: Matter, turn: Turn) -> None:
    """Refuse to look back on a year that goes on."""
    if turn.day <= date(year.payload["year"], 12, 31):
        raise RendaError("street_committee.year_not_over", year=year.payload["year"])


def marks(given: Sequence[Mapping[str, Any]], duties: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a duty too many or too few, or a mark out of bounds."""
    labels = {each["code"]: each["label"] for each in duties}
    wanted = [each["code"] for each in duties if each["measure"] == "mark"]
    named = [each["duty"] for each in given]
    if sorted(named) != sorted(wanted):
        said = "、".join(labels[code] for code in named) or "—"
        raise RendaError("street_committee.marks", wanted="、".join(labels[code] for code in wanted) or "—", given=said)
    for each in given:
        if not 0 <= each["mark"] <= 100:
            raise RendaError("street_committee.mark", label=labels[each["duty"]], given=each["mark"])
