"""What a transaction left in the rows that the record answers for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, BigId, DistrictOwned, Json


class RowChangeRow(DistrictOwned, Base):
    """The rows that one transaction wrote, with the values it left; each holds the digest of the one before.

    ``rows``: table → key → column → value, long values as their digest; None for a row that was deleted.
    ``event_number``: the last entry that the transaction made in the audit log, where it made one. There is no time:
    nothing here tells more about when than the audit log does.
    """

    __tablename__ = "row_change"
    __table_args__ = (Index("ix_row_change_number", "district_id", "number", unique=True),)

    number: Mapped[int] = mapped_column(BigId)
    event_number: Mapped[int | None] = mapped_column(BigId)
    rows: Mapped[dict[str, Any]] = mapped_column(Json)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class RowChangeHeadRow(Base):
    """The last of a district's row changes; the row is locked while one is added."""

    __tablename__ = "row_change_head"

    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigId, default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
