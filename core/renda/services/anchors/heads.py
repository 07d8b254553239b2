"""The heads that are anchored: number and digest of the last entry of each log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from renda.model import ChainHead, District, EventRow, HostSecurityEntryRow, RowChangeRow, SecurityEntryRow
from renda.services import heads, row_log, security_log
from renda.services.desk import Installation
from renda.store import BoundSession

Heads = dict[str, tuple[int, str]]
"""Log → number and digest of its last entry."""

AUDIT, ROWS, SECURITY = "audit", "rows", "security"
LOGS: dict[str, Any] = {AUDIT: EventRow, ROWS: RowChangeRow, SECURITY: SecurityEntryRow}
HOST_LOG: Any = HostSecurityEntryRow


def heads_of(session: BoundSession) -> Heads:
    """The heads of a district."""
    own = {"district_id": session.district_id}
    return {
        AUDIT: heads.read(session, ChainHead, own),
        ROWS: row_log.head(session),
        SECURITY: security_log.head(session),
    }


def heads_of_host(session: BoundSession) -> tuple[int, str]:
    """The head of the host's security log; ``session`` belongs to no district."""
    return security_log.head(session)


def collected(installation: Installation, slugs: Sequence[str] | None = None) -> tuple[dict[str, Heads], Any]:
    """The heads of these districts, or of all that have a row, and the host's."""
    with installation.store.hosting() as session:
        known = {row.slug: row.id for row in session.scalars(select(District).order_by(District.slug))}
        host = heads_of_host(session)
    found = {}
    for slug, number in known.items():
        if slugs is None or slug in slugs:
            with installation.store.reading(number) as session:
                found[slug] = heads_of(session)
    return found, host
