"""Ballots, who may vote in them, sealed papers while they are open, and roll and papers after the close.

``EnvelopeRow``, ``RollRow`` and ``PaperRow`` have neither numbers in the order they came nor times, and
envelopes refer to nothing: a reference would lock, and so mark, the row referred to in the order of casting.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, BigId, DistrictBound, DistrictOwned, Json, Moment


class BallotRow(DistrictOwned, Base):
    """A question put to an electorate under one rule, from its preparation to its publication.

    ``rule`` is the district's data, as it stood when the ballot was prepared; ``members`` the base of all
    members, ``electorate`` whose vote it is: member, deputy, invited, or empty where that is not asked;
    ``present`` and ``issued`` what was frozen when it opened. ``state``: prepared, open, stopped,
    closed, published, withheld or void. ``key_mode``: server or shares. ``guard``: ``{"k", "action"}``.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        Index("ix_ballot_newest", "district_id", "id"),
        Index("ix_ballot_meeting", "district_id", "meeting_id"),
    )

    question: Mapped[str] = mapped_column(String(300))
    bench: Mapped[str] = mapped_column(String(20))
    practice: Mapped[str] = mapped_column(String(60), default="")
    rules_effective: Mapped[date | None] = mapped_column(Date)
    rules_digest: Mapped[str] = mapped_column(String(64), default="")
    rule: Mapped[dict[str, Any]] = mapped_column(Json)
    rule_digest: Mapped[str] = mapped_column(String(64))
    secrecy: Mapped[str] = mapped_column(String(10))
    press: Mapped[str] = mapped_column(String(10), default="first")
    display: Mapped[str] = mapped_column(String(10), default="delayed")
    guard: Mapped[dict[str, Any]] = mapped_column(Json)
    members: Mapped[int]
    electorate: Mapped[str] = mapped_column(String(12), default="")
    present: Mapped[int | None]
    issued: Mapped[int | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    before_id: Mapped[int | None] = mapped_column(ForeignKey("ballot.id"))
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(12), default="prepared")
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    key_mode: Mapped[str] = mapped_column(String(10), default="server")
    shares_needed: Mapped[int] = mapped_column(default=0)
    share_digests: Mapped[list[Any]] = mapped_column(Json, default=list)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    trial: Mapped[bytes | None] = mapped_column(LargeBinary)
    paper_bytes: Mapped[int] = mapped_column(default=0)
    hand_counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)
    published: Mapped[dict[str, Any] | None] = mapped_column(Json)


class BallotSubjectRow(DistrictOwned, Base):
    """One line of the sheet: a motion, a candidate, somebody measured; ``code`` is what papers say."""

    __tablename__ = "ballot_subject"
    __table_args__ = (
        Index("ix_ballot_subject_code", "district_id", "ballot_id", "code", unique=True),
        Index("ix_ballot_subject_matter", "district_id", "matter_id"),
    )

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    code: Mapped[str] = mapped_column(String(8))
    place: Mapped[int]
    label: Mapped[str] = mapped_column(String(300))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))


class ElectorRow(DistrictBound, Base):
    """Somebody who may vote in a ballot, and how: ``electronic`` or ``paper``; empty once a secret ballot is closed."""

    __tablename__ = "elector"

    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    way: Mapped[str] = mapped_column(String(10), default="electronic")


class EnvelopeRow(DistrictBound, Base):
    """A sealed paper handed in while a ballot is open; its primary key stops a second one.

    ``submission`` is the digest of the token the form came with, so that a repeated request is known again.
    """

    __tablename__ = "envelope"
    __table_args__ = ({"sqlite_with_rowid": False},)

    district_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    ballot_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    submission: Mapped[bytes] = mapped_column(LargeBinary)


class RollRow(DistrictBound, Base):
    """Somebody who has voted; written at the close, in the order of the people's numbers.

    ``way`` is ``electronic`` or ``paper`` where the ballot is named, and empty where it is secret.
    """

    __tablename__ = "roll"
    __table_args__ = ({"sqlite_with_rowid": False},)

    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    way: Mapped[str] = mapped_column(String(10))


class PaperRow(DistrictBound, Base):
    """What one paper says; written at the close, in the order of random ids.

    ``person_id`` is who cast it where the ballot is named, and nobody where it is secret.
    """

    __tablename__ = "paper"
    __table_args__ = (
        Index("ix_paper_ballot", "district_id", "ballot_id"),
        {"sqlite_with_rowid": False},
    )

    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
