"""How many do something dear at once in a process, and how many more may wait for it.

A process has few threads. Whatever anybody may ask for and takes long is bounded here, so that strangers who ask for it
together leave threads for everybody else.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from renda.errors import RendaError


class Gate:
    """A bound for one kind of work; who comes when too many wait is refused with the error ``code``.

    ``patience`` is for how many seconds one waits; ``seconds`` is after which time to come again.
    """

    def __init__(self, code: str, at_once: int, waiting: int, *, patience: float = 5.0, seconds: int = 3) -> None:
        self._code, self._seconds, self._patience = code, seconds, patience
        self._running = threading.BoundedSemaphore(at_once)
        self._places = threading.BoundedSemaphore(at_once + waiting)

    @contextmanager
    def open(self) -> Iterator[None]:
        """A turn; raises the gate's error where none comes in time."""
        if not self._places.acquire(blocking=False):
            raise RendaError(self._code, seconds=self._seconds)
        try:
            if not self._running.acquire(timeout=self._patience):
                raise RendaError(self._code, seconds=self._seconds)
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._places.release()
