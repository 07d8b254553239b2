"""Who belongs to a body on a day, and the roster of a sitting: those expected, those who sit in, their seats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Select, delete, or_, select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.model import AppointmentRow, AttendanceRow, MandateRow, MeetingRow, OrganRow, PersonRow
from renda.services import chain
from renda.services.desk import Desk
from renda.services.meetings.finding import attendance_of, check_office, check_state, find, name_of, note

declare(
    {
        "meeting.seat_taken": "“{title}”的座席“{seat}”已排给{person}。请换一个座席。",
        "meeting.seat_long": "座席“{seat}”过长:最多 {most} 个字。",
    },
    status=409,
)

LONGEST_SEAT = 20


def entitled(desk: Desk, body: str, day: date) -> tuple[int, ...]:
    """The people (by number) who belong to a body on a day: deputies, committee members, chairpersons."""
    query: Select[int] = select(PersonRow.id).order_by(PersonRow.sort_key, PersonRow.id)
    if body == "chairpersons":
        rules = desk.rulebook.district.meetings
        held = (
            select(AppointmentRow.person_id)
            .join(OrganRow, OrganRow.id == AppointmentRow.organ_id)
            .where(OrganRow.sort == rules.chair_organs, AppointmentRow.post.in_(rules.chair_posts))
            .where(AppointmentRow.since <= day, or_(AppointmentRow.until.is_(None), AppointmentRow.until >= day))
        )
    else:
        held = select(MandateRow.person_id).where(
            MandateRow.since <= day, or_(MandateRow.until.is_(None), MandateRow.until >= day)
        )
        if body == "committee":
            held = held.where(MandateRow.committee_member.is_(True))
    return tuple(desk.session.scalars(query.where(PersonRow.id.in_(held))))


def fill(desk: Desk, row: MeetingRow) -> int:
    """Bring the roster up to date with those entitled on the sitting's day; answers how many they are.

    Somebody no longer entitled goes, unless already signed in: who is in the hall is for people to settle.
    """
    wanted = entitled(desk, row.body, row.day)
    on_it = {each.person_id: each for each in lines(desk, row.id)}
    gone = [each.id for number, each in on_it.items() if each.entitled and number not in wanted]
    if gone:
        desk.session.execute(delete(AttendanceRow).where(AttendanceRow.id.in_(gone), AttendanceRow.state != "present"))
    for number in wanted:
        if number not in on_it:
            desk.session.add(AttendanceRow(meeting_id=row.id, person_id=number, state="expected"))
        else:
            on_it[number].entitled = True
    row.members = len(wanted)
    desk.session.flush()
    return row.members


def lines(desk: Desk, number: int) -> list[AttendanceRow]:
    """The roster of a sitting, in the order of names: those entitled first."""
    query = (
        select(AttendanceRow)
        .join(PersonRow, PersonRow.id == AttendanceRow.person_id)
        .where(AttendanceRow.meeting_id == number)
        .order_by(AttendanceRow.entitled.desc(), PersonRow.sort_key, PersonRow.id)
    )
    return list(desk.session.scalars(query))


def sit_in(desk: Desk, actor: Actor, number: int, person: int) -> None:
    """Put somebody on the roster who sits in and neither counts nor votes (列席); may be repeated.

    Raises ``meeting.not_now`` and ``party.unknown``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "列入列席人员", "convened", "open", "adjourned")
    if not desk.exists("person", person):
        raise RendaError("party.unknown", number=person, noun=gettext("人员"))
    known = select(AttendanceRow.id).where(AttendanceRow.meeting_id == number, AttendanceRow.person_id == person)
    if desk.session.scalar(known) is not None:
        return
    desk.session.add(AttendanceRow(meeting_id=number, person_id=person, state="expected", entitled=False))
    note(desk, head, actor, row, "sit_in", "列入列席人员", {"person": person, "name": name_of(desk, person)})
    desk.session.flush()


def give_seats(desk: Desk, actor: Actor, number: int, seats: Mapping[int, str]) -> None:
    """Give people (by number) their seats; an empty seat takes it away.

    Raises ``meeting.not_expected``, ``meeting.seat_taken``, ``meeting.seat_long``; nothing is kept then.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "排座", "convened", "open", "adjourned")
    changed: dict[str, str] = {}
    for person, seat in seats.items():
        line, given = attendance_of(desk, row, person), seat.strip()
        if len(given) > LONGEST_SEAT:
            raise RendaError("meeting.seat_long", seat=given, most=LONGEST_SEAT)
        if line.seat != given:
            line.seat = given
            changed[str(person)] = given
    taken: dict[str, int] = {}
    for line in lines(desk, number):
        if line.seat and line.seat in taken:
            person_there = name_of(desk, taken[line.seat])
            raise RendaError("meeting.seat_taken", title=row.title, seat=line.seat, person=person_there)
        taken[line.seat] = line.person_id
    if changed:
        note(desk, head, actor, row, "seats", "排座", {"seats": changed})
    desk.session.flush()
