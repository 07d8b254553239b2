"""Tokens: what a program comes with. It stands for an account, and opens what its scopes say and no more."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import AccountRow, TokenRow
from renda.services.accounts import actor_of
from renda.services.desk import Desk
from renda.services.locking import lock_row

declare(
    {
        "token.scope": "没有“{scope}”这种权限。可用:read(查看)、act(办理)、act:做法代码(只办理一种做法)。本区县的做法:{allowed}。",
        "token.no_scope": "令牌至少要有一种权限:read、act 或 act:做法代码。",
        "token.label": "请写明令牌的用途,最多 80 个字符。",
        "token.past": "到期时间须晚于现在。",
    }
)
declare({"token.unknown": "没有编号为 {number} 的令牌。"}, status=404)
declare({"token.refused": "令牌无效、已到期或已作废。请向本区县的工作人员要一个新的。"}, status=401)

PREFIX = "renda_"
READ, ACT = "read", "act"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who comes with a token, and what it opens."""

    actor: Actor
    scopes: frozenset[str]

    def may_read(self) -> bool:
        """Whether anything may be looked at; who may act may look."""
        return bool(self.scopes)

    def may_act(self, practice: str) -> bool:
        """Whether actions of that practice may be taken."""
        return ACT in self.scopes or f"{ACT}:{practice}" in self.scopes


@dataclass(frozen=True, slots=True)
class Listed:
    """A token as a list shows it; the token itself is nowhere kept."""

    number: int
    account: str
    label: str
    scopes: Sequence[str]
    expires: datetime | None
    revoked: bool


def issue(
    desk: Desk, account: AccountRow, label: str, scopes: Sequence[str], *, expires: datetime | None = None
) -> tuple[str, TokenRow]:
    """Make a token for an account: the token, told only now, and its row, which keeps its SHA-256 digest."""
    if not label.strip() or len(label) > 80:
        raise RendaError("token.label")
    check_scopes(desk, scopes)
    if expires is not None and expires <= desk.now:
        raise RendaError("token.past")
    token = PREFIX + secrets.token_urlsafe(32)
    row = TokenRow(
        account_id=account.id, label=label.strip(), digest=digest_of(token), scopes=sorted(set(scopes)), expires=expires
    )
    desk.session.add(row)
    desk.session.flush()
    return token, row


def check_scopes(desk: Desk, scopes: Sequence[str]) -> None:
    """Raise ``token.scope`` or ``token.no_scope`` for what no token can have in this district."""
    if not scopes:
        raise RendaError("token.no_scope")
    allowed = {READ, ACT, *(f"{ACT}:{code}" for code in desk.rulebook.versions)}
    for scope in scopes:
        if scope not in allowed:
            raise RendaError("token.scope", scope=scope, allowed="、".join(desk.rulebook.versions) or "—")


def authenticated(desk: Desk, token: str) -> Holder:
    """Who holds a token of this district; raises ``token.refused`` for every reason alike."""
    row = desk.session.scalar(select(TokenRow).where(TokenRow.digest == digest_of(token)))
    late = row is not None and row.expires is not None and row.expires <= desk.now
    if row is None or row.revoked or late or row.account.disabled:
        raise RendaError("token.refused")
    return Holder(actor_of(row.account), frozenset(row.scopes))


def revoke(desk: Desk, number: int) -> TokenRow:
    """Make a token worthless from now on; raises ``token.unknown``."""
    row = lock_row(desk.session, TokenRow, number)
    if row is None:
        raise RendaError("token.unknown", number=number)
    row.revoked = True
    return row


def everyone(desk: Desk) -> list[Listed]:
    """All tokens of the district, oldest first."""
    rows = desk.session.scalars(select(TokenRow).order_by(TokenRow.id))
    return [Listed(row.id, row.account.login, row.label, row.scopes, row.expires, row.revoked) for row in rows]


def digest_of(token: str) -> str:
    """What is kept of a token: it is long and random, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
