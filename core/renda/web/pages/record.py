"""The record of a district for those who keep and audit it, and the documents issued."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from renda.errors import RendaError
from renda.model import ChainHead, EventRow, MatterRow, NoticeRow
from renda.services import chain, lists
from renda.web.errors import NOT_FOUND
from renda.web.tenancy import Seat, page, to_sign_in
from renda.web.whole import seen

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


@page("/notices/<int:number>", public=True)
def notice(seat: Seat, number: int) -> ResponseReturnValue:
    """A document as it is printed: for who may see its matter, and for everybody where it was made public."""
    row = seat.desk.session.get(NoticeRow, number)
    if row is None or not row.public:
        if not seat.signed_in:
            return to_sign_in(seat.slug)
        if row is None:
            raise RendaError(NOT_FOUND)
        if row.matter_id is not None:
            seen(seat, row.matter_id)
    return render_template("notice.html", seat=seat, row=row)


def _titles(seat: Seat, rows: list[EventRow]) -> dict[int, str]:
    numbers = {row.matter_id for row in rows if row.matter_id is not None}
    if not numbers:
        return {}
    matters = seat.desk.session.scalars(select(MatterRow).where(MatterRow.id.in_(numbers))).all()
    return {line.row.id: line.row.title for line in lists.visible(seat.desk, matters, seat.actor)}
