"""The tables of a time as the practices tell them, kept until the district's record grows."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app

from renda.i18n import current_locale
from renda.matter import Actor
from renda.model import ChainHead
from renda.services import chain
from renda.services.desk import Desk
from renda.services.permissions import INSIDERS
from renda.services.questions import Answer
from renda.services.visible_records import reports

MOST_KEPT = 64
MOST_YEARS = 10


def told(desk: Desk, slug: str, viewer: Actor, since: date, until: date) -> list[Answer]:
    """The tables the viewer may read; kept until the record grows, so that many readers cost little."""
    kept: dict[Any, list[Answer]] = current_app.extensions.setdefault("renda_sheets", {})
    head = desk.session.get(ChainHead, desk.session.district_id)
    # What is published is the same for everybody; those who do the committee's work read what each of them may see.
    reader = None if viewer.roles.isdisjoint(INSIDERS) else viewer
    place = (slug, reader, since, until, desk.day, current_locale(), None if head is None else head.digest)
    found = kept.get(place)
    if found is None:
        found = reports(desk, viewer, since, until)
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[place] = found
    return found


def years(desk: Desk) -> list[int]:
    """The years there is a record of, the last first."""
    today = desk.day
    first = chain.began_on(desk) or today
    return list(range(today.year, max(first.year, today.year - MOST_YEARS) - 1, -1))


def span(desk: Desk, year: int) -> tuple[date, date]:
    """The days of a year that are not in the future."""
    return date(year, 1, 1), min(date(year, 12, 31), max(desk.day, date(year, 1, 1)))
