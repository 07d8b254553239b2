"""What a request enters in the security log: a sign-in, a failure, a download. Of votes and answers it enters nothing.

A time beside an address or a name would tell who voted when, so requests to addresses that are ``unlogged`` enter nothing whatever
happens in them, refused tokens included.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import after_this_request, g, request
from werkzeug.wrappers import Response

from renda.services import security_log
from renda.web.limits import asking_network
from renda.web.tenancy import installation
from renda.web.unlogged import is_unlogged


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
            address=asking_network(),
            details=details,
        )


def note_export(name: str) -> None:
    """Enter, once this request is answered, that somebody who signed in took a file; of the public nothing is entered.

    ``g.caller`` of the API, or ``g.seat`` of the pages, says who.
    """
    seat = g.get("seat")
    slug, actor = g.get("caller") or ((seat.slug, seat.actor) if seat is not None else ("", None))
    if actor is None or actor.account_id is None or is_unlogged(request.path):
        return

    # Not at once: the desk of this request may be one for writing, and SQLite has one writer.
    @after_this_request
    def enter(response: Response) -> Response:
        note(slug, "export", actor=actor.name, account_id=actor.account_id, subject=name)
        return response
