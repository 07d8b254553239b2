"""Signing in, leave, absence, leaving early: one line of the roster at a time, each entered in the record."""

from __future__ import annotations

from collections.abc import Sequence

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import AttendanceRow, MeetingRow
from renda.services import chain
from renda.services.desk import Desk
from renda.services.meetings.codes import check_code, person_of_seat, person_of_slip
from renda.services.meetings.finding import (
    PRESENCE,
    attendance_of,
    check_office,
    check_state,
    find,
    name_of,
    note,
)

declare(
    {
        "meeting.not_a_person": "您的账号没有对应的人员,不能签到。请找会务工作人员。",
    },
    status=403,
)
declare(
    {
        "meeting.no_reason": "请写明{person}请假的事由。",
        "meeting.reason_long": "事由过长:最多 {most} 个字,现有 {given} 个字。请缩短。",
        "meeting.is_present": "{person}已签到,不能登记“{state}”。中途离开请登记“离会”。",
        "meeting.not_present": "{person}现在是“{state}”,不在会场,不能登记离会。",
    },
    status=409,
)

LONGEST_REASON = 200
_RUNNING = ("convened", "open", "adjourned")


def sign_in(desk: Desk, actor: Actor, number: int, person: int) -> bool:
    """The office signs somebody in; False where they were present already and nothing changed.

    Who was on leave, absent or had left is present again. Raises ``meeting.not_yours``, ``meeting.not_now``,
    ``meeting.not_expected``.
    """
    check_office(actor)
    return _arrive(desk, actor, number, person, "clerk")


def sign_in_together(desk: Desk, actor: Actor, number: int, people: Sequence[int]) -> int:
    """The office signs in several at once, in one entry of the record; answers how many were not present yet.

    For a list that was kept on paper. Raises as ``sign_in``; nobody is signed in then.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "签到", *_RUNNING)
    lines = [attendance_of(desk, row, person) for person in people]
    arriving = [line for line in lines if line.state != "present"]
    for line in arriving:
        _seat(desk, row, line, "clerk")
    told = {"people": [line.person_id for line in arriving], "way": "clerk"}
    note(desk, head, actor, row, "sign_in_together", "签到", told)
    desk.session.flush()
    return len(arriving)


def sign_in_by_code(desk: Desk, actor: Actor, number: int, code: str) -> bool:
    """A signed-in person signs in to the sitting with the code from the hall's screen.

    Answers and raises as ``sign_in``; besides ``meeting.code_…`` and ``meeting.not_a_person``.
    """
    if actor.person is None:
        raise RendaError("meeting.not_a_person")
    # Who is refused takes no lock; whoever is let in is asked again once the record is locked.
    check_code(desk, find(desk, number), code)
    chain.lock(desk)
    check_code(desk, find(desk, number), code)
    return _arrive(desk, actor, number, actor.person.id, "qr")


def sign_in_at_seat(desk: Desk, number: int, seat: str, key: str) -> bool:
    """Whoever has that seat signs in at its terminal; raises ``meeting.seat_wrong`` and as ``sign_in``."""
    person_of_seat(desk, number, seat, key)
    chain.lock(desk)
    holder = person_of_seat(desk, number, seat, key)
    return _arrive(desk, holder.actor, number, _number(holder.actor), "seat")


def sign_in_by_slip(desk: Desk, slip: str) -> bool:
    """The holder of a slip signs in to its sitting; raises ``meeting.slip_wrong`` and as ``sign_in``."""
    person_of_slip(desk, slip)
    chain.lock(desk)
    holder = person_of_slip(desk, slip)
    return _arrive(desk, holder.actor, holder.meeting, _number(holder.actor), "slip")


def take_leave(desk: Desk, actor: Actor, number: int, person: int, reason: str) -> None:
    """Somebody has leave, for a reason; raises ``meeting.no_reason``, ``meeting.is_present`` and others."""
    if not reason.strip():
        raise RendaError("meeting.no_reason", person=name_of(desk, person))
    _stay_away(desk, actor, number, person, "leave", "登记请假", reason)


def stay_absent(desk: Desk, actor: Actor, number: int, person: int, reason: str = "") -> None:
    """Somebody does not come and has no leave; raises ``meeting.is_present`` and others."""
    _stay_away(desk, actor, number, person, "absent", "登记缺席", reason)


def depart(desk: Desk, actor: Actor, number: int, person: int, reason: str = "") -> None:
    """Somebody leaves before the end, and is in no ballot opened from now on; raises ``meeting.not_present``."""
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "登记离会", *_RUNNING)
    line, name = attendance_of(desk, row, person), name_of(desk, person)
    if line.state != "present":
        raise RendaError("meeting.not_present", person=name, state=PRESENCE[line.state])
    line.state, line.left_at, line.reason = "left", desk.now, _checked(reason)
    told = {"person": person, "name": name, "reason": line.reason}
    note(desk, head, actor, row, "depart", "登记离会", told)
    desk.session.flush()


def _arrive(desk: Desk, actor: Actor, number: int, person: int, way: str) -> bool:
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "签到", *_RUNNING)
    line = attendance_of(desk, row, person)
    if line.state == "present":
        return False
    _seat(desk, row, line, way)
    told = {"person": person, "name": name_of(desk, person), "way": way, "late": line.late}
    note(desk, head, actor, row, "sign_in", "签到", told)
    desk.session.flush()
    return True


def _seat(desk: Desk, row: MeetingRow, line: AttendanceRow, way: str) -> None:
    """Present; who comes back after leaving keeps the hour of the first arrival."""
    came_back = line.arrived_at is not None
    line.state, line.way, line.reason, line.left_at = "present", way, "", None
    if not came_back:
        line.arrived_at = desk.now
        line.late = row.opened_at is not None and row.opened_at < desk.now


def _stay_away(  # noqa: PLR0917
    desk: Desk, actor: Actor, number: int, person: int, state: str, label: str, reason: str
) -> None:
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, label, *_RUNNING)
    line, name = attendance_of(desk, row, person), name_of(desk, person)
    if line.state in {"present", "left"}:
        raise RendaError("meeting.is_present", person=name, state=PRESENCE[state])
    line.state, line.reason = state, _checked(reason)
    note(desk, head, actor, row, state, label, {"person": person, "name": name, "reason": line.reason})
    desk.session.flush()


def _checked(reason: str) -> str:
    said = reason.strip()
    if len(said) > LONGEST_REASON:
        raise RendaError("meeting.reason_long", most=LONGEST_REASON, given=len(said))
    return said


def _number(actor: Actor) -> int:
    if actor.person is None:
        raise RendaError("meeting.not_a_person")
    return actor.person.id
