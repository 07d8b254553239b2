"""Sittings of the congress, the standing committee and the chairpersons, and who was there."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, DistrictOwned, Json


class MeetingRow(DistrictOwned, Base):
    """One sitting: whose, its number (第二十六次会议), its day and agenda."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_district_day", "district_id", "day"),)

    body: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    day: Mapped[date] = mapped_column(Date)
    agenda: Mapped[list[Any]] = mapped_column(Json, default=list)


class AttendanceRow(DistrictOwned, Base):
    """One person's presence at a sitting: present, on leave or absent, with the reason."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_meeting_person", "district_id", "meeting_id", "person_id", unique=True),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(200), default="")
