"""Sessions: a sign-in that goes on until it is ended, here or from another device, or lasts too long.

The browser holds a random token, the database its digest: whoever reads the database cannot use a session, and whoever
copies a cookie loses it when the session is ended. How long somebody was idle is noted in the signed cookie alone. So
using a session writes nothing, and nothing timed tells of a vote (``docs/adr/0136``).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from renda.errors import RendaError, declare
from renda.model import HostSessionRow, SessionRow
from renda.store import BoundSession

declare({"session.unknown": "没有这个登录,它可能已经结束。"}, status=404)

MAX_FOR_ACCOUNT = 20
"""How many sessions an account has at most; one more ends the oldest."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session may be idle, and how long it may last at all."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody signs in from, coarsely: the network and the sort of device."""

    network: str = ""
    device: str = ""


def begin(session: BoundSession, account_id: int, now: datetime, lifetime: Lifetime, origin: Origin) -> str:
    """Begin a session for an account of the session's district or of the host; the token for the browser."""
    table = _table(session)
    session.execute(
        delete(table)
        .where(table.account_id == account_id, table.began <= now - lifetime.longest, *_own(session, table))
        .execution_options(synchronize_session=False)
    )
    rows = listed(session, account_id)
    for row in rows[MAX_FOR_ACCOUNT - 1 :]:
        session.delete(row)
    token = secrets.token_urlsafe(32)
    place = {"network": origin.network[:64], "device": origin.device[:40]}
    session.add(table(account_id=account_id, digest=digest_of(token), began=now, **place))
    session.flush()
    return token


def listed(session: BoundSession, account_id: int) -> Sequence[Any]:
    """The sessions of an account that have not ended, newest first."""
    table = _table(session)
    query = select(table).where(table.account_id == account_id, *_own(session, table))
    return session.scalars(query.order_by(table.began.desc(), table.id.desc())).all()


def end(session: BoundSession, token: str) -> int | None:
    """End the session of a token; whose account it was, or None where it had ended before."""
    table = _table(session)
    row = session.scalar(select(table).where(table.digest == digest_of(token), *_own(session, table)))
    if row is None:
        return None
    session.delete(row)
    session.flush()
    return int(row.account_id)


def end_one(session: BoundSession, account_id: int, number: int) -> None:
    """End one session of an account; raises ``session.unknown`` where the account has none of that number."""
    row = next((row for row in listed(session, account_id) if row.id == number), None)
    if row is None:
        raise RendaError("session.unknown")
    session.delete(row)
    session.flush()


def end_all(session: BoundSession, account_id: int, *, but: str = "") -> int:
    """End all sessions of an account but that of the token ``but``; how many there were."""
    ended = [row for row in listed(session, account_id) if row.digest != digest_of(but)]
    for row in ended:
        session.delete(row)
    session.flush()
    return len(ended)


def digest_of(token: str) -> str:
    """What is kept of a token: it is long and random, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _table(session: BoundSession) -> Any:
    return HostSessionRow if session.info.get("district_id") is None else SessionRow


def _own(session: BoundSession, table: Any) -> list[Any]:
    # A deletion is not narrowed by the loader's criteria on all versions: the district is said here.
    return [] if table is HostSessionRow else [table.district_id == session.district_id]
