"""Who is asking: the session in the visitor's cookie, or another system's word for them.

Flask's own signed session is used, which Pallets keep; Flask-Login knows one kind of user in one place, and
has nothing for an account that exists in one district only, for idle and absolute limits by the host's clock,
or for ending an account's other sessions. The cookie of a district goes to no other district's pages.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pluggy
from flask import Flask, current_app, request, session
from flask.sessions import SecureCookieSessionInterface

from renda.matter import ANYBODY, Actor
from renda.services import glance
from renda.services.accounts import actor_of
from renda.services.desk import Desk
from renda.services.signing_in import trusted

log = logging.getLogger("renda.web")

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)


class DistrictCookies(SecureCookieSessionInterface):
    """The session's cookie, kept apart for each district by its path."""

    def get_cookie_path(self, app: Flask) -> str:
        """The first part of the address: the district, or the host's own pages."""
        return f"/{request.path.split('/')[1]}"


def begin(realm: str, account_id: int, generation: int, now: datetime) -> None:
    """A new session for an account that has just signed in; nothing of an earlier one stays."""
    session.clear()
    moment = int(now.timestamp())
    session["account"] = {
        "realm": realm,
        "id": account_id,
        "generation": generation,
        "began": moment,
        "seen": moment,
    }


def renew(generation: int) -> None:
    """Keep the present session after its account ended all others."""
    session["account"] = {**session["account"], "generation": generation}


def end() -> None:
    """Sign out."""
    session.clear()


def held(realm: str, now: datetime) -> dict[str, Any] | None:
    """The session of this realm (a district's slug, or ``host``) while it lasts; ended where it does not."""
    kept: dict[str, Any] | None = session.get("account")
    if kept is None or kept["realm"] != realm:
        return None
    began, seen = (datetime.fromtimestamp(kept[name], UTC) for name in ("began", "seen"))
    if now - seen > IDLE or now - began > LONGEST:
        session.clear()
        session["ended"] = True
        return None
    if now - seen >= NOTED_EVERY:
        session["account"] = {**kept, "seen": int(now.timestamp())}
    return kept


def actor_at(desk: Desk, slug: str) -> Actor:
    """Who asks, as rules see them; ``ANYBODY`` where nobody signed in to this district."""
    login = _vouched_for()
    if login is not None:
        row = trusted(desk, login)
        return ANYBODY if row is None else actor_of(row)
    kept = held(slug, desk.now)
    if kept is None:
        return ANYBODY
    found = glance.actor(desk, kept["id"], kept["generation"])
    if found is None:
        session.clear()
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
