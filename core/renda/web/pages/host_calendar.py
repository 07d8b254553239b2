"""The host's calendar: a year's days with their source, one day changed, a notice brought as a table."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.calendar import FIRST_YEAR, LAST_YEAR
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.services import calendar_changes as changes
from renda.services.calendar_year import exceptional_days
from renda.services.desk import CHINA
from renda.web.pages.host import host, operator_here
from renda.web.request_input import day_in, number_in
from renda.web.tenancy import installation
from renda.web.uploads import FIELD, kept

declare(
    {
        "calendar.day": "请选择一个日期(1900 年至 2199 年)。",
        "calendar.working": "请选择这一天上班还是放假。",
        "calendar.no_file": "还没有选择文件。请选择填好的 xlsx 或 csv 文件。",
    }
)
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@host.get("/calendar")
def calendar() -> ResponseReturnValue:
    """A year's days and the forms to change them."""
    operator = operator_here()
    if operator is None:
        return redirect(url_for("host.sign_in"), 303)
    return _page(operator, _year())


@host.post("/calendar")
def change_calendar() -> ResponseReturnValue:
    """Keep one day, or a table of days whose years then count as announced."""
    operator = operator_here()
    if operator is None:
        raise RendaError("host.sign_in")
    try:
        entries, announced = _from_table() if "import" in request.form else ([_from_form()], {})
    except RendaError as refusal:
        return _page(operator, _year(), refusal), refusal.status
    moved = dict.fromkeys(("deadlines", "unread"), 0)
    actor = Actor(None, operator, frozenset({"system"}))
    for each in changes.change_calendar(installation(), actor, entries, announced):
        moved["unread" if isinstance(each, RendaError) else "deadlines"] += 1
    flash(gettext("已登记 {count} 天,{moved} 件事项的期限随之改动。", count=len(entries), moved=moved["deadlines"]))
    if moved["unread"]:
        flash(gettext("{count} 个区县的规则读不出来,期限没有重算。规则改正后请再登记一次。", count=moved["unread"]))
    return redirect(url_for("host.calendar", year=entries[0].day.year), 303)


def _from_form() -> changes.CalendarEntry:
    day, working, source = day_in(request.form.get("day")), request.form.get("working"), request.form.get("source", "")
    if day is None:
        raise RendaError("calendar.day")
    if working not in {"yes", "no"}:
        raise RendaError("calendar.working")
    changes.check_source(source)
    return changes.CalendarEntry(day, working == "yes", source.strip())


def _from_table() -> tuple[list[changes.CalendarEntry], dict[int, str]]:
    uploaded = request.files.get(FIELD)
    if uploaded is None or not uploaded.filename:
        raise RendaError("calendar.no_file")
    with kept(uploaded) as upload:
        entries = changes.read_entries(upload.path, request.form.get("source", "").strip())
    return entries, {entry.day.year: entry.source for entry in entries}


def _year() -> int:
    asked = number_in(request.args.get("year"))
    known = asked is not None and FIRST_YEAR <= asked <= LAST_YEAR
    return asked if known and asked is not None else installation().clock().astimezone(CHINA).year


def _page(operator: str, year: int, refusal: RendaError | None = None) -> str:
    own = changes.listed(installation(), year)
    holding = installation().host_calendar()
    return render_template(
        "host_calendar.html",
        operator=operator,
        year=year,
        first=FIRST_YEAR,
        last=LAST_YEAR,
        days=exceptional_days(holding, own, year),
        weekdays=WEEKDAYS,
        announced=holding.is_announced(year),
        error=refusal,
        given=request.form,
    )
