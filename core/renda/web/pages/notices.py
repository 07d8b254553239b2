"""The documents issued: the list, one of them as it is printed or for Word, and what was sent to whom."""

from __future__ import annotations

import secrets
from typing import Any, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.documents import lists as tables
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import NoticeRow
from renda.services import ballots
from renda.services import notices as service
from renda.web.downloads import document, form_asked, spreadsheet
from renda.web.pages.archive import announced_key
from renda.web.request_input import day_in
from renda.web.tenancy import Seat, page, to_sign_in
from renda.web.whole import seen

declare({"notice.form": "没有“{form}”这种文件。可用的:docx。"}, status=400)

_SENT = {"yes": True, "no": False}


@page("/notices/")
def notices(seat: Seat) -> ResponseReturnValue:
    """The documents the reader may read, newest first; narrowed by kind, title, recipient, and whether they went out."""
    wanted = _wanted()
    if form_asked():
        return spreadsheet(tables.documents(seat.desk, seat.actor, wanted), form_asked(), seat.slug)
    portion = service.listed(seat.desk, seat.actor, wanted)
    kept = {name: value for name, value in request.args.items() if name in {"genre", "q", "to", "sent"}}
    more = None
    if portion.before is not None:
        more = url_for("district.notices", slug=seat.slug, before=portion.before, **cast("dict[str, Any]", kept))
    return render_template(
        "notices.html",
        seat=seat,
        portion=portion,
        wanted=wanted,
        sent=request.args.get("sent", ""),
        genres=service.genres(seat.desk),
        more=more,
        kept=kept,
    )


@page("/notices/<int:number>", methods=("GET", "POST"), public=True)
def notice(seat: Seat, number: int) -> ResponseReturnValue:
    """A document as it is printed: for who may see its matter, and for everybody where it was made public."""
    try:
        row = service.find(seat.desk, seat.actor, number)
    except RendaError:
        if not seat.signed_in:
            return to_sign_in(seat.slug)
        raise
    if row.matter_id is not None and not row.public:
        seen(seat, row.matter_id)
    if request.method == "POST":
        return _send(seat, row)
    if form_asked():
        if form_asked() != "docx":
            raise RendaError("notice.form", form=form_asked())
        return document(row, seat.desk.rulebook.letterheads)
    return _shown(seat, row)


def _send(seat: Seat, row: NoticeRow) -> ResponseReturnValue:
    posted = request.form
    names = [*posted.getlist("recipient"), *posted.get("others", "").replace("；", ";").split(";")]
    try:
        with seat.desk.session.begin_nested():
            entry = service.send(
                seat.desk,
                seat.actor,
                row.id,
                names,
                posted.get("channel", ""),
                day=day_in(posted.get("day")),
                again="again" in posted,
                submission=posted.get("_submission", "")[:64] or None,
            )
    except RendaError as refusal:
        if refusal.status >= 500:
            raise
        if not seat.signed_in:
            return to_sign_in(seat.slug)
        return _shown(seat, row, refusal), refusal.status
    flash(gettext("已登记发出，记入第 {n} 号记录。", n=entry))
    return redirect(url_for("district.notice", slug=seat.slug, number=row.id), 303)


def _shown(seat: Seat, row: NoticeRow, refusal: RendaError | None = None) -> str:
    # Who got it is the office's business; what was published is not who read it.
    sitting = ballots.sitting_of_notice(seat.desk, row)
    return render_template(
        "notice.html",
        seat=seat,
        sitting=sitting,
        archive_key=announced_key(seat, sitting),
        row=row,
        refusal=refusal,
        organ=row.issuer or seat.desk.rulebook.letterheads.of(row.genre).organ,
        sendings=service.sendings(seat.desk, row.id) if seat.signed_in else (),
        waiting=service.waiting_for(seat.desk, row),
        may_send="clerk" in seat.actor.roles,
        channels=service.CHANNELS,
        parts=service.PARTS,
        today=seat.desk.day,
        submission=secrets.token_urlsafe(18),
    )


def _wanted() -> service.Wanted:
    before = request.args.get("before", "")
    return service.Wanted(
        genre=request.args.get("genre", "")[:40],
        text=request.args.get("q", "").strip()[:80],
        recipient=request.args.get("to", "").strip()[:80],
        sent=_SENT.get(request.args.get("sent", "")),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
