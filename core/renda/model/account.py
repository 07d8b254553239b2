"""Accounts, their roles in a district, and the tokens programs come with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from renda.model.base import Base, BigId, DistrictOwned, Json, Moment
from renda.model.people import OrganRow, PersonRow


class AccountRow(DistrictOwned, Base):
    """Somebody who may sign in to a district, for themselves or for an organ.

    ``failures``: how many sign-ins failed since the last one, told to the owner at the next; they lock nothing.
    ``second_factor`` is the place of a TOTP secret; no account has one yet.
    """

    __tablename__ = "account"
    __table_args__ = (Index("ix_account_login", "district_id", "login", unique=True),)

    login: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[Any]] = mapped_column(Json, default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    disabled: Mapped[bool] = mapped_column(default=False)
    second_factor: Mapped[str | None] = mapped_column(String(200))

    person: Mapped[PersonRow | None] = relationship(lazy="joined")
    organ: Mapped[OrganRow | None] = relationship(lazy="joined")


class TokenRow(DistrictOwned, Base):
    """A program's key to an account: only its digest is kept; ``scopes`` say what it opens."""

    __tablename__ = "token"
    __table_args__ = (Index("ix_token_digest", "district_id", "digest", unique=True),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    label: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[list[Any]] = mapped_column(Json, default=list)
    expires: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[bool] = mapped_column(default=False)

    account: Mapped[AccountRow] = relationship(lazy="joined")


class HostAccountRow(Base):
    """An operator of the host, who runs the districts and sees into none of them."""

    __tablename__ = "host_account"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str] = mapped_column(String(200))
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
