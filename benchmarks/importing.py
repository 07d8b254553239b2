"""How long 10,000 rows take, from the file to the commit, and how much memory they need beside what lay there before."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

from benchmarks import handled, worlds
from benchmarks.measuring import Figure
from renda.matter import Actor
from renda.services import tables
from renda.services.desk import Installation

ROWS = 10_000
# Watching memory makes everything several times slower; that it does not grow with the rows shows in fewer.
TRIED = (500, 2_000)
WITHIN = 10
MOST_MEMORY = 64


def figures(place: worlds.Place, districts: Path) -> list[Figure]:
    """Ten thousand people and ten thousand suggestions."""
    slugs = worlds.copies("pingshan", districts, 1)
    installation = worlds.installation(place, districts, slugs)
    with installation.writing(slugs[0]) as desk:
        clerk = handled.people(desk).clerk
    found = []
    for name, heading, row in (
        ("people", "代码,姓名", "p{n},人员{n}"),
        (
            "suggestions",
            "标题,事由,具体建议,类别,提出时间,领衔代表",
            "关于改善第{n}条道路照明的建议,部分路段夜间照明不足。,请增设路灯。,城市建设,闭会期间,d1",
        ),
    ):
        path = districts / f"{name}.csv"
        path.write_text("\n".join([heading, *(row.format(n=n) for n in range(ROWS)), ""]), "utf-8")
        memory = []
        for count in TRIED:
            tried = districts / f"{name}-{count}.csv"
            tried.write_text("\n".join([heading, *(row.format(n=f"x{n}") for n in range(count)), ""]), "utf-8")
            memory.append(_memory(installation, slugs[0], clerk, name, tried))
        took = _timed(installation, slugs[0], clerk, name, path)
        found += [
            Figure(f"{name}: {ROWS:,} rows imported", place.kind, "s", took, WITHIN),
            *(
                Figure(f"{name}: memory of {count:,} rows tried", place.kind, "MB", each, MOST_MEMORY)
                for count, each in zip(TRIED, memory, strict=True)
            ),
        ]
    installation.store.close()
    return found


def _timed(installation: Installation, slug: str, clerk: Actor, name: str, path: Path) -> float:
    began = time.perf_counter()
    last: object = None
    for last in tables.bring(installation, slug, clerk, name, path):  # noqa: B007
        pass
    assert isinstance(last, tables.Brought)
    assert last.added == ROWS
    return time.perf_counter() - began


def _memory(installation: Installation, slug: str, clerk: Actor, name: str, path: Path) -> float:
    tracemalloc.start()
    for _ in tables.bring(installation, slug, clerk, name, path, trial=True):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20
