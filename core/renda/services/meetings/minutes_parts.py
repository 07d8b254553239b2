"""What minutes are made of: sections with sentences and tables; and the hour of a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from renda.services.desk import CHINA


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its columns, its rows as text."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; ``level`` 2 is part of the section before it."""

    title: str
    paragraphs: Sequence[str]
    tables: Sequence[Table] = ()
    level: int = 1


def hour(moment: datetime | None) -> str:
    """The hour and minute in China; empty where there is none."""
    return "" if moment is None else f"{moment.astimezone(CHINA):%H:%M}"
