"""Tables that programs bring: which there are, a template, what there is, a trial, the import.

The roster needs a token that may ``act``; the table of a practice one that may act in that practice.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from apispec import APISpec
from flask import json, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from renda.documents import marked, templates
from renda.documents.lists import Table as Written
from renda.documents.spreadsheets import MEDIA_TYPES
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.services import tables
from renda.services.imports.tables import ImportBrokenError
from renda.web import uploads
from renda.web.api.door import Answer, Call, endpoint, number_of, text_of
from renda.web.api.matters import check_scope
from renda.web.api.problems import MEDIA_TYPE, problem
from renda.web.downloads import sent, spreadsheet
from renda.web.tenancy import installation

declare(
    {
        "api.upload": "请以 multipart/form-data 发来一个名为 file 的文件,并带文件名;"
        "trial 和 matter 写在地址里,例如 ?trial=true。",
    },
    status=400,
)

TEXT, NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}
TRUE = {"type": "boolean"}
FORMS = tuple(sorted(MEDIA_TYPES))


@endpoint("/tables")
def list_tables(call: Call) -> Answer:
    """The tables the caller may bring, with their columns; for those of one matter, which matters wait for them."""
    names = [entry.name for entry in tables.listed(call.desk, call.actor)]
    return {"items": [_table(call, name) for name in names], "next": None}


@endpoint("/tables/<name>/template", parameters=("format",))
def get_table_template(call: Call, name: str) -> Response:
    """The table without rows; in a workbook with lists to choose from and a page that explains the columns."""
    found, form = tables.find(call.desk, call.actor, name), _form()
    return sent(templates.template(found, form), MEDIA_TYPES[form], f"{call.slug}-{found.title}.{form}")


@endpoint("/tables/<name>/export", parameters=("format", "matter"))
def export_table(call: Call, name: str) -> Response:
    """What there is, in the shape of the template: brought again it changes nothing."""
    found = tables.find(call.desk, call.actor, name, matter=number_of("matter"))
    written = Written(found.title, found.headings(), found.rows(call.desk, call.actor))
    return spreadsheet(written, _form(), call.slug)


@endpoint("/tables/<name>", method="POST", parameters=("trial", "matter", "marked"), later=True)
def bring_table(call: Call, name: str) -> Callable[[], Answer]:
    """Import a file, all of it or nothing; with ``trial`` everything is tried and nothing kept.

    With ``marked`` a refusal brings the file back with its wrong cells marked.
    """
    trial, matter = _is_true("trial"), number_of("matter")
    marks = _is_true("marked")
    found = tables.find(call.desk, call.actor, name)
    check_scope(call, found.practice)
    slug, actor = call.slug, call.actor
    # The file is read when no desk is open: whoever sends it slowly keeps nobody else waiting.
    return lambda: _brought(slug, actor, found, matter, trial=trial, marks=marks)


def describe(spec: APISpec) -> None:
    """The paths of tables in the description of the API; the list itself is described with the other lists."""
    name = {"name": "name", "in": "path", "required": True, "schema": TEXT}
    form = _asked("format", {"enum": list(FORMS), "default": "csv"})
    matter = _asked("matter", NUMBER)
    spec.path("/tables/{name}/template", operations={"get": _file("get_table_template", "一张表的模板", [form])}, parameters=[name])  # fmt: skip
    export = _file("export_table", "导出一张表,与模板的形状相同", [form, matter])
    spec.path("/tables/{name}/export", operations={"get": export}, parameters=[name])
    change = {"line": NUMBER, **dict.fromkeys(("what", "column", "before", "after"), TEXT)}
    changes = {"type": "array", "items": {"type": "object", "properties": change, "required": list(change)}}
    counts = {"table": TEXT, **dict.fromkeys(("added", "changed", "same"), NUMBER), "trial": TRUE, "changes": changes}
    brought = {"type": "object", "properties": counts, "required": list(counts), "additionalProperties": False}
    spec.components.schema("Brought", brought)
    title = gettext("导入一张表")
    upload = {
        "type": "object",
        "properties": {uploads.FIELD: {"type": "string", "format": "binary"}},
        "required": [uploads.FIELD],
        "additionalProperties": False,
    }
    bringing = {
        "operationId": "bring_table",
        "summary": title,
        "description": gettext(
            "xlsx、csv 或 txt,至多 {most} MB、{rows} 行。全部写入,或者一行也不写;同一个文件再发一次不会重复。"
            "有错时 code 为 import.broken,fields 按“文件:行:列”列出每一处;"
            "写了 marked=true 的,另在 marked 里给回标出错误的文件(name、media_type、content 为 base64)。",
            most=uploads.LARGEST_FILE // (1024 * 1024),
            rows=tables.MOST_ROWS,
        ),
        "parameters": [*(_asked(each, {**TRUE, "default": False}) for each in ("trial", "marked")), matter],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": upload}}},
        "responses": {
            "200": {
                "description": title,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Brought"}}},
            },
            "default": _problem(),
        },
    }
    spec.path("/tables/{name}", operations={"post": bringing}, parameters=[name])


def _table(call: Call, name: str) -> dict[str, Any]:
    found = tables.find(call.desk, call.actor, name)
    waiting = tables.waiting(call.desk, call.actor, name)
    return {
        "name": found.name,
        "title": gettext(found.title),
        "about": gettext(found.about),
        "practice": found.practice or None,
        "columns": [_column(each) for each in found.columns],
        "matters": None if waiting is None else [{"id": number, "title": title} for number, title in waiting],
        "href": call.address(f"tables/{found.name}"),
    }


def _column(column: tables.Column) -> dict[str, Any]:
    return {
        "code": column.code,
        "label": gettext(column.label),
        "required": column.required,
        "sort": column.sort,
        "hint": gettext(tables.SORTS[column.sort]),
        "note": gettext(column.note) if column.note else "",
        "allowed": list(column.allowed) or None,
        "most": column.most,
    }


def _form() -> str:
    return text_of("format", "|".join(FORMS), gettext("csv 或 xlsx")) or "csv"


def _brought(slug: str, actor: Actor, table: tables.Table, matter: int | None, *, trial: bool, marks: bool) -> Answer:
    with uploads.kept(_uploaded()) as upload:
        here, file = installation(), upload.name
        try:
            *_, done = tables.bring(here, slug, actor, table.name, upload.path, file=file, matter=matter, trial=trial)
        except ImportBrokenError as error:
            back = marked.marked(table, upload.path, file, error.mistakes.found) if marks else None
            if back is None:
                raise
            return _refused(error, back)
    assert isinstance(done, tables.Brought)
    return asdict(done)


def _refused(error: RendaError, back: marked.Marked) -> Response:
    """The problem that every refusal is, with the marked file beside it."""
    response = problem(error)
    content = b64encode(back.content).decode("ascii")
    file = {"name": back.name, "media_type": MEDIA_TYPES[back.form], "content": content}
    response.set_data(json.dumps({**json.loads(response.get_data()), "marked": file}, ensure_ascii=False) + "\n")
    return response


def _is_true(name: str) -> bool:
    return text_of(name, "true|false", gettext("true 或 false")) == "true"


def _uploaded() -> FileStorage:
    request.max_content_length = uploads.LARGEST_FILE
    found = list(request.files.items(multi=True))
    # An entry beside the file would be passed over: whoever wrote trial=true there would have imported.
    if request.form or [entry for entry, _ in found] != [uploads.FIELD] or not uploads.name_of(found[0][1]):
        raise RendaError("api.upload")
    return found[0][1]


def _asked(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}


def _file(name: str, title: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {
        "operationId": name,
        "summary": gettext(title),
        "parameters": parameters,
        "responses": {
            "200": {"description": gettext(title), "content": dict.fromkeys(MEDIA_TYPES.values(), binary)},
            "default": _problem(),
        },
    }


def _problem() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": gettext("没有办成,原因见 detail"), "content": {MEDIA_TYPE: {"schema": schema}}}
