"""What a district has published: documents for everybody, by year and title. Nothing else is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from renda.model import NoticeRow
from renda.services.desk import Desk

PAGE = 12
REPLY = "答复"
"""What the kind of a document says that answers one deputy or citizen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Documents, the newest first, and the number before which there are more; None at the end."""

    rows: Sequence[NoticeRow]
    before: int | None


def notices(
    desk: Desk, *, year: int, text: str = "", before: int | None = None, replies: bool = False, size: int = PAGE
) -> Shown:
    """The public documents of a year whose title contains ``text``: ``replies`` to one person, or all others."""
    query = _public(year).order_by(NoticeRow.issued_on.desc(), NoticeRow.id.desc())
    replying = NoticeRow.genre.contains(REPLY)
    query = query.where(replying if replies else ~replying)
    if text:
        query = query.where(NoticeRow.title.contains(text, autoescape=True))
    last = None if before is None else desk.session.get(NoticeRow, before)
    if last is not None and last.public:
        earlier = NoticeRow.issued_on < last.issued_on
        query = query.where(earlier | ((NoticeRow.issued_on == last.issued_on) & (NoticeRow.id < last.id)))
    rows = desk.session.scalars(query.limit(size + 1)).all()
    return Shown(rows[:size], rows[size - 1].id if len(rows) > size else None)


def newest_year(desk: Desk) -> int:
    """The last year in which something was published; this year where nothing was."""
    day = desk.session.scalar(
        select(NoticeRow.issued_on).where(NoticeRow.public).order_by(NoticeRow.issued_on.desc()).limit(1)
    )
    return desk.day.year if day is None else day.year


def _public(year: int) -> Select[NoticeRow]:
    return select(NoticeRow).where(NoticeRow.public, NoticeRow.issued_on.between(date(year, 1, 1), date(year, 12, 31)))
