"""What a request enters in the security log: a sign-in, a failure, a download. Of votes and answers it enters nothing.

A time beside an address or a name would tell who voted when, so requests under ``UNLOGGED`` enter nothing whatever
happens in them, refused tokens included.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from renda.services import security_log
from renda.web.tenancy import installation

UNLOGGED = frozenset({"ballots", "vote", "questionnaires", "seat", "arrive", "hall", "meetings"})
"""Where in a district, on its pages and in its API, somebody votes, answers, or checks in at a sitting."""

LOGGED_OF_MEETINGS = frozenset({"minutes", "archive"})


def is_unlogged(path: str) -> bool:
    """Whether nothing of a request to this address is entered."""
    parts = path.removeprefix("/api").split("/")[2:]
    if parts[:1] == ["meetings"] and parts[2:3] and parts[2] in LOGGED_OF_MEETINGS:
        return False
    return bool(parts) and parts[0] in UNLOGGED


def note(
    slug: str | None,
    kind: str,
    *,
    actor: str,
    account_id: int | None = None,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Enter what this request did in the log of a district, or of the host where ``slug`` is None.

    It takes a transaction of its own; to be called where the request has no other one for writing open.
    """
    if is_unlogged(request.path):
        return
    here = installation()
    with here.store.hosting() if slug is None else here.store.writing(here.district_id(slug)) as session:
        security_log.append(
            session,
            here.clock(),
            kind,
            actor=actor,
            account_id=account_id,
            subject=subject,
            address=request.remote_addr or "",
            details=details,
        )
