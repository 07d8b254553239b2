"""Districts, and the calendar of working days they all share."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, BigId


class District(Base):
    """A tenant: a district or county whose people's congress works here."""

    __tablename__ = "district"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))


class ChainHead(Base):
    """The last entry of a district's record; the row is locked while one is added."""

    __tablename__ = "chain_head"

    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigId, default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")


class CalendarDay(Base):
    """A day on which the host's calendar differs from the one the software ships (放假、调休)."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    working: Mapped[bool]
    source: Mapped[str] = mapped_column(String(200), default="")
