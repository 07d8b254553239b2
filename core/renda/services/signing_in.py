"""Signing in with a login and a password: lockout, sessions that end, the place of a second factor."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Protocol, TypeVar

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.model import AccountRow, HostAccountRow
from renda.services.accounts import fits, hashed, outdated
from renda.services.desk import Desk
from renda.services.locking import lock_row
from renda.store import BoundSession

declare(
    {
        "sign_in.refused": "登录名或密码不对，或者账号正被锁定。连续 {most} 次不对，账号锁定 {minutes} 分钟；"
        "忘记密码请找本区县的工作人员重设。",
        "sign_in.disabled": "账号已停用。如需恢复，请找本区县的工作人员。",
        "sign_in.second_factor": "此账号要求动态口令，本机尚未开通。请找系统管理员。",
    },
    status=401,
)
declare(
    {
        "password.wrong": "现在的密码不对。",
        "password.same": "新密码不能与现在的相同。",
        "password.unlike": "两次输入的新密码不一样。",
    }
)

MOST_FAILURES = 5
LOCKED = timedelta(minutes=15)


class Guarded(Protocol):
    """What stands behind a password: an account of a district or of the host."""

    login: str
    password: str
    failures: int
    locked_until: datetime | None


AnyAccount = TypeVar("AnyAccount", bound=Guarded)


def sign_in(desk: Desk, login: str, password: str) -> AccountRow | None:
    """The account that signs in at this desk, or None where it is refused; the failure is then counted.

    None is answered and nothing raised, so that the count is kept with the transaction of the desk. Raises
    ``sign_in.disabled`` only to somebody who knows the password, and ``sign_in.second_factor`` where the
    account asks for one, which no installation can answer yet.
    """
    row = checked(lock_row(desk.session, AccountRow, login, by=AccountRow.login), password, desk.now)
    if row is None:
        return None
    if row.disabled:
        raise RendaError("sign_in.disabled")
    if row.second_factor is not None:
        raise RendaError("sign_in.second_factor")
    return row


def sign_in_host(session: BoundSession, login: str, password: str, now: datetime) -> HostAccountRow | None:
    """The operator who signs in to the host, or None where it is refused; as for ``sign_in``."""
    return checked(lock_row(session, HostAccountRow, login, by=HostAccountRow.login), password, now)


def checked(row: AnyAccount | None, password: str, now: datetime) -> AnyAccount | None:
    """The row where the password is its own and it is not locked; counts failures and locks after five.

    It takes as long for a login nobody has, and for a locked one whatever the password: neither the answer
    nor its time tells which logins exist or whether a guess was right.
    """
    if row is None or (row.locked_until is not None and now < row.locked_until):
        fits(_nobodys(), password)
        return None
    if not fits(row.password, password):
        row.failures += 1
        if row.failures >= MOST_FAILURES:
            row.failures, row.locked_until = 0, now + LOCKED
        return None
    row.failures, row.locked_until = 0, None
    if outdated(row.password):
        row.password = hashed(password)
    return row


def refused() -> RendaError:
    """The one sentence for every refusal of a sign-in."""
    return RendaError("sign_in.refused", most=MOST_FAILURES, minutes=int(LOCKED.total_seconds() // 60))


def trusted(desk: Desk, login: str) -> AccountRow | None:
    """The account another system has already signed in, or None where the district has none of that login."""
    row = desk.session.scalar(select(AccountRow).where(AccountRow.login == login))
    return None if row is None or row.disabled else row


def change_password(row: AccountRow, old: str, new: str, again: str) -> None:
    """Set a new password by somebody who knows the old one; all sessions but the present one end.

    Raises ``password.…`` and what ``accounts.check_password`` raises, each beside its field of the form.
    """
    if not fits(row.password, old):
        raise _beside("old", RendaError("password.wrong"))
    if new != again:
        raise _beside("again", RendaError("password.unlike"))
    if old == new:
        raise _beside("new", RendaError("password.same"))
    try:
        kept = hashed(new, row.login)
    except RendaError as weak:
        raise _beside("new", weak) from None
    row.password = kept
    row.sessions_from += 1


def _beside(field: str, error: RendaError) -> RendaError:
    return RendaError(error.code, fields={field: error.message}, **error.values)


@cache
def _nobodys() -> str:
    return hashed("Nobody-signs-in-with-this-1")
