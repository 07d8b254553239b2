"""Anchors beside the logs of the database: a log that was cut, or computed again from some entry on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.services.anchors.file import Anchor
from renda.services.anchors.heads import AUDIT, HOST_LOG, LOGS, ROWS, SECURITY
from renda.store import BoundSession

WORDS = {AUDIT: "办理记录", ROWS: "数据变动日志", SECURITY: "安全日志"}
PORTION = 500

declare(
    {
        "anchors.cut": "{log}在 {at} 锚定时有 {anchored} 条(锚定文件第 {line} 行),现在只有 {count} 条:末尾被截掉了。"
        "只有从备份恢复过才会如此;否则请从备份核对。",
        "anchors.rewritten": "{log}第 {number} 条与 {at} 的锚定(锚定文件第 {line} 行)不符:"
        "这一条或更早的被改过,后面的又重新算过。请从备份核对。",
        "anchors.foreign": "锚定文件有 {count} 行由另一把密钥({key})签名:这不是本机当时的密钥(renda keys list),请核对。",
        "anchors.gone": "区县“{slug}”在 {at} 锚定过(锚定文件第 {line} 行),数据库里已经没有这个区县。请从备份核对。",
    },
    status=500,
)


def mistakes(session: BoundSession, slug: str, anchors: Sequence[Anchor]) -> Iterator[RendaError]:
    """What the logs of a district have otherwise than the anchors; for each log the earliest one that differs."""
    for log, rows in LOGS.items():
        anchored = [
            (each, *each.districts[slug][log])
            for each in anchors
            if slug in each.districts and log in each.districts[slug]
        ]
        yield from _differences(session, rows, WORDS[log], anchored)


def mistakes_of_host(session: BoundSession, anchors: Sequence[Anchor]) -> Iterator[RendaError]:
    """As ``mistakes``, of the host's security log."""
    anchored = [(each, *each.host) for each in anchors]
    yield from _differences(session, HOST_LOG, WORDS[SECURITY], anchored)


def _differences(
    session: BoundSession, rows: Any, log: str, anchored: Sequence[tuple[Anchor, int, str]]
) -> Iterator[RendaError]:
    asked = [(anchor, number, digest) for anchor, number, digest in anchored if number > 0]
    last: int = session.scalar(select(rows.number).order_by(rows.number.desc()).limit(1)) or 0
    for start in range(0, len(asked), PORTION):
        portion = asked[start : start + PORTION]
        digests = _digests(session, rows, [number for _, number, _ in portion])
        for anchor, number, digest in portion:
            if digests.get(number) == digest:
                continue
            told: dict[str, Any] = {"log": gettext(log), "at": f"{anchor.at:%Y-%m-%d %H:%M}", "line": anchor.number}
            if number > last:
                yield RendaError("anchors.cut", anchored=number, count=last, **told)
            else:
                yield RendaError("anchors.rewritten", number=number, **told)
            return


def _digests(session: BoundSession, rows: Any, numbers: Sequence[int]) -> Mapping[int, str]:
    query = select(rows.number, rows.digest).where(rows.number.in_(numbers))
    found: dict[int, str] = dict(session.execute(query).all())
    return found
