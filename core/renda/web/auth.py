"""Who is asking: the session in the visitor's cookie, or another system's word for them.

Flask's own signed cookie holds what is small (the form's token, a notice); whose session it is stands in the database
(``renda.services.sessions``, and ``docs/adr/0136`` for why no library keeps it). The cookie of a district goes to no
other district's pages.
"""

from __future__ import annotations

import logging
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pluggy
from flask import Flask, Request, current_app, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from renda.matter import ANYBODY, Actor
from renda.services import glance
from renda.services.accounts import actor_of
from renda.services.desk import Desk
from renda.services.sessions import Lifetime, Origin, digest_of
from renda.services.signing_in import trusted
from renda.web.origins import coarse_network, device_of

log = logging.getLogger("renda.web")

NOTED_EVERY = timedelta(minutes=1)
DEVICE_COOKIE = "renda_device"
DEVICE_LASTS = timedelta(days=365)
MAX_DEVICE_ACCOUNTS = 8
LOST, IDLE, ENDED = "lost", "idle", "ended"


class DistrictCookies(SecureCookieSessionInterface):
    """The session's cookie, apart for each district by its path."""

    def get_cookie_path(self, app: Flask) -> str:
        """The first part of the address: the district, or the host's own pages."""
        return f"/{request.path.split('/')[1]}"

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """See Flask; a cookie that cannot be read (the secret was changed) leaves a note for the sign-in page."""
        opened = super().open_session(app, request)
        if opened is not None and not opened and request.cookies.get(self.get_cookie_name(app)):
            opened["ended"] = LOST
        return opened


def lifetime() -> Lifetime:
    """How long sessions last here."""
    found: Lifetime = current_app.extensions["renda_lifetime"]
    return found


def begin(realm: str, account_id: int, token: str, now: datetime) -> None:
    """A new session for an account that has just signed in; nothing of an earlier one stays."""
    session.clear()
    moment = int(now.timestamp())
    session["account"] = {"realm": realm, "id": account_id, "token": token, "began": moment, "seen": moment}


def end() -> str:
    """Forget the session in this browser; its token, to be ended on the server too, or nothing."""
    kept: dict[str, Any] = session.get("account") or {}
    session.clear()
    return str(kept.get("token", ""))


def token() -> str:
    """The token of the session this request came with, or nothing."""
    kept: dict[str, Any] = session.get("account") or {}
    return str(kept.get("token", ""))


def held(realm: str, now: datetime) -> dict[str, Any] | None:
    """The session of this realm (a district's slug, or ``host``) while it lasts; ended where it does not."""
    kept: dict[str, Any] | None = session.get("account")
    if kept is None or kept["realm"] != realm or "token" not in kept:
        return None
    began, seen = (datetime.fromtimestamp(kept[name], UTC) for name in ("began", "seen"))
    if now - seen > lifetime().idle or now - began > lifetime().longest:
        forget(IDLE)
        return None
    if now - seen >= NOTED_EVERY:
        session["account"] = {**kept, "seen": int(now.timestamp())}
    return kept


def forget(why: str) -> None:
    """Forget a session that is over; the sign-in page says why."""
    session.clear()
    session["ended"] = why


def devices(realm: str) -> dict[int, str]:
    """The accounts of a realm that signed in on this device before, each with the mark it was given then."""
    try:
        said = _device_serializer().loads(request.cookies.get(DEVICE_COOKIE, ""))
    except BadData:
        return {}
    known = isinstance(said, list) and len(said) == 2 and said[0] == realm and isinstance(said[1], dict)
    return {int(number): str(mark) for number, mark in said[1].items()} if known else {}


def remember_device(response: Response, realm: str, account_id: int) -> None:
    """Let this device be known as one on which the account signed in, so that strangers' guesses do not slow it."""
    known = {number: mark for number, mark in devices(realm).items() if number != account_id}
    kept = [*known.items()][-(MAX_DEVICE_ACCOUNTS - 1) :]
    marks = {str(number): mark for number, mark in (*kept, (account_id, secrets.token_urlsafe(12)))}
    response.set_cookie(
        DEVICE_COOKIE,
        str(_device_serializer().dumps([realm, marks])),
        max_age=int(DEVICE_LASTS.total_seconds()),
        path=f"/{realm}",
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )


def origin() -> Origin:
    """Where this request comes from, coarsely."""
    return Origin(coarse_network(request.remote_addr or ""), device_of(request.user_agent.string))


def _device_serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="renda.device")


def actor_at(desk: Desk, slug: str) -> Actor:
    """Who asks, as rules see them; ``ANYBODY`` where nobody signed in to this district."""
    login = _vouched_for()
    if login is not None:
        row = trusted(desk, login)
        return ANYBODY if row is None else actor_of(row)
    kept = held(slug, desk.now)
    if kept is None:
        return ANYBODY
    found = glance.actor(desk, kept["id"], digest_of(kept["token"]))
    if found is None:
        forget(ENDED)
    return found or ANYBODY


def held_now(slug: str, now: datetime) -> dict[str, Any] | None:
    """The session of a district while it lasts, by its cookie alone; None where another system says who asks."""
    return None if _vouching() is not None else held(slug, now)


def _vouching() -> pluggy.HookCaller | None:
    """The question who asks, where something installed answers it; what is installed for other ends does not count."""
    plugins: pluggy.PluginManager = current_app.extensions["renda_plugins"]
    asked: pluggy.HookCaller = plugins.hook.actor
    return asked if asked.get_hookimpls() else None


def _vouched_for() -> str | None:
    asked = _vouching()
    if asked is None:
        return None
    try:
        login = asked(request=request)
    except Exception:
        log.exception("the installation's actor failed")
        return None
    return login if isinstance(login, str) and login else None
