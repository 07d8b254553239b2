"""Questions to citizens, the codes given out for them, and sealed answers while they are open.

``QuestionnaireAnswerRow`` and ``QuestionnaireCodeRow`` have neither numbers in the order they came nor times,
nor anything that says whose they are; both are gone when the questionnaire is counted.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from renda.model.base import Base, BigId, DistrictBound, DistrictOwned, Json


class QuestionnaireRow(DistrictOwned, Base):
    """What is asked of citizens at a public address: the questions, from when until when, under whose rule.

    ``admission``: ``open``, one answer for each browser, or ``codes``, one for each code given out. ``fewest``: fewer
    answers than that are not told. ``closing``: the action its matter takes when it is counted. ``state``: prepared,
    open or counted. ``result`` is what is left of the answers then.
    """

    __tablename__ = "questionnaire"
    __table_args__ = (
        Index("ix_questionnaire_state", "district_id", "state", "until_on"),
        Index("ix_questionnaire_matter", "district_id", "matter_id"),
    )

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    practice: Mapped[str] = mapped_column(String(60))
    rules_effective: Mapped[date] = mapped_column(Date)
    rules_digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(300))
    about: Mapped[str] = mapped_column(Text, default="")
    questions: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    admission: Mapped[str] = mapped_column(String(10))
    fewest: Mapped[int]
    closing: Mapped[str] = mapped_column(String(60), default="")
    public: Mapped[bool] = mapped_column(default=True)
    since_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12), default="prepared")
    codes_given: Mapped[int] = mapped_column(default=0)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer_bytes: Mapped[int] = mapped_column(default=0)
    counted_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)


class QuestionnaireAnswerRow(DistrictBound, Base):
    """One answer, sealed; ``token`` is the digest of what its form came with, so that a repeated one is known."""

    __tablename__ = "questionnaire_answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    district_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    questionnaire_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    token: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class QuestionnaireCodeRow(DistrictBound, Base):
    """A code that was given out and not used yet, as a digest; removed when it is used."""

    __tablename__ = "questionnaire_code"
    __table_args__ = ({"sqlite_with_rowid": False},)

    district_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    questionnaire_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
