"""How much twelve strangers who sign in delay the one who writes: today's way beside a hash in the transaction."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks import worlds
from benchmarks.measuring import Figure, milliseconds
from renda.errors import RendaError
from renda.model import AccountRow, OrganRow
from renda.services import accounts, chain
from renda.services.desk import Installation
from renda.services.locking import lock_row
from renda.services.passwords import fits, unchecked_hash
from renda.services.sessions import Lifetime
from renda.services.signing_in import Attempt, Realm, sign_in
from renda.services.throttle import Throttle

STRANGERS = 12
WRITES = 30
PAUSE = 0.05
EACH = 0.5
"""Seconds between two attempts of one stranger."""


def figures(place: worlds.Place, folder: Path) -> list[Figure]:
    """The median time of a short write beside strangers, over that of the same write alone."""
    slug = worlds.copies("pingshan", folder, 1)[0]
    installation = worlds.installation(place, folder, [slug])
    with installation.writing(slug) as desk:
        accounts.add(desk, "chair", "主任", ["chair"], kept_password=unchecked_hash("Gelb-Haus-77"))
    alone = _written(installation, slug)
    held = _beside(installation, slug, lambda number: _in_the_transaction(installation, slug))
    throttle = Throttle()
    apart = _beside(installation, slug, lambda number: _today(installation, slug, throttle, number))
    installation.store.close()
    told = f"{milliseconds(alone)} alone, {milliseconds(apart)} beside {STRANGERS}; hashed in the transaction {milliseconds(held)}"
    found = [Figure("a write beside strangers who sign in, over one alone", place.kind, told, apart / alone, 25)]
    if place.kind == "SQLite":
        name = "the same with the hash in the transaction, over today's"
        found.append(Figure(name, place.kind, told, held / apart, 3, at_least=True))
    return found


def _today(installation: Installation, slug: str, throttle: Throttle, number: int) -> None:
    attempt = Attempt(f"login{number % 50}", "Falsch-2020", network=f"10.0.{number % 250}.{number // 250 % 250}")
    with suppress(RendaError):
        sign_in(Realm(installation, slug), attempt, throttle, Lifetime())


def _in_the_transaction(installation: Installation, slug: str) -> None:
    """As it was: the row is locked, and on SQLite the only writer is held, while the password is hashed."""
    with installation.writing(slug) as desk:
        row = lock_row(desk.session, AccountRow, "chair", by=AccountRow.login)
        assert row is not None
        fits(row.password, "Falsch-2020")
        row.failures += 1


def _beside(installation: Installation, slug: str, stranger: Callable[[int], None]) -> float:
    ended, numbers = threading.Event(), iter(range(10**9))

    def go_on() -> None:
        while not ended.is_set():
            stranger(next(numbers))
            ended.wait(EACH)

    threads = [threading.Thread(target=go_on) for _ in range(STRANGERS)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    try:
        return _written(installation, slug)
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _written(installation: Installation, slug: str) -> float:
    times = []
    for _ in range(WRITES):
        began = time.perf_counter()
        with installation.writing(slug) as desk:
            # The lock that every action takes, and a row.
            chain.lock(desk)
            desk.session.add(OrganRow(code=f"b{began}", name="局", sort="government"))
        times.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    return statistics.median(times)
