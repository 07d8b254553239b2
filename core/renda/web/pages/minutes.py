"""The attendance sheet for print, and the minutes: on a page and as a file."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from renda.errors import RendaError
from renda.i18n import gettext
from renda.matter import ROLES
from renda.services import meetings as sittings
from renda.services.meetings.minutes import Minutes, attendance_sentence, minutes, plain
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
    """The minutes as a file."""
    row, told = _minutes(seat, number)
    if name != "txt":
        raise RendaError(NOT_FOUND)
    g.private = True
    response = Response(plain(told), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(told.title)}.{name}"
    del row
    return response


def _minutes(seat: Seat, number: int) -> tuple[object, Minutes]:
    row = sittings.find(seat.desk, number)
    _check(seat)
    return row, minutes(seat.desk, number)


def _check(seat: Seat) -> None:
    if not sees_roster(seat):
        roles = "、".join(gettext(ROLES[role]) for role in ("clerk", "chair", "auditor"))
        raise RendaError("web.roles", roles=roles)
