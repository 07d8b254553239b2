"""The hall's address, and what pages ask again and again: how many are there, how many have voted.

A hall's screen is nobody's: signed in, it would be somebody's account on a wall, and a session ends after half an
hour. So its address carries a signature nobody can guess; it opens what everybody in the hall may see, and after the
sitting is closed nothing. The answer to polling is kept for half a second and costs one statement, no session and
nothing written; unchanged, it is a 304.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from flask import current_app, json
from itsdangerous import BadData, URLSafeSerializer

from renda.errors import RendaError
from renda.services import ballots
from renda.services.desk import Desk, Installation
from renda.web.errors import NOT_FOUND

KEPT_FOR = 0.5


@dataclass
class Polled:
    """Answers kept for a moment, by district and sitting; whoever changes a ballot forgets them."""

    answers: dict[tuple[str, int], tuple[float, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def forget(self, slug: str) -> None:
        """Ask again at once: something was done with a ballot of this district."""
        for place in [place for place in self.answers if place[0] == slug]:
            self.answers.pop(place, None)

    def answer(self, installation: Installation, slug: str, meeting: int, now: float) -> str:
        """The answer for a sitting as JSON; ``now`` in seconds of a clock that only goes forward."""
        place = (slug, meeting)
        kept = self.answers.get(place)
        if kept is not None and now - kept[0] < KEPT_FOR:
            return kept[1]
        with self.lock:
            kept = self.answers.get(place)
            if kept is None or now - kept[0] >= KEPT_FOR:
                kept = (now, _asked(installation, slug, meeting))
                self.answers[place] = kept
        return kept[1]


def _asked(installation: Installation, slug: str, meeting: int) -> str:
    with installation.reading(slug) as desk:
        return told(desk, meeting)


def told(desk: Desk, meeting: int) -> str:
    """What polling says of a sitting, as a page knows it when it is made; raises ``web.not_found``."""
    found = ballots.turnout(desk, meeting)
    if found is None:
        raise RendaError(NOT_FOUND)
    running = [] if found.state == "closed" else found.ballots
    counts = [{"id": each.id, "state": each.state, "voted": each.voted, "issued": each.issued} for each in running]
    return json.dumps({"state": found.state, "present": found.present, "ballots": counts})


def polled() -> Polled:
    """The answers this process keeps."""
    found: Polled = current_app.extensions.setdefault("renda_polled", Polled())
    return found


def turnout_now(installation: Installation, slug: str, meeting: int) -> str:
    """What polling is answered at this moment."""
    return polled().answer(installation, slug, meeting, time.monotonic())


def hall_token(slug: str, meeting: int) -> str:
    """The part of a hall's address that nobody can guess."""
    return str(_serializer().dumps([slug, meeting]))


def meeting_of(slug: str, token: str) -> int:
    """The sitting a hall's address is for; raises ``web.not_found`` for any other text."""
    try:
        said = _serializer().loads(token)
    except BadData:
        raise RendaError(NOT_FOUND) from None
    if not isinstance(said, list) or len(said) != 2 or said[0] != slug or not isinstance(said[1], int):
        raise RendaError(NOT_FOUND)
    return said[1]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="renda.hall")
