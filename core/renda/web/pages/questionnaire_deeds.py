"""What the office does with a questionnaire: open it, give out codes, end it early, count it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.errors import RendaError
from renda.i18n import gettext
from renda.services.questionnaires import counting, opening
from renda.services.questionnaires.finding import check_office, find
from renda.web.errors import NOT_FOUND
from renda.web.tenancy import Seat, keys, page, to_sign_in


def _open(seat: Seat, number: int) -> None:
    opening.open_questionnaire(seat.desk, seat.actor, number, keys=keys())


def _end(seat: Seat, number: int) -> None:
    opening.end_early(seat.desk, seat.actor, number)


def _count(seat: Seat, number: int) -> None:
    counting.count(seat.desk, seat.actor, number, keys=keys())


DEEDS: Mapping[str, tuple[str, Callable[[Seat, int], None]]] = {
    "open": ("开放作答", _open),
    "end": ("提前截止", _end),
    "count": ("统计", _count),
}
CODES = "codes"


@page("/questionnaires/<int:number>/<name>", methods=("POST",), public=True)
def questionnaire_deed(seat: Seat, number: int, name: str) -> ResponseReturnValue:
    """A deed on a questionnaire, and back to its page; codes are shown this once."""
    if not seat.signed_in:
        return to_sign_in(seat.slug)
    if name not in {*DEEDS, CODES}:
        raise RendaError(NOT_FOUND)
    find(seat.desk, number)
    check_office(seat.actor)
    if name == CODES:
        return _codes(seat, number)
    label, deed = DEEDS[name]
    deed(seat, number)
    flash(gettext("已办理“{action}”：{who}", action=gettext(label), who=find(seat.desk, number).title))
    return redirect(url_for("district.questionnaire", slug=seat.slug, number=number), 303)


def _codes(seat: Seat, number: int) -> ResponseReturnValue:
    asked = request.form.get("count", "").strip()
    count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0
    codes = opening.give_codes(seat.desk, seat.actor, number, count)
    g.private = True
    row = find(seat.desk, number)
    address = url_for("district.questionnaire", slug=seat.slug, number=number, _external=True)
    return render_template("questionnaire_codes.html", seat=seat, row=row, codes=codes, address=address)
