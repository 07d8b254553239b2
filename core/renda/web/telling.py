"""The tables of a time as the practices tell them: bounded, kept until the district's record grows, one at a time.

Anybody may read what is public, of whole years or of the district's term. Whoever is signed in may ask for any days,
up to fifteen years. In a process a district's tables are computed once at a time, and strangers of all districts
together wait for one computation; whoever finds too many waiting is asked to come again (``docs/adr/0137``).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app

from renda.errors import RendaError, declare
from renda.i18n import current_locale
from renda.matter import Actor
from renda.model import ChainHead
from renda.services import chain
from renda.services.desk import Desk
from renda.services.gates import Gate
from renda.services.permissions import INSIDERS
from renda.services.questions import Answer
from renda.services.visible_records import reports

declare({"sheets.busy": "统计正在计算,等的人很多。请 {seconds} 秒后再打开。"}, status=503)
declare({"sheets.span": "一次最多统计 {years} 年。请把起止日期改近一些。"})

MOST_KEPT = 160
"""Times kept for each district; the one that was not asked for longest goes first."""
MOST_YEARS = 10
LONGEST_SPAN = 30  # totals "since the Supervision Law" (2007) are asked for in one


@dataclass
class DistrictTables:
    """The answers kept for one district, and the gate to compute another."""

    answers: OrderedDict[Any, list[Answer]] = field(default_factory=OrderedDict)
    gate: Gate = field(default_factory=lambda: Gate("sheets.busy", 1, 3, patience=30))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, place: Any) -> list[Answer] | None:
        """The answers of a time, where they are kept."""
        with self.lock:
            found = self.answers.get(place)
            if found is not None:
                self.answers.move_to_end(place)
            return found

    def keep(self, place: Any, found: list[Answer]) -> None:
        """Keep the answers of a time."""
        with self.lock:
            self.answers[place] = found
            while len(self.answers) > MOST_KEPT:
                self.answers.popitem(last=False)


@dataclass
class KeptTables:
    """What a process keeps of all districts."""

    districts: dict[str, DistrictTables] = field(default_factory=dict)
    strangers: Gate = field(default_factory=lambda: Gate("sheets.busy", 1, 2, patience=30))

    def of(self, slug: str) -> DistrictTables:
        """What is kept of one district."""
        return self.districts.setdefault(slug, DistrictTables())


def told(desk: Desk, slug: str, viewer: Actor, since: date, until: date) -> list[Answer]:
    """The tables the viewer may read; whoever is not signed in reads whole years (``public_span``).

    Raises ``sheets.span`` for more than fifteen years, ``sheets.busy`` where too many wait.
    """
    if (until.year - since.year) > LONGEST_SPAN:
        raise RendaError("sheets.span", years=LONGEST_SPAN)
    if viewer.account_id is None:
        since, until = public_span(desk, since, until)
    kept: KeptTables = current_app.extensions.setdefault("renda_sheets", KeptTables())
    district = kept.of(slug)
    head = desk.session.get(ChainHead, desk.session.district_id)
    # What is published is the same for everybody; those who do the committee's work read what each of them may see.
    reader = None if viewer.roles.isdisjoint(INSIDERS) else viewer
    # Changed rules make no entry, and hold from the next request on: each reading of them is another rulebook.
    place = (reader, since, until, desk.day, current_locale(), desk.rulebook, None if head is None else head.digest)
    found = district.get(place)
    if found is not None:
        return found
    if viewer.account_id is None:
        with kept.strangers.open():
            return _computed(district, place, desk, viewer)
    return _computed(district, place, desk, viewer)


def _computed(district: DistrictTables, place: Any, desk: Desk, viewer: Actor) -> list[Answer]:
    with district.gate.open():
        # Whoever waited finds what the one before has computed.
        found = district.get(place)
        if found is None:
            found = reports(desk, viewer, place[1], place[2])
            district.keep(place, found)
        return found


def public_span(desk: Desk, since: date, until: date) -> tuple[date, date]:
    """The days that anybody is told of: the district's term where it was asked for, else the whole years around them."""
    term = term_span(desk)
    if term is not None and (since, until) == term:
        return term
    today = desk.day
    # One year before the first entry stands for all of them: each is as empty as the other.
    first = max((chain.began_on(desk) or today).year - 1, today.year - LONGEST_SPAN)
    begin, end = (max(first, min(today.year, day.year)) for day in (since, until))
    return date(begin, 1, 1), span(desk, end)[1]


def term_span(desk: Desk) -> tuple[date, date] | None:
    """The days of the district's term that are not in the future, where its file says when it began."""
    file = desk.rulebook.district
    if file.term_from is None or file.term_from > desk.day:
        return None
    return file.term_from, min(file.term_until or desk.day, desk.day)


def years(desk: Desk) -> list[int]:
    """The years there is a record of, the last first."""
    today = desk.day
    first = chain.began_on(desk) or today
    return list(range(today.year, max(first.year, today.year - MOST_YEARS) - 1, -1))


def span(desk: Desk, year: int) -> tuple[date, date]:
    """The days of a year that are not in the future."""
    return date(year, 1, 1), min(date(year, 12, 31), max(desk.day, date(year, 1, 1)))
