"""Who votes in this browser: the account signed in, whoever's seat it is, or the holder of a slip.

A seat or a slip is kept in the browser's signed cookie and opens the ballots alone; it is looked up at every request,
so that it ends with the sitting. It is no session of an account: no row of the database begins or ends with it, because a
row with a time beside a seat would tell when somebody voted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import session
from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import AttendanceRow
from renda.services.desk import Desk
from renda.services.meetings import Holder, person_of_seat, person_of_slip, sign_in_at_seat, sign_in_by_slip
from renda.services.throttle import Place
from renda.web.limits import LONG_KEYS, asking_network, guesses
from renda.web.tenancy import Seat

declare(
    {
        "vote.signed_in": "这个浏览器里已经登录的是{present}，这个座席或凭条是{asked}的，没有改由{asked}投票。"
        "确要在这里由{asked}投票的，请先按下面的“退出登录”，再打开一次。",
        "vote.other_seat": "这台终端现在由{present}投票，这个座席是{asked}的，没有改由{asked}投票。"
        "确要改的，请先按下面的“结束使用这台终端”，再打开一次。",
    },
    status=409,
)

_SLIP, _SEAT = "slip", "terminal"
_LONGEST = 64


def take_slip(seat: Seat, slip: str) -> None:
    """From now on the holder of this slip votes here; an empty one ends it.

    Raises ``meeting.slip_wrong``, ``vote.signed_in`` where somebody else is signed in.
    """
    given = slip.strip()[:_LONGEST]
    if given:
        with guesses(seat.desk.now, Place(("slip", asking_network()), LONG_KEYS), "meeting.slip_wrong"):
            holder = person_of_slip(seat.desk, given)
        _check_alone(seat, holder)
    session.pop(_SLIP, None)
    if given:
        session[_SLIP] = given


def take_seat(seat: Seat, given: Mapping[str, str]) -> None:
    """From now on this browser is the terminal of a seat: an address alone never changes who votes here.

    Raises ``meeting.seat_wrong``, ``vote.signed_in`` where somebody else is signed in, ``vote.other_seat`` where the
    browser is the terminal of somebody else already.
    """
    meeting = given.get("meeting", "")
    number = int(meeting) if meeting.isascii() and meeting.isdigit() and len(meeting) < 19 else 0
    place = {"meeting": number, "seat": given.get("seat", "")[:_LONGEST], "key": given.get("key", "")[:_LONGEST]}
    with guesses(seat.desk.now, Place(("seat", asking_network()), LONG_KEYS), "meeting.seat_wrong", "meeting.unknown"):
        asked = person_of_seat(seat.desk, number, str(place["seat"]), str(place["key"]))
    _check_alone(seat, asked)
    present = held(seat.desk)
    if present is not None and present.actor.person != asked.actor.person:
        raise RendaError("vote.other_seat", present=present.actor.name, asked=asked.actor.name)
    session[_SEAT] = place


def leave() -> None:
    """From now on nobody votes here by a seat or a slip."""
    for name in (_SLIP, _SEAT):
        session.pop(name, None)


def _check_alone(seat: Seat, asked: Holder) -> None:
    """Refuse a seat or a slip in the browser of somebody else who is signed in; raises ``vote.signed_in``."""
    if seat.signed_in and seat.actor.person != asked.actor.person:
        raise RendaError("vote.signed_in", present=seat.actor.name, asked=asked.actor.name)


def voter(seat: Seat) -> Actor | None:
    """Who votes here, or None where nobody does: a slip before a seat before an account."""
    found = held(seat.desk)
    if found is not None:
        return found.actor
    return seat.actor if seat.signed_in else None


def by_slip() -> bool:
    """Whether a slip says who votes."""
    return _SLIP in session


def at_seat() -> bool:
    """Whether this browser is a terminal."""
    return _SLIP in session or _SEAT in session


def held(desk: Desk) -> Holder | None:
    """Whose slip or seat this browser has, and of which sitting; forgotten where it opens nothing any more."""
    slip: str | None = session.get(_SLIP)
    place: dict[str, Any] | None = session.get(_SEAT)
    try:
        if slip is not None:
            return person_of_slip(desk, slip)
        if place is not None:
            return person_of_seat(desk, place["meeting"], place["seat"], place["key"])
    except RendaError:
        session.pop(_SLIP if slip is not None else _SEAT, None)
    return None


def may_arrive(desk: Desk) -> bool:
    """Whether whoever has this browser's slip or seat has not signed in to their sitting yet, or has left."""
    found = held(desk)
    if found is None or found.actor.person is None:
        return False
    query = select(AttendanceRow.state).where(
        AttendanceRow.meeting_id == found.meeting, AttendanceRow.person_id == found.actor.person.id
    )
    return desk.session.scalar(query) != "present"


def sign_in(desk: Desk) -> None:
    """Sign in whoever's slip or seat this browser has; raises ``meeting.…``."""
    slip, place = session.get(_SLIP), session.get(_SEAT) or {}
    if slip is not None:
        sign_in_by_slip(desk, slip)
    else:
        sign_in_at_seat(desk, place.get("meeting", 0), place.get("seat", ""), place.get("key", ""))
