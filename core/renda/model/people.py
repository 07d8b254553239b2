"""Organs, people, the posts they are appointed to and the mandates they hold."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from renda.model.base import Base, DistrictOwned


class OrganRow(DistrictOwned, Base):
    """A department, court, procuratorate, supervisory commission, street committee or station."""

    __tablename__ = "organ"
    __table_args__ = (Index("ix_organ_district_code", "district_id", "code", unique=True),)

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    sort: Mapped[str] = mapped_column(String(40), default="department")
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class PersonRow(DistrictOwned, Base):
    """Somebody the district knows; what makes them an official or a deputy is dated and stands apart."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_district_code", "district_id", "code", unique=True),)

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    sort_key: Mapped[str] = mapped_column(String(200), default="")

    appointments: Mapped[list[AppointmentRow]] = relationship(back_populates="person", order_by="AppointmentRow.since")
    mandates: Mapped[list[MandateRow]] = relationship(back_populates="person", order_by="MandateRow.since")


class AppointmentRow(DistrictOwned, Base):
    """A post somebody is appointed to, from a day, until a day where it has ended."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_district_person", "district_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    post: Mapped[str] = mapped_column(String(80))
    head: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    decision: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[PersonRow] = relationship(back_populates="appointments")
    organ: Mapped[OrganRow] = relationship()


class MandateRow(DistrictOwned, Base):
    """A deputy's mandate: constituency and delegation, from a day, until a day where it has ended."""

    __tablename__ = "mandate"
    __table_args__ = (Index("ix_mandate_district_person", "district_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    constituency: Mapped[str] = mapped_column(String(80), default="")
    delegation: Mapped[str] = mapped_column(String(80), default="")
    committee_member: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)

    person: Mapped[PersonRow] = relationship(back_populates="mandates")
