"""Log lines with time, level and the number of the request, as text or as JSON.

A request that votes or answers has no number, and what is logged of it (a failure of ours alone) names no ballot: nothing
timed may tell who voted when.
"""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

from renda.errors import RendaError, declare

declare(
    {
        "settings.log": "RENDA_LOG_LEVEL 应为 DEBUG、INFO、WARNING 或 ERROR,RENDA_LOG_FORMAT 应为 text 或 json;"
        "现为“{level}”和“{form}”。"
    },
    status=500,
)

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMS = ("text", "json")
NO_REQUEST = "-"
request_number: ContextVar[str] = ContextVar("renda_request_number", default=NO_REQUEST)
"""The number of the request that this thread answers."""


class TextLines(logging.Formatter):
    """``2026-11-30T08:30:00.123Z ERROR renda.web 5f1c… what happened``."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging."""
        head = f"{_time(record)} {record.levelname} {record.name} {request_number.get()} "
        return head + record.getMessage() + _trace(self, record, "\n")


class JsonLines(logging.Formatter):
    """The same as one JSON object in a line."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging."""
        said = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "request": request_number.get(),
            "message": record.getMessage(),
        }
        if trace := _trace(self, record, ""):
            said["trace"] = trace
        return json.dumps(said, ensure_ascii=False)


def check(level: str, form: str) -> None:
    """Raise ``settings.log`` where one is not among those there are."""
    if level not in LEVELS or form not in FORMS:
        raise RendaError("settings.log", level=level, form=form)


def configure(level: str = "INFO", form: str = "text", stream: TextIO | None = None) -> None:
    """Send everything that is logged to ``stream`` (standard error) in that form; to be called once in a process."""
    check(level, form)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _trace(formatter: logging.Formatter, record: logging.LogRecord, before: str) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return before + formatter.formatException(record.exc_info)
