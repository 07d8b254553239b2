"""An issued document as a Word file, and what the file is called."""

from __future__ import annotations

import re

from renda.documents.official import Official, parts_of, written
from renda.letterheads import Letterheads
from renda.model import NoticeRow

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]')


def official(row: NoticeRow, letterheads: Letterheads) -> Official:
    """What a kept document says, with the letterhead of its kind."""
    letterhead = letterheads.of(row.genre)
    own = row.issuer in {"", letterhead.organ}
    return Official(
        letterhead=letterhead,
        title=row.title,
        paragraphs=row.paragraphs,
        issued_on=row.issued_on,
        # A department numbers its own documents: its number is not ours to give.
        number=row.number if own else "",
        issuer=row.issuer,
        recipients=row.recipients,
        copies=row.copies,
        attachments=parts_of(row.attachments),
    )


def as_docx(row: NoticeRow, letterheads: Letterheads) -> bytes:
    """The document in the layout of GB/T 9704-2012."""
    return written(official(row, letterheads))


def file_name(row: NoticeRow) -> str:
    """What the file is called: the number and the title, without what file systems refuse."""
    return f"{_NOT_IN_NAMES.sub('', f'{row.number} {row.title}').strip()[:120]}.docx"
