"""Several who do something at the same moment: all have read before the first of them locks or writes."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

TAKES = re.compile(
    r"\s*(insert|update|delete|with)\b|\bfor (update|share|no key update)\b|\bpg_advisory", re.IGNORECASE
)
"""Statements that lock or write: the first of them is where a racer waits for the others."""


class Gate:
    """Opens when every racer waits at it or has ended; each waits once."""

    def __init__(self, racers: int) -> None:
        self._missing = racers
        self._opened = threading.Condition()
        self._here = threading.local()

    def enter(self) -> None:
        """Called by a racer's thread as it starts."""
        self._here.waiting = True

    def wait(self) -> None:
        """Wait for the others; a thread that does not race, or has waited, goes on."""
        if getattr(self._here, "waiting", False):
            self._here.waiting = False
            with self._opened:
                self._missing -= 1
                self._opened.notify_all()
                self._opened.wait_for(lambda: self._missing <= 0)

    def leave(self) -> None:
        """A racer has ended; where it never came to the gate the others wait no longer for it."""
        if getattr(self._here, "waiting", False):
            self._here.waiting = False
            with self._opened:
                self._missing -= 1
                self._opened.notify_all()


def at_once(engine: Engine, racers: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each racer answers with, or the exception it raises, in their order.

    On PostgreSQL each comes to the point of locking or writing before any goes on. On SQLite a transaction that
    writes is alone from its beginning, so that all begin together.
    """
    gate = Gate(len(racers))

    def raced(racer: Callable[[], Any]) -> Any:
        gate.enter()
        try:
            if engine.dialect.name == "sqlite":
                gate.wait()
            return racer()
        except Exception as error:  # noqa: BLE001  (what breaks is an answer too, and is looked at)
            return error
        finally:
            gate.leave()

    with _gated(engine, gate), ThreadPoolExecutor(len(racers)) as threads:
        return [each.result() for each in [threads.submit(raced, racer) for racer in racers]]


@contextmanager
def _gated(engine: Engine, gate: Gate) -> Iterator[None]:
    def before(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if TAKES.search(statement):
            gate.wait()

    if engine.dialect.name == "sqlite":
        yield
        return
    event.listen(engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)
