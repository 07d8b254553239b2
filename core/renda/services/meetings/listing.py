"""The sittings of a district in order, each with its counts, for lists that are read outside a page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from renda.model import MeetingRow
from renda.services.desk import Desk
from renda.services.meetings.presence import presence_at


def listed(desk: Desk) -> list[dict[str, Any]]:
    """All sittings, the newest first: number, body, title, day, state, and how many came of how many.

    ``came`` counts those present and those who left early.
    """
    rows = desk.session.scalars(select(MeetingRow).order_by(MeetingRow.day.desc(), MeetingRow.id.desc()))
    return [_told(desk, row) for row in rows]


def _told(desk: Desk, row: MeetingRow) -> dict[str, Any]:
    there = presence_at(desk, row)
    return {
        "id": row.id,
        "body": row.body,
        "title": row.title,
        "day": row.day.isoformat(),
        "place": row.place,
        "state": row.state,
        "members": there.members,
        "came": there.present + there.left,
        "late": there.late,
        "leave": there.leave,
        "absent": there.absent,
        "needed": there.needed,
    }
