"""One's own sessions: when each began, from where, and how to end it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.i18n import gettext
from renda.services import security_log, sessions
from renda.services.desk import CHINA
from renda.web import auth
from renda.web.limits import asking_network
from renda.web.request_input import number_in
from renda.web.tenancy import Seat, page

EVERYWHERE, OTHERS = "all", "others"


@page("/account/sessions", methods=("GET", "POST"))
def own_sessions(seat: Seat) -> ResponseReturnValue:
    """The list; by POST one of them is ended (``end`` is its number), all others, or all."""
    g.private = True
    account_id = seat.actor.account_id or 0
    if request.method == "POST":
        return _ended(seat, account_id, request.form.get("end", ""))
    own = sessions.digest_of(auth.token())
    rows = sessions.listed(seat.desk.session, account_id)
    longest = auth.lifetime().longest
    shown = [
        {
            "number": row.id,
            "began": row.began.astimezone(CHINA),
            "until": (row.began + longest).astimezone(CHINA),
            "network": row.network,
            "device": row.device,
            "here": row.digest == own,
        }
        for row in rows
        if row.began + longest > seat.desk.now
    ]
    return render_template("sessions.html", seat=seat, rows=shown, idle=int(auth.lifetime().idle.total_seconds() // 60))


def _ended(seat: Seat, account_id: int, asked: str) -> ResponseReturnValue:
    session, number = seat.desk.session, number_in(asked)
    own = auth.token()
    if asked in {EVERYWHERE, OTHERS}:
        ended = sessions.end_all(session, account_id, but=own if asked == OTHERS else "")
    else:
        sessions.end_one(session, account_id, number or 0)
        ended = 1
    security_log.append(
        session,
        seat.desk.now,
        "session.ended",
        actor=seat.actor.name,
        account_id=account_id,
        address=asking_network(),
        details={"ended": ended},
    )
    if asked == EVERYWHERE:
        auth.end()
        flash(gettext("您在所有设备上的登录都已结束。"))
        return redirect(url_for("district.sign_in", slug=seat.slug), 303)
    flash(gettext("已结束 {n} 个登录。", n=ended))
    return redirect(url_for("district.own_sessions", slug=seat.slug), 303)
