"""Districts, and the calendar of working days they all share."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, BigId, DistrictOwned, Moment


class District(Base):
    """A tenant: a district or county whose people's congress works here."""

    __tablename__ = "district"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    rules_generation: Mapped[int] = mapped_column(default=0, server_default="0")
    """Raised where rules were changed by a command: every process then reads the files again."""


class RuleFileRow(DistrictOwned, Base):
    """A file of the district's folder as it was when it was found correct; ``name`` is its path below the folder.

    The newest of a name holds while the file is wrong; an older one holds for what began under it.
    """

    __tablename__ = "rule_file"
    __table_args__ = (Index("ix_rule_file_name", "district_id", "name", "id"),)

    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


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


class HostValueRow(Base):
    """A value of the whole installation that every host with this database must agree on."""

    __tablename__ = "host_value"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
