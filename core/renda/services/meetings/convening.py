"""A sitting from its convening to its close."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import BallotRow, MeetingRow
from renda.services import chain, reading
from renda.services.desk import Desk
from renda.services.meetings.finding import check_office, check_state, find, note
from renda.services.meetings.naming import MOST, title_of
from renda.services.meetings.presence import check_quorum, presence_at
from renda.services.meetings.roster import fill, lines
from renda.sittings import BODIES, kept

declare(
    {
        "meeting.body": "没有“{body}”这种会议。可用的有:{allowed}。",
        "meeting.number": "会议次数应为 1 至 {most} 的整数,现为“{value}”。没有次数的会议请留空。",
        "meeting.item_blank": "议程第 {place} 项没有名称。请写明或删去。",
        "meeting.long": "“{entry}”过长:最多 {most} 个字,现有 {given} 个字。请缩短。",
    }
)
declare(
    {
        "meeting.twice": "“{title}”已经登记过,不能再登记一次。请核对次数。",
        "meeting.ballots_open": "“{title}”还有表决没有结束:{questions}。请先计票,再闭会。",
    },
    status=409,
)

_LENGTHS = {"place": 120, "part": 80, "term": 40}
_ITEM = 300
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the agenda, and the matter it is about, by number."""

    title: str
    matter: int | None = None


def convene(
    desk: Desk,
    actor: Actor,
    body: str,
    *,
    day: date,
    number: int | None = None,
    term: str = "",
    part: str = "",
    place: str = "",
    starts_at: datetime | None = None,
    agenda: Sequence[Item] = (),
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> int:
    """Convene a sitting and make its roster; answers with the sitting's number.

    ``body``: congress, committee or chairpersons; ``number`` in its term (第二十六次) or None; ``term``: the
    district's present one where left empty; ``part``: one of several sittings (第一次全体会议). The quorum is
    kept as the district lays it down today. Raises ``meeting.…``; nothing is kept then.
    """
    check_office(actor)
    head = chain.lock(desk)
    _check(body, number, {"place": place, "part": part, "term": term})
    file = desk.rulebook.district
    held = term or file.term
    title = title_of(file, body, held, number, part)
    if desk.session.scalar(select(MeetingRow.id).where(MeetingRow.title == title)) is not None:
        raise RendaError("meeting.twice", title=title)
    row = MeetingRow(
        body=body,
        term=held,
        number=number,
        part=part,
        title=title,
        day=day,
        starts_at=starts_at,
        place=place,
        state="convened",
        agenda=_kept(desk, agenda),
        quorum=kept(file.meetings.quorums[body]),
        hall_key=random_bytes(_KEY_BYTES).hex(),
    )
    desk.session.add(row)
    desk.session.flush()
    members = fill(desk, row)
    entries = {"day": day.isoformat(), "place": place, "members": members, "quorum": row.quorum, "agenda": row.agenda}
    note(desk, head, actor, row, "convene", "召集会议", entries)
    return row.id


def set_agenda(desk: Desk, actor: Actor, number: int, agenda: Sequence[Item]) -> None:
    """Put another agenda in the place of the present one; raises ``meeting.…``."""
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "修改议程", "convened", "open", "adjourned")
    row.agenda = _kept(desk, agenda)
    note(desk, head, actor, row, "agenda", "修改议程", {"agenda": row.agenda})
    desk.session.flush()


def open_sitting(desk: Desk, actor: Actor, number: int) -> None:
    """Begin, or go on after an adjournment, where enough are there; raises ``meeting.no_quorum``."""
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "开会", "convened", "adjourned")
    came_from = row.state
    if came_from == "convened":
        fill(desk, row)
    there = check_quorum(desk, row, "开会")
    row.state, row.opened_at = "open", row.opened_at or desk.now
    entries = {"members": there.members, "present": there.present, "quorum": there.comparison.text}
    note(desk, head, actor, row, "open", "开会" if came_from == "convened" else "继续开会", entries, came_from)
    desk.session.flush()


def adjourn(desk: Desk, actor: Actor, number: int) -> None:
    """Interrupt the sitting; who signed in stays signed in. Raises ``meeting.ballots_open``."""
    _leave_off(desk, actor, number, "adjourn", "休会", "adjourned", "open")


def close(desk: Desk, actor: Actor, number: int) -> None:
    """End the sitting: who neither came nor asked for leave was absent; codes, seats and slips open nothing more.

    Raises ``meeting.ballots_open`` while a ballot is open or waits to be counted.
    """
    _leave_off(desk, actor, number, "close", "闭会", "closed", "open", "adjourned")


def _leave_off(  # noqa: PLR0917
    desk: Desk, actor: Actor, number: int, action: str, label: str, state: str, *allowed: str
) -> None:
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, label, *allowed)
    _check_ballots(desk, row)
    came_from, row.state = row.state, state
    if state == "closed":
        for line in lines(desk, number):
            line.slip = None
            line.state = "absent" if line.state == "expected" else line.state
        row.hall_key, row.closed_at = "", desk.now
        desk.session.flush()
    there = presence_at(desk, row)
    counted = ("members", "present", "left", "leave", "absent", "late", "sitting_in")
    note(desk, head, actor, row, action, label, {name: getattr(there, name) for name in counted}, came_from)
    desk.session.flush()


def _check(body: str, number: int | None, texts: dict[str, str]) -> None:
    if body not in BODIES:
        raise RendaError("meeting.body", body=body, allowed="、".join(BODIES))
    if number is not None and not 1 <= number <= MOST:
        raise RendaError("meeting.number", value=number, most=MOST)
    for entry, text in texts.items():
        if len(text) > _LENGTHS[entry]:
            raise RendaError("meeting.long", entry=text[:12], most=_LENGTHS[entry], given=len(text))


def _kept(desk: Desk, agenda: Sequence[Item]) -> list[dict[str, Any]]:
    for place, item in enumerate(agenda, 1):
        if not item.title.strip():
            raise RendaError("meeting.item_blank", place=place)
        if len(item.title) > _ITEM:
            raise RendaError("meeting.long", entry=item.title[:12], most=_ITEM, given=len(item.title))
        if item.matter is not None:
            reading.find(desk, item.matter)
    return [{"title": item.title.strip(), "matter": item.matter} for item in agenda]


def _check_ballots(desk: Desk, row: MeetingRow) -> None:
    query = select(BallotRow.question).where(BallotRow.meeting_id == row.id, BallotRow.state.in_(("open", "stopped")))
    running = desk.session.scalars(query.order_by(BallotRow.id)).all()
    if running:
        raise RendaError("meeting.ballots_open", title=row.title, questions="、".join(running))
