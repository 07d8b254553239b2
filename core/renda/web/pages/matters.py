"""The list of matters: narrowed by practice, kind, state and title, newest first."""

from __future__ import annotations

from typing import Any, cast

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.documents import lists as tables
from renda.i18n import gettext
from renda.services import lists
from renda.web.downloads import form_asked, spreadsheet
from renda.web.forms import Option
from renda.web.lines import line_of
from renda.web.tenancy import Seat, page


@page("/matters")
def matters(seat: Seat) -> ResponseReturnValue:
    """Fifty matters and the way to the next fifty."""
    practice, _, kind = request.args.get("kind", "").partition(":")
    before = request.args.get("before", "")
    wanted = lists.Wanted(
        practice=practice,
        kind=kind,
        state=request.args.get("state", ""),
        text=request.args.get("q", "").strip()[:80],
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    if form_asked():
        return spreadsheet(tables.matters(seat.desk, seat.actor, wanted), form_asked(), seat.slug)
    portion = lists.newest(seat.desk, seat.actor, wanted)
    more = None
    if portion.before is not None:
        kept = {name: value for name, value in request.args.items() if name in {"kind", "state", "q"}}
        more = url_for("district.matters", slug=seat.slug, before=portion.before, **cast("dict[str, Any]", kept))
    return render_template(
        "matters.html",
        seat=seat,
        lines_of=[line_of(seat, line) for line in portion.lines],
        more=more,
        wanted=wanted,
        kinds=_kinds(seat, wanted),
        states=_states(seat, wanted),
    )


def _kinds(seat: Seat, wanted: lists.Wanted) -> list[Option]:
    chosen = f"{wanted.practice}:{wanted.kind}".rstrip(":")
    found = [Option("", gettext("全部"), not chosen)]
    for rules in seat.desk.rulebook.on(seat.desk.day):
        title, kinds = gettext(rules.version.title), rules.practice.kind_of
        found.append(Option(rules.code, title, chosen == rules.code))
        if len(kinds) > 1:
            for code, kind in kinds.items():
                value = f"{rules.code}:{code}"
                found.append(Option(value, f"{title} · {gettext(kind.title)}", chosen == value))
    return found


def _states(seat: Seat, wanted: lists.Wanted) -> list[Option]:
    rules = seat.desk.rulebook.on(seat.desk.day).practices.get(wanted.practice)
    if rules is None:
        return []
    kinds = [
        kind
        for code, kind in rules.practice.kind_of.items()
        if code == wanted.kind or (not wanted.kind and kind.within is None)
    ]
    states = {state: gettext(label) for kind in kinds for state, label in kind.states.items()}
    everything = Option("", gettext("全部状态"), not wanted.state)
    return [everything, *(Option(code, label, code == wanted.state) for code, label in states.items())]
