"""The attendance sheet for print, and the minutes: on a page and as a file."""

from __future__ import annotations

from io import BytesIO

from flask import g, render_template
from flask.typing import ResponseReturnValue

from renda.documents.minutes import as_docx
from renda.documents.notices import MEDIA_TYPE
from renda.errors import RendaError
from renda.i18n import gettext
from renda.matter import ROLES
from renda.model import MeetingRow
from renda.services import meetings as sittings
from renda.services.meetings.minutes import Minutes, attendance_sentence, minutes, plain
from renda.web.downloads import sent
from renda.web.errors import NOT_FOUND
from renda.web.pages.meetings import lines_of, sees_roster
from renda.web.tenancy import Seat, page


@page("/meetings/<int:number>/sheet")
def attendance_sheet(seat: Seat, number: int) -> ResponseReturnValue:
    """Everybody on the roster in the order of names, with room to sign by hand."""
    row = sittings.find(seat.desk, number)
    _check(seat)
    return render_template(
        "attendance_sheet.html",
        seat=seat,
        row=row,
        roster=lines_of(seat, number),
        sentence=attendance_sentence(sittings.presence(seat.desk, number)),
    )


@page("/meetings/<int:number>/minutes")
def sitting_minutes(seat: Seat, number: int) -> ResponseReturnValue:
    """The minutes as they stand."""
    row, told = _minutes(seat, number)
    return render_template("minutes.html", seat=seat, row=row, told=told)


@page("/meetings/<int:number>/minutes/<name>")
def minutes_file(seat: Seat, number: int, name: str) -> ResponseReturnValue:
    """The minutes as a file: for Word, or as plain text."""
    row, told = _minutes(seat, number)
    g.private = True
    if name == "docx":
        kept, media_type = as_docx(told, row.day, seat.desk.rulebook.letterheads), MEDIA_TYPE
    elif name == "txt":
        kept, media_type = plain(told).encode(), "text/plain; charset=utf-8"
    else:
        raise RendaError(NOT_FOUND)
    return sent(BytesIO(kept), media_type, f"{told.title}.{name}")


def _minutes(seat: Seat, number: int) -> tuple[MeetingRow, Minutes]:
    row = sittings.find(seat.desk, number)
    _check(seat)
    return row, minutes(seat.desk, number)


def _check(seat: Seat) -> None:
    if not sees_roster(seat):
        roles = "、".join(gettext(ROLES[role]) for role in ("clerk", "chair", "auditor"))
        raise RendaError("web.roles", roles=roles)
