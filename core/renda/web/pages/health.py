"""Whether the process answers (``/healthz``) and whether it can work (``/readyz``), for what watches it."""

from __future__ import annotations

from flask import Blueprint, g
from sqlalchemy import select
from werkzeug.wrappers import Response

from renda.model import District
from renda.services.hosts import NOBODYS
from renda.web.tenancy import installation

health = Blueprint("health", __name__)


@health.before_request
def _private() -> None:
    g.private = True


@health.get("/healthz")
def alive() -> Response:
    """The process answers; nothing else is asked."""
    return _line("ok")


@health.get("/readyz")
def ready() -> Response:
    """Database and folder of districts can be read; where not, 503 as for every page."""
    here = installation()
    with here.store.reading(NOBODYS) as session:
        session.execute(select(District.id).limit(1)).first()
    return _line("ready") if here.rulebooks.root.is_dir() else _line("districts", 503)


def _line(said: str, status: int = 200) -> Response:
    return Response(f"{said}\n", status, content_type="text/plain; charset=utf-8")
