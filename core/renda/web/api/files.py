"""Documents through the API: one of them, its Word file, entering that it was sent; tables as spreadsheets."""

from __future__ import annotations

from datetime import date, timedelta

from werkzeug.wrappers import Response

from renda.documents import lists as tables
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import NoticeRow
from renda.services import notices as service
from renda.services import reading
from renda.web import telling
from renda.web.api import told
from renda.web.api.door import Answer, Call, answer, day_of, endpoint
from renda.web.api.matters import body_of, check_scope, seen, submission_of
from renda.web.downloads import document, sheet_table, spreadsheet, text_file
from renda.web.request_input import day_in

declare({"table.no_sheet": "没有“{code}”这张统计表,或者您不能查看它。"}, status=404)


@endpoint("/notices/<int:number>")
def get_notice(call: Call, number: int) -> Answer:
    """One document, with who got it, when and how, and who has not got it yet."""
    row = _read(call, number)
    sent = [told.sending(each) for each in service.sendings(call.desk, number)]
    return {**told.notice(row), "sent": sent, "waiting": list(service.waiting_for(call.desk, row))}


@endpoint("/notices/<int:number>.docx")
def get_notice_file(call: Call, number: int) -> Response:
    """The document for Word, in the layout of GB/T 9704-2012."""
    return document(_read(call, number), call.desk.rulebook.letterheads)


@endpoint("/notices/<int:number>/send", method="POST")
def send_notice(call: Call, number: int) -> Answer:
    """Enter that a document went out: ``recipients``, ``channel``, ``day`` (today where not given), ``again``."""
    body = body_of(("recipients", "channel", "day", "again"))
    row = service.find(call.desk, call.actor, number)
    # Whose scope is one practice sends that practice's documents alone.
    check_scope(call, "" if row.matter_id is None else reading.find(call.desk, row.matter_id).practice)
    names, day = body.get("recipients", []), body.get("day")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise RendaError("api.body", allowed="recipients")
    entry = service.send(
        call.desk,
        call.actor,
        number,
        names,
        str(body.get("channel", "")),
        day=None if day is None else _day(day),
        again=body.get("again") is True,
        submission=submission_of(call),
    )
    return answer({"notice": number, "event": entry}, 201)


@endpoint("/matters/<int:number>/files/<entry>")
def get_matter_file(call: Call, number: int, entry: str) -> Response:
    """An entry of a matter that is a file of its own, such as the record of a draw."""
    line = seen(call, number)
    return text_file(line.rules.practice, line.matter, entry)


@endpoint("/tables/<name>.<form>")
def get_table(call: Call, name: str, form: str) -> Response:
    """A list whole as a spreadsheet (xlsx or csv): matters, notices, deputies, officials, organs, projects."""
    return spreadsheet(tables.named(call.desk, call.actor, name), form, call.slug)


@endpoint("/sheets/<practice>/<code>.<form>", parameters=("since", "until"))
def get_sheet_file(call: Call, practice: str, code: str, form: str) -> Response:
    """A practice's table over a time (the last year) as a spreadsheet."""
    until = day_of("until") or call.desk.day
    since = day_of("since") or until - timedelta(days=365)
    for each in telling.told(call.desk, call.slug, call.actor, since, until):
        if each.rules.code != practice:
            continue
        if each.failure is not None:
            raise each.failure
        for sheet in each.said:
            if sheet.code == code:
                return spreadsheet(sheet_table(sheet), form, call.slug)
    raise RendaError("table.no_sheet", code=f"{practice}/{code}")


def _read(call: Call, number: int) -> NoticeRow:
    """A document the caller may read; where its matter is watched, that it was read is in the record."""
    row = service.find(call.desk, call.actor, number)
    if row.matter_id is not None and not row.public:
        seen(call, row.matter_id)
    return row


def _day(text: object) -> date:
    day = day_in(text if isinstance(text, str) else None)
    if day is None:
        wanted = gettext("1900 至 2199 年的日期,例如 2020-03-01")
        raise RendaError("api.parameter", name="day", value=str(text), wanted=wanted)
    return day
