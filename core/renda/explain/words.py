"""Single values and headings in words; see ``renda.explain.told`` for whole explanations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from renda.explain.arithmetic import NO_DENOMINATOR
from renda.explain.values import Value, shown

if TYPE_CHECKING:
    from renda.explain.explained import Explained

Translate = Callable[[str], str]

HOLDS, HOLDS_NOT = "满足", "不满足"
_SHARE, _PER_CENT = 1, 2


def heading(explained: Explained) -> str:
    """The label, or that of the first part where a step (such as a rounding) has none of its own."""
    while not explained.label and explained.parts and explained.op not in {"leaf", "gathered"}:
        explained = explained.parts[0]
    return explained.label


def shown_value(explained: Explained, translate: Translate = str) -> str:
    """The value as its kind is read: shares as per cent, truths of conditions as 满足 or 不满足."""
    value = explained.value
    if value is None:
        none = explained.op in {"ratio", "percent", "rounded", "banded"}
        return translate(NO_DENOMINATOR) if none else ""
    if explained.op in {"condition", "met"}:
        return translate(HOLDS if value else HOLDS_NOT)
    unit = _unit(explained)
    if unit == _PER_CENT:
        return shown(value) + "%"
    plain = text(value, translate, percent=unit == _SHARE)
    if explained.op == "ratio" and "/" in plain:
        # The share as it was counted: 327/774 tells more than 109/258.
        counts = [part.value for part in explained.parts]
        plain = f"{counts[0]}/{counts[1]}" if all(type(count) is int for count in counts) else plain
    return plain


def is_share(explained: Explained) -> bool:
    """Whether the value is a share of 1, to be shown as per cent."""
    return _unit(explained) == _SHARE


def _spaced(*words: str) -> str:
    return " ".join(word for word in words if word)


def headed(node: Explained, translate: Translate) -> str:
    """Heading and value, as a term of a formula."""
    label = heading(node)
    return _spaced(translate(label) if label else "", shown_value(node, translate))


def text(value: Value, translate: Translate, *, percent: bool = False) -> str:
    """A plain value for the reader, texts translated."""
    plain = shown(value, percent=percent)
    return translate(plain) if plain and isinstance(value, (str, bool)) else plain


def _unit(node: Explained) -> int:
    if node.op == "ratio":
        return _SHARE
    if node.op == "percent":
        return _PER_CENT
    if node.op in {"rounded", "capped", "floored"}:
        return _unit(node.parts[0])
    if node.op in {"total", "minus", "mean"} and node.parts:
        units = {_unit(part) for part in node.parts}
        return units.pop() if len(units) == 1 else 0
    return 0
