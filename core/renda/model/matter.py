"""Matters, who stands in which relation to them, the record of what was done, scores and documents."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from renda.model.base import Base, BigId, DistrictOwned, Exact, Json, Moment


class MatterRow(DistrictOwned, Base):
    """One matter as it stands: state, payload, whom it waits for and until when, and its rules."""

    __tablename__ = "matter"
    __table_args__ = (
        Index("ix_matter_newest", "district_id", "id"),
        Index("ix_matter_kind", "district_id", "practice", "kind", "state", "id"),
        Index("ix_matter_begun", "district_id", "practice", "opened_on"),
        Index("ix_matter_waits", "district_id", "waits_for", "due_on", "id"),
        Index("ix_matter_parent", "district_id", "parent_id", "kind"),
        Index("ix_matter_rules", "district_id", "practice", "rules_effective", "rules_digest"),
    )

    practice: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    payload: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    done: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    opened_on: Mapped[date] = mapped_column(Date)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    rules_effective: Mapped[date] = mapped_column(Date)
    rules_digest: Mapped[str] = mapped_column(String(64))
    waits_for: Mapped[str | None] = mapped_column(String(60))
    due_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)


class MatterPartyRow(DistrictOwned, Base):
    """Somebody in a relation to a matter: its proposer, co-signer, assignee, subject, reader and others."""

    __tablename__ = "matter_party"
    __table_args__ = (
        Index("ix_matter_party_matter", "district_id", "matter_id"),
        Index("ix_matter_party_party", "district_id", "party", "relation"),
    )

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    # So that a matter opened in the same breath is written before those who stand in a relation to it.
    matter: Mapped[MatterRow] = relationship(lazy="raise")
    relation: Mapped[str] = mapped_column(String(40))
    party: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))


class EventRow(DistrictOwned, Base):
    """One entry of a district's record. Each holds the digest of the one before; none is ever changed."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_number", "district_id", "number", unique=True),
        Index("ix_event_matter", "district_id", "matter_id", "number"),
        Index("ix_event_submission", "district_id", "submission", unique=True),
    )

    number: Mapped[int] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date] = mapped_column(Date)
    account_id: Mapped[int | None] = mapped_column(BigId)
    actor: Mapped[str] = mapped_column(String(120))
    matter_id: Mapped[int | None] = mapped_column(BigId)
    practice: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(120))
    came_from: Mapped[str | None] = mapped_column(String(60))
    went_to: Mapped[str] = mapped_column(String(60))
    entries: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    rules_effective: Mapped[date | None] = mapped_column(Date)
    rules_digest: Mapped[str] = mapped_column(String(64), default="")
    submission: Mapped[str | None] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class ScoreRow(DistrictOwned, Base):
    """A matter's score with its reasons, as it was found on a day; a later one is a new row."""

    __tablename__ = "score"
    __table_args__ = (Index("ix_score_matter", "district_id", "matter_id", "id"),)

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    practice: Mapped[str] = mapped_column(String(60))
    value: Mapped[Decimal | None] = mapped_column(Exact)
    shown: Mapped[str] = mapped_column(String(60), default="")
    explained: Mapped[dict[str, Any]] = mapped_column(Json)
    day: Mapped[date] = mapped_column(Date)
    event_number: Mapped[int | None] = mapped_column(BigId)
    rules_digest: Mapped[str] = mapped_column(String(64))


class NoticeRow(DistrictOwned, Base):
    """A document issued: its kind, number, issuer, text, attachments and recipients (主送, 抄送)."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_matter", "district_id", "matter_id"),
        Index("ix_notice_number", "district_id", "code", "year", "serial", unique=True),
    )

    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    event_number: Mapped[int | None] = mapped_column(BigId)
    genre: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(300))
    paragraphs: Mapped[list[str]] = mapped_column(Json, default=list)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    recipients: Mapped[list[str]] = mapped_column(Json, default=list)
    copies: Mapped[list[str]] = mapped_column(Json, default=list)
    code: Mapped[str] = mapped_column(String(40), default="")
    year: Mapped[int]
    serial: Mapped[int]
    issued_on: Mapped[date] = mapped_column(Date)
    public: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")

    @property
    def number(self) -> str:
        """The number a document bears (发文字号), such as 甲人常函〔2026〕1号."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


class SendingRow(DistrictOwned, Base):
    """A document that went to somebody: when, by which channel, as whose main copy; entered in the record too."""

    __tablename__ = "sending"
    __table_args__ = (Index("ix_sending_notice", "district_id", "notice_id", "id"),)

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    event_number: Mapped[int] = mapped_column(BigId)
    recipient: Mapped[str] = mapped_column(String(120))
    part: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(20))
    sent_on: Mapped[date] = mapped_column(Date)
    sent_by: Mapped[str] = mapped_column(String(120))
