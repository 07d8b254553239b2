"""The programs' door: JSON under ``/api/<district>/``, with tokens, described by OpenAPI."""

from __future__ import annotations

from flask import Flask, g, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from renda.i18n import reading_in
from renda.web.api import around_matters, files, lists, matters, openapi, projects, public, tables
from renda.web.api.door import api, language
from renda.web.api.problems import protocol

__all__ = ["around_matters", "files", "install", "lists", "matters", "openapi", "projects", "public", "tables"]


def install(app: Flask) -> None:
    """Open the door; forms' tokens against forged requests are the pages' affair, not that of bearers."""
    app.register_blueprint(api)
    # Before everything else: what leads nowhere needs no token against forgery.
    app.before_request_funcs.setdefault(None, []).insert(0, _nowhere)
    protection = app.extensions.get("csrf")
    if protection is not None:
        protection.exempt(api)


def _nowhere() -> Response | None:
    # An address that leads nowhere, or to a page of a district called api, is told in a program's own way.
    if request.blueprint == api.name or not f"{request.path}/".startswith(f"{api.url_prefix}/"):
        return None
    g.private = True
    with reading_in(language()):
        return protocol(request.routing_exception or NotFound())
