"""Signing in to a district, out again, and changing one's password."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from renda.errors import RendaError
from renda.i18n import gettext
from renda.model import AccountRow
from renda.services import signing_in
from renda.web import auth
from renda.web.tenancy import Seat, local, page


@page("/sign-in", methods=("GET", "POST"), public=True)
def sign_in(seat: Seat) -> ResponseReturnValue:
    """The form; after it, back to the page one had asked for.

    A second factor has its place between the password and ``auth.begin``: today an account that asks for one
    is refused there.
    """
    back = local(request.values.get("back"), seat.slug)
    g.private = True
    if request.method == "GET":
        if seat.signed_in:
            return redirect(back, 303)
        ended = session.pop("ended", False)
        return render_template("sign_in.html", seat=seat, back=back, ended=ended, error=None, login="")
    login = request.form.get("login", "").strip()[:80]
    try:
        row = signing_in.sign_in(seat.desk, login, request.form.get("password", "")[:200])
        error = signing_in.refused() if row is None else None
    except RendaError as refusal:
        row, error = None, refusal
    if row is None or error is not None:
        return render_template("sign_in.html", seat=seat, back=back, ended=False, error=error, login=login), 401
    auth.begin(seat.slug, row.id, row.sessions_from, seat.desk.now)
    return redirect(back, 303)


@page("/sign-out", methods=("POST",), public=True)
def sign_out(seat: Seat) -> ResponseReturnValue:
    """End the session."""
    auth.end()
    flash(gettext("您已退出。"))
    return redirect(url_for("district.sign_in", slug=seat.slug), 303)


@page("/account", methods=("GET", "POST"))
def account(seat: Seat) -> ResponseReturnValue:
    """One's own account, and another password for it."""
    row = seat.desk.session.get(AccountRow, seat.actor.account_id)
    if row is None or request.method == "GET":
        return render_template("account.html", seat=seat, row=row, error=None)
    old, new, again = (request.form.get(name, "")[:200] for name in ("old", "new", "again"))
    try:
        signing_in.change_password(row, old, new, again)
    except RendaError as error:
        return render_template("account.html", seat=seat, row=row, error=error), error.status
    auth.renew(row.sessions_from)
    flash(gettext("密码已修改，其他设备上的登录都已结束。"))
    return redirect(url_for("district.account", slug=seat.slug), 303)
