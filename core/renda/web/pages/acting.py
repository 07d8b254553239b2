"""The form of an action, and the action itself: on a matter, or one that opens a matter."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from renda.errors import RendaError
from renda.i18n import gettext
from renda.kinds import Action, Kind
from renda.matter import Matter
from renda.rulebook import InForce
from renda.schema import Schema
from renda.services import offers
from renda.services.matters import act
from renda.services.permissions import who
from renda.services.refusals import check_actor, check_rules, check_state, find_action
from renda.web.entries import entries_of
from renda.web.forms import MORE, Drawing
from renda.web.request_input import number_in
from renda.web.tenancy import Seat, page, to_sign_in
from renda.web.whole import seen


@dataclass(frozen=True)
class Form:
    """A form on its way: which action, on or inside which matter, made from which version of it."""

    rules: InForce
    kind: Kind
    action: Action
    matter: Matter | None
    version: int | None = None

    @property
    def schema(self) -> type[Schema]:
        """What the form asks for."""
        return self.action.form or Schema


@page("/matters/<int:number>/<name>", methods=("GET", "POST"), public=True)
def acting(seat: Seat, number: int, name: str) -> ResponseReturnValue:
    """An action on a matter."""
    try:
        row, matter, rules = seen(seat, number)
    except RendaError as refusal:
        if refusal.code == "matter.unknown" and not seat.signed_in:
            return to_sign_in(seat.slug)
        raise
    action = find_action(rules, name, row.kind)
    form = Form(rules, rules.practice.kind(row.kind), action, matter, row.version)
    if request.method == "POST":
        return _posted(seat, form)
    check_actor(action, seat.actor, matter)
    check_rules(seat.desk, row, seat.actor)
    check_state(rules, action, row.state)
    known = {entry: matter.payload.get(entry) for entry in form.schema().fields}
    return _asked(seat, form, known, offers.refusal_of(rules, action, matter))


@page("/practices/<practice>/open/<name>", methods=("GET", "POST"), public=True)
def opening(seat: Seat, practice: str, name: str) -> ResponseReturnValue:
    """An action that opens a matter, inside another where ``parent`` names it."""
    rules = seat.desk.rulebook.practice_on(practice, seat.desk.day)
    action = find_action(rules, name)
    kind = rules.practice.kind(action.kind)
    parent = request.values.get("parent", "")
    around = None
    if parent.isascii() and parent.isdigit() and len(parent) < 19:
        around = seen(seat, int(parent))[1]
    form = Form(rules, kind, action, around)
    if request.method == "POST":
        return _posted(seat, form)
    seat.desk.rulebook.check_correct(practice)
    related = around is not None and not around.relations_of(seat.actor).isdisjoint(action.by)
    if not related and not offers.may_open(kind, action, seat.actor):
        if not seat.signed_in:
            return to_sign_in(seat.slug)
        raise RendaError("matter.not_yours", action=gettext(action.label), who=who(action.by))
    own = offers.own_entries(kind, seat.actor)
    mine = {entry: number for entry, (relation, number) in own.items() if relation in action.by}
    return _asked(seat, form, mine)


def _posted(seat: Seat, form: Form) -> ResponseReturnValue:
    posted = request.form
    entries = entries_of(seat.desk, form.schema, posted)
    if MORE in posted:
        return _asked(seat, form, entries, more=posted[MORE])
    version = posted.get("_version", "")
    there = form.version is not None and form.matter is not None
    try:
        # Given up alone where it is refused, so that the form can be shown again at the same desk.
        with seat.desk.session.begin_nested():
            outcome = act(
                seat.desk,
                seat.actor,
                form.action.name,
                entries,
                matter=form.matter.id if there and form.matter is not None else None,
                practice=None if there else form.rules.code,
                parent=form.matter.id if not there and form.matter is not None else None,
                expected=number_in(version),
                submission=posted.get("_submission", "")[:64] or None,
            )
    except RendaError as refusal:
        if refusal.status >= 500 or refusal.code == "matter.unknown":
            raise
        if refusal.status == 403 and not seat.signed_in:
            return to_sign_in(seat.slug)
        return _asked(seat, form, entries, refusal), refusal.status
    if outcome.repeated:
        flash(gettext("这份表单已经办理过，没有重复办理。"))
    else:
        flash(
            gettext("已办理“{action}”，记入第 {n} 号记录。", action=gettext(form.action.label), n=outcome.event_number)
        )
    return redirect(url_for("district.matter", slug=seat.slug, number=outcome.matter_id), 303)


def _asked(
    seat: Seat, form: Form, entries: Mapping[str, Any], refusal: RendaError | None = None, *, more: str = ""
) -> str:
    drawing = Drawing(seat.desk, form.rules.practice.params, refusal.fields if refusal else {}, more)
    kept = request.form.get("_version") or form.version
    return render_template(
        "form.html",
        seat=seat,
        form=form,
        refusal=refusal,
        widgets=drawing.form(form.schema, entries),
        rest=drawing.rest,
        version=kept,
        submission=request.form.get("_submission") or secrets.token_urlsafe(18),
    )
