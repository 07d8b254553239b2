"""The project of the roster that a chosen project is: its code, budget, stage and last day are read there.

One undertaking is voted on here, paid for there and graded elsewhere; linked to the roster, its page lists all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Matter, Project, Records, RendaError, declare

declare(
    {
        "livelihood_projects.other_organ": "名册项目“{project}”由{other}承担,责任单位却是{organ}。请核对。",
        "livelihood_projects.no_budget": "请填写预算;名册里没有写明预算的项目也要填写。",
    }
)
declare({"livelihood_projects.linked_twice": "名册项目“{project}”本年度已关联“{title}”(事项 {number})。"}, status=409)

YUAN = Decimal(10000)


def linked(matter: Matter, number: int | None, organ: int, records: Records) -> Project | None:
    """The project of that number, where one is named: carried out by the same organ, linked once in a year."""
    if number is None:
        return None
    project = records.project(number)
    if project.organ is not None and project.organ.id != organ:
        said: dict[str, Any] = {
            "project": project.name,
            "other": project.organ.name,
            "organ": records.party("organ", organ).name,
        }
        raise RendaError("livelihood_projects.other_organ", **said)
    for other in () if matter.parent is None else matter.parent.children("project"):
        if other.id != matter.id and other.payload.get("project") == number and other.state != "withdrawn":
            said = {"project": project.name, "title": other.title, "number": str(other.id)}
            raise RendaError("livelihood_projects.linked_twice", **said)
    return project


def budget_of(proposal: Mapping[str, Any], project: Project | None) -> dict[str, Decimal]:
    """The budget in 万元 from the roster, where the proposal names none."""
    if proposal.get("budget") is not None:
        return {}
    if project is None or project.budget is None:
        raise RendaError("livelihood_projects.no_budget")
    return {"budget": project.budget / YUAN}


def told(matter: Matter) -> tuple[str, str, date | str]:
    """What the roster says of a project that is linked: its code, its stage and its last day."""
    number = matter.payload.get("project")
    if number is None or matter.records is None:
        return "", "", ""
    project = matter.records.project(number)
    return project.code, project.stage, project.due_on or ""
