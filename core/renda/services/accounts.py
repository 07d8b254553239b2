"""Accounts of a district: who may sign in, in which roles, for which person or organ."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from renda.errors import RendaError, declare
from renda.matter import ROLES, Actor, Party
from renda.model import AccountRow, HostAccountRow, OrganRow, PersonRow
from renda.services import chain, sessions
from renda.services.desk import Desk, Installation
from renda.services.locking import lock_row
from renda.services.passwords import hashed

__all__ = [
    "GRANTABLE",
    "NO_PASSWORD",
    "actor_of",
    "add",
    "add_host",
    "check_roles",
    "disable",
    "everyone",
    "find",
    "hashed",
    "set_password",
]

declare({"account.unknown": "没有登录名为“{login}”的账号。"}, status=404)
declare({"account.taken": "登录名“{login}”已有人使用。请换一个,或用 renda account password 改它的密码。"}, status=409)
declare(
    {
        "account.role": "没有“{role}”这个角色。可用的角色:{allowed}。",
        "account.blank": "账号须有登录名和姓名。",
    }
)

NO_PASSWORD = "!"  # noqa: S105  (no secret: no password fits it)
GRANTABLE = tuple(role for role in ROLES if role not in {"system", "public"})


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
    chain.lock(desk)
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


def set_password(desk: Desk, login: str, kept_password: str) -> AccountRow:
    """Set a password, hashed before (``passwords.hashed``) and not while the desk holds a lock; sessions end."""
    row = _locked(desk, login)
    row.password = kept_password
    row.failures, row.failed_at = 0, None
    sessions.end_all(desk.session, row.id)
    return row


def disable(desk: Desk, login: str, *, disabled: bool = True) -> AccountRow:
    """Shut an account (or open it again); its sessions end."""
    row = _locked(desk, login)
    row.disabled = disabled
    sessions.end_all(desk.session, row.id)
    return row


def _locked(desk: Desk, login: str) -> AccountRow:
    row = lock_row(desk.session, AccountRow, login, by=AccountRow.login)
    if row is None:
        raise RendaError("account.unknown", login=login)
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
        try:
            session.flush()
        except IntegrityError:
            # Two with one login at once: the other one has it.
            raise RendaError("account.taken", login=login) from None
