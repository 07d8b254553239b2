"""The minutes of a sitting as structured text: who was there, what was on the agenda, what the ballots said.

Of a ballot only what was published stands in the minutes: they are read by more people than may read a
count, and what the guard of the publication held back must not come out here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from renda.i18n import gettext
from renda.model import BallotRow, MeetingRow, PersonRow
from renda.services.desk import CHINA, Desk
from renda.services.meetings.finding import PRESENCE, STATES, find
from renda.services.meetings.naming import chinese
from renda.services.meetings.presence import Presence, presence_at
from renda.services.meetings.roster import lines

OUTCOMES = {
    "carried": "通过",
    "not_carried": "未通过",
    "too_few_took_part": "参加表决的人数不足",
    "chosen": "当选",
    "not_chosen": "未当选",
    "tied": "票数相等,须再次投票",
    "undecided": "未形成结果",
    "set_void": "作废",
    "": "未形成结果",
}
MARKS = {"yes": "赞成", "no": "反对", "abstain": "弃权", " void": "无效", " blank": "空白"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its columns, its rows as text."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it."""

    title: str
    paragraphs: Sequence[str]
    tables: Sequence[Table] = ()


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
    ballots = desk.session.scalars(select(BallotRow).where(BallotRow.meeting_id == number).order_by(BallotRow.id))
    sections.append(_ballots(list(ballots)))
    numbered = [
        Section(f"{chinese(place)}、{each.title}", each.paragraphs, each.tables)
        for place, each in enumerate(sections, 1)
    ]
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


def _ballots(rows: Sequence[BallotRow]) -> Section:
    if not rows:
        return Section(gettext("表决"), [gettext("没有表决。")])
    paragraphs, tables = [], []
    for row in rows:
        if row.published is None:
            paragraphs.append(gettext("{question}:结果未公布。", question=row.question))
            continue
        turnout = row.published["turnout"]
        paragraphs.append(
            gettext(
                "{question}:签到 {present} 人,发出 {issued} 张,收回 {returned} 张。",
                question=row.question,
                present=row.present,
                issued=turnout["issued"],
                returned=turnout["returned"],
            )
        )
        tables.append(_result(row, row.published["subjects"]))
    return Section(gettext("表决"), paragraphs, tables)


def _result(row: BallotRow, subjects: Sequence[Mapping[str, Any]]) -> Table:
    # What is kept has no order of its own: the levels stand as the sheet has them, then what did not count.
    levels = [str(each["code"]) if isinstance(each, Mapping) else str(each) for each in row.rule.get("scale", ())]
    places = {mark: place for place, mark in enumerate([*levels, *MARKS])}
    found = {mark for each in subjects for mark in each.get("cells", {})}
    marks = sorted(found, key=lambda mark: (places.get(mark, -1), mark))
    columns = [gettext("对象"), *(gettext(MARKS.get(mark, mark)) for mark in marks), gettext("结果")]
    rows = [
        (
            each["label"],
            *(str(each["cells"].get(mark, 0)) if "cells" in each else "—" for mark in marks),
            gettext(OUTCOMES.get(each["outcome"], each["outcome"])),
        )
        for each in subjects
    ]
    return Table(row.question, columns, rows)


def _day(row: MeetingRow) -> str:
    return gettext("{year}年{month}月{day}日", year=row.day.year, month=row.day.month, day=row.day.day)


def _hours(row: MeetingRow) -> str:
    began, ended = hour(row.opened_at), hour(row.closed_at)
    return f" {began}—{ended}" if began else (f" {hour(row.starts_at)}" if row.starts_at else "")


def hour(moment: datetime | None) -> str:
    """The hour and minute in China; empty where there is none."""
    return "" if moment is None else f"{moment.astimezone(CHINA):%H:%M}"
