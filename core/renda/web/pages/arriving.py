"""Signing in: the code on the hall's screen, the page of a phone, a seat's terminal or a slip."""

from __future__ import annotations

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from renda.errors import RendaError
from renda.i18n import gettext
from renda.matter import Actor
from renda.model import AttendanceRow, MeetingRow
from renda.services import meetings as sittings
from renda.services.meetings.codes import ROTATES
from renda.services.meetings.finding import check_office
from renda.services.throttle import Place
from renda.web import voters
from renda.web.codes import code_of
from renda.web.limits import SHORT_CODES, guesses
from renda.web.pages.meetings import lines_of, seen
from renda.web.polling import meeting_of
from renda.web.tenancy import Seat, page, to_sign_in


@page("/hall/<token>/sign-in", public=True)
def hall_sign_in(seat: Seat, token: str) -> ResponseReturnValue:
    """The screen at the door: a code that changes, how many are there, whether that is enough."""
    number = meeting_of(seat.slug, token)
    g.private = True
    return render_template("hall_sign_in.html", seat=seat, token=token, **_screen(seat, number))


@page("/hall/<token>/code", public=True)
def hall_code(seat: Seat, token: str) -> ResponseReturnValue:
    """The part of the screen that is asked for every few seconds; nothing is sent where nothing has changed."""
    number = meeting_of(seat.slug, token)
    g.private = True
    screen = _screen(seat, number)
    if request.args.get("seen") == screen["mark"]:
        return Response(status=204)
    return render_template("hall_code.html", seat=seat, token=token, **screen)


@page("/meetings/<int:number>/here", methods=("GET", "POST"), public=True)
def signing_in(seat: Seat, number: int) -> ResponseReturnValue:
    """One's own sign-in: the address in the code, opened on a phone. One button."""
    if not seat.signed_in:
        return to_sign_in(seat.slug)
    g.private = True
    row = sittings.find(seat.desk, number)
    code = request.values.get("code", "")[:80]
    refusal = None
    if request.method == "POST":
        try:
            place = Place(("code", seat.slug, seat.actor.account_id or 0), SHORT_CODES)
            codes = ("meeting.code_wrong", "meeting.code_old")
            with guesses(seat.desk.now, place, *codes), seat.desk.session.begin_nested():
                sittings.sign_in_by_code(seat.desk, seat.actor, number, code)
        except RendaError as refused:
            refusal = refused
        else:
            return redirect(url_for("district.signing_in", slug=seat.slug, number=number), 303)
    shown = render_template(
        "signing_in.html", seat=seat, row=row, code=code, refusal=refusal, line=_line(seat, number, seat.actor)
    )
    return shown, 200 if refusal is None else refusal.status


@page("/arrive", methods=("GET", "POST"), public=True)
def arrive(seat: Seat) -> ResponseReturnValue:
    """The same without an account: at a seat's terminal, whose address says whose seat it is, or with a slip."""
    g.private = True
    refusal = None
    try:
        if request.method == "GET" and "key" in request.args:
            voters.take_seat(seat, request.args)
            return redirect(url_for("district.arrive", slug=seat.slug), 303)
        if "leave" in request.form:
            voters.leave()
            return redirect(url_for("district.arrive", slug=seat.slug), 303)
        if "slip" in request.form:
            voters.take_slip(seat, request.form["slip"])
            return redirect(url_for("district.arrive", slug=seat.slug), 303)
        if request.method == "POST":
            with seat.desk.session.begin_nested():
                voters.sign_in(seat.desk)
            return redirect(url_for("district.arrive", slug=seat.slug), 303)
    except RendaError as refused:
        refusal = refused
    held = voters.held(seat.desk)
    row = None if held is None else sittings.find(seat.desk, held.meeting)
    line = None if held is None else _line(seat, held.meeting, held.actor)
    shown = render_template("arrive.html", seat=seat, row=row, line=line, refusal=refusal, by_slip=voters.by_slip())
    return shown, 200 if refusal is None else refusal.status


@page("/meetings/<int:number>/terminals")
def terminals(seat: Seat, number: int) -> ResponseReturnValue:
    """The addresses of the seats, to be opened once on each terminal; for the office alone, since each is a key."""
    row = sittings.find(seat.desk, number)
    check_office(seat.actor)
    g.private = True
    seats = []
    for line in lines_of(seat, number):
        if line.row.seat and row.hall_key:
            key = sittings.seat_key(seat.desk, seat.actor, number, line.row.seat)
            address = url_for(
                "district.arrive", slug=seat.slug, meeting=number, seat=line.row.seat, key=key, _external=True
            )
            label = gettext("座席 {seat} 的二维码", seat=line.row.seat)
            seats.append((line, address, code_of(address, label)))
    return render_template("terminals.html", seat=seat, row=row, seats=seats)


def _screen(seat: Seat, number: int) -> dict[str, object]:
    row = sittings.find(seat.desk, number)
    there = sittings.presence(seat.desk, number)
    picture, window = None, ""
    if row.state != "closed":
        code = sittings.hall_code(seat.desk, number)
        window = code.partition("-")[0]
        address = url_for("district.signing_in", slug=seat.slug, number=number, code=code, _external=True)
        picture = code_of(address, gettext("签到二维码"))
    mark = f"{seen(there)}-{row.state}-{window}"
    return {"row": row, "there": there, "picture": picture, "mark": mark, "rotates": ROTATES}


def _line(seat: Seat, number: int, actor: Actor) -> AttendanceRow | None:
    if actor.person is None:
        return None
    query = select(AttendanceRow).join(MeetingRow, MeetingRow.id == AttendanceRow.meeting_id)
    return seat.desk.session.scalar(
        query.where(AttendanceRow.meeting_id == number, AttendanceRow.person_id == actor.person.id)
    )
