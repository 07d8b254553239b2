"""Matters through the API: lists, one whole, and every action, all through ``services.matters.act``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import json, request
from sqlalchemy import select
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.wrappers import Response

from renda.errors import RendaError, declare
from renda.model import EventRow
from renda.services import chain, reading, scores, searching, upkeep
from renda.services.lists import Line, visible
from renda.services.matters import Outcome, act
from renda.services.searching import Found, Wanted
from renda.web import security
from renda.web.api import told
from renda.web.api.door import Answer, Call, answer, day_of, endpoint, limit, number_of, text_of
from renda.web.request_input import day_in
from renda.web.watching import watch

declare({"api.body": "请求的内容应为 JSON 对象,可写:{allowed}。"}, status=400)
declare({"api.version": 'If-Match 应为事项的版本,例如 "3",现为 {value}。'}, status=400)
declare({"api.key": "Idempotency-Key 应为 1 至 200 个可见字符。"}, status=400)
declare({"api.key_reused": "这个 Idempotency-Key 已用于另一个请求。每个请求请用新的。"}, status=422)

FILTERS = ("practice", "kind", "state", "parent", "since", "until", "party", "relation", "waits_for")
PARTY = r"(person|organ|project):[0-9]{1,18}"
WAITS = r"(person|organ):[0-9]{1,18}|role:[a-z_]{1,40}|me"
PLACE = r"(-|[0-9]{4}-[0-9]{2}-[0-9]{2}):[0-9]{1,18}"


@endpoint("/matters", parameters=(*FILTERS, "limit", "after"))
def list_matters(call: Call) -> Answer:
    """Matters the caller may see, newest first; ``after`` is the id of the last one already had."""
    found = searching.newest(call.desk, call.actor, _wanted(call), limit=limit(), after=number_of("after"))
    return _portion(call, "matters", found, None if found.after is None else str(found.after[1]))


@endpoint("/due", parameters=(*FILTERS, "due_until", "limit", "after"))
def list_due(call: Call) -> Answer:
    """Matters that wait for somebody, earliest deadline first; ``after`` is what ``next`` of the last one said."""
    after = text_of("after", PLACE, "上一页给出的位置")
    day, _, number = (after or "").partition(":")
    place = None if after is None else (None if day == "-" else _day(day), int(number))
    found = searching.due(call.desk, call.actor, _wanted(call, waiting=True), limit=limit(), after=place)
    last = None if found.after is None else f"{found.after[0] or '-'}:{found.after[1]}"
    return _portion(call, "due", found, last)


@endpoint("/matters/<int:number>")
def get_matter(call: Call, number: int) -> Answer:
    """One matter whole: payload, score with reasons, deadlines, what can be done with which form."""
    line = seen(call, number)
    deadlines = upkeep.deadlines(call.desk, line.rules, line.matter)
    said = told.matter(call, line, scores.latest(call.desk, number), deadlines)
    return answer(said, headers={"ETag": f'"{line.row.version}"'})


@endpoint("/matters/<int:number>/<action>", method="POST")
def act_on_matter(call: Call, number: int, action: str) -> Answer:
    """Take an action on a matter; the body holds ``entries`` and may hold ``version``."""
    body = body_of(("entries", "version"))
    line = seen(call, number)
    check_scope(call, line.row.practice)
    outcome = act(
        call.desk,
        call.actor,
        action,
        _entries(body),
        matter=number,
        expected=_expected(body),
        submission=submission_of(call),
    )
    return _done(call, outcome, 200)


@endpoint("/practices/<practice>/<action>", method="POST")
def open_matter(call: Call, practice: str, action: str) -> Answer:
    """Open a matter; the body holds ``entries`` and, where the kind lies inside another, ``parent``."""
    body = body_of(("entries", "parent"))
    check_scope(call, practice)
    outcome = act(
        call.desk,
        call.actor,
        action,
        _entries(body),
        practice=practice,
        parent=_number(body, "parent"),
        submission=submission_of(call),
    )
    return _done(call, outcome, 201)


def seen(call: Call, number: int) -> Line:
    """A matter the caller may see; raises ``matter.unknown`` for any other."""
    lines = visible(call.desk, [reading.find(call.desk, number)], call.actor)
    if not lines:
        raise RendaError("matter.unknown", number=number)
    watch(call.slug, lines[0].rules, lines[0].matter, call.actor)
    return lines[0]


def _day(text: str) -> date:
    day = day_in(text)
    if day is None:
        raise RendaError("api.parameter", name="after", value=text, wanted="上一页给出的位置")
    return day


def _wanted(call: Call, *, waiting: bool = False) -> Wanted:
    waits_for = text_of("waits_for", WAITS, "me、person:编号、organ:编号或 role:角色")
    keys = call.actor.keys() if waits_for == "me" else (waits_for,) if waits_for else ()
    return Wanted(
        practice=text_of("practice"),
        kind=text_of("kind"),
        state=text_of("state"),
        parent=number_of("parent"),
        since=day_of("since"),
        until=day_of("until"),
        due_until=day_of("due_until"),
        party=text_of("party", PARTY, "person:编号、organ:编号或 project:编号"),
        relation=text_of("relation"),
        waits_for=keys,
        waiting=waiting,
    )


def _portion(call: Call, path: str, found: Found, after: str | None) -> Response:
    following = None if after is None else _next(call, path, after)
    if found.lines:
        security.note_export(f"{path}.json")
    said = {"items": [told.summary(call, line) for line in found.lines], "next": following}
    return answer(said, headers={} if following is None else {"Link": f'<{following}>; rel="next"'})


def _next(call: Call, path: str, after: str) -> str:
    kept = {name: value for name, value in request.args.items() if name != "after"}
    return call.address(f"{path}?{urlencode({**kept, 'after': after}, safe=':')}")


def check_scope(call: Call, practice: str) -> None:
    """Raise ``api.scope`` where the token may take no action of the practice; where it is empty, not all actions."""
    if not call.holder.may_act(practice):
        raise RendaError("api.scope", scope=f"act:{practice}" if practice else "act")


def body_of(allowed: tuple[str, ...]) -> Mapping[str, Any]:
    """The request's JSON object with no other names than ``allowed``; raises ``api.not_json`` or ``api.body``."""
    try:
        body = request.get_json()
    except UnsupportedMediaType:
        raise RendaError("api.not_json") from None
    if not isinstance(body, dict) or set(body) - set(allowed):
        raise RendaError("api.body", allowed="、".join(allowed))
    return body


def _entries(body: Mapping[str, Any]) -> Mapping[str, Any]:
    entries = body.get("entries", {})
    if not isinstance(entries, dict):
        raise RendaError("api.body", allowed="entries")
    return entries


def _number(body: Mapping[str, Any], name: str) -> int | None:
    value = body.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise RendaError("api.body", allowed=name)
    return value


def _expected(body: Mapping[str, Any]) -> int | None:
    given = request.headers.get("If-Match")
    if given is None or given == "*":
        return _number(body, "version")
    version = re.fullmatch(r'"([0-9]{1,9})"', given)
    if version is None:
        raise RendaError("api.version", value=given)
    return int(version[1])


def submission_of(call: Call) -> str | None:
    """A token for ``act``: half says whose key it is, half what was asked, so that a key is not used twice."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not re.fullmatch(r"[\x21-\x7e]{1,200}", key):
        raise RendaError("api.key")
    chain.lock(call.desk)
    own = _digest(f"{call.actor.account_id}:{key}")
    submission = own + _digest(json.dumps([request.path, request.get_json()], sort_keys=True))
    before = call.desk.session.scalar(select(EventRow.submission).where(EventRow.submission.startswith(own)))
    if before is not None and before != submission:
        raise RendaError("api.key_reused")
    return submission


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _done(call: Call, outcome: Outcome, status: int) -> Response:
    row = reading.find(call.desk, outcome.matter_id)
    href = call.address(f"matters/{row.id}")
    said = {
        "matter": row.id,
        "href": href,
        "event": outcome.event_number,
        "repeated": outcome.repeated,
        "state": row.state,
        "version": row.version,
    }
    headers = {"ETag": f'"{row.version}"'}
    if status == 201:
        headers["Location"] = href
    return answer(said, status, headers)
