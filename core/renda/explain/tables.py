"""Tables of a rule, checked and written once: a district's table serves every matter of its rule."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING

from renda.explain.explained import text_of
from renda.explain.values import Value, checked, written

if TYPE_CHECKING:
    from collections.abc import Mapping

Rows = tuple[tuple[str, Value], ...]

_MOST = 512
# By the identity of a mapping: its keys and values as they were when checked, and the rows made of them.
# The entry counts only while the mapping holds these very objects, so a changed table is checked again.
_known: dict[int, tuple[tuple[str, ...], tuple[Value, ...], Rows]] = {}
# By the identity of rows, which the entry keeps alive.
_texts: dict[int, tuple[Rows, tuple[tuple[str | None, str | None], ...]]] = {}


def rows_of(table: Mapping[str, Value], label: str) -> Rows:
    """The table as rows in its order; ``RendaError`` for a key that is no text or a value not allowed."""
    keys, values = tuple(table), tuple(table.values())
    known = _known.get(id(table))
    if known is not None and len(keys) == len(known[0]):
        same_keys = all(map(is_, keys, known[0]))
        if same_keys and all(map(is_, values, known[1])):
            return known[2]
    rows = tuple([(text_of(key), checked(value, label)) for key, value in zip(keys, values, strict=True)])
    if len(_known) >= _MOST:
        _known.clear()
    _known[id(table)] = keys, values, rows
    return rows


def written_rows(rows: Rows) -> list[list[str | None]]:
    """The rows as kept, each a list of two tagged texts of its own."""
    entry = _texts.get(id(rows))
    if entry is None or entry[0] is not rows:
        if len(_texts) >= _MOST:
            _texts.clear()
        entry = rows, tuple([(written(key), written(value)) for key, value in rows])
        _texts[id(rows)] = entry
    return [[key, value] for key, value in entry[1]]
