"""Questionnaires as citizens meet them: the list, the form, the thanks, the result. Nobody has to sign in.

A browser that has answered keeps a signed note that it has, for this questionnaire's address alone; the note says
nothing else, and nothing on our side knows to whom it was given.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from renda.errors import RendaError, declare
from renda.model import QuestionnaireRow
from renda.services.questionnaires import answering, finding, telling
from renda.services.questionnaires.asking import LONGEST_IDEA
from renda.services.questionnaires.opening import MOST_CODES
from renda.web.limits import limits
from renda.web.reasons import reasons
from renda.web.tenancy import Seat, page

declare({"questionnaire.answered": "这台设备已经交过这份问卷,一台设备只交一份。"}, status=409)

COOKIE = "renda_answered"
_KEPT_AFTER = timedelta(days=2)


@page("/questionnaires/", public=True)
def questionnaires(seat: Seat) -> ResponseReturnValue:
    """Those open today, then those counted; for the office also those that wait to be opened."""
    rows = finding.listed(seat.desk, seat.actor)
    open_now = [row for row in rows if finding.takes_answers(seat.desk, row)]
    rest = [row for row in rows if row not in open_now]
    return render_template("questionnaires.html", seat=seat, open_now=open_now, rest=rest, states=finding.STATES)


@page("/questionnaires/<int:number>", methods=("GET", "POST"), public=True)
def questionnaire(seat: Seat, number: int) -> ResponseReturnValue:
    """The form while it is open, the result when it was counted."""
    row = seen(seat, number)
    if request.method == "POST":
        return _posted(seat, row)
    return _shown(seat, row, {})


def seen(seat: Seat, number: int) -> QuestionnaireRow:
    """A questionnaire the reader may open; raises ``questionnaire.unknown`` for all others."""
    row = finding.find(seat.desk, number)
    if not finding.may_see(row, seat.actor):
        raise RendaError("questionnaire.unknown", number=number)
    return row


def _posted(seat: Seat, row: QuestionnaireRow) -> ResponseReturnValue:
    day, what = seat.desk.day, f"{seat.slug}/{row.id}"
    try:
        _admit(seat, row, what)
        with seat.desk.session.begin_nested():
            token, code = request.form.get("_submission", "")[:64], request.form.get("_code", "")[:40]
            fresh = answering.answer(seat.desk, row.id, given(row, request.form), token=token, code=code)
    except RendaError as refusal:
        limits().refused(day, what, refusal)
        if refusal.status >= 500:
            raise
        return _shown(seat, row, request.form, refusal), refusal.status
    if fresh:
        limits().answered(day, what)
    done = redirect(url_for("district.answered", slug=seat.slug, number=row.id), 303)
    if row.admission == "open":
        _note_answered(seat, row, done)
    return done


def _admit(seat: Seat, row: QuestionnaireRow, what: str) -> None:
    by_code = row.admission == "codes"
    limits().admit(seat.desk.day, what, by_code=by_code)
    if not by_code and _has_answered(seat, row) and finding.takes_answers(seat.desk, row):
        raise RendaError("questionnaire.answered")


@page("/questionnaires/<int:number>/answered", public=True)
def answered(seat: Seat, number: int) -> ResponseReturnValue:
    """The thanks."""
    return render_template("questionnaire_answered.html", seat=seat, row=seen(seat, number), before=False)


def given(row: QuestionnaireRow, posted: Mapping[str, str]) -> dict[str, Any]:
    """What came with the form, by the questions' codes."""
    said: dict[str, Any] = {}
    for place, each in enumerate(finding.questions_of(row), 1):
        value: Any = posted.get(f"q{place}", "")
        if each.sort == "idea":
            value = {"option": posted.get(f"q{place}-option", ""), "text": value}
        said[each.code] = value
    return said


def _shown(seat: Seat, row: QuestionnaireRow, posted: Mapping[str, str], refusal: RendaError | None = None) -> str:
    office = finding.is_office(seat.actor)
    if row.state == "open" and not office and refusal is None and _has_answered(seat, row):
        g.private = True
        return render_template("questionnaire_answered.html", seat=seat, row=row, before=True)
    asked = finding.questions_of(row)
    said = {} if refusal is None else refusal.fields
    return render_template(
        "questionnaire.html",
        seat=seat,
        row=row,
        asked=asked,
        posted=posted,
        refusal=refusal,
        mistakes=[said.get(each.code, "") for each in asked],
        takes=finding.takes_answers(seat.desk, row),
        told=[(each, reasons(each.score) if each.score is not None else None,
               [(option, reasons(share)) for option, share in each.shares.items()],
               [(option, reasons(score)) for option, score in each.groups]) for each in telling.told(row)],
        office=office,
        answered=finding.answered(seat.desk, row) if office or row.state == "counted" else None,
        states=finding.STATES,
        admissions=finding.ADMISSIONS,
        longest=LONGEST_IDEA,
        most_codes=MOST_CODES,
        submission=request.form.get("_submission") or secrets.token_urlsafe(18),
    )  # fmt: skip


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="renda.answered")


def _has_answered(seat: Seat, row: QuestionnaireRow) -> bool:
    try:
        return bool(_serializer().loads(request.cookies.get(COOKIE, "")) == [seat.slug, row.id])
    except BadData:
        return False


def _note_answered(seat: Seat, row: QuestionnaireRow, response: Response) -> None:
    left = row.until_on - seat.desk.day + _KEPT_AFTER
    response.set_cookie(
        COOKIE,
        str(_serializer().dumps([seat.slug, row.id])),
        max_age=int(left.total_seconds()),
        path=url_for("district.questionnaire", slug=seat.slug, number=row.id),
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
