"""The signed archive of a sitting as a file: for the district's own, and for everybody once the sitting is published."""

from __future__ import annotations

import logging
from collections.abc import Callable
from io import BytesIO

from flask import current_app, g, send_file
from flask.typing import ResponseReturnValue

from renda.errors import RendaError, declare
from renda.sealing import Signer
from renda.services import archives, meetings
from renda.web import security
from renda.web.tenancy import Seat, page, to_sign_in

declare({"web.no_signer": "本机没有签名密钥,不能生成存档。请系统管理员按 wsgi 的方式启动。"}, status=503)

log = logging.getLogger("renda.web")

MEDIA_TYPE = "application/jsonl"


@page("/meetings/<int:number>/archive", public=True)
def sitting_archive(seat: Seat, number: int) -> ResponseReturnValue:
    """What was decided and how it was counted, as ``tools/verify_archive.py`` reads it."""
    try:
        row = meetings.find(seat.desk, number)
        archives.check_may_have(seat.desk, seat.actor, row)
    except RendaError:
        # Whether there is such a sitting is nobody's business who may not see it.
        if not seat.signed_in:
            return to_sign_in(seat.slug)
        raise
    signer = signing()
    if signer is None:
        raise RendaError("web.no_signer")
    kept = archives.archive(seat.desk, number, signer).encode()
    _anchor(seat.slug)
    g.private = True
    name = f"{row.title}.jsonl"
    security.note_export(name)
    return send_file(BytesIO(kept), MEDIA_TYPE, as_attachment=True, download_name=name, etag=False)


def _anchor(slug: str) -> None:
    """Anchor the district's heads with each archive; the archive is there also where the host's file is not."""
    anchor: Callable[..., object] | None = current_app.extensions.get("renda_anchor")
    if anchor is None:
        return
    try:
        anchor(slugs=[slug])
    except (RendaError, OSError):
        log.exception("the heads of %s were not anchored", slug)


def signing() -> Signer | None:
    """Who signs archives here; None where nobody does."""
    found: Signer | None = current_app.extensions.get("renda_signer")
    return found


def announced_key(seat: Seat, meeting: int | None) -> str:
    """The public key to show beside the link to a sitting's archive; empty where the reader may not have one."""
    signer = signing()
    if signer is None or meeting is None:
        return ""
    row = meetings.find(seat.desk, meeting)
    return signer.public.hex() if archives.may_have(seat.desk, seat.actor, row) else ""
