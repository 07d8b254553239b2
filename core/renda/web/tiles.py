"""A table drawn as tiles: one for each row, laid out by groups, with a bar of its parts. No place is claimed for any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from renda.answers import Sheet
from renda.explain import Explained, shown_value
from renda.i18n import gettext
from renda.web.shown import plain

WIDTH = 1000
"""The width of a bar in the units it is drawn in."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a tile's bar: which it is (from 1), its label and number, where it begins and how wide it is."""

    place: int
    label: str
    shown: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Tile:
    """One row: its name, the whole with its label, and the parts; ``parts`` of nothing are 0 wide."""

    name: str
    whole_label: str
    whole: str
    parts: Sequence[Part]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(part.width for part in self.parts)


@dataclass(frozen=True, slots=True)
class Group:
    """Tiles that belong together."""

    name: str
    tiles: Sequence[Tile]


def groups_of(sheet: Sheet) -> list[Group]:
    """The tiles of a table in the order of its rows; none where it does not ask for them."""
    if not sheet.tiles:
        return []
    name, group, whole, *parts = sheet.tiles
    found: dict[str, list[Tile]] = {}
    for row in sheet.rows:
        tile = Tile(_shown(row[name]), gettext(sheet.columns[whole]), _shown(row[whole]), _parts(sheet, row, parts))
        found.setdefault(_shown(row[group]), []).append(tile)
    return [Group(title, tiles) for title, tiles in found.items()]


def _parts(sheet: Sheet, row: Sequence[Any], columns: Sequence[int]) -> list[Part]:
    numbers = [_number(row[column]) for column in columns]
    every = sum(numbers)
    found, start, below = [], 0, Decimal(0)
    for place, (column, number) in enumerate(zip(columns, numbers, strict=True), 1):
        below += number
        # Rounded where they end, so that the parts always fill the bar.
        end = int(below * WIDTH / every) if every else 0
        found.append(Part(place, gettext(sheet.columns[column]), _shown(row[column]), start, end - start))
        start = end
    return found


def _number(value: Any) -> Decimal:
    number = value.value if isinstance(value, Explained) else value
    return max(Decimal(str(number)), Decimal(0)) if isinstance(number, int | Decimal) else Decimal(0)


def _shown(value: Any) -> str:
    return shown_value(value, gettext) if isinstance(value, Explained) else plain(value)
