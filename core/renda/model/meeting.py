"""Sittings of the congress, the standing committee and the chairpersons, and who was there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, DistrictOwned, Json, Moment


class MeetingRow(DistrictOwned, Base):
    """One sitting: whose, its number (第二十六次会议) and part (第一次全体会议), its day, place and agenda.

    ``state``: convened, open, adjourned or closed. ``members``: how many belong to the body, the base of the
    quorum; ``quorum``: the rule as it stood when the sitting was convened. ``hall_key`` makes the codes shown
    in the hall and the addresses of seats; it goes when the sitting is closed.
    """

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_district_day", "district_id", "day"),)

    body: Mapped[str] = mapped_column(String(20))
    term: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[int | None]
    part: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(200))
    day: Mapped[date] = mapped_column(Date)
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    place: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[str] = mapped_column(String(12), default="convened")
    agenda: Mapped[list[Any]] = mapped_column(Json, default=list)
    members: Mapped[int] = mapped_column(default=0)
    quorum: Mapped[dict[str, Any] | None] = mapped_column(Json)
    hall_key: Mapped[str] = mapped_column(String(64), default="")
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)


class AttendanceRow(DistrictOwned, Base):
    """One person at a sitting: expected, present, left, on leave or absent, with the reason.

    ``entitled``: counts for the quorum and votes, against somebody who only sits in (列席). ``way``: signed in
    by qr, clerk, seat or slip. ``slip`` is the digest of a slip given out at the desk, never the slip.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        Index("ix_attendance_meeting_person", "district_id", "meeting_id", "person_id", unique=True),
        Index("ix_attendance_slip", "district_id", "slip", unique=True),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(200), default="")
    entitled: Mapped[bool] = mapped_column(default=True)
    seat: Mapped[str] = mapped_column(String(20), default="")
    way: Mapped[str] = mapped_column(String(10), default="")
    late: Mapped[bool] = mapped_column(default=False)
    arrived_at: Mapped[datetime | None] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    slip: Mapped[str | None] = mapped_column(String(64))
