"""Who is there: how many, whether that is enough, and who may vote now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import AttendanceRow, MeetingRow
from renda.services.desk import Desk
from renda.services.meetings.finding import check_state, find
from renda.sittings import revived
from renda.voting import Comparison

declare(
    {
        "meeting.no_quorum": "现在不能“{deed}”:“{title}”全体 {members} 人,在场 {present} 人,"
        "不足法定人数 {needed} 人({source})。请继续签到。",
        "meeting.nobody_expected": "“{title}”的名册是空的,没有应到人员。请先登记届内的组成人员。",
    },
    status=409,
)


@dataclass(frozen=True, slots=True)
class Presence:
    """How many are there now, of those who count; and how many sit in.

    ``members`` is the base of the quorum, ``needed`` the smallest number that meets it, ``comparison`` the sum
    written out; ``late`` counts among ``present`` and ``left``.
    """

    members: int
    present: int
    left: int
    leave: int
    absent: int
    expected: int
    late: int
    sitting_in: int
    needed: int
    comparison: Comparison
    source: str

    @property
    def enough(self) -> bool:
        """Whether the quorum is met."""
        return self.comparison.met


def presence(desk: Desk, number: int) -> Presence:
    """How many are at a sitting and whether that is enough; raises ``meeting.unknown``."""
    return presence_at(desk, find(desk, number))


def presence_at(desk: Desk, row: MeetingRow) -> Presence:
    """The same for a row at hand."""
    query = (
        select(AttendanceRow.entitled, AttendanceRow.state, AttendanceRow.late, func.count())
        .where(AttendanceRow.meeting_id == row.id)
        .group_by(AttendanceRow.entitled, AttendanceRow.state, AttendanceRow.late)
    )
    states: Counter[str] = Counter()
    late = sitting_in = 0
    for counts, state, was_late, people in desk.session.execute(query):
        if counts:
            states[state] += people
            late += people if was_late else 0
        elif state == "present":
            sitting_in += people
    quorum = revived(row.quorum) if row.quorum else desk.rulebook.district.meetings.quorums[row.body]
    return Presence(
        members=row.members,
        present=states["present"],
        left=states["left"],
        leave=states["leave"],
        absent=states["absent"],
        expected=states["expected"],
        late=late,
        sitting_in=sitting_in,
        needed=quorum.share.needed(row.members),
        comparison=quorum.share.compare(states["present"], row.members),
        source=quorum.source,
    )


def check_quorum(desk: Desk, row: MeetingRow, deed: str) -> Presence:
    """Refuse a deed (a Chinese verb) where too few are there; raises ``meeting.no_quorum``."""
    there = presence_at(desk, row)
    if not there.members:
        raise RendaError("meeting.nobody_expected", title=row.title)
    if not there.enough:
        raise RendaError(
            "meeting.no_quorum",
            deed=gettext(deed),
            title=row.title,
            members=there.members,
            present=there.present,
            needed=there.needed,
            source=gettext(there.source),
        )
    return there


def electorate(desk: Desk, number: int, deed: str = "开始表决", *, sitting_in: bool = False) -> list[int]:
    """The people (by number) who may vote now: those who count, signed in and have not left.

    ``sitting_in``: those who only sit in (列席) are asked too, as in a 民主测评. The sitting must be open and have its quorum at this moment, not only when it began. Raises
    ``meeting.not_now`` and ``meeting.no_quorum``.
    """
    row = find(desk, number)
    check_state(row, deed, "open")
    check_quorum(desk, row, deed)
    query = select(AttendanceRow.person_id).where(AttendanceRow.meeting_id == number, AttendanceRow.state == "present")
    if not sitting_in:
        query = query.where(AttendanceRow.entitled.is_(True))
    return sorted(desk.session.scalars(query))
