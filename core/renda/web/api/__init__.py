"""The programs' door: JSON under ``/api/<district>/``, with tokens, described by OpenAPI."""

from __future__ import annotations

from typing import NoReturn

from flask import Flask
from werkzeug.exceptions import NotFound

from renda.web.api import lists, matters, openapi
from renda.web.api.door import api

__all__ = ["install", "lists", "matters", "openapi"]


@api.route("/", defaults={"rest": ""})
@api.route("/<path:rest>")
def nothing(rest: str) -> NoReturn:
    """Every other address below the API is told as a problem and not as a page."""
    raise NotFound(rest)


def install(app: Flask) -> None:
    """Open the door; forms' tokens against forged requests are the pages' affair, not that of bearers."""
    app.register_blueprint(api)
    protection = app.extensions.get("csrf")
    if protection is not None:
        protection.exempt(api)
