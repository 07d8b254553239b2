"""What opens the door without the office's help: the code on the hall's screen, a seat's address, a slip.

Codes and addresses of seats are made from the sitting's key and kept nowhere; of a slip only its digest is
kept. All end with the sitting. None of them is written anywhere when somebody votes: a slip that were used
up by a vote would be a second row marked in the order of casting.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import Actor, Party
from renda.model import AttendanceRow, MeetingRow, PersonRow
from renda.services import chain
from renda.services.desk import Desk
from renda.services.meetings.finding import attendance_of, check_office, check_state, find, note

declare(
    {
        "meeting.code_wrong": "签到码不对。请重新扫描会场屏幕上的二维码。",
        "meeting.code_old": "签到码已过期。请重新扫描会场屏幕上的二维码。",
        "meeting.seat_wrong": "座席终端的地址不对,或座席已改排。请找会务工作人员。",
        "meeting.slip_wrong": "凭条“{start}…”不对或已失效。请核对,或到签到处换一张。",
    },
    status=403,
)

ROTATES = 30
"""For how many seconds the screen shows the same code."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SLIP = 16
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a slip or sits at a terminal, and in which sitting; nothing else is open to them."""

    meeting: int
    actor: Actor


def hall_code(desk: Desk, number: int) -> str:
    """The code the hall's screen shows now; raises ``meeting.not_now`` after the close."""
    row = find(desk, number)
    check_state(row, "签到", "convened", "open", "adjourned")
    return _code(row, int(desk.now.timestamp()) // ROTATES)


def check_code(desk: Desk, row: MeetingRow, code: str) -> None:
    """Refuse a code that is wrong or older than the district allows; raises ``meeting.code_…``."""
    window, _, _ = code.partition("-")
    shown = int(window) if window.isascii() and window.isdigit() and len(window) < 12 else -1
    if not row.hall_key or not hmac.compare_digest(_code(row, shown).encode(), code.encode()):
        raise RendaError("meeting.code_wrong")
    age = int(desk.now.timestamp()) - shown * ROTATES
    if not 0 <= age <= desk.rulebook.district.meetings.code_lasts:
        raise RendaError("meeting.code_old")


def seat_key(desk: Desk, actor: Actor, number: int, seat: str) -> str:
    """What a seat's terminal is opened with, for the office that sets up the hall."""
    check_office(actor)
    return _mac(find(desk, number), f"seat:{seat}")


def person_of_seat(desk: Desk, number: int, seat: str, key: str) -> Holder:
    """Who sits at a terminal: whoever has that seat in this sitting; raises ``meeting.seat_wrong``."""
    row = find(desk, number)
    query = (
        select(PersonRow)
        .join(AttendanceRow, AttendanceRow.person_id == PersonRow.id)
        .where(AttendanceRow.meeting_id == number, AttendanceRow.seat == seat)
    )
    person = desk.session.scalar(query) if seat and row.hall_key else None
    if person is None or not hmac.compare_digest(_mac(row, f"seat:{seat}").encode(), key.encode()):
        raise RendaError("meeting.seat_wrong")
    return Holder(number, _holder(person))


def give_slip(
    desk: Desk,
    actor: Actor,
    number: int,
    person: int,
    *,
    random_below: Callable[[int], int] = secrets.randbelow,
) -> str:
    """A slip for somebody without a phone, told this once; one given before opens nothing more.

    16 letters and digits in groups of four (80 bits). Raises ``meeting.not_expected``, ``meeting.not_now``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "发凭条", "convened", "open", "adjourned")
    line = attendance_of(desk, row, person)
    letters = "".join(_LETTERS[random_below(len(_LETTERS))] for _ in range(_SLIP))
    line.slip = _digest(desk, letters)
    name = desk.session.get_one(PersonRow, person).name
    note(desk, head, actor, row, "slip", "发凭条", {"person": person, "name": name})
    desk.session.flush()
    return "-".join(letters[at : at + _GROUP] for at in range(0, _SLIP, _GROUP))


def person_of_slip(desk: Desk, slip: str) -> Holder:
    """Whose slip that is, and of which sitting; nothing is written. Raises ``meeting.slip_wrong``.

    Spaces, hyphens and small letters do not matter, nor O for 0 and I or L for 1. Whether the holder may vote
    in a ballot is for the ballot's electorate to say.
    """
    read = "".join(sign for sign in slip.upper() if sign.isalnum()).translate(_READ_AS)
    query = (
        select(PersonRow, AttendanceRow.meeting_id)
        .join(AttendanceRow, AttendanceRow.person_id == PersonRow.id)
        .where(AttendanceRow.slip == _digest(desk, read))
    )
    found = desk.session.execute(query).first()
    if found is None:
        raise RendaError("meeting.slip_wrong", start=read[:_GROUP])
    return Holder(found[1], _holder(found[0]))


def _holder(person: PersonRow) -> Actor:
    return Actor(None, person.name, frozenset({"public"}), Party("person", person.id, person.name))


def _digest(desk: Desk, letters: str) -> str:
    return hashlib.sha256(f"{desk.session.district_id}:{letters}".encode()).hexdigest()


def _code(row: MeetingRow, window: int) -> str:
    return f"{window}-{_mac(row, f'hall:{window}')}"


def _mac(row: MeetingRow, about: str) -> str:
    told = f"{row.id}:{about}".encode()
    return hmac.new(bytes.fromhex(row.hall_key), told, hashlib.sha256).hexdigest()[:24]
