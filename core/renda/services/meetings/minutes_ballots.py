"""What the minutes of a sitting say of its ballots: when, what was needed, the figures, who voted how where it was named.

Of a ballot only what was published stands here: minutes are read by more people than may read a count, and what the
guard of the publication held back must not come out. When a ballot began and ended is said, of a single vote nothing
(GB 50799-2012, 6.2.7 asks for the time of the vote).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select

from renda.i18n import gettext
from renda.model import BallotRow, MeetingRow
from renda.services.ballots.naming import roll_call
from renda.services.ballots.result_text import ResultText, public_sheet, result_text
from renda.services.ballots.sheets import sheet_of
from renda.services.ballots.wording import DECISIONS, SECRECY, outcome_of
from renda.services.benches.sheet import BENCHES
from renda.services.desk import Desk
from renda.services.meetings.minutes_parts import Section, Table, hour
from renda.services.meetings.naming import chinese


def ballot_sections(desk: Desk, meeting: MeetingRow) -> list[Section]:
    """The section of the ballots, then one part for each ballot in the order they were listed."""
    query = select(BallotRow).where(BallotRow.meeting_id == meeting.id).order_by(BallotRow.id)
    rows = desk.session.scalars(query).all()
    if not rows:
        return [Section(gettext("表决"), [gettext("没有表决。")])]
    followed = {row.before_id for row in rows}
    closed = meeting.state == "closed"
    texts = {
        row.id: result_text(row, public_sheet(desk, row), sitting_closed=closed, rounds=row.id in followed)
        for row in rows
    }
    parts = [
        _part(desk, row, texts[row.id], f"({chinese(place)}){texts[row.id].title}") for place, row in enumerate(rows, 1)
    ]
    return [Section(gettext("表决"), _over_all_rounds(desk, rows)), *parts]


def _part(desk: Desk, row: BallotRow, text: ResultText, title: str) -> Section:
    paragraphs = [
        gettext("{bench},{secrecy}。", bench=gettext(BENCHES[row.bench]), secrecy=gettext(SECRECY[row.secrecy]))
    ]
    if row.opened_at is not None:
        ended = hour(row.closed_at) or gettext("未计票")
        paragraphs[0] += gettext("表决时间 {since}—{until}。", since=hour(row.opened_at), until=ended)
    if row.result is not None:
        people = row.result["turnout"]
        paragraphs.append(
            gettext(
                "出席 {present} 人,发出 {issued} 张,收回 {returned} 张。",
                present=people["present"],
                issued=people["issued"],
                returned=people["returned"],
            )
        )
    if text.requirement:
        paragraphs.append(gettext("{requirement}。", requirement=text.requirement))
    paragraphs += [text.standing] if text.standing else []
    paragraphs += _needed(text)
    paragraphs += _names(desk, row)
    return Section(title, paragraphs, [Table(text.title, *text.table())] if text.lines else [], level=2)


def _needed(text: ResultText) -> list[str]:
    """What lines need that differ in it, those that need the same together."""
    lines: dict[str, list[str]] = {}
    for line in text.lines:
        if line.needed:
            lines.setdefault(line.needed, []).append(line.label)
    return [
        gettext("{label}:{needed}。", label=gettext("、").join(labels), needed=needed)
        for needed, labels in lines.items()
    ]


def _names(desk: Desk, row: BallotRow) -> list[str]:
    """The roll call of a named ballot: who marked what."""
    called = roll_call(desk, row, sheet_of(desk, row))
    if not called:
        return []
    lines = [gettext("记名表决情况:")]
    for line, group in groupby(called, key=lambda each: each.line):
        said = gettext(";").join(
            gettext("{mark} {n} 人:{names}", mark=each.mark, n=len(each.people), names=gettext("、").join(each.people))
            for each in group
        )
        lines.append(gettext("{line}——{said}。", line=line, said=said) if line else gettext("{said}。", said=said))
    return lines


def _over_all_rounds(desk: Desk, rows: Sequence[BallotRow]) -> list[str]:
    """Of a vote that took several rounds, all that were chosen in it."""
    first: dict[int, BallotRow] = {}
    rounds: dict[int, list[BallotRow]] = {}
    for row in rows:
        first[row.id] = row if row.before_id is None else first.get(row.before_id, row)
        rounds.setdefault(first[row.id].id, []).append(row)
    found = []
    for held in rounds.values():
        row = held[0]
        if len(held) == 1 or row.bench not in DECISIONS or row.bench == "motion":
            continue
        chosen = [
            line["label"]
            for each in held
            for line in (public_sheet(desk, each) or {}).get("subjects", ())
            if line["outcome"] == "chosen"
        ]
        said = gettext("、").join(chosen) if chosen else gettext("无")
        found.append(
            gettext(
                "{question}共进行 {rounds} 轮,{outcome} {n} 项:{names}。",
                question=row.question,
                rounds=sum(1 for each in held if each.result is not None),
                outcome=outcome_of(row.bench, "chosen"),
                n=len(chosen),
                names=said,
            )
        )
    return found
