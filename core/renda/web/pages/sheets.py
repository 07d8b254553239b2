"""Tables over a time with the figures that sum them up; those that are public are for everybody."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from renda.answers import Sheet
from renda.errors import RendaError
from renda.explain import Explained, shown_value
from renda.i18n import gettext
from renda.web import telling
from renda.web.downloads import form_asked, sheet_table, spreadsheet
from renda.web.errors import NOT_FOUND
from renda.web.reasons import Reasons, reasons
from renda.web.request_input import day_in
from renda.web.shown import plain
from renda.web.tenancy import Seat, page, to_sign_in
from renda.web.tiles import groups_of

LONGEST_NAME = 9


@page("/sheets/", public=True)
def sheets(seat: Seat) -> ResponseReturnValue:
    """Which tables there are."""
    since, until = _time(seat)
    answers = telling.told(seat.desk, seat.slug, seat.actor, since, until)
    shown = [(answer, answer.said) for answer in answers if answer.said or (answer.failure and seat.signed_in)]
    years = telling.years(seat.desk)
    return render_template(
        "sheets.html",
        seat=seat,
        answers=shown,
        since=since,
        until=until,
        years=years,
        term=telling.term_span(seat.desk),
    )


@page("/sheets/<practice>/<code>", public=True)
def sheet(seat: Seat, practice: str, code: str) -> ResponseReturnValue:
    """One table, its figures with their reasons, and a picture where the practice names what to draw."""
    since, until = _time(seat)
    answers = telling.told(seat.desk, seat.slug, seat.actor, since, until)
    answer = next((each for each in answers if each.rules.code == practice), None)
    if answer is not None and answer.failure is not None and seat.signed_in:
        raise answer.failure
    said = () if answer is None else answer.said
    found = next((each for each in said if each.code == code), None)
    if answer is None or found is None:
        if not seat.signed_in:
            return to_sign_in(seat.slug)
        raise RendaError(NOT_FOUND)
    if form_asked():
        return spreadsheet(sheet_table(found), form_asked(), seat.slug)
    return render_template(
        "sheet.html",
        seat=seat,
        rules=answer.rules,
        sheet=found,
        figures=[reasons(figure) for figure in found.figures],
        rows=[[_cell(value) for value in row] for row in found.rows],
        chart=_chart(found),
        tiles=groups_of(found),
        since=since,
        until=until,
        years=telling.years(seat.desk),
        term=telling.term_span(seat.desk),
    )


def _time(seat: Seat) -> tuple[date, date]:
    """The days asked for; this year so far where none or no days were given."""
    today = seat.desk.day
    since = day_in(request.args.get("since")) or date(today.year, 1, 1)
    until = day_in(request.args.get("until")) or today
    since, until = (since, until) if since <= until else (until, since)
    return (since, until) if seat.signed_in else telling.public_span(seat.desk, since, until)


def _cell(value: Any) -> str | Reasons:
    return reasons(value) if isinstance(value, Explained) else plain(value)


def _chart(found: Sheet) -> str:
    if found.chart is None or found.tiles or not found.rows:
        return ""
    label, number = found.chart
    told = [_plain(row[number]) for row in found.rows]
    return json.dumps(
        {
            "kind": "bar",
            "title": gettext(found.title),
            "horizontal": True,
            "categories": [_short(_plain(row[label])) for row in found.rows],
            "series": [{"name": gettext(found.columns[number]), "values": told}],
        },
        ensure_ascii=False,
    )


def _plain(value: Any) -> str:
    return shown_value(value, gettext) if isinstance(value, Explained) else plain(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
