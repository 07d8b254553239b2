"""The security log: who signed in or failed to, what was exported; one of each district and one of the host."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, BigId, DistrictOwned, Json, Moment


class SecurityEntry:
    """The columns of an entry. ``details`` holds what this kind says beside; never a password or a token."""

    number: Mapped[int] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int | None] = mapped_column(BigId)
    actor: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class SecurityEntryRow(SecurityEntry, DistrictOwned, Base):
    """One entry of a district's security log. Each holds the digest of the one before; none is ever changed."""

    __tablename__ = "security_entry"
    __table_args__ = (
        Index("ix_security_entry_number", "district_id", "number", unique=True),
        Index("ix_security_entry_subject", "district_id", "subject", "number"),
    )


class SecurityHeadRow(Base):
    """The last entry of a district's security log; the row is locked while one is added."""

    __tablename__ = "security_head"

    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigId, default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")


class HostSecurityEntryRow(SecurityEntry, Base):
    """One entry of the host's security log."""

    __tablename__ = "host_security_entry"

    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)


class HostSecurityHeadRow(Base):
    """The last entry of the host's security log; its only row has the id 1."""

    __tablename__ = "host_security_head"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigId, default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
