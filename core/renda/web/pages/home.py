"""A district's first page: what waits for whoever signed in, what is published for everybody."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from renda.services import lists, offers
from renda.web.lines import line_of
from renda.web.tenancy import Seat, page


@page("/", public=True)
def home(seat: Seat) -> ResponseReturnValue:
    """What waits for me, what I may open, what I take part in; for the public, the practices in force."""
    desk, viewer = seat.desk, seat.actor
    shared = {"seat": seat, "practices": offers.practices(desk), "openings": offers.openings(desk, viewer)}
    if not seat.signed_in:
        return render_template("public.html", **shared)
    waiting = [line_of(seat, line) for line in lists.waiting(desk, viewer)]
    taking_part = [line_of(seat, line) for line in lists.taking_part(desk, viewer)]
    return render_template("home.html", **shared, waiting=waiting, taking_part=taking_part, full=lists.PAGE)
