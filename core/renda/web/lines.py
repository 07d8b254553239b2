"""A matter as one line of a list, and the words for whom it waits for and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from renda.deadlines import days_left, working_days_left
from renda.i18n import gettext
from renda.matter import Matter
from renda.model import MatterRow
from renda.services.lists import Line
from renda.web.tenancy import Seat

NEAR_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A last day in words: how far off it is, and whether it is near or past (``level``)."""

    day: date
    text: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Shortly:
    """A matter in short."""

    href: str
    title: str
    practice: str
    kind: str
    state: str
    ended: bool
    waits_for: str
    due: Due | None
    opened_on: date


def line_of(seat: Seat, line: Line) -> Shortly:
    """A line of a list as the page shows it."""
    kind = line.rules.practice.kind(line.row.kind)
    return Shortly(
        href=url_for("district.matter", slug=seat.slug, number=line.row.id),
        title=line.row.title,
        practice=gettext(line.rules.version.title),
        kind=gettext(kind.title),
        state=gettext(kind.states[line.row.state]),
        ended=line.row.state in kind.ends,
        waits_for=awaited(seat, line.row, line.matter),
        due=due_of(seat, line.row.due_on),
        opened_on=line.row.opened_on,
    )


def awaited(seat: Seat, row: MatterRow, matter: Matter) -> str:
    """Whom a matter waits for, by name or by role; empty where it waits for nobody."""
    if row.waits_for is None:
        return ""
    noun, _, who = row.waits_for.partition(":")
    if noun == "role":
        return gettext(seat.file.roles.get(who, who))
    around: Matter | None = matter
    while around is not None:
        for parties in around.parties.values():
            for party in parties:
                if party.key == row.waits_for:
                    return party.name
        around = around.parent
    return ""


def due_of(seat: Seat, day: date | None) -> Due | None:
    """A last day as seen from today."""
    if day is None:
        return None
    today, calendar = seat.desk.day, seat.desk.calendar
    if day < today:
        return Due(day, gettext("已逾期 {n} 天", n=-days_left(day, today)), "late")
    left = working_days_left(day, today, calendar)
    if day == today:
        return Due(day, gettext("今天到期"), "near")
    level = "near" if left <= NEAR_WORKING_DAYS else ""
    return Due(day, gettext("还有 {n} 个工作日", n=left) if left <= 30 else "", level)
