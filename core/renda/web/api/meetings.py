"""Sittings through the API: which there are, who is there, and signing in."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import AttendanceRow, MeetingRow, PersonRow
from renda.services import meetings as sittings
from renda.services.meetings import PRESENCE, STATES, WAYS, publication
from renda.services.meetings.finding import check_office
from renda.services.permissions import keeps_record
from renda.web.api.door import Answer, Call, endpoint
from renda.web.api.lists import after, items
from renda.web.api.matters import body_of, check_scope
from renda.web.api.problems import MEDIA_TYPE

declare({"api.sign_in": "签到请只写一项:person(由会务代签)、code(本人扫到的签到码)或 slip(凭条)。"}, status=400)

SCOPE = "meetings"
TEXT, NUMBER, DAY = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "string", "format": "date"}


@endpoint("/meetings", parameters=("after", "limit"))
def list_meetings(call: Call) -> Answer:
    """Sittings by number, with their counts."""
    return items(call, "meetings", [_meeting(call, row) for row in after(call, MeetingRow)])


@endpoint("/meetings/<int:number>")
def get_meeting(call: Call, number: int) -> Answer:
    """One sitting; its roster for the office and the auditor, for others their own line of it."""
    row = sittings.find(call.desk, number)
    own = call.actor.person.id if call.actor.person is not None else None
    whole = keeps_record(call.actor) or "chair" in call.actor.roles
    lines = [each for each in sittings.lines(call.desk, number) if whole or each.person_id == own]
    people = call.desk.session.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_([each.person_id for each in lines]))
    )
    names = {each.id: each.name for each in people}
    return {**_meeting(call, row), "attendance": [_line(each, names[each.person_id]) for each in lines]}


@endpoint("/meetings/<int:number>/sign-in", method="POST")
def sign_in_to_meeting(call: Call, number: int) -> Answer:
    """Sign in somebody (``person``), oneself (``code`` from the hall's screen) or whoever holds a ``slip``."""
    sittings.find(call.desk, number)
    body = body_of(("person", "code", "slip"))
    check_scope(call, SCOPE)
    match dict(body):
        case {"person": int(person), **rest} if not rest:
            new = sittings.sign_in(call.desk, call.actor, number, person)
        case {"code": str(code), **rest} if not rest:
            new = sittings.sign_in_by_code(call.desk, call.actor, number, code)
        case {"slip": str(slip), **rest} if not rest:
            check_office(call.actor)
            new = sittings.sign_in_by_slip(call.desk, slip)
        case _:
            raise RendaError("api.sign_in")
    return {"meeting": number, "new": new, "presence": _presence(call, number)}


@endpoint("/meetings/<int:number>/publish", method="POST")
def publish_meeting(call: Call, number: int) -> Answer:
    """Publish a sitting: everybody may have its archive from now on."""
    sittings.find(call.desk, number)
    body_of(())
    check_scope(call, SCOPE)
    publication.publish(call.desk, call.actor, number)
    return _meeting(call, sittings.find(call.desk, number))


def describe(spec: APISpec) -> None:
    """The paths of sittings in the description of the API."""
    presence = {
        **dict.fromkeys(("members", "present", "left", "leave", "absent", "expected", "late", "sitting_in"), NUMBER),
        "needed": NUMBER,
        "enough": {"type": "boolean"},
        "sum": TEXT,
        "source": TEXT,
    }
    moment = {"type": ["string", "null"], "format": "date-time"}
    line = {"person": NUMBER, **dict.fromkeys(("name", "state", "label", "reason", "seat", "way"), TEXT)}
    line |= {"entitled": {"type": "boolean"}, "late": {"type": "boolean"}, "arrived_at": moment, "left_at": moment}
    meeting = {
        "id": NUMBER,
        **dict.fromkeys(("body", "term", "part", "title", "place", "state", "label"), TEXT),
        "number": {"type": ["integer", "null"]},
        "day": DAY,
        "opened_at": moment,
        "closed_at": moment,
        "published_at": moment,
        "agenda": {"type": "array", "items": _object({"title": TEXT, "matter": {"type": ["integer", "null"]}})},
        "presence": {"$ref": "#/components/schemas/Presence"},
        "attendance": {"type": "array", "items": _object(line)},
    }
    spec.components.schema("Presence", _object(presence))
    spec.components.schema("Meeting", _object(meeting))
    number = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    one = {
        "operationId": "get_meetings",
        "summary": gettext("一次会议"),
        "responses": _answers(gettext("一次会议"), {"$ref": "#/components/schemas/Meeting"}),
    }
    spec.path("/meetings/{id}", operations={"get": one}, parameters=[number])
    body = _object({"person": NUMBER, "code": TEXT, "slip": TEXT})
    done = _object({"meeting": NUMBER, "new": {"type": "boolean"}, "presence": meeting["presence"]})
    signing = {
        "operationId": "sign_in_to_meeting",
        "summary": gettext("签到"),
        "description": gettext("person 由会务代签;code 由本人凭会场屏幕上的签到码;slip 凭签到处发的凭条。"),
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _answers(gettext("已签到"), done),
    }
    publishing = {
        "operationId": "publish_meeting",
        "summary": gettext("向社会公布一次会议"),
        "description": gettext("任何人从此可以下载这次会议的存档。在会场宣布结果不等于向社会公布；公布以后不能收回。"),
        "requestBody": {"required": True, "content": {"application/json": {"schema": _object({})}}},
        "responses": _answers(gettext("已公布"), {"$ref": "#/components/schemas/Meeting"}),
    }
    spec.path("/meetings/{id}/publish", operations={"post": publishing}, parameters=[number])
    spec.path("/meetings/{id}/sign-in", operations={"post": signing}, parameters=[number])


def _meeting(call: Call, row: MeetingRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "body": row.body,
        "term": row.term,
        "number": row.number,
        "part": row.part,
        "title": row.title,
        "day": row.day.isoformat(),
        "place": row.place,
        "state": row.state,
        "label": gettext(STATES[row.state]),
        "opened_at": row.opened_at and row.opened_at.isoformat(),
        "closed_at": row.closed_at and row.closed_at.isoformat(),
        "published_at": row.published_at and row.published_at.isoformat(),
        "agenda": list(row.agenda),
        "presence": _presence(call, row.id),
        "href": call.address(f"meetings/{row.id}"),
    }


def _presence(call: Call, number: int) -> dict[str, Any]:
    there = sittings.presence(call.desk, number)
    counted = ("members", "present", "left", "leave", "absent", "expected", "late", "sitting_in", "needed", "enough")
    said = {name: getattr(there, name) for name in counted}
    return {**said, "sum": there.comparison.text, "source": gettext(there.source)}


def _line(row: AttendanceRow, name: str) -> dict[str, Any]:
    return {
        "person": row.person_id,
        "name": name,
        "entitled": row.entitled,
        "state": row.state,
        "label": gettext(PRESENCE[row.state]),
        "reason": row.reason,
        "seat": row.seat,
        "way": gettext(WAYS[row.way]) if row.way else "",
        "late": row.late,
        "arrived_at": row.arrived_at and row.arrived_at.isoformat(),
        "left_at": row.left_at and row.left_at.isoformat(),
    }


def _answers(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        "200": {"description": title, "content": {"application/json": {"schema": schema}}},
        "default": {"description": gettext("没有办成,原因见 detail"), "content": {MEDIA_TYPE: problem}},
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}
