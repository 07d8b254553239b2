"""Finding versions that matters or ballots rest on and that a district's files no longer have as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select, tuple_

from renda.errors import RendaError
from renda.model import BallotRow, MatterRow
from renda.rulebook import Rulebook
from renda.store import BoundSession

_KEY = (MatterRow.practice, MatterRow.rules_effective, MatterRow.rules_digest)
_OF_BALLOTS = (BallotRow.practice, BallotRow.rules_effective, BallotRow.rules_digest)


def in_use(session: BoundSession) -> Iterator[tuple[str, date, str]]:
    """The versions matters and ballots rest on, each once: practice, first day, digest.

    Of matters there are many: one seek in the index for each version.
    """
    query = select(*_KEY).order_by(*_KEY).limit(1)
    known = set()
    found = session.execute(query).first()
    while found is not None:
        practice, effective, digest = found
        known.add((practice, effective, digest))
        yield practice, effective, digest
        found = session.execute(query.where(tuple_(*_KEY) > (practice, effective, digest))).first()
    voted = select(*_OF_BALLOTS).where(BallotRow.rules_effective.is_not(None)).distinct().order_by(*_OF_BALLOTS)
    for code, day, mark in session.execute(voted):
        if day is not None and (code, day, mark) not in known:
            yield code, day, mark


def drifted(session: BoundSession, rulebook: Rulebook) -> list[RendaError]:
    """One error ``rules.drift`` for each version in use that was changed or taken away."""
    mistakes = []
    for practice, effective, digest in in_use(session):
        try:
            rulebook.check_present(practice, effective, digest)
        except RendaError as mistake:
            mistakes.append(mistake)
    return mistakes
