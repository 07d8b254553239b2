"""Accounts of a district: who may sign in, in which roles, for which person or organ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import ROLES, Actor, Party
from renda.model import AccountRow, HostAccountRow, OrganRow, PersonRow
from renda.services.desk import Desk, Installation

declare({"account.unknown": "没有登录名为“{login}”的账号。"}, status=404)
declare({"account.taken": "登录名“{login}”已有人使用。请换一个,或用 renda account password 改它的密码。"}, status=409)
declare(
    {
        "account.role": "没有“{role}”这个角色。可用的角色:{allowed}。",
        "account.short": "密码太短:至少要 {least} 个字符。",
        "account.simple": "密码太简单:大写字母、小写字母、数字、其他符号中至少要有 {least} 种。",
        "account.own_login": "密码里不能含有登录名。请换一个。",
        "account.blank": "账号须有登录名和姓名。",
    }
)

LEAST_PASSWORD = 8
LEAST_CLASSES = 3
NO_PASSWORD = "!"  # noqa: S105  (no secret: no password fits it)
GRANTABLE = tuple(role for role in ROLES if role not in {"system", "public"})


@cache
def _hasher() -> PasswordHasher:
    # OWASP's smaller setting of argon2id (19 MiB, 2 rounds, 1 lane): on SQLite a sign-in holds the only write
    # lock, and a whole congress signs in within the minutes before a sitting.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def check_password(password: str, login: str = "") -> None:
    """Refuse a weak password: too short, of fewer than three kinds of characters, or holding the login.

    GB/T 22239-2019 asks for complexity; eight characters of three kinds is the usual reading in an audit.
    Raises ``account.short``, ``account.simple`` or ``account.own_login``.
    """
    if len(password) < LEAST_PASSWORD:
        raise RendaError("account.short", least=LEAST_PASSWORD)
    kinds = {
        "lower" if sign.islower() else "upper" if sign.isupper() else "digit" if sign.isdigit() else "other"
        for sign in password
    }
    if len(kinds) < LEAST_CLASSES:
        raise RendaError("account.simple", least=LEAST_CLASSES)
    if login and login.casefold() in password.casefold():
        raise RendaError("account.own_login")


def hashed(password: str, login: str = "") -> str:
    """The password as it is kept (argon2id); raises what ``check_password`` raises."""
    check_password(password, login)
    return _hasher().hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether the password is the one kept; takes its time either way."""
    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether a kept password was hashed with weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def find(desk: Desk, login: str) -> AccountRow:
    """The account of that login; raises ``account.unknown``."""
    row = desk.session.scalar(select(AccountRow).where(AccountRow.login == login))
    if row is None:
        raise RendaError("account.unknown", login=login)
    return row


def add(
    desk: Desk,
    login: str,
    name: str,
    roles: Sequence[str],
    *,
    kept_password: str = NO_PASSWORD,
    person: PersonRow | None = None,
    organ: OrganRow | None = None,
) -> AccountRow:
    """Add an account; ``kept_password`` comes from ``hashed``.

    Raises ``account.taken``, ``account.role`` or ``account.blank``.
    """
    if not login.strip() or not name.strip():
        raise RendaError("account.blank")
    check_roles(roles)
    if desk.session.scalar(select(AccountRow.id).where(AccountRow.login == login)) is not None:
        raise RendaError("account.taken", login=login)
    row = AccountRow(login=login, name=name, password=kept_password, roles=list(roles), person=person, organ=organ)
    desk.session.add(row)
    desk.session.flush()
    return row


def check_roles(roles: Sequence[str]) -> None:
    """Raise ``account.role`` for a role no account may have."""
    for role in roles:
        if role not in GRANTABLE:
            raise RendaError("account.role", role=role, allowed="、".join(GRANTABLE))


def set_password(desk: Desk, login: str, password: str) -> AccountRow:
    """Set a password; opens a locked account and ends its sessions."""
    row = find(desk, login)
    row.password = hashed(password, login)
    row.failures, row.locked_until = 0, None
    row.sessions_from += 1
    return row


def disable(desk: Desk, login: str, *, disabled: bool = True) -> AccountRow:
    """Shut an account (or open it again); its sessions end."""
    row = find(desk, login)
    row.disabled = disabled
    row.sessions_from += 1
    return row


def everyone(desk: Desk) -> Sequence[AccountRow]:
    """All accounts by login."""
    return desk.session.scalars(select(AccountRow).order_by(AccountRow.login)).all()


def actor_of(row: AccountRow) -> Actor:
    """The account as rules see it."""
    person = None if row.person is None else Party("person", row.person.id, row.person.name)
    organ = None if row.organ is None else Party("organ", row.organ.id, row.organ.name)
    return Actor(row.id, row.name, frozenset(row.roles), person, organ)


def add_host(installation: Installation, login: str, name: str, password: str) -> None:
    """Add an operator of the host; raises as ``add`` and ``hashed`` do."""
    if not login.strip() or not name.strip():
        raise RendaError("account.blank")
    kept = hashed(password)
    with installation.store.hosting() as session:
        if session.scalar(select(HostAccountRow.id).where(HostAccountRow.login == login)) is not None:
            raise RendaError("account.taken", login=login)
        session.add(HostAccountRow(login=login, name=name, password=kept, failures=0))
