"""A district's first page: what waits for whoever signed in, what is published for everybody."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from renda.explain import shown_value
from renda.services import lists, offers
from renda.services.questionnaires import finding
from renda.web.lines import line_of
from renda.web.public import gathered
from renda.web.tenancy import Seat, page


@page("/", public=True)
def home(seat: Seat) -> ResponseReturnValue:
    """What waits for me, what I may open, what I take part in; for the public, the practices in force."""
    desk, viewer = seat.desk, seat.actor
    shared = {"seat": seat, "practices": offers.practices(desk), "openings": offers.openings(desk, viewer)}
    if not seat.signed_in:
        return render_template("public.html", **shared, it=gathered(desk, seat.slug), shown_value=shown_value)
    waiting = [line_of(seat, line) for line in lists.waiting(desk, viewer)]
    taking_part = [line_of(seat, line) for line in lists.taking_part(desk, viewer)]
    asked = (
        [row for row in finding.listed(desk, viewer) if finding.waits(desk, row)] if finding.is_office(viewer) else []
    )
    return render_template(
        "home.html", **shared, waiting=waiting, taking_part=taking_part, full=lists.PAGE, questionnaires=asked
    )


@page("/public", public=True)
def public(seat: Seat) -> ResponseReturnValue:
    """The page of the public, for those who have signed in too."""
    shared = {"practices": offers.practices(seat.desk), "openings": []}
    return render_template(
        "public.html", seat=seat, **shared, it=gathered(seat.desk, seat.slug), shown_value=shown_value
    )
