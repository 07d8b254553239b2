"""A database that is away, full or takes nothing: 503 with a plain page, and one line in the log."""

from __future__ import annotations

import logging
import sqlite3

from flask import g, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from renda.errors import RendaError, declare
from renda.web.unlogged import is_unlogged

log = logging.getLogger("renda.web")

declare(
    {"web.no_database": "数据库暂时不能用，没有完成，什么都没有改动；请过一会儿再试，仍不行请告诉系统管理员。"},
    status=503,
)

RETRY_AFTER = "10"
_AWAY = ("08", "57P", "53", "58", "25006")
"""Beginnings of SQLSTATEs: no connection, shut down, out of something, an input error, read only."""
_OF_SQLITE = ("locked", "unable to open", "readonly", "disk I/O", "is full", "malformed", "not a database")


def is_outage(error: BaseException) -> bool:
    """Whether an error says that the database cannot be used now, and not that something of ours is wrong."""
    if isinstance(error, NoConnectionError):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    said = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(said, sqlite3.OperationalError | sqlite3.DatabaseError):
        return any(words in str(said) for words in _OF_SQLITE)
    if type(said).__module__.partition(".")[0] != "psycopg":
        return False
    state = getattr(said, "sqlstate", None)
    return state.startswith(_AWAY) if state else type(said).__name__ in {"OperationalError", "ConnectionTimeout"}


def outage(error: BaseException) -> RendaError:
    """The refusal to answer with; logged in one line. What the page is shown around, the district, is let go."""
    g.pop("seat", None)
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    log.error("%s: database cannot be used: %s", named_request(), said)
    return RendaError("web.no_database")


def named_request() -> str:
    """The request as a log may name it: of votes and answers neither what nor where."""
    if is_unlogged(request.path):
        return f"{request.method} (a page that is not logged)"
    return f"{request.method} {request.path}"
