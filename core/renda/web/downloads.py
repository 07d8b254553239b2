"""Files that are handed out: spreadsheets of lists and tables, documents for Word."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from flask import request, send_file
from werkzeug.wrappers import Response

from renda import fields
from renda.answers import Sheet
from renda.documents import notices as papers
from renda.documents.lists import Table
from renda.documents.spreadsheets import MEDIA_TYPES
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.letterheads import Letterheads
from renda.matter import Matter
from renda.model import NoticeRow
from renda.practice import Practice
from renda.web import security

declare({"file.unknown": "这个事项没有“{entry}”这个文件。"}, status=404)

FORMS = tuple(MEDIA_TYPES)


def form_asked() -> str:
    """The form of file the address asks for in ``format``; empty where it asks for the page."""
    return request.args.get("format", "")


def spreadsheet(table: Table, form: str, slug: str) -> Response:
    """A table as a file to keep; raises ``sheet.form`` for a form that is none."""
    return sent(table.file(form), MEDIA_TYPES[form], f"{slug}-{table.title}.{form}")


def sheet_table(sheet: Sheet) -> Table:
    """What a practice tells of a time, as a table for a file."""
    return Table(gettext(sheet.title), [gettext(column) for column in sheet.columns], iter(sheet.rows))


def document(row: NoticeRow, letterheads: Letterheads) -> Response:
    """An issued document as a Word file."""
    return sent(BytesIO(papers.as_docx(row, letterheads)), papers.MEDIA_TYPE, papers.file_name(row))


def text_file(practice: Practice, matter: Matter, entry: str) -> Response:
    """An entry of a matter that is a file of its own; raises ``file.unknown`` where it is none or still empty."""
    field, text = practice.payload(matter.kind).fields.get(entry), matter.payload.get(entry)
    if not isinstance(field, fields.TextFile) or not text:
        raise RendaError("file.unknown", entry=entry)
    return sent(BytesIO(str(text).encode()), "application/octet-stream", field.file)


def sent(kept: IO[bytes], media_type: str, name: str) -> Response:
    """A file to keep under a name; that somebody who signed in took it is in the security log."""
    security.note_export(name)
    return send_file(kept, media_type, as_attachment=True, download_name=name, etag=False)
