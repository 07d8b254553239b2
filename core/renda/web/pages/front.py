"""The first page: which districts work here; and the choice of a language."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from renda.i18n import LOCALES
from renda.services.hosts import districts as listed
from renda.web.assets import asset
from renda.web.tenancy import installation

front = Blueprint("front", __name__)
LANGUAGE_COOKIE = "renda_language"
A_YEAR = 365 * 24 * 3600


@front.get("/")
def districts() -> str:
    """The districts of this host, by name, with a search."""
    text = request.args.get("q", "").strip()[:80]
    after = request.args.get("after", "")[:80]
    found, more = listed(installation().store, text=text, after=after)
    return render_template("districts.html", found=found, more=more, text=text)


@front.get("/language/<code>")
def language(code: str) -> Response:
    """Read in another language, and back to the page one came from."""
    if code not in LOCALES:
        abort(404)
    back = request.args.get("back", "/")
    fine = back.startswith("/") and not back.startswith("//") and "\\" not in back and back.isprintable()
    response = redirect(back if fine else url_for("front.districts"), 303)
    response.set_cookie(
        LANGUAGE_COOKIE, code, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure, path="/"
    )
    g.private = True
    return response


@front.get("/favicon.ico")
def icon() -> Response:
    """Where a browser looks for a picture unasked."""
    return redirect(asset("icon.svg"), 301)
