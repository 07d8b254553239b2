"""Where somebody is reminded, and what they were reminded of."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, DistrictOwned, Moment


class ContactRow(DistrictOwned, Base):
    """The address of an account in a channel, such as an e-mail address."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_account", "district_id", "account_id", "channel", unique=True),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    channel: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))


class ReminderRow(DistrictOwned, Base):
    """That an account was reminded of a matter: of which last day, at which stage, by which channel."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index("ix_reminder_once", "district_id", "matter_id", "account_id", "channel", "due_on", "stage", unique=True),
    )

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    channel: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date] = mapped_column(Date)
    stage: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
