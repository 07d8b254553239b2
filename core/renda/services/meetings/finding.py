"""A sitting's row, who may do what with it, what is entered in the record; every refusal a sitting knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import ROLES, Actor
from renda.model import AttendanceRow, ChainHead, MeetingRow, PersonRow
from renda.services import chain
from renda.services.desk import Desk

declare({"meeting.unknown": "没有第 {number} 号会议。"}, status=404)
declare({"meeting.not_yours": "会议由{who}组织,您没有这个身份。"}, status=403)
declare(
    {
        "meeting.not_now": "现在不能“{deed}”:“{title}”处于“{state}”。",
        "meeting.not_expected": "第 {person} 号人员不在“{title}”的名册上。请先列入应到或列席人员。",
    },
    status=409,
)

STATES = {"convened": "已召集", "open": "开会中", "adjourned": "休会", "closed": "已闭会"}
PRESENCE = {"expected": "未到", "present": "出席", "left": "已离会", "leave": "请假", "absent": "缺席"}
WAYS = {"qr": "扫码", "clerk": "工作人员代签", "seat": "座席终端", "slip": "凭条"}
OFFICE = ("clerk", "chair", "system")


def check_office(actor: Actor) -> None:
    """Refuse whoever is neither the office nor the chair; raises ``meeting.not_yours``."""
    if actor.roles.isdisjoint(OFFICE):
        raise RendaError("meeting.not_yours", who="、".join(gettext(ROLES[role]) for role in OFFICE[:2]))


def find(desk: Desk, number: int) -> MeetingRow:
    """The row of a sitting; raises ``meeting.unknown``, also for a sitting of another district."""
    row = desk.session.scalar(select(MeetingRow).where(MeetingRow.id == number))
    if row is None:
        raise RendaError("meeting.unknown", number=number)
    return row


def attendance_of(desk: Desk, row: MeetingRow, person: int) -> AttendanceRow:
    """Somebody's line on the roster; raises ``meeting.not_expected``."""
    query = select(AttendanceRow).where(AttendanceRow.meeting_id == row.id, AttendanceRow.person_id == person)
    found = desk.session.scalar(query)
    if found is None:
        raise RendaError("meeting.not_expected", title=row.title, person=person)
    return found


def check_state(row: MeetingRow, deed: str, *allowed: str) -> None:
    """Refuse a deed (a Chinese verb) that the state does not allow; raises ``meeting.not_now``."""
    if row.state not in allowed:
        raise RendaError("meeting.not_now", deed=gettext(deed), title=row.title, state=gettext(STATES[row.state]))


def name_of(desk: Desk, person: int) -> str:
    """A person's name."""
    return desk.session.get_one(PersonRow, person).name


def note(  # noqa: PLR0917
    desk: Desk,
    head: ChainHead,
    actor: Actor,
    row: MeetingRow,
    action: str,
    label: str,
    entries: Mapping[str, Any],
    came_from: str | None = None,
    *,
    submission: str | None = None,
) -> int:
    """Enter in the record what was done with a sitting; never a slip or a code. Answers the entry's number."""
    deed = chain.Deed(
        actor=actor,
        practice="meeting",
        action=f"meeting_{action}",
        label=label,
        matter_id=None,
        came_from=came_from,
        went_to=row.state,
        entries={"meeting": row.id, "title": row.title, **entries},
        submission=submission,
    )
    return chain.enter(desk, head, deed).number
