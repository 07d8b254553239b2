"""Organs, people, the posts they hold and their mandates: kept by code, dated, never overlapping.

Every function may be repeated: what is there already under its code, or since the same day, is brought up
to date and not doubled. Each takes the district's lock before it looks at what is there: two at once give what one
after the other would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from renda.answers import Appointment
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import AppointmentRow, MandateRow, OrganRow, PersonRow
from renda.name_order import is_computed
from renda.services import chain
from renda.services.desk import Desk

declare(
    {
        "people.overlap": "{person}在{organ}任“{post}”的时间重叠:已有 {earlier},又登记 {later}。"
        "请先写明前一段的截止日期,或改正日期。",
        "people.mandate_overlap": "{person}的代表资格时间重叠:已有 {earlier},又登记 {later}。"
        "请先写明前一段的截止日期,或改正日期。",
        "people.not_held": "{person}在 {day} 没有任{organ}“{post}”,无从免去。请核对职务。",
        "people.period": "截止日期 {until} 早于起始日期 {since}。请改正。",
        "people.blank": "{noun}须有代码和名称,现为“{code}”“{name}”。",
    },
    status=422,
)
declare({"people.unknown": "没有代码为“{code}”的{noun}。"}, status=404)


def organ(desk: Desk, code: str) -> OrganRow:
    """The organ of that code; raises ``people.unknown``."""
    row = desk.session.scalar(select(OrganRow).where(OrganRow.code == code))
    if row is None:
        raise RendaError("people.unknown", code=code, noun=gettext("机构"))
    return row


def person(desk: Desk, code: str) -> PersonRow:
    """The person of that code; raises ``people.unknown``."""
    row = desk.session.scalar(select(PersonRow).where(PersonRow.code == code))
    if row is None:
        raise RendaError("people.unknown", code=code, noun=gettext("人员"))
    return row


def keep_organ(
    desk: Desk, code: str, name: str, *, sort: str = "department", since: date | None = None, until: date | None = None
) -> OrganRow:
    """Add an organ, or bring the one of that code up to date."""
    _check_named(gettext("机构"), code, name)
    _check_period(since, until)
    chain.lock(desk)
    row = desk.session.scalar(select(OrganRow).where(OrganRow.code == code)) or OrganRow(code=code)
    row.name, row.sort, row.since, row.until = name, sort, since, until
    desk.session.add(row)
    desk.session.flush()
    return row


def keep_person(desk: Desk, code: str, name: str, *, sort_key: str = "") -> PersonRow:
    """Add a person, or bring the one of that code up to date.

    ``sort_key``: a place in lists set by hand, before all names in the district's order (``renda.name_order``); it
    stays until another is set.
    """
    _check_named(gettext("人员"), code, name)
    chain.lock(desk)
    row = desk.session.scalar(select(PersonRow).where(PersonRow.code == code)) or PersonRow(code=code)
    by_hand = sort_key or ("" if is_computed(row.sort_key or "") else row.sort_key)
    row.name, row.sort_key = name, by_hand or desk.rulebook.district.names.key(name)
    desk.session.add(row)
    desk.session.flush()
    return row


def put_in_order(desk: Desk) -> int:
    """Sort all people as the district now says; for how many that made a difference."""
    names, changed = desk.rulebook.district.names, 0
    chain.lock(desk)
    for row in desk.session.scalars(select(PersonRow)):
        if is_computed(row.sort_key) and row.sort_key != (key := names.key(row.name)):
            row.sort_key = key
            changed += 1
    desk.session.flush()
    return changed


def characters_without_strokes(desk: Desk) -> list[str]:
    """The characters of people's names whose strokes neither the table nor the district knows."""
    names = desk.rulebook.district.names
    return sorted({sign for name in desk.session.scalars(select(PersonRow.name)) for sign in names.unknown(name)})


def appoint(
    desk: Desk,
    who: PersonRow,
    where: OrganRow,
    post: str,
    since: date,
    *,
    until: date | None = None,
    head: bool = False,
    decision: str = "",
) -> AppointmentRow:
    """Enter an appointment; one since the same day is brought up to date.

    ``until`` is the last day in the post, None while it lasts; ``head``: the post leads the organ.
    Raises ``people.overlap`` where the same person holds the same post of the same organ at that time.
    """
    _check_period(since, until)
    chain.lock(desk)
    held = _in_post(desk, who, where, post)
    row = next((each for each in held if each.since == since), None)
    other = _overlapping(since, until, (each for each in held if each is not row))
    if other is not None:
        raise RendaError(
            "people.overlap",
            person=who.name,
            organ=where.name,
            post=post,
            earlier=period(other.since, other.until),
            later=period(since, until),
        )
    row = row or AppointmentRow(person_id=who.id, organ_id=where.id, post=post, since=since)
    row.until, row.head, row.decision = until, head, decision
    desk.session.add(row)
    desk.session.flush()
    return row


def leave(desk: Desk, who: PersonRow, where: OrganRow, post: str, last: date) -> AppointmentRow:
    """End the appointment the person holds on ``last``, which is the last day in the post.

    Raises ``people.not_held`` where the person does not hold that post of that organ on the day.
    """
    chain.lock(desk)
    row: AppointmentRow | None = _overlapping(last, last, _in_post(desk, who, where, post))
    if row is None:
        raise RendaError("people.not_held", person=who.name, organ=where.name, post=post, day=last.isoformat())
    row.until = last
    desk.session.flush()
    return row


def ended_on(desk: Desk, who: PersonRow, where: OrganRow, post: str, since: date) -> date | None:
    """The last day the roster knows of the appointment that began on ``since``; None while it lasts."""
    return next((each.until for each in _in_post(desk, who, where, post) if each.since == since), None)


def enter_appointments(desk: Desk, asked: Iterable[Appointment]) -> None:
    """Enter what an action appoints somebody to, from today on, and what it ends, with today as the last day.

    Raises ``party.unknown`` for a person or organ that is not there, and what ``appoint`` and ``leave`` raise.
    """
    for each in asked:
        who, where = desk.session.get(PersonRow, each.person), desk.session.get(OrganRow, each.organ)
        if who is None:
            raise RendaError("party.unknown", number=each.person, noun=gettext("人员"))
        if where is None:
            raise RendaError("party.unknown", number=each.organ, noun=gettext("机构"))
        if each.ends:
            leave(desk, who, where, each.post, desk.day)
        else:
            appoint(desk, who, where, each.post, desk.day, head=each.head, decision=each.decision)


def give_mandate(
    desk: Desk,
    who: PersonRow,
    since: date,
    *,
    until: date | None = None,
    constituency: str = "",
    delegation: str = "",
    committee_member: bool = False,
) -> MandateRow:
    """Enter a deputy's mandate; one since the same day is brought up to date.

    Raises ``people.mandate_overlap`` where the person holds another mandate at that time.
    """
    _check_period(since, until)
    chain.lock(desk)
    held = desk.session.scalars(select(MandateRow).where(MandateRow.person_id == who.id)).all()
    row = next((each for each in held if each.since == since), None)
    other = _overlapping(since, until, (each for each in held if each is not row))
    if other is not None:
        raise RendaError(
            "people.mandate_overlap",
            person=who.name,
            earlier=period(other.since, other.until),
            later=period(since, until),
        )
    row = row or MandateRow(person_id=who.id, since=since)
    row.until, row.constituency, row.delegation = until, constituency, delegation
    row.committee_member = committee_member
    desk.session.add(row)
    desk.session.flush()
    desk.found.pop(("mandates of", who.id), None)
    return row


def period(since: date, until: date | None) -> str:
    """A time as people read it, both days included."""
    return gettext("{since} 起至今", since=since) if until is None else f"{since} — {until}"


def _in_post(desk: Desk, who: PersonRow, where: OrganRow, post: str) -> Sequence[AppointmentRow]:
    held = (AppointmentRow.person_id == who.id, AppointmentRow.organ_id == where.id, AppointmentRow.post == post)
    return desk.session.scalars(select(AppointmentRow).where(*held)).all()


def _overlapping(since: date, until: date | None, held: Iterable[Any]) -> Any:
    last = date.max if until is None else until
    return next((each for each in held if each.since <= last and since <= (each.until or date.max)), None)


def _check_period(since: date | None, until: date | None) -> None:
    if since is not None and until is not None and until < since:
        raise RendaError("people.period", since=since.isoformat(), until=until.isoformat())


def _check_named(noun: str, code: str, name: str) -> None:
    if not code.strip() or not name.strip():
        raise RendaError("people.blank", noun=noun, code=code, name=name)
