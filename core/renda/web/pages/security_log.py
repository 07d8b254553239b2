"""The security log of a district, for its auditors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.documents.lists import Table
from renda.i18n import gettext
from renda.services import lists, security_log
from renda.services.desk import CHINA
from renda.store import BoundSession
from renda.web.downloads import form_asked, spreadsheet
from renda.web.tenancy import Seat, page

COLUMNS = ("编号", "时间", "事件", "账号", "对象", "地址", "封印")


@page("/security-log", roles=("auditor",))
def security_entries(seat: Seat) -> ResponseReturnValue:
    """The entries, newest first, and whether all are as they were written; all of them as a file."""
    session = seat.desk.session
    if form_asked():
        table = Table(gettext("安全日志"), [gettext(each) for each in COLUMNS], _rows(session))
        return spreadsheet(table, form_asked(), seat.slug)
    before = request.args.get("before", "")
    known = before.isascii() and before.isdigit() and len(before) < 19
    rows = security_log.newest(session, lists.PAGE + 1, before=int(before) if known else None)
    more = None
    if len(rows) > lists.PAGE:
        more = url_for("district.security_entries", slug=seat.slug, before=rows[lists.PAGE - 1].number)
    return render_template(
        "security_log.html",
        seat=seat,
        columns=COLUMNS,
        rows=[_cells(row) for row in rows[: lists.PAGE]],
        more=more,
        count=security_log.head(session)[0],
        broken=security_log.first_broken(session),
    )


def _rows(session: BoundSession) -> Iterator[Sequence[Any]]:
    after = 0
    while rows := security_log.following(session, after, security_log.BATCH):
        after = rows[-1].number
        yield from (_cells(row) for row in rows)


def _cells(row: security_log.AnyEntry) -> Sequence[Any]:
    at = f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    kind = gettext(security_log.KINDS[row.kind])
    return row.number, at, kind, row.actor, row.subject, row.address, row.digest[:8]
