"""The minutes of a sitting (会议记录) as a Word file."""

from __future__ import annotations

from datetime import date

from renda.documents.official import Official, Part, written
from renda.letterheads import Letterheads
from renda.services.meetings.minutes import Minutes

GENRE = "会议记录"


def as_docx(told: Minutes, held_on: date, letterheads: Letterheads, *, number: str = "") -> bytes:
    """The minutes in the layout of GB/T 9704-2012 for minutes; ``number`` where they bear one."""
    parts = []
    for section in told.sections:
        parts.append(Part(section.title, section.paragraphs))
        parts += [Part(table.caption, columns=table.columns, rows=table.rows) for table in section.tables]
    return written(
        Official(
            letterhead=letterheads.of(GENRE),
            title=told.title,
            paragraphs=(),
            issued_on=held_on,
            number=number,
            parts=parts,
        )
    )
