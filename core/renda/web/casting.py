"""A vote as a script sends it: read, taken at once where all is in order, answered in JSON of one length."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, json, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import BallotRow
from renda.services import ballots
from renda.services.ballots import Answer
from renda.services.sessions import digest_of
from renda.web import auth, voters
from renda.web.tenancy import installation, seals_on_server

declare({"vote.request": "投票请求的内容无法识别。请刷新页面后重投。"}, status=400)

declare(
    {
        "vote.sealing": "“{question}”是无记名表决,票须在您的手机或终端上密封后送出,这一张没有收下。"
        "请用 https 开头的地址打开投票页,并允许网页脚本;不能这样做的,请向会务工作人员领取纸质票。",
    },
    status=403,
)

WHOLE_ANSWER = 1024
LONGEST_TOKEN = 64
SAID = {
    Answer.COUNTED: "您的票已收到,将计入结果。",
    Answer.ALREADY: "您在这次表决中已投过另一张票,以那一张为准;这一张没有收下。",
    Answer.TOO_LATE: "表决已经截止,您的票没有计入。",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A sealed paper and the token of the form it came with."""

    envelope: bytes
    token: str


def must_be_sealed(row: BallotRow) -> bool:
    """Whether a paper is taken only as its browser sealed it: a secret one, unless the host switched that off by name."""
    return row.secrecy == "secret" and not seals_on_server()


def request_of(seal: Callable[[Any, Any], bytes]) -> Sent:
    """The paper sent; marks that came open are given to ``seal``. Raises ``vote.request``."""
    try:
        said = dict(request.get_json())
        token = str(said.get("submission", ""))[:LONGEST_TOKEN]
        if "envelope" in said:
            return Sent(base64.b64decode(str(said["envelope"]), validate=True), token)
        return Sent(seal(said.get("marks"), said.get("names")), token)
    except (BadRequest, binascii.Error, ValueError, TypeError):
        raise RendaError("vote.request") from None


def at_once(slug: str, number: int) -> Response | None:
    """The answer to a sealed paper of an account signed in, where it was taken; None leaves it to the long way."""
    if request.method != "POST" or not request.is_json or voters.at_seat():
        return None
    kept = auth.held_now(slug, installation().clock())
    said = request.get_json(silent=True)
    if kept is None or not isinstance(said, dict) or "envelope" not in said:
        return None
    try:
        sent = request_of(lambda marks, names: b"")
    except RendaError:
        return None
    took = ballots.cast_at_once(
        installation(), slug, kept["id"], digest_of(kept["token"]), number, sent.envelope, sent.token
    )
    g.private = True
    return told_answer(Answer.COUNTED) if took else None


def told_answer(answer: Answer) -> Response:
    """What became of a paper, in words."""
    return _padded({"answer": answer.value, "said": gettext(SAID[answer])}, 200)


def told_refusal(refusal: RendaError) -> Response:
    """Why no paper was taken."""
    return _padded({"code": refusal.code, "said": refusal.message}, refusal.status)


def _padded(said: Mapping[str, str], status: int) -> Response:
    content = json.dumps(said, ensure_ascii=False).encode()
    whole = -(-len(content) // WHOLE_ANSWER) * WHOLE_ANSWER
    return Response(content.ljust(whole), status, content_type="application/json")
