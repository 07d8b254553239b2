"""How fast all scores are found again: 100,000 scored suggestions, one core."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks import worlds
from benchmarks.handled import handled
from benchmarks.measuring import Figure
from renda.services.rescoring import differences

COUNT = 100_000
ROUNDS = 5


def figures(place: worlds.Place, folder: Path) -> list[Figure]:
    """Scored matters a second, of which each is read, scored and compared with what is kept."""
    slug = worlds.copies("pingshan", folder, 1)[0]
    installation = worlds.installation(place, folder, [slug])
    _, number = handled(installation, slug)
    worlds.clone(place, slug, number, COUNT - 1)
    rates = []
    for _ in range(ROUNDS):
        with installation.reading(slug) as desk:
            began = time.perf_counter()
            wrong = sum(1 for _ in differences(desk))
            rates.append(COUNT / (time.perf_counter() - began))
        assert wrong == 0, wrong
    installation.store.close()
    rate = sorted(rates)[ROUNDS // 2]
    return [Figure("rescoring, matters a second", place.kind, f"{COUNT:,} matters", rate, 5_000, at_least=True)]
