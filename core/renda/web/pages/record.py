"""The record of a district for those who keep and audit it."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from renda.model import ChainHead, EventRow
from renda.services import chain, lists
from renda.web.tenancy import Seat, page

MOST_CHECKED_UNASKED = 2_000


@page("/record", roles=("auditor", "clerk"))
def record(seat: Seat) -> ResponseReturnValue:
    """The entries, newest first; whether all are as they were written is checked when asked for.

    Of a matter the reader may not see, an entry tells number, day and seal, and nothing else.
    """
    session = seat.desk.session
    before = request.args.get("before", "")
    query = select(EventRow).order_by(EventRow.number.desc()).limit(lists.PAGE + 1)
    if before.isascii() and before.isdigit() and len(before) < 19:
        query = query.where(EventRow.number < int(before))
    rows = list(session.scalars(query))
    more = None
    if len(rows) > lists.PAGE:
        more = url_for("district.record", slug=seat.slug, before=rows[lists.PAGE - 1].number)
    head = session.get(ChainHead, session.district_id)
    count = 0 if head is None else head.number
    asked = "check" in request.args or count <= MOST_CHECKED_UNASKED
    return render_template(
        "record.html",
        seat=seat,
        rows=rows[: lists.PAGE],
        titles=_titles(seat, rows),
        more=more,
        count=count,
        checked=asked,
        broken=chain.first_broken(seat.desk) if asked else None,
    )


def _titles(seat: Seat, rows: list[EventRow]) -> dict[int, str]:
    numbers = {row.matter_id for row in rows if row.matter_id is not None}
    return dict(lists.titles(seat.desk, numbers, seat.actor))
