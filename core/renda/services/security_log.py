"""The security log of a district, and of the host: sign-ins, failures, exports; each entry seals the one before it.

It is apart from the audit log, so that a stranger who guesses passwords does not wait for, and does not delay, what
people do. An entry is the last thing that a transaction does: on PostgreSQL the log's own head is the only lock that
it takes, and nothing is locked after it. Nothing about casting a vote or answering a questionnaire is entered here:
a time beside a person would tell who voted when (see ``docs/secrecy.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select

from renda.errors import RendaError, declare
from renda.model.security import HostSecurityEntryRow, HostSecurityHeadRow, SecurityEntryRow, SecurityHeadRow
from renda.services import heads
from renda.services.seals import sealed
from renda.store import BoundSession

declare({"security.kind": "安全日志没有“{kind}”这一类。请告诉开发者。"}, status=500)

KINDS = {
    "sign_in": "登录",
    "sign_in.failed": "登录未成",
    "sign_in.throttled": "登录被限速",
    "sign_out": "退出",
    "session.ended": "会话被结束",
    "password.changed": "修改密码",
    "password.failed": "修改密码未成",
    "password.reset": "重设密码",
    "token.refused": "令牌被拒",
    "token.issued": "发放令牌",
    "token.revoked": "作废令牌",
    "export": "导出或下载",
    "view": "查阅受关注事项",
    "archive": "归档",
    "key": "密钥",
    "calendar": "日历",
    "other": "其他",
}
BATCH = 500
LONGEST = {"actor": 120, "subject": 300, "address": 64}
AnyEntry = SecurityEntryRow | HostSecurityEntryRow
Place = tuple[type[Any], type[Any], dict[str, int]]


def append(
    session: BoundSession,
    now: datetime,
    kind: str,
    *,
    actor: str,
    account_id: int | None = None,
    subject: str = "",
    address: str = "",
    details: Mapping[str, Any] | None = None,
) -> AnyEntry:
    """Add an entry to the log of the session's district, or to the host's where the session has none.

    ``actor``: a name, or the login as it was typed; ``subject``: what it is about; ``address``: the network address
    that asked. Nothing may be locked after this in the same transaction. Raises ``security.kind``.
    """
    if kind not in KINDS:
        raise RendaError("security.kind", kind=kind)
    entries, last, own = _tables(session)
    number, digest = heads.lock(session, last, own)
    said = {name: _printable(value, LONGEST[name]) for name, value in
            (("actor", actor), ("subject", subject), ("address", address))}  # fmt: skip
    row: AnyEntry = entries(
        **{name: value for name, value in own.items() if name == "district_id"},
        number=number + 1,
        at=now.astimezone(UTC),
        kind=kind,
        account_id=account_id,
        **said,
        details={key: _printable(value, 300) for key, value in (details or {}).items()},
        previous=digest,
    )
    row.digest = digest_of(row)
    session.add(row)
    session.flush()
    heads.write(session, last, own, row.number, row.digest)
    return row


def head(session: BoundSession) -> tuple[int, str]:
    """Number and digest of the last entry; 0 and nothing where there is none."""
    _, last, own = _tables(session)
    return heads.read(session, last, own)


def newest(session: BoundSession, size: int, *, before: int | None = None) -> list[AnyEntry]:
    """The last entries, newest first; ``before`` is the number that those had already end with."""
    entries, _, _ = _tables(session)
    query = select(entries).order_by(entries.number.desc()).limit(size)
    return list(session.scalars(query if before is None else query.where(entries.number < before)))


def following(session: BoundSession, after: int, size: int) -> list[AnyEntry]:
    """The entries after a number, oldest first."""
    entries, _, _ = _tables(session)
    return list(session.scalars(select(entries).where(entries.number > after).order_by(entries.number).limit(size)))


def digest_of(row: AnyEntry) -> str:
    """SHA-256 over all that an entry says, the digest of the one before included."""
    return sealed([
        row.number, row.at.isoformat(), row.kind, row.account_id, row.actor, row.subject, row.address, row.details,
        row.previous,
    ])  # fmt: skip


def first_broken(session: BoundSession) -> int | None:
    """The number of the first entry that is not as it was written, or None where the log is whole."""
    entries, _, _ = _tables(session)
    query: Select[Any] = select(entries).order_by(entries.number).execution_options(yield_per=BATCH)
    previous, expected = "", 1
    # Closed also where the reading stops early: a cursor of the server would stay open.
    with closing(session.scalars(query)) as rows:
        for row in rows:
            if row.number != expected or row.previous != previous or row.digest != digest_of(row):
                return expected
            previous, expected = row.digest, expected + 1
    return None if head(session) == (expected - 1, previous) else expected


def _tables(session: BoundSession) -> Place:
    """Entries, heads, and the key of the head of the session's log."""
    if session.info.get("district_id") is None:
        return HostSecurityEntryRow, HostSecurityHeadRow, {"id": 1}
    return SecurityEntryRow, SecurityHeadRow, {"district_id": session.district_id}


def _printable(value: Any, longest: int) -> Any:
    """Text without what a database refuses (NUL, half a character) or a terminal obeys; other values as they are."""
    if not isinstance(value, str):
        return value
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in value[:longest])
