"""Funded undertakings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from renda.model.base import Base, DistrictOwned, Exact
from renda.model.people import OrganRow


class ProjectRow(DistrictOwned, Base):
    """A funded undertaking: who carries it out, its budget in yuan, its stage.

    What practices find out about it from quarter to quarter stands in their matters, not here.
    """

    __tablename__ = "project"
    __table_args__ = (
        Index("ix_project_district_code", "district_id", "code", unique=True),
        Index("ix_project_year", "district_id", "year"),
    )

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    year: Mapped[int]
    budget: Mapped[Decimal | None] = mapped_column(Exact)
    stage: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date | None] = mapped_column(Date)

    organ: Mapped[OrganRow | None] = relationship(lazy="joined")
