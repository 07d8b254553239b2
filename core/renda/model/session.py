"""Who is signed in: one row for each sign-in that has not ended, of a district's accounts and of the host's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, BigId, DistrictOwned, Moment


class SignIn:
    """The columns of a sign-in. Of what the browser holds only a digest is kept; no row says when it was last used."""

    digest: Mapped[str] = mapped_column(String(64))
    began: Mapped[datetime] = mapped_column(Moment)
    network: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(40))


class SessionRow(SignIn, DistrictOwned, Base):
    """Somebody signed in to a district; deleted when the session ends."""

    __tablename__ = "account_session"
    __table_args__ = (
        Index("ix_account_session_digest", "district_id", "digest", unique=True),
        Index("ix_account_session_account", "district_id", "account_id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class HostSessionRow(SignIn, Base):
    """An operator signed in to the host."""

    __tablename__ = "host_session"
    __table_args__ = (Index("ix_host_session_digest", "digest", unique=True),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("host_account.id"))
