"""The minutes of a sitting as structured text: who was there, what was on the agenda, what the ballots said.

What they say of ballots is in ``minutes_ballots``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from renda.i18n import gettext
from renda.model import MeetingRow, PersonRow
from renda.services.desk import Desk
from renda.services.meetings.finding import PRESENCE, STATES, find
from renda.services.meetings.minutes_ballots import ballot_sections
from renda.services.meetings.minutes_parts import Section, Table, hour
from renda.services.meetings.naming import chinese
from renda.services.meetings.presence import Presence, presence_at
from renda.services.meetings.roster import lines


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes: the title, and the sections in order. ``final`` where the sitting is closed."""

    title: str
    sections: Sequence[Section]
    final: bool

    @property
    def paragraphs(self) -> list[str]:
        """All in one, headings among them, for a document without structure."""
        return [text for each in self.sections for text in (each.title, *each.paragraphs)]

    @property
    def tables(self) -> list[Table]:
        """All tables in order."""
        return [table for each in self.sections for table in each.tables]


def minutes(desk: Desk, number: int) -> Minutes:
    """The minutes of a sitting as it stands; raises ``meeting.unknown``."""
    row = find(desk, number)
    title = gettext("{title}会议记录", title=row.title.removesuffix("会议"))
    sections = [_general(row), _attendance(desk, row), _agenda(row)]
    numbered = [
        Section(f"{chinese(place)}、{each.title}", each.paragraphs, each.tables)
        for place, each in enumerate(sections, 1)
    ]
    ballots = ballot_sections(desk, row)
    numbered += [Section(f"{chinese(len(numbered) + 1)}、{ballots[0].title}", ballots[0].paragraphs), *ballots[1:]]
    return Minutes(title, tuple(numbered), row.state == "closed")


def plain(told: Minutes) -> str:
    """The minutes as plain text; cells are separated by tabs."""
    said = [told.title, ""]
    for section in told.sections:
        said += [section.title, *section.paragraphs]
        for table in section.tables:
            said += [table.caption, "\t".join(table.columns), *("\t".join(row) for row in table.rows)]
        said.append("")
    return "\n".join(said)


def attendance_sentence(there: Presence) -> str:
    """How many were there, in one sentence, with the quorum as a sum."""
    came = there.present + there.left
    return gettext(
        "应到 {members} 人,出席 {came} 人(迟到 {late} 人,中途离会 {left} 人),请假 {leave} 人,"
        "缺席 {absent} 人,未到 {expected} 人;列席 {sitting_in} 人。",
        members=there.members,
        came=came,
        late=there.late,
        left=there.left,
        leave=there.leave,
        absent=there.absent,
        expected=there.expected,
        sitting_in=there.sitting_in,
    )


def quorum_sentence(there: Presence) -> str:
    """Whether enough are there now, as a sum with its article."""
    template = (
        "在场 {present} 人,已达法定人数 {needed} 人({sum};{source})。"
        if there.enough
        else "在场 {present} 人,不足法定人数 {needed} 人({sum};{source})。"
    )
    source = gettext(there.source)
    return gettext(template, present=there.present, needed=there.needed, sum=there.comparison.text, source=source)


def _general(row: MeetingRow) -> Section:
    paragraphs = [gettext("时间:{day}{hours}", day=_day(row), hours=_hours(row))]
    if row.place:
        paragraphs.append(gettext("地点:{place}", place=row.place))
    paragraphs.append(gettext("状态:{state}", state=gettext(STATES[row.state])))
    return Section(gettext("会议"), paragraphs)


def _attendance(desk: Desk, row: MeetingRow) -> Section:
    there = presence_at(desk, row)
    listed = lines(desk, row.id)
    ids = [each.person_id for each in listed]
    people = desk.session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(ids)))
    names = {each.id: each.name for each in people}
    paragraphs = [attendance_sentence(there)]
    if row.state != "closed":
        paragraphs.append(quorum_sentence(there))
    for state in ("leave", "absent"):
        away = [names[each.person_id] for each in listed if each.entitled and each.state == state]
        if away:
            paragraphs.append(gettext("{state}:{names}", state=gettext(PRESENCE[state]), names="、".join(away)))
    rows = [
        (
            names[each.person_id],
            gettext("出席人员" if each.entitled else "列席人员"),
            gettext(PRESENCE[each.state]) + (gettext("(迟到)") if each.late else ""),
            hour(each.arrived_at),
            hour(each.left_at),
        )
        for each in listed
    ]
    columns = [gettext(each) for each in ("姓名", "身份", "到会", "签到时间", "离会时间")]
    return Section(gettext("出席情况"), paragraphs, (Table(gettext("签到表"), columns, rows),))


def _agenda(row: MeetingRow) -> Section:
    items = [f"({chinese(place)}){item['title']}" for place, item in enumerate(row.agenda, 1)]
    return Section(gettext("议程"), items or [gettext("没有登记议程。")])


def _day(row: MeetingRow) -> str:
    return gettext("{year}年{month}月{day}日", year=row.day.year, month=row.day.month, day=row.day.day)


def _hours(row: MeetingRow) -> str:
    began, ended = hour(row.opened_at), hour(row.closed_at)
    return f" {began}—{ended}" if began else (f" {hour(row.starts_at)}" if row.starts_at else "")
