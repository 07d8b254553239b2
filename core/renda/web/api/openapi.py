"""The description of a district's API (OpenAPI 3.1), from the practices it has in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apispec import APISpec

from renda.documents.notices import MEDIA_TYPE as DOCX
from renda.documents.spreadsheets import MEDIA_TYPES
from renda.i18n import gettext
from renda.kinds import Action
from renda.rulebook import InForce
from renda.services.notices import CHANNELS
from renda.services.permissions import who
from renda.services.searching import MOST
from renda.web.api import ballots, meetings, public, tables
from renda.web.api.door import Answer, Call, endpoint
from renda.web.api.listed import components, list_schema
from renda.web.api.problems import MEDIA_TYPE
from renda.web.api.schemas import OPENAPI, form_schema, payload_schema

TEXT, NUMBER, DAY = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "string", "format": "date"}
_PAGED: dict[str, Any] = {"limit": {"type": "integer", "minimum": 1, "maximum": MOST}, "after": TEXT}
_NARROWED: dict[str, Any] = {
    **dict.fromkeys(("practice", "kind", "state", "party", "relation", "waits_for"), TEXT),
    **dict.fromkeys(("since", "until"), DAY),
    "parent": NUMBER,
}
LISTS: dict[str, tuple[str, dict[str, Any]]] = {
    "": ("区县和各处地址", {}),
    "matters": ("事项,最新的在前", {**_NARROWED, **_PAGED}),
    "due": ("等着办的事项,最早到期的在前", {**_NARROWED, "due_until": DAY, **_PAGED}),
    "meetings": ("会议", _PAGED),
    "ballots": ("表决", _PAGED),
    "people": ("人员", _PAGED),
    "organs": ("机构", _PAGED),
    "projects": ("项目", _PAGED),
    "practices": ("施行的做法", {"on": DAY}),
    "sheets": ("统计表", {"since": DAY, "until": DAY}),
    "events": ("办理记录", {"matter": NUMBER, **_PAGED}),
    "notices": ("发出的文件", {"matter": NUMBER, **_PAGED}),
    "tables": ("可以导入的表", {}),
}
ONE = {"matters": "一件事项", "people": "一个人员", "organs": "一个机构", "projects": "一个项目", "notices": "一份文件"}


@endpoint("/openapi.json", open_to_all=True)
def openapi(call: Call) -> Answer:
    """What can be asked and done here, in the reader's language."""
    return description(call, list(call.desk.rulebook.on(call.desk.day)))


def description(call: Call, practices: Sequence[InForce]) -> dict[str, Any]:
    """The whole description."""
    file = call.desk.rulebook.district
    spec = APISpec(
        title=gettext("{name}人大监督工作", name=file.name),
        version="1",
        openapi_version=OPENAPI,
        info={"description": gettext("列出、查看和办理。数字一律写成文本,以免失去精度;日期写成 2020-03-01。")},
        servers=[{"url": f"/api/{call.slug}"}],
        security=[{"token": []}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    _components(spec, practices)
    for name, schema in components().items():
        spec.components.schema(name, schema)
    for name, (title, parameters) in LISTS.items():
        listing = _get(f"list_{name or 'district'}", gettext(title), parameters)
        listing["responses"]["200"] = _response(gettext(title), list_schema(name))
        spec.path(f"/{name}", operations={"get": listing})
    for name, title in ONE.items():
        operation = _get(f"get_{name}", gettext(title), {})
        schema = {"$ref": "#/components/schemas/Matter"} if name == "matters" else {"type": "object"}
        operation["responses"]["200"] = _response(gettext(title), schema)
        spec.path(f"/{name}/{{id}}", operations={"get": operation}, parameters=[_path("id")])
    code = {"name": "code", "in": "path", "required": True, "schema": {"enum": [each.code for each in practices]}}
    operation = _get("get_practice", gettext("一种做法"), {"on": DAY})
    spec.path("/practices/{code}", operations={"get": operation}, parameters=[code])
    _files(spec)
    meetings.describe(spec)
    ballots.describe(spec)
    public.describe(spec)
    tables.describe(spec)
    _actions(spec, practices)
    return spec.to_dict()


def _files(spec: APISpec) -> None:
    form = {"name": "form", "in": "path", "required": True, "schema": {"enum": list(MEDIA_TYPES)}}
    code = {"name": "code", "in": "path", "required": True, "schema": TEXT}
    files: dict[str, tuple[str, list[dict[str, Any]], dict[str, Any], Sequence[str]]] = {
        "/notices/{id}.docx": ("一份文件,GB/T 9704 版式", [_path("id")], {}, [DOCX]),
        "/tables/{code}.{form}": ("整张列表存为表格", [code, form], {}, list(MEDIA_TYPES.values())),
        "/sheets/{practice}/{code}.{form}": (
            "一张统计表存为表格",
            [{**code, "name": "practice"}, code, form],
            {"since": DAY, "until": DAY},
            list(MEDIA_TYPES.values()),
        ),
    }
    for path, (title, parameters, asked, media) in files.items():
        operation = _get(f"get_{path.split('/')[1]}_file", gettext(title), asked)
        content = {each: {"schema": {"type": "string", "format": "binary"}} for each in media}
        operation["responses"]["200"] = {"description": gettext(title), "content": content}
        spec.path(path, operations={"get": operation}, parameters=parameters)
    body = _object(
        {"recipients": {"type": "array", "items": TEXT}, "channel": {"enum": list(CHANNELS)}, "day": DAY,
         "again": {"type": "boolean"}}
    )  # fmt: skip
    operation = {
        "operationId": "send_notice",
        "summary": gettext("登记一份文件的发出"),
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"201": _response(gettext("已登记"), {"type": "object"}), "default": _problem()},
    }
    spec.path("/notices/{id}/send", operations={"post": operation}, parameters=[_path("id")])


def _components(spec: APISpec, practices: Sequence[InForce]) -> None:
    spec.components.schema("Problem", _object({
        "type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT, "instance": TEXT, "code": TEXT,
        "fields": {"type": "object", "additionalProperties": TEXT},
    }))  # fmt: skip
    spec.components.schema("Outcome", _object({
        "matter": NUMBER, "href": TEXT, "event": NUMBER, "repeated": {"type": "boolean"}, "state": TEXT,
        "version": NUMBER,
    }))  # fmt: skip
    payloads = []
    for rules in practices:
        for kind in rules.practice.kind_of.values():
            name = f"{rules.code}.{kind.code}"
            payload = {**payload_schema(rules.practice, kind.code), "title": gettext(kind.title)}
            spec.components.schema(name, payload)
            payloads.append({"$ref": f"#/components/schemas/{name}"})
    matter = {
        "id": NUMBER,
        **dict.fromkeys(("practice", "kind", "state", "title"), TEXT),
        "opened_on": DAY,
        "due_on": {"type": ["string", "null"], "format": "date"},
        "version": NUMBER,
        "payload": {"anyOf": payloads} if payloads else {"type": "object"},
        "score": {"type": ["object", "null"]},
        **{name: {"type": "array", "items": {"type": "object"}} for name in ("deadlines", "actions", "openings")},
    }
    spec.components.schema("Matter", _object(matter))


def _actions(spec: APISpec, practices: Sequence[InForce]) -> None:
    on_matters: dict[str, list[tuple[InForce, Action]]] = {}
    for rules in practices:
        for kind in rules.practice.kind_of.values():
            for action in kind.actions.values():
                if action.when is not None:
                    on_matters.setdefault(action.name, []).append((rules, action))
                    continue
                operation = _post(f"open_{rules.code}_{action.name}", [(rules, action)], "parent")
                spec.path(f"/practices/{rules.code}/{action.name}", operations={"post": operation})
    for name, several in on_matters.items():
        operation = _post(f"act_{name}", several, "version")
        spec.path(f"/matters/{{id}}/{name}", operations={"post": operation}, parameters=[_path("id")])


def _post(name: str, several: Sequence[tuple[InForce, Action]], beside: str) -> dict[str, Any]:
    forms = [
        {**form_schema(rules.practice, action), "title": f"{gettext(rules.version.title)}:{gettext(action.label)}"}
        for rules, action in several
    ]
    needed = any(form.get("required") for form in forms)
    body = _object({"entries": forms[0] if len(forms) == 1 else {"anyOf": forms}, beside: NUMBER})
    body["required"] = ["entries"] if needed else []
    headers = ["Idempotency-Key", *(["If-Match"] if beside == "version" else [])]
    status = "201" if beside == "parent" else "200"
    return {
        "operationId": name,
        "tags": [rules.code for rules, _ in several],
        "summary": "、".join(dict.fromkeys(gettext(action.label) for _, action in several)),
        "description": gettext("由{who}办理。", who=who(several[0][1].by)),
        "parameters": [{"name": each, "in": "header", "schema": TEXT} for each in headers],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            status: _response(gettext("已办理"), {"$ref": "#/components/schemas/Outcome"}),
            "default": _problem(),
        },
    }


def _get(name: str, title: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": title,
        "parameters": [{"name": each, "in": "query", "schema": schema} for each, schema in parameters.items()],
        "responses": {"200": _response(title, {"type": "object"}), "default": _problem()},
    }


def _response(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": title, "content": {"application/json": {"schema": schema}}}


def _problem() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": gettext("没有办成,原因见 detail"), "content": {MEDIA_TYPE: {"schema": schema}}}


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}
