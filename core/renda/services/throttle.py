"""Guesses slowed down: after some failures the next try has to wait, longer each time, and nobody is locked out.

Kept in the memory of one process: a stranger can make it forget nothing worth having, and write nothing. What is counted
is named by a digest with a key of the process, so no address and no login is kept as such. Several processes each
count for themselves, so a guesser has as many first tries as there are processes (``docs/adr/0135``).
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from renda.errors import RendaError, declare

declare(
    {"sign_in.slow": "试错的次数太多。请等 {seconds} 秒再试。已经登录的设备不受影响。"},
    status=429,
)

MAX_KEPT = 100_000
BURST = 30.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one place may guess: ``free`` failures at once, then waits that double up to ``longest`` seconds.

    A failure is forgotten after ``forgets`` seconds.
    """

    free: int
    longest: int
    forgets: int = 900


@dataclass(frozen=True, slots=True)
class Place:
    """What is counted together, such as an account and an address, and how fast it may guess."""

    name: tuple[str | int, ...]
    pace: Pace


@dataclass(slots=True)
class _Count:
    failures: float
    at: float


@dataclass
class Throttle:
    """The counts of one process."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    counts: OrderedDict[bytes, _Count] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    allowance: float = 0.0
    refilled: float = 0.0
    passed_over: int = 0

    def wait(self, now: datetime, places: Iterable[Place]) -> int:
        """For how many seconds the slowest of these places has to wait; 0 where a guess may be made now."""
        with self.lock:
            return max((self._wait(now.timestamp(), place) for place in places), default=0)

    def check(self, now: datetime, places: Iterable[Place]) -> None:
        """Raise ``sign_in.slow`` where one of these places has to wait."""
        seconds = self.wait(now, places)
        if seconds:
            raise slow(seconds)

    def count(self, now: datetime, places: Iterable[Place]) -> None:
        """A failure at each of these places; of very many places those are forgotten that were not met for longest."""
        moment = now.timestamp()
        with self.lock:
            for place in places:
                mark = self._mark(place)
                failures = self._failures(moment, place) + 1
                self.counts.pop(mark, None)
                self.counts[mark] = _Count(failures, moment)
            while len(self.counts) > MAX_KEPT:
                self.counts.popitem(last=False)

    def give_back(self, now: datetime, places: Iterable[Place]) -> None:
        """One failure less at each of these places: what was counted before it was looked at was right."""
        moment = now.timestamp()
        with self.lock:
            for place in places:
                count = self.counts.get(self._mark(place))
                if count is not None:
                    count.failures, count.at = max(0.0, self._failures(moment, place) - 1), moment

    def may_write(self, now: datetime) -> bool:
        """Whether a failure may be written down: at most ``BURST`` at once and one a second after that.

        Anybody can fail, so failures of strangers must not fill the database, nor hold its lock. What is not written is
        counted and told by the next one that is.
        """
        moment = now.timestamp()
        with self.lock:
            self.allowance = min(BURST, self.allowance + max(0.0, moment - self.refilled))
            self.refilled = moment
            if self.allowance >= 1:
                self.allowance -= 1
                return True
            self.passed_over += 1
            return False

    def unwritten(self) -> int:
        """How many failures were not written since the last one that was; begins anew."""
        with self.lock:
            number, self.passed_over = self.passed_over, 0
            return number

    def failures(self, now: datetime, place: Place) -> float:
        """How many failures of a place are not forgotten yet."""
        with self.lock:
            return self._failures(now.timestamp(), place)

    def forget(self, places: Iterable[Place]) -> None:
        """Begin anew at these places: somebody knew what was asked."""
        with self.lock:
            for place in places:
                self.counts.pop(self._mark(place), None)

    def _wait(self, moment: float, place: Place) -> int:
        count = self.counts.get(self._mark(place))
        if count is None:
            return 0
        over = math.ceil(self._failures(moment, place) - place.pace.free)
        if over < 0:
            return 0
        waits = min(place.pace.longest, 1 << min(over, 30))
        return max(0, math.ceil(count.at + waits - moment))

    def _failures(self, moment: float, place: Place) -> float:
        count = self.counts.get(self._mark(place))
        return 0 if count is None else max(0.0, count.failures - max(0.0, moment - count.at) / place.pace.forgets)

    def _mark(self, place: Place) -> bytes:
        return hmac.digest(self.key, repr(place.name).encode(), hashlib.sha256)


def slow(seconds: int) -> RendaError:
    """The refusal of whoever has to wait."""
    return RendaError("sign_in.slow", seconds=seconds)
