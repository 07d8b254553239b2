"""What the rule refuses, each in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Matter, Records, RendaError, declare

declare(
    {
        "livelihood_projects.second_year": "{year} 年度的民生实事项目已在办理。一年只办一次票决。",
        "livelihood_projects.dropped": "“{category}”类今年不再征集:{because}",
        "livelihood_projects.few_candidates": "候选项目 {candidates} 项,应选 {seats} 项,只多 {extra} 项;"
        "差额至少 {needed} 项。请增加候选项目或减少应选数。",
        "livelihood_projects.stage_goal": "完成日期 {finish} 在 {year} 年度之后,是跨年度项目,要写明当年的阶段目标。",
        "livelihood_projects.not_across": "“{name}”应于 {finish} 完成,不是跨年度项目,不能转为跨年实施。"
        "没有完成的,请认定为未完成。",
        "livelihood_projects.not_due": "“{name}”的完成日期 {finish} 还没有过,不能认定为未完成。",
        "livelihood_projects.unchecked": "“{name}”还没有做:{missing}。检查齐了才能核实办结。",
        "livelihood_projects.none_done": "没有已办结、待测评的项目,不能提请测评。",
        "livelihood_projects.progress": "进度应在 0 至 100 之间,现为 {progress}。",
        "livelihood_projects.not_of_this_year": "第 {number} 号事项不是本年度正在办理的项目,不能列入检查。",
        "livelihood_projects.not_adopted": "第 {number} 号事项不是本年度已采纳的需求,不能作为项目的依据。",
        "livelihood_projects.not_merged": "第 {number} 号事项不是本年度的其他候选或建议项目,不能并入。",
        "livelihood_projects.no_candidates": "没有候选项目。请先提出建议项目。",
    },
    status=409,
)


def second_year(code: str, year: int, records: Records) -> None:
    """One round in a year."""
    if any(each.payload.get("year") == year for each in records.matters(code, "round")):
        raise RendaError("livelihood_projects.second_year", year=year)


def dropped(around: Matter, category: str) -> None:
    """A kind the public rated low last year is not taken again."""
    for each in around.payload.get("dropped") or ():
        if each["category"] == category:
            raise RendaError("livelihood_projects.dropped", category=category, because=each["because"])


def few_candidates(candidates: int, seats: int, surplus: Any) -> None:
    """More candidates than seats, by number and by share."""
    if not candidates:
        raise RendaError("livelihood_projects.no_candidates")
    extra = candidates - seats
    share = surplus["min_ratio"] * seats
    by_share = int(share) + (1 if share != int(share) else 0)
    needed = max(surplus["min_extra"], by_share)
    if extra < needed:
        raise RendaError(
            "livelihood_projects.few_candidates", candidates=candidates, seats=seats, extra=extra, needed=needed
        )


def stage_goal(proposal: Mapping[str, Any], year: int) -> None:
    """A project across years needs a goal for the first one."""
    if proposal["finish_on"].year > year and not proposal.get("stage_goal"):
        raise RendaError("livelihood_projects.stage_goal", finish=proposal["finish_on"].isoformat(), year=year)


def not_adopted(around: Matter, ideas: Sequence[int]) -> None:
    """A project rests on wishes of its own year that were taken up."""
    adopted = {each.id for each in around.children("idea") if each.state == "adopted"}
    for number in ideas:
        if number not in adopted:
            raise RendaError("livelihood_projects.not_adopted", number=number)


def not_merged(project: Matter, number: int | None) -> None:
    """What is merged goes into another project of the same year that is still on the list."""
    around = () if project.parent is None else project.parent.children("project")
    others = {each.id for each in around if each.id != project.id and each.state in {"proposed", "candidate"}}
    if number is not None and number not in others:
        raise RendaError("livelihood_projects.not_merged", number=number)


def not_across(project: Matter, year: int) -> None:
    """Only a project that was to take longer goes on into the next year."""
    if project.payload["finish_on"].year <= year:
        finish = project.payload["finish_on"].isoformat()
        raise RendaError("livelihood_projects.not_across", name=project.title, finish=finish)


def not_due(project: Matter, day: date) -> None:
    """Nothing is unfinished before its day."""
    if day <= project.payload["finish_on"]:
        finish = project.payload["finish_on"].isoformat()
        raise RendaError("livelihood_projects.not_due", name=project.title, finish=finish)


def unchecked(project: Matter, inspections: Sequence[Any]) -> None:
    """Every inspection of the rule was made."""
    made = project.payload.get("checks") or ()
    missing = [each["label"] for each in inspections if each["code"] not in made]
    if missing:
        raise RendaError("livelihood_projects.unchecked", name=project.title, missing="、".join(missing))


def progress(percent: Decimal) -> None:
    """A share in per cent."""
    if not 0 <= percent <= 100:
        raise RendaError("livelihood_projects.progress", progress=percent)
