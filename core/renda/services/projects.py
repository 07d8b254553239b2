"""Projects: kept by code, brought up to date and never doubled, as rules see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Party, Project
from renda.model import OrganRow, ProjectRow
from renda.services import chain
from renda.services.desk import Desk

declare(
    {
        "project.blank": "项目须有代码和名称,现为“{code}”“{name}”。",
        "project.year": "项目“{name}”的年度应为四位数,例如 2020,现为 {year}。",
        "project.budget": "项目“{name}”的预算不能小于 0,现为 {budget} 元。",
    },
    status=422,
)
YEARS = range(1949, 2200)


def keep(
    desk: Desk,
    code: str,
    name: str,
    year: int,
    *,
    organ: OrganRow | None = None,
    budget: Decimal | None = None,
    stage: str = "",
    due_on: date | None = None,
) -> ProjectRow:
    """Add a project, or bring the one of that code up to date; ``budget`` in yuan, None where unknown.

    Raises ``project.blank``, ``project.year`` or ``project.budget``.
    """
    if not code.strip() or not name.strip():
        raise RendaError("project.blank", code=code, name=name)
    if year not in YEARS:
        raise RendaError("project.year", name=name, year=year)
    if budget is not None and budget < 0:
        raise RendaError("project.budget", name=name, budget=budget)
    chain.lock(desk)
    row = desk.session.scalar(select(ProjectRow).where(ProjectRow.code == code)) or ProjectRow(code=code)
    row.name, row.year, row.organ, row.budget = name, year, organ, budget
    row.stage, row.due_on = stage, due_on
    desk.session.add(row)
    desk.session.flush()
    return row


def find(desk: Desk, number: int) -> ProjectRow:
    """The project of that number; raises ``party.unknown``."""
    row = desk.session.get(ProjectRow, number)
    if row is None:
        raise RendaError("party.unknown", number=number, noun=gettext("项目"))
    return row


def listed(desk: Desk, *, year: int | None = None, organ: Party | None = None) -> Sequence[Project]:
    """The projects of a year, of an organ, or all, in the order they were entered."""
    query = select(ProjectRow).order_by(ProjectRow.id)
    if year is not None:
        query = query.where(ProjectRow.year == year)
    if organ is not None:
        query = query.where(ProjectRow.organ_id == organ.id)
    return [view(row) for row in desk.session.scalars(query)]


def view(row: ProjectRow) -> Project:
    """A project as rules see it."""
    organ = None if row.organ is None else Party("organ", row.organ.id, row.organ.name)
    return Project(row.id, row.code, row.name, row.year, organ, row.budget, row.stage, row.due_on)
