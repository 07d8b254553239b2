"""Medians, ratios, and the table they are printed in."""

from __future__ import annotations

import gc
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was compared, what came out, what was asked for."""

    name: str
    database: str
    measured: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure is on the right side of its limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int = 7, times: int = 20
) -> tuple[float, float]:
    """The median times of two things done in turn, so that both meet the same machine."""
    first, second = [], []
    for _ in range(rounds + 1):
        gc.collect()
        first.append(_batch(ours, times))
        second.append(_batch(theirs, times))
    return statistics.median(first[1:]), statistics.median(second[1:])


def _batch(work: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times


def milliseconds(value: float) -> str:
    """A time as people read it."""
    return f"{value * 1000:.2f} ms"


def machine() -> str:
    """What the figures were taken on."""
    packages = ("flask", "sqlalchemy", "marshmallow", "pluggy", "granian")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"{platform.machine()} · {platform.system()} · Python {platform.python_version()} · {versions}"


def table(figures: list[Figure]) -> str:
    """The figures in Markdown; those that missed stay and say so."""
    lines = ["| figure | database | measured | value | asked | |", "|---|---|---|---|---|---|"]
    for each in figures:
        sign = "≥" if each.at_least else "≤"
        told = "met" if each.met else "**missed**"
        lines.append(
            f"| {each.name} | {each.database} | {each.measured} | {each.value:,.2f} | {sign} {each.limit:g} | {told} |"
        )
    return "\n".join(lines)
