"""Changing one's own password: the present one is asked for, other sessions end, it is in the security log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from renda.errors import RendaError, declare
from renda.services import security_log, sessions
from renda.services.locking import lock_row
from renda.services.passwords import GATE, fits, hashed
from renda.services.signing_in import Realm
from renda.services.throttle import Pace, Place, Throttle

declare(
    {
        "password.wrong": "现在的密码不对。",
        "password.same": "新密码不能与现在的相同。",
        "password.unlike": "两次输入的新密码不一样。",
    }
)

OLD_PASSWORD = Pace(free=5, longest=900)


@dataclass(frozen=True, slots=True)
class NewPassword:
    """What the form says: the present password, the new one, the new one again."""

    old: str
    new: str
    again: str


def change_password(
    realm: Realm,
    login: str,
    given: NewPassword,
    throttle: Throttle,
    *,
    token: str,
    address: str,
    known: tuple[str, ...] = (),
) -> None:
    """Set a new password by somebody who knows the present one; all sessions but that of ``token`` end.

    Raises ``password.…`` and what ``passwords.check_password`` raises, each beside its field of the form, and
    ``sign_in.slow`` after some wrong ones: a session that somebody left open is no place to guess.
    """
    now = realm.installation.clock()
    place = [Place(("old", realm.slug or "", login.casefold()), OLD_PASSWORD)]
    account = realm.known(login)
    throttle.check(now, place)
    with GATE.open():
        throttle.count(now, place)
        right = account is not None and fits(account[1], given.old)
        if right:
            throttle.forget(place)
        kept = _new_password(given, login, known) if right else ""
    with realm.writing() as session:
        row: Any = None if account is None else lock_row(session, realm.accounts, account[0])
        told: dict[str, Any] = {"actor": login, "account_id": None if row is None else row.id, "address": address}
        if account is None or row is None or not right or row.password != account[1]:
            security_log.append(session, now, "password.failed", **told)
        else:
            row.password = kept
            sessions.end_all(session, row.id, but=token)
            security_log.append(session, now, "password.changed", **told)
            return
    raise _beside("old", RendaError("password.wrong"))


def _new_password(given: NewPassword, login: str, known: tuple[str, ...]) -> str:
    if given.new != given.again:
        raise _beside("again", RendaError("password.unlike"))
    if given.old == given.new:
        raise _beside("new", RendaError("password.same"))
    try:
        return hashed(given.new, login, known)
    except RendaError as weak:
        raise _beside("new", weak) from None


def _beside(field: str, error: RendaError) -> RendaError:
    return RendaError(error.code, fields={field: error.message}, **error.values)
