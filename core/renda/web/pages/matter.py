"""The page of one matter."""

from __future__ import annotations

import secrets

from flask import render_template
from flask.typing import ResponseReturnValue

from renda.errors import RendaError
from renda.web.downloads import text_file
from renda.web.tenancy import Seat, page, to_sign_in
from renda.web.whole import seen, whole


@page("/matters/<int:number>", public=True)
def matter(seat: Seat, number: int) -> ResponseReturnValue:
    """What the matter is, how it stands, what can be done, and all that was done.

    The public sees what its practice shows to it, and is otherwise asked to sign in, whether there is such a
    matter or not.
    """
    try:
        found = whole(seat, number)
    except RendaError as refusal:
        if refusal.code == "matter.unknown" and not seat.signed_in:
            return to_sign_in(seat.slug)
        raise
    return render_template("matter.html", seat=seat, it=found, submission=secrets.token_urlsafe(18))


@page("/matters/<int:number>/files/<entry>", public=True)
def matter_file(seat: Seat, number: int, entry: str) -> ResponseReturnValue:
    """An entry of the matter that is a file of its own, for whoever may see the matter."""
    try:
        _, found, rules = seen(seat, number)
    except RendaError as refusal:
        if refusal.code == "matter.unknown" and not seat.signed_in:
            return to_sign_in(seat.slug)
        raise
    return text_file(rules.practice, found, entry)
