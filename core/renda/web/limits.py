"""How often one address may do something in a day, without keeping addresses.

An address is counted under a digest with a key that is made for the day, is in this process's memory alone and is thrown
away with the counts when the day is over. Nothing of it is written anywhere. Each process counts for itself.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from ipaddress import IPv6Address, ip_address

from flask import current_app

from renda.errors import RendaError, declare
from renda.services.throttle import Pace, Place, Throttle
from renda.web.proxies import counted_address

declare(
    {
        "questionnaire.too_often": "您所在的网络今天已经交了 {most} 份这个问卷的答卷。请明天再来,或者换一个网络。",
        "questionnaire.guessed": "您所在的网络今天已经输错 {most} 次作答码。请明天再试,或者联系发码的单位。",
    },
    status=429,
)

MOST_ANSWERS = 30
"""For each questionnaire; a family, an office or a village shares one address."""
MOST_GUESSES = 20
MOST_KEPT = 100_000
LONG_KEYS = Pace(free=30, longest=10, forgets=60)
"""Slips, seats' keys and tokens from one network: too long to guess, so the wait is short; a hall shares one network."""

SHORT_CODES = Pace(free=10, longest=60, forgets=60)
"""The hall's code by one account."""
_PREFIX = 64


@dataclass
class Limits:
    """The counts of one process for one day."""

    random_bytes: Callable[[int], bytes] = secrets.token_bytes
    day: date | None = None
    key: bytes = b""
    counts: OrderedDict[bytes, int] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, day: date, what: str, most: int, code: str) -> None:
        """Refuse an address that did ``what`` as often as it may; raises the error ``code``."""
        with self.lock:
            if self.counts.get(self._mark(day, what), 0) >= most:
                raise RendaError(code, most=most)

    def note(self, day: date, what: str) -> None:
        """Once more. Of very many addresses those are forgotten that have not come for longest."""
        with self.lock:
            mark = self._mark(day, what)
            self.counts[mark] = self.counts.pop(mark, 0) + 1
            if len(self.counts) > MOST_KEPT:
                self.counts.popitem(last=False)

    def admit(self, day: date, what: str, *, by_code: bool) -> None:
        """Refuse an address that answered the questionnaire ``what``, or guessed its codes, as often as it may."""
        if by_code:
            self.check(day, f"code/{what}", MOST_GUESSES, "questionnaire.guessed")
        else:
            self.check(day, f"answer/{what}", MOST_ANSWERS, "questionnaire.too_often")

    def refused(self, day: date, what: str, refusal: RendaError) -> None:
        """Count a code that was guessed wrongly; other refusals count for nothing."""
        if refusal.code == "questionnaire.code":
            self.note(day, f"code/{what}")

    def answered(self, day: date, what: str) -> None:
        """Count an answer that was kept."""
        self.note(day, f"answer/{what}")

    def _mark(self, day: date, what: str) -> bytes:
        if day != self.day:
            self.day, self.key = day, self.random_bytes(32)
            self.counts.clear()
        return hmac.digest(self.key, f"{what}\0{network(counted_address())}".encode(), hashlib.sha256)


def network(address: str) -> str:
    """What is counted as one: an IPv4 address, or the network of an IPv6 address, which one household has alone."""
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(read, IPv6Address):
        return str(read.ipv4_mapped or int(read) >> (128 - _PREFIX))
    return str(read)


def throttle() -> Throttle:
    """The guesses this process counts."""
    found: Throttle = current_app.extensions.setdefault("renda_throttle", Throttle())
    return found


def asking_network() -> str:
    """The network this request comes from, as one place to guess from."""
    return network(counted_address())


@contextmanager
def guesses(now: datetime, place: Place, *codes: str) -> Iterator[None]:
    """Let somebody try a code or a key, and count the tries that are refused with one of these errors.

    Raises ``sign_in.slow`` before the try where this place has to wait.
    """
    throttle().check(now, [place])
    try:
        yield
    except RendaError as refusal:
        if refusal.code in codes:
            throttle().count(now, [place])
        raise


def limits() -> Limits:
    """The counts of this process."""
    found: Limits = current_app.extensions.setdefault("renda_limits", Limits())
    return found
