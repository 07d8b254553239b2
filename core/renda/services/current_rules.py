"""The rules every process goes by: read again as soon as a file or the district's generation number has changed.

A file that is wrong takes nothing off: what was kept of it holds, and the rulebook says what is wrong.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from renda.rule_files import Mark
from renda.rulebook import KEPT, Rulebook, Rulebooks
from renda.services import drift
from renda.services.kept_rules import KeptRules
from renda.store import BoundSession, Store

log = logging.getLogger("renda.rules")


@dataclass(frozen=True, slots=True)
class _Loaded:
    mark: Mark
    generation: int
    book: Rulebook


class CurrentRules:
    """The rulebooks of one process."""

    def __init__(self, store: Store, rulebooks: Rulebooks, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.rulebooks = rulebooks
        self.clock = clock
        self._loaded: dict[str, _Loaded] = {}
        self._lock = threading.Lock()

    def of(self, slug: str, district_id: int) -> Rulebook:
        """The rules of a district as its files are at this moment; raises what is wrong where nothing was ever correct."""
        mark = self.rulebooks.mark(slug)
        known = self._loaded.get(slug)
        if known is None or known.mark != mark:
            with self._lock:
                known = self._loaded.get(slug)
                if known is None or known.mark != mark:
                    known = self._load(slug, district_id, mark)
                    self._keep(known.book, district_id)
        return known.book

    def in_session(self, slug: str, session: BoundSession, book: Rulebook) -> Rulebook:
        """The same where the session says that a command has changed something since ``book`` was read."""
        known, generation = self._loaded.get(slug), session.rules_generation()
        if known is None or known.generation == generation:
            return book
        with self._lock:
            return self._load(slug, session.district_id, self.rulebooks.mark(slug), anew=True).book

    def _load(self, slug: str, district_id: int, mark: Mark, *, anew: bool = False) -> _Loaded:
        kept = KeptRules(self.store, district_id)
        # The number first: what is changed while the files are read will be noticed the next time.
        with self.store.reading(district_id) as session:
            generation = session.rules_generation()
            book = self.rulebooks.tolerant(slug, kept, anew=anew)
            book.drifted = drift.drifted(session, book)
        for mistake in (*book.mistakes.values(), *book.drifted):
            log.error("rules of %s: %s", slug, mistake)
        while len(self._loaded) >= KEPT:
            self._loaded.pop(next(iter(self._loaded)), None)
        self._loaded[slug] = _Loaded(mark, generation, book)
        return self._loaded[slug]

    def _keep(self, book: Rulebook, district_id: int) -> None:
        try:
            KeptRules(self.store, district_id).keep(book.contents, self.clock())
        except DBAPIError as error:
            # A database that takes nothing at present must not stop the reading of pages.
            log.warning("rules of %s were not kept: %s", book.district.slug, error.orig)
