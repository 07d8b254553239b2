"""A number with its reasons as a page shows it: a sentence, a tree, a picture of its parts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from renda.explain import Explained, Row, from_json, outline, sentence, shown_value
from renda.explain.words import heading
from renda.i18n import current_locale, gettext, reading_in


@dataclass
class Branch:
    """One step of the tree with the steps it rests on."""

    row: Row
    parts: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reasons:
    """An explained value, ready to be shown."""

    label: str
    shown: str
    sentence: str
    tree: Branch
    parts: Sequence[tuple[str, str]]
    chart: str
    day: date | None = None


def reasons(explained: Explained, day: date | None = None) -> Reasons:
    """The value in words, as a tree and, where its parts are numbers, as a picture."""
    label = gettext(heading(explained)) if heading(explained) else ""
    parts = _parts(explained)
    wish = {"kind": "bar", "horizontal": True, "title": label or gettext("得分构成")}
    return Reasons(
        label=label,
        shown=shown_value(explained, gettext),
        sentence=sentence(explained, gettext),
        tree=tree(outline(explained, gettext)),
        parts=parts,
        chart=json.dumps(wish, ensure_ascii=False) if len(parts) > 1 else "",
        day=day,
    )


def proven(kept: Mapping[str, Any], day: date | None = None) -> Reasons:
    """A kept explanation, replayed and shown; what is kept and shown alike is replayed once."""
    return replace(_proven(json.dumps(kept), current_locale()), day=day)


@lru_cache(maxsize=2_048)
def _proven(kept: str, locale: str) -> Reasons:
    with reading_in(locale):
        return reasons(from_json(json.loads(kept)))


def tree(rows: Sequence[Row]) -> Branch:
    """The rows of an outline as branches."""
    trunk = Branch(rows[0])
    path = [trunk]
    for row in rows[1:]:
        branch = Branch(row)
        del path[row.depth :]
        path[-1].parts.append(branch)
        path.append(branch)
    return trunk


def _parts(explained: Explained) -> list[tuple[str, str]]:
    while len(explained.parts) == 1:
        explained = explained.parts[0]
    numbers = [part for part in explained.parts if isinstance(part.value, int) or _is_number(part)]
    if len(numbers) != len(explained.parts) or explained.op not in {"total", "minus", "mean", "gathered"}:
        return []
    return [(gettext(heading(part)) or str(at), shown_value(part, gettext)) for at, part in enumerate(numbers, 1)]


def _is_number(part: Explained) -> bool:
    return part.value is not None and not isinstance(part.value, str | bool | Fraction)
