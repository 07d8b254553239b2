"""A district's files as they were correct, in the database: what holds while one is wrong, and what older matters rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update

from renda.model import District, RuleFileRow
from renda.store import BoundSession, Store


class KeptRules:
    """The kept files of one district; each question is a session of its own."""

    def __init__(self, store: Store, district_id: int) -> None:
        self.store = store
        self.district_id = district_id

    def newest(self, name: str) -> bytes | None:
        """See ``KeptFiles``."""
        with self.store.reading(self.district_id) as session:
            text = session.scalar(select(RuleFileRow.text).where(RuleFileRow.name == name).order_by(*_NEWEST).limit(1))
        return None if text is None else text.encode()

    def history(self, name: str) -> Sequence[bytes]:
        """See ``KeptFiles``."""
        with self.store.reading(self.district_id) as session:
            texts = session.scalars(select(RuleFileRow.text).where(RuleFileRow.name == name).order_by(*_NEWEST)).all()
        return [text.encode() for text in texts]

    def keep(self, contents: Mapping[str, bytes], now: datetime) -> None:
        """Keep those files that are not as they were kept last."""
        with self.store.reading(self.district_id) as session:
            fresh = _unlike_the_newest(session, contents)
        if not fresh:
            return
        with self.store.writing(self.district_id) as session:
            # Another process may have kept the same meanwhile; twice the same does no harm.
            for name in _unlike_the_newest(session, contents):
                text = contents[name].decode()
                session.add(RuleFileRow(name=name, digest=_digest(contents[name]), text=text, at=now))


def raise_generation(session: BoundSession, district_id: int) -> None:
    """Let every process read the rules of a district again, with the commit of this session."""
    query = update(District).where(District.id == district_id)
    session.execute(query.values(rules_generation=District.rules_generation + 1))


_NEWEST = (RuleFileRow.id.desc(),)


def _unlike_the_newest(session: BoundSession, contents: Mapping[str, bytes]) -> list[str]:
    newest = {
        row.name: row.digest
        for row in session.execute(select(RuleFileRow.name, RuleFileRow.digest).order_by(RuleFileRow.id))
    }
    return [name for name, content in contents.items() if newest.get(name) != _digest(content)]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
