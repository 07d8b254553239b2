"""Signing in to a district, out again, one's account with another password for it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from renda.errors import RendaError
from renda.i18n import gettext
from renda.model import AccountRow
from renda.services import password_change, signing_in
from renda.services.desk import CHINA
from renda.services.password_change import NewPassword
from renda.services.signing_in import Attempt, Realm, SignedIn
from renda.web import auth
from renda.web.errors import with_retry
from renda.web.limits import asking_network, throttle
from renda.web.tenancy import Seat, installation, local, page


def attempt_of(realm: str) -> Attempt:
    """What the form says, and where it comes from; ``realm`` is a district's slug or ``host``."""
    login, password = request.form.get("login", "").strip()[:80], request.form.get("password", "")[:200]
    return Attempt(login, password, auth.origin(), asking_network(), auth.devices(realm))


@page("/sign-in", methods=("GET", "POST"), public=True, reads=True)
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
        return render_template("sign_in.html", seat=seat, back=back, ended=ended_because(), error=None, login="")
    attempt, realm = attempt_of(seat.slug), Realm(installation(), seat.slug)
    # No transaction is open while the password is hashed.
    seat.desk.session.rollback()
    try:
        done = signing_in.sign_in(realm, attempt, throttle(), auth.lifetime())
    except RendaError as refusal:
        shown = render_template(
            "sign_in.html", seat=seat, back=back, ended="", error=refusal, login=attempt.login
        )  # fmt: skip
        return with_retry(shown, refusal)
    auth.begin(seat.slug, done.account_id, done.token, seat.desk.now)
    tell_failures(done)
    response = redirect(back, 303)
    auth.remember_device(response, seat.slug, done.account_id)
    return response


def ended_because() -> str:
    """Why the session that was here is over, in words; nothing where there was none."""
    return {
        auth.IDLE: gettext("离开时间较长，请重新登录。"),
        auth.ENDED: gettext("您的登录已失效:已在别处结束,或者密码已改。请重新登录。"),
        auth.LOST: gettext("您的登录已失效,请重新登录。"),
    }.get(str(session.pop("ended", "")), "")


def tell_failures(done: SignedIn) -> None:
    """Tell the owner of an account what failed since the last sign-in."""
    if done.failures and done.failed_at is not None:
        last = done.failed_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        flash(
            gettext(
                "上次登录以来,用您的登录名登录有 {n} 次没有成功,最近一次在 {last}。如果不是您本人,请换一个没有在别处用过的密码。",
                n=done.failures,
                last=last,
            )
        )


@page("/sign-out", methods=("POST",), public=True, reads=True)
def sign_out(seat: Seat) -> ResponseReturnValue:
    """End the session, in this browser and on the server."""
    token = auth.end()
    if token:
        signing_in.sign_out(Realm(installation(), seat.slug), token, asking_network())
    flash(gettext("您已退出。"))
    return redirect(url_for("district.sign_in", slug=seat.slug), 303)


@page("/account", methods=("GET", "POST"), reads=True)
def account(seat: Seat) -> ResponseReturnValue:
    """One's own account, and another password for it."""
    row = seat.desk.session.get(AccountRow, seat.actor.account_id)
    if row is None or request.method == "GET":
        return render_template("account.html", seat=seat, row=row, error=None)
    given = NewPassword(*(request.form.get(name, "")[:200] for name in ("old", "new", "again")))
    known = (seat.slug, seat.file.name, seat.actor.name)
    login, realm, own = (
        row.login,
        Realm(installation(), seat.slug),
        {"token": auth.token(), "address": asking_network()},
    )
    seat.desk.session.rollback()
    try:
        password_change.change_password(realm, login, given, throttle(), known=known, **own)
    except RendaError as error:
        row = seat.desk.session.get(AccountRow, seat.actor.account_id)
        return with_retry(render_template("account.html", seat=seat, row=row, error=error), error)
    flash(gettext("密码已修改，其他设备上的登录都已结束。"))
    return redirect(url_for("district.account", slug=seat.slug), 303)
