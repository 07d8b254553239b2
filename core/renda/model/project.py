"""Funded undertakings and their progress."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, DistrictOwned, Exact


class ProjectRow(DistrictOwned, Base):
    """A funded undertaking: who carries it out, its budget in yuan, its stage."""

    __tablename__ = "project"
    __table_args__ = (Index("ix_project_district_code", "district_id", "code", unique=True),)

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    year: Mapped[int]
    budget: Mapped[Decimal | None] = mapped_column(Exact)
    stage: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date | None] = mapped_column(Date)


class ProgressRow(DistrictOwned, Base):
    """Planned and actual progress of a project on a day, in percent."""

    __tablename__ = "progress"
    __table_args__ = (Index("ix_progress_project_day", "district_id", "project_id", "day", unique=True),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    day: Mapped[date] = mapped_column(Date)
    planned: Mapped[Decimal] = mapped_column(Exact)
    actual: Mapped[Decimal] = mapped_column(Exact)
