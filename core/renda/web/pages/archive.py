"""The signed archive of a sitting as a file, for everybody once nothing of it waits to be published."""

from __future__ import annotations

from io import BytesIO

from flask import current_app, g, send_file
from flask.typing import ResponseReturnValue

from renda.errors import RendaError, declare
from renda.sealing import Signer
from renda.services import archives, meetings
from renda.services.desk import Desk
from renda.web.tenancy import Seat, page

declare({"web.no_signer": "本机没有签名密钥,不能生成存档。请系统管理员按 wsgi 的方式启动。"}, status=503)

MEDIA_TYPE = "application/jsonl"


@page("/meetings/<int:number>/archive", public=True)
def sitting_archive(seat: Seat, number: int) -> ResponseReturnValue:
    """What was decided and how it was counted, as ``tools/verify_archive.py`` reads it."""
    row = meetings.find(seat.desk, number)
    signer = signing()
    if signer is None:
        raise RendaError("web.no_signer")
    archives.check_public(seat.desk, number)
    kept = archives.archive(seat.desk, number, signer).encode()
    g.private = True
    return send_file(BytesIO(kept), MEDIA_TYPE, as_attachment=True, download_name=f"{row.title}.jsonl", etag=False)


def signing() -> Signer | None:
    """Who signs archives here; None where nobody does."""
    found: Signer | None = current_app.extensions.get("renda_signer")
    return found


def announced_key(desk: Desk, meeting: int | None) -> str:
    """The public key to show beside the link to a sitting's archive; empty where there is no archive to have."""
    signer = signing()
    return signer.public.hex() if signer is not None and meeting and archives.is_public(desk, meeting) else ""
