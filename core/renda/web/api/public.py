"""What anybody may read and answer without a token: what a district has published, and its questionnaires."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from flask import request

from renda.answers import Sheet
from renda.errors import RendaError, declare
from renda.explain import Explained, shown_value
from renda.explain.stored import to_json
from renda.i18n import gettext
from renda.matter import ANYBODY
from renda.model import NoticeRow, QuestionnaireRow
from renda.rulebook import InForce
from renda.services import notices
from renda.services.questionnaires import answering, finding
from renda.services.questionnaires import telling as results
from renda.web import telling
from renda.web.api.door import Answer, Call, answer, endpoint
from renda.web.api.problems import MEDIA_TYPE
from renda.web.errors import NOT_FOUND
from renda.web.limits import limits
from renda.web.public import gathered
from renda.web.shown import plain

declare({"questionnaire.form": "答卷应为 JSON 对象,写明 answers(题号和答案)和 token(自定的随机文字)。"}, status=400)


@endpoint("/public", open_to_all=True, parameters=("year", "q", "of", "before"))
def public_list(call: Call) -> Answer:
    """What is published of a year: questionnaires, documents, tables."""
    it = gathered(call.desk, call.slug)
    return {
        "year": it.year,
        "years": list(it.years),
        "questionnaires": [_questionnaire(call, row) for row in (*it.asking, *it.asked)],
        "notices": [_notice(call, row) for row in (*it.decided, *it.issued)],
        "replies": [_notice(call, row) for row in it.replies],
        "before": it.before,
        "sheets": [_sheet(call, each.rules, sheet, it.year) for each in it.tables for sheet in each.sheets],
    }


@endpoint("/public/notices/<int:number>", open_to_all=True)
def public_notice(call: Call, number: int) -> Answer:
    """A public document."""
    row = notices.find(call.desk, ANYBODY, number)
    return {
        **_notice(call, row),
        "to": list(row.recipients),
        "paragraphs": list(row.paragraphs),
        "attachments": list(row.attachments),
    }


@endpoint("/public/sheets/<practice>/<code>/<int:year>", open_to_all=True)
def public_sheet(call: Call, practice: str, code: str, year: int) -> Answer:
    """A public table of a year; numbers with their reasons."""
    since, until = telling.span(call.desk, min(max(year, 1954), call.desk.day.year))
    for each in telling.told(call.desk, call.slug, ANYBODY, since, until):
        for sheet in each.said if each.rules.code == practice else ():
            if sheet.code == code:
                rows = [[_cell(value) for value in row] for row in sheet.rows]
                columns = [gettext(column) for column in sheet.columns]
                return {**_sheet(call, each.rules, sheet, year), "columns": columns, "rows": rows}
    raise RendaError(NOT_FOUND)


@endpoint("/questionnaires/<int:number>", open_to_all=True)
def public_questionnaire(call: Call, number: int) -> Answer:
    """A questionnaire: its questions, and its result when it was counted."""
    row = _find(call, number)
    asked = [
        {
            "code": each.code,
            "text": each.text,
            "sort": each.sort,
            "answers": list(each.answers),
            "required": each.required,
        }
        for each in finding.questions_of(row)
    ]
    counted = [
        {
            "code": each.question.code,
            "counts": dict(each.counts),
            "score": None if each.score is None else _cell(each.score),
            "groups": [{"group": group, "score": _cell(score)} for group, score in each.groups],
        }
        for each in results.told(row)
    ]
    answered = finding.answered(call.desk, row) if row.state == "counted" else None
    return {**_questionnaire(call, row), "questions": asked, "answered": answered, "results": counted}


@endpoint("/questionnaires/<int:number>/answers", method="POST", open_to_all=True)
def answer_questionnaire(call: Call, number: int) -> Answer:
    """Answer a questionnaire. The answer is sealed; who sent it is not kept."""
    row = _find(call, number)
    said = request.get_json(silent=True)
    given = said.get("answers") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(given, dict):
        raise RendaError("questionnaire.form")
    day, what = call.desk.day, f"{call.slug}/{row.id}"
    limits().admit(day, what, by_code=row.admission == "codes")
    try:
        fresh = answering.answer(
            call.desk, row.id, given, token=str(said.get("token") or "")[:64], code=str(said.get("code") or "")[:40]
        )
    except RendaError as refusal:
        limits().refused(day, what, refusal)
        raise
    if fresh:
        limits().answered(day, what)
    return answer({"kept": True, "repeated": not fresh}, 201 if fresh else 200)


def _find(call: Call, number: int) -> QuestionnaireRow:
    row = finding.find(call.desk, number)
    if not finding.may_see(row, ANYBODY):
        raise RendaError("questionnaire.unknown", number=number)
    return row


def _questionnaire(call: Call, row: QuestionnaireRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "about": row.about,
        "state": row.state,
        "since": row.since_on.isoformat(),
        "until": row.until_on.isoformat(),
        "admission": row.admission,
        "link": call.address(f"questionnaires/{row.id}"),
    }


def _notice(call: Call, row: NoticeRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "genre": gettext(row.genre),
        "number": row.number if row.code else None,
        "title": row.title,
        "issued_on": row.issued_on.isoformat(),
        "link": call.address(f"public/notices/{row.id}"),
    }


def _sheet(call: Call, rules: InForce, sheet: Sheet, year: int) -> dict[str, Any]:
    return {
        "practice": rules.code,
        "code": sheet.code,
        "title": gettext(sheet.title),
        "figures": [{"label": gettext(each.label), **_cell(each)} for each in sheet.figures],
        "link": call.address(f"public/sheets/{rules.code}/{sheet.code}/{year}"),
    }


def _cell(value: Any) -> Any:
    if isinstance(value, Explained):
        return {"shown": shown_value(value, gettext), "explained": to_json(value)}
    return plain(value)


def describe(spec: APISpec) -> None:
    """The description of what needs no token."""
    year, text = {"type": "integer"}, {"type": "string"}
    paths: dict[str, tuple[str, str, dict[str, Any]]] = {
        "/public": ("list_public", "公开的问卷、文件和统计", {"year": year, "q": text, "of": text, "before": year}),
        "/public/notices/{id}": ("get_public_notice", "一份公开的文件", {}),
        "/public/sheets/{practice}/{code}/{year}": ("get_public_sheet", "一张公开的统计表", {}),
        "/questionnaires/{id}": ("get_questionnaire", "一份问卷和它的结果", {}),
    }
    for path, (name, title, query) in paths.items():
        spec.path(path, operations={"get": _operation(name, title, query)}, parameters=_parameters(path))
    posted = _operation("answer_questionnaire", "交一份答卷", {})
    kept = {"application/json": {"schema": {"type": "object"}}}
    posted["responses"] = {
        "201": {"description": gettext("已收到"), "content": kept},
        "200": {"description": gettext("已经收到过"), "content": kept},
        "default": _problem(),
    }
    posted["requestBody"] = {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["answers", "token"],
                    "properties": {"answers": {"type": "object"}, "token": text, "code": text},
                }
            }
        },
    }
    path = "/questionnaires/{id}/answers"
    spec.path(path, operations={"post": posted}, parameters=_parameters(path))


def _operation(name: str, title: str, query: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": gettext(title),
        "security": [],
        "parameters": [{"name": each, "in": "query", "schema": schema} for each, schema in query.items()],
        "responses": {
            "200": {"description": gettext(title), "content": {"application/json": {"schema": {}}}},
            "default": _problem(),
        },
    }


def _problem() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": gettext("没有办成,原因见 detail"), "content": {MEDIA_TYPE: {"schema": schema}}}


def _parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    kinds = {"id": "integer", "year": "integer"}
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": kinds.get(name, "string")}} for name in names
    ]
