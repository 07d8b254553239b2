"""Signing in with a login and a password: slowed down, told to the owner, in the log.

A password is hashed when no transaction is open: what is known of the account is read first, and the short writing
afterwards looks whether it still holds. Failures are counted in memory (``throttle``) before the hash, so that tries
at the same moment are counted too, and given back where the password was right.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.model import AccountRow, HostAccountRow
from renda.services import security_log, sessions
from renda.services.desk import Desk, Installation
from renda.services.hosts import NOBODYS
from renda.services.locking import lock_row
from renda.services.passwords import GATE, fits, outdated, unchecked_hash
from renda.services.sessions import Lifetime, Origin
from renda.services.throttle import Pace, Place, Throttle
from renda.store import BoundSession

log = logging.getLogger("renda.sign_in")

declare(
    {
        "sign_in.refused": "登录名或密码不对。连续几次不对,再试就要等,等的时间越来越长;忘记密码请找系统管理员重设。",
        "sign_in.disabled": "账号已停用。如需恢复，请找系统管理员。",
        "sign_in.second_factor": "此账号要求动态口令，本机尚未开通。请找系统管理员。",
    },
    status=401,
)

AT_ADDRESS = Pace(free=5, longest=900)
"""One login from one network."""
UNDER_ATTACK = Pace(free=1, longest=900)
"""The same where very many networks try this login: each still has one try of its own."""
ATTACKED = 100
NETWORK = Pace(free=50, longest=60, forgets=60)
"""All logins from one network; a hall shares one."""
DEVICE = Pace(free=10, longest=900)
"""One login from a device on which it signed in before: no stranger has part in it."""


@dataclass(frozen=True)
class Attempt:
    """What somebody signs in with. ``devices``: accounts that signed in on this device before, with its mark."""

    login: str
    password: str
    origin: Origin = field(default_factory=Origin)
    network: str = ""
    devices: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session, and what failed since the account signed in last."""

    account_id: int
    token: str
    failures: int
    failed_at: datetime | None


@dataclass(frozen=True)
class Realm:
    """Where accounts are: a district, or the host where ``slug`` is None."""

    installation: Installation
    slug: str | None = None

    @property
    def accounts(self) -> Any:
        """The table of its accounts."""
        return HostAccountRow if self.slug is None else AccountRow

    def known(self, login: str) -> tuple[int, str] | None:
        """Number and kept password of a login, in a transaction of its own."""
        store, table = self.installation.store, self.accounts
        owner = NOBODYS if self.slug is None else self.installation.district_id(self.slug)
        with store.reading(owner) as session:
            found = session.execute(select(table.id, table.password).where(table.login == login, *self._own(owner)))
            row = found.first()
            return None if row is None else (row.id, row.password)

    @contextmanager
    def writing(self) -> Iterator[BoundSession]:
        """One short transaction."""
        store = self.installation.store
        with (
            store.hosting() if self.slug is None else store.writing(self.installation.district_id(self.slug)) as session
        ):
            yield session

    def _own(self, owner: int) -> list[Any]:
        return [] if self.slug is None else [AccountRow.district_id == owner]


def sign_in(realm: Realm, attempt: Attempt, throttle: Throttle, lifetime: Lifetime) -> SignedIn:
    """Begin a session; every refusal of a login or a password is one sentence.

    Raises ``sign_in.slow`` before anything is hashed, ``sign_in.busy``, ``sign_in.refused``; to somebody who knows the
    password alone ``sign_in.disabled``, and ``sign_in.second_factor`` where the account asks for one, which no
    installation can answer yet. It takes as long for a login nobody has, and writes as much.
    """
    now = realm.installation.clock()
    known = realm.known(attempt.login)
    places = _places(realm, attempt, known, throttle, now)
    throttle.check(now, places)
    kept = _nobodys() if known is None else known[1]
    with GATE.open():
        throttle.count(now, places)
        right = fits(kept, attempt.password) and known is not None
        fresh = unchecked_hash(attempt.password) if right and outdated(kept) else kept
    done = _finished(realm, attempt, _Checked(known, right, fresh, places), throttle, lifetime)
    if done is None:
        # By number: what is typed for a login is now and then a password.
        who = "nobody's login" if known is None else f"account {known[0]}"
        log.warning("sign-in refused: %s, %s, from %s", realm.slug or "host", who, attempt.network or "-")
        raise RendaError("sign_in.refused")
    throttle.forget(places[:1])
    throttle.give_back(now, places[1:])
    return done


def _places(
    realm: Realm, attempt: Attempt, known: tuple[int, str] | None, throttle: Throttle, now: datetime
) -> list[Place]:
    slug, login = realm.slug or "", attempt.login.casefold()
    device = None if known is None else attempt.devices.get(known[0])
    if known is not None and device is not None:
        return [Place(("device", slug, known[0], device), DEVICE)]
    everywhere = Place(("login", slug, login), Pace(ATTACKED, 0))
    pace = UNDER_ATTACK if throttle.failures(now, everywhere) >= ATTACKED else AT_ADDRESS
    return [
        Place(("account", slug, login, attempt.network), pace),
        Place(("network", attempt.network), NETWORK),
        everywhere,
    ]


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was known of the account before the hash, whether the password was right, and as what to keep it."""

    known: tuple[int, str] | None
    right: bool
    kept: str
    places: list[Place]


def _finished(
    realm: Realm, attempt: Attempt, checked: _Checked, throttle: Throttle, lifetime: Lifetime
) -> SignedIn | None:
    """Write what became of it: the session, or the failure. None where the password does not hold (any more)."""
    now, known = realm.installation.clock(), checked.known
    if not checked.right and not throttle.may_write(now):
        return None
    with realm.writing() as session:
        row: Any = None if known is None else lock_row(session, realm.accounts, known[0])
        told: dict[str, Any] = {
            "actor": attempt.login or "—",
            "account_id": None if row is None else row.id,
            "address": attempt.network,
        }
        if row is None or known is None or not checked.right or row.password != known[1]:
            if row is not None:
                row.failures, row.failed_at = row.failures + 1, now
            waits = throttle.wait(now, checked.places)
            kind = "sign_in.throttled" if waits else "sign_in.failed"
            security_log.append(session, now, kind, details={"wait": waits, "unwritten": throttle.unwritten()}, **told)
            return None
        if getattr(row, "disabled", False):
            raise RendaError("sign_in.disabled")
        if getattr(row, "second_factor", None) is not None:
            raise RendaError("sign_in.second_factor")
        token = sessions.begin(session, row.id, now, lifetime, attempt.origin)
        done = SignedIn(row.id, token, row.failures, row.failed_at)
        row.failures, row.failed_at, row.password = 0, None, checked.kept
        security_log.append(session, now, "sign_in", details={"device": attempt.origin.device}, **told)
        return done


def sign_out(realm: Realm, token: str, address: str) -> None:
    """End the session of a token, where it goes on."""
    with realm.writing() as session:
        account = sessions.end(session, token)
        if account is not None:
            row: Any = session.get(realm.accounts, account)
            login = "—" if row is None else row.login
            now = realm.installation.clock()
            security_log.append(session, now, "sign_out", actor=login, account_id=account, address=address)


def trusted(desk: Desk, login: str) -> AccountRow | None:
    """The account another system has already signed in, or None where the district has none of that login."""
    row = desk.session.scalar(select(AccountRow).where(AccountRow.login == login))
    return None if row is None or row.disabled else row


@cache
def _nobodys() -> str:
    return unchecked_hash("Nobody-signs-in-with-this-1")
