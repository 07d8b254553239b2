"""Ballots through the API: which there are, how they stand, casting a sealed paper, running them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from apispec import APISpec

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import BallotRow
from renda.services import ballots
from renda.services.ballots import KeyTask
from renda.services.ballots.keys import about
from renda.services.ballots.result_text import counted, public_sheet, result_text
from renda.services.benches.finding import check_office
from renda.web.api.door import Answer, Call, answer, endpoint
from renda.web.api.lists import after, items
from renda.web.api.matters import body_of, check_scope
from renda.web.api.problems import MEDIA_TYPE
from renda.web.pages.ballots import OFFICE
from renda.web.polling import polled
from renda.web.tenancy import installation, key_work

declare({"api.envelope": "envelope 应为密封票的 Base64 文字。"}, status=400)
declare({"api.ballot_deed": "表决没有“{deed}”这个动作。可用的有:{allowed}。"}, status=404)
declare({"api.readers": "表决只给{who}看,这个账号没有这些身份。"}, status=403)

SCOPE = "ballots"
READERS = frozenset({"clerk", "chair", "member", "deputy", "auditor"})
DEEDS: Mapping[str, str] = {
    "open": "开始表决",
    "stop": "截止表决",
    "close": "计票",
    "publish": "公布",
    "withhold": "登记不公布",
}
TEXT, NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}
_SHARES = {"shares": {"type": "array", "items": TEXT}}
ENTRIES: Mapping[str, dict[str, Any]] = {
    "open": _SHARES,
    "stop": {},
    "close": {**_SHARES, "display": {"enum": ["direct", "delayed"]}},
    "publish": {"form": {"enum": list(ballots.FORMS)}},
    "withhold": {"reason": TEXT},
}
_LONGEST = 64


@endpoint("/ballots", parameters=("after", "limit"))
def list_ballots(call: Call) -> Answer:
    """Ballots by number, with how many have voted; no results."""
    _check_reader(call)
    return items(call, "ballots", [_summary(call, row) for row in after(call, BallotRow)])


@endpoint("/ballots/<int:number>")
def get_ballot(call: Call, number: int) -> Answer:
    """One ballot: its sheet, what a paper is sealed with, its result once it is released (to the office: counted)."""
    row = ballots.find(call.desk, number)
    _check_reader(call)
    sheet = ballots.sheet_of(call.desk, row)
    office = not call.actor.roles.isdisjoint(OFFICE)
    seen = row.published
    if seen is None and office and row.result is not None:
        seen = dict(ballots.unguarded(call.desk, row))
    words = result_text(row, seen if seen is not None else public_sheet(call.desk, row))
    return {
        **_summary(call, row),
        "rule": row.rule,
        "secrecy": row.secrecy,
        "press": row.press,
        "display": row.display,
        "members": row.members,
        "sheet": {
            "shape": sheet.shape,
            "seats": sheet.seats,
            "written": sheet.written,
            "lines": [{"code": line.code, "label": line.label} for line in sheet.lines],
            "marks": [{"mark": option.mark, "label": option.label} for option in sheet.options],
        },
        "sealing": {
            "public_key": None if row.public_key is None else base64.b64encode(row.public_key).decode(),
            "info": about(row).decode(),
            "padded_bytes": row.paper_bytes,
        },
        "result": None if seen is None else {**seen, "subjects": [counted(row, line) for line in seen["subjects"]]},
        "words": words.plain(),
    }


@endpoint("/ballots/<int:number>/cast", method="POST")
def cast_ballot(call: Call, number: int) -> Answer:
    """Hand in a sealed paper, the only sort taken here; answered ``counted``, ``already`` or ``too_late``."""
    ballots.find(call.desk, number)
    body = body_of(("envelope", "submission"))
    check_scope(call, SCOPE)
    try:
        envelope = base64.b64decode(str(body.get("envelope", "")), validate=True)
    except (binascii.Error, ValueError):
        raise RendaError("api.envelope") from None
    token = str(body.get("submission", ""))[:_LONGEST]
    told = ballots.cast(call.desk, call.actor, number, envelope, submission=token)
    return {"ballot": number, "answer": told.value}


@endpoint("/ballots/<int:number>/open", method="POST", later=True)
def open_ballot(call: Call, number: int) -> Callable[[], Answer]:
    """Open a ballot; ``shares`` are the scrutineers' where they hold the key."""
    return _with_key(call, number, "open", ("shares",))


@endpoint("/ballots/<int:number>/close", method="POST", later=True)
def close_ballot(call: Call, number: int) -> Callable[[], Answer]:
    """Count a ballot; ``display`` is the chair's choice between showing the result at once and later."""
    return _with_key(call, number, "close", ("shares", "display"))


def _with_key(call: Call, number: int, deed: str, entries: tuple[str, ...]) -> Callable[[], Answer]:
    """Call it when the desk is closed: what needs a key has a transaction, and mostly a process, of its own."""
    ballots.find(call.desk, number)
    body = body_of(entries)
    check_scope(call, SCOPE)
    shares = _shares(body)
    check_office(call.actor)  # here already: nobody else has a process started
    task = KeyTask(deed, call.slug, call.actor, [number], shares, str(body.get("display", "")))

    def run() -> Answer:
        key_work()(task)
        polled().forget(call.slug)
        with installation().reading(call.slug) as desk:
            return answer(_summary(replace(call, desk=desk), ballots.find(desk, number)))

    return run


@endpoint("/ballots/<int:number>/<deed>", method="POST")
def run_ballot(call: Call, number: int, deed: str) -> Answer:
    """Stop, publish or withhold a ballot; ``form`` (of a publication) and ``reason`` are the chair's."""
    ballots.find(call.desk, number)
    body = body_of(("reason", "form"))
    check_scope(call, SCOPE)
    desk, actor = call.desk, call.actor
    if deed == "stop":
        ballots.stop(desk, actor, number)
    elif deed == "publish":
        ballots.publish(desk, actor, number, str(body.get("form", "")))
    elif deed == "withhold":
        ballots.withhold(desk, actor, number, str(body.get("reason", "")))
    else:
        raise RendaError("api.ballot_deed", deed=deed, allowed="、".join(DEEDS))
    polled().forget(call.slug)
    return answer(_summary(call, ballots.find(desk, number)))


def describe(spec: APISpec) -> None:
    """The paths of ballots in the description of the API."""
    summary = {
        **dict.fromkeys(("id", "round", "issued", "voted", "by_paper"), NUMBER),
        **dict.fromkeys(("question", "bench", "practice", "state", "label", "href"), TEXT),
        "meeting": {"type": ["integer", "null"]},
    }
    anything = {"type": "object"}
    whole = {
        **summary,
        **dict.fromkeys(("secrecy", "press", "display"), TEXT),
        **dict.fromkeys(("rule", "sheet"), anything),
        "members": NUMBER,
        "sealing": _object({"public_key": {"type": ["string", "null"]}, "info": TEXT, "padded_bytes": NUMBER}),
        "result": {"type": ["object", "null"]},
        "words": anything,
    }
    spec.components.schema("BallotSummary", _object(summary))
    spec.components.schema("Ballot", _object(whole))
    number = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    get = {
        "operationId": "get_ballots",
        "summary": gettext("一次表决"),
        "responses": _answers(gettext("一次表决"), {"$ref": "#/components/schemas/Ballot"}),
    }
    spec.path("/ballots/{id}", operations={"get": get}, parameters=[number])
    casting = _post(
        "cast_ballot",
        gettext("投出一张密封的票"),
        _object({"envelope": TEXT, "submission": TEXT}),
        _object({"ballot": NUMBER, "answer": {"enum": [each.value for each in ballots.Answer]}}),
    )
    casting["description"] = gettext(
        "票面按 HPKE(RFC 9180,P-256、HKDF-SHA256、AES-128-GCM)密封:两字节长度、JSON、补零到 padded_bytes,info 如 sealing 所示。"
    )
    spec.path("/ballots/{id}/cast", operations={"post": casting}, parameters=[number])
    for deed, title in DEEDS.items():
        asked = _object(ENTRIES[deed])
        running = _post(f"{deed}_ballot", gettext(title), asked, {"$ref": "#/components/schemas/BallotSummary"})
        spec.path(f"/ballots/{{id}}/{deed}", operations={"post": running}, parameters=[number])


def _check_reader(call: Call) -> None:
    if call.actor.roles.isdisjoint(READERS):
        raise RendaError("api.readers", who=gettext("常委会组成人员、人大代表、会务、主持人和审计人员"))


def _summary(call: Call, row: BallotRow) -> dict[str, Any]:
    progress = ballots.progress(call.desk, row.id)
    return {
        "id": row.id,
        "question": row.question,
        "bench": row.bench,
        "practice": row.practice,
        "meeting": row.meeting_id,
        "round": row.round,
        "state": row.state,
        "label": gettext(ballots.STATES[row.state]),
        "issued": progress.issued,
        "voted": progress.voted,
        "by_paper": progress.by_paper,
        "href": call.address(f"ballots/{row.id}"),
    }


def _shares(body: Mapping[str, Any]) -> Sequence[str]:
    given = body.get("shares", [])
    if not isinstance(given, list):
        raise RendaError("api.body", allowed="shares")
    return [str(share) for share in given]


def _post(name: str, title: str, body: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": title,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _answers(title, said),
    }


def _answers(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        "200": {"description": title, "content": {"application/json": {"schema": schema}}},
        "default": {"description": gettext("没有办成,原因见 detail"), "content": {MEDIA_TYPE: problem}},
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}
