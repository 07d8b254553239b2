"""Finding versions that matters rest on and that a district's files no longer have as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select, tuple_

from renda.errors import RendaError
from renda.model import MatterRow
from renda.rulebook import Rulebook
from renda.store import BoundSession

_KEY = (MatterRow.practice, MatterRow.rules_effective, MatterRow.rules_digest)


def in_use(session: BoundSession) -> Iterator[tuple[str, date, str]]:
    """The versions matters rest on: practice, first day, digest. One seek in the index for each."""
    query = select(*_KEY).order_by(*_KEY).limit(1)
    found = session.execute(query).first()
    while found is not None:
        practice, effective, digest = found
        yield practice, effective, digest
        found = session.execute(query.where(tuple_(*_KEY) > (practice, effective, digest))).first()


def drifted(session: BoundSession, rulebook: Rulebook) -> list[RendaError]:
    """One error ``rules.drift`` for each version in use that was changed or taken away."""
    mistakes = []
    for practice, effective, digest in in_use(session):
        try:
            rulebook.pinned(practice, effective, digest)
        except RendaError as mistake:
            mistakes.append(mistake)
    return mistakes
