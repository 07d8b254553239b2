"""How an explanation is kept, and how the core proves it without the plugin that made it.

Kept form: ``{"op", "label", "value"}``, with ``"parts"``, ``"cites"`` and ``"detail"`` where not empty,
values as tagged text (``renda.explain.values.written``), and at the root a ``"seal"``, the SHA-256 of the
rest. Reading rebuilds every node through its combinator, so what was read was computed here and now.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from renda.errors import RendaError, declare
from renda.explain.arithmetic import (
    capped,
    counted,
    counted_many,
    floored,
    gathered,
    leaf,
    looked_up,
    mean,
    minus,
    percent,
    ratio,
    rounded,
    times,
    total,
)
from renda.explain.conditions import banded, chosen, condition, met
from renda.explain.explained import DEEPEST, Cite, Explained
from renda.explain.tables import written_rows
from renda.explain.values import Value, named, read, shown, written

declare(
    {
        "explain.lie": "“{label}”记录的结果是 {stored}，按它自己的依据重算是 {computed}；记录被改动过，请与审计记录核对。",
        "explain.malformed": "“{label}”的解释无法读取（{reason}）；记录不完整或被改动过，请从备份恢复或重新计分。",
        "explain.seal": "“{label}”的解释与它的封签不符；名称、依据、权重或表格被改动过，请与审计记录核对。",
    }
)


class _Kept(NamedTuple):
    """One node as read: its parts rebuilt already, its value only claimed."""

    label: str
    value: Value
    parts: tuple[Explained, ...]
    cites: tuple[Cite, ...]
    detail: tuple[Any, ...]

    @property
    def second(self) -> Any:
        """The weight or the limit: a part with reasons of its own, or a constant."""
        return (*self.parts, *self.detail)[1]


def _count(kept: _Kept) -> Explained:
    if len(kept.detail) == 1:
        return counted(kept.label, kept.detail[0], kept.cites)
    count, names_digest = kept.detail
    return counted_many(kept.label, count, names_digest, kept.cites)


def _rounding(kept: _Kept, combinator: Callable[..., Explained]) -> Explained:
    digits, mode = kept.detail
    return combinator(kept.parts[0], digits, mode, kept.label)


def _bands(kept: _Kept) -> Explained:
    rows, top, below = kept.detail
    return banded(kept.label, kept.parts[0], dict(rows), top=top, below=below, cites=kept.cites)


def _condition(kept: _Kept) -> Explained:
    left, right = kept.parts
    return condition(kept.label, left, kept.detail[0], right, cites=kept.cites)


def _choice(kept: _Kept) -> Explained:
    cases = [(kept.parts[at], kept.parts[at + 1]) for at in range(0, len(kept.parts) - 1, 2)]
    return chosen(kept.label, *cases, otherwise=kept.parts[-1], cites=kept.cites)


_REBUILD: Mapping[str, Callable[[_Kept], Explained]] = {
    "leaf": lambda kept: leaf(kept.label, kept.value, kept.cites),
    "looked_up": lambda kept: looked_up(kept.label, kept.detail[0], dict(kept.detail[1]), cites=kept.cites),
    "counted": _count,
    "times": lambda kept: times(kept.parts[0], kept.second, kept.label, cites=kept.cites),
    "total": lambda kept: total(kept.label, *kept.parts),
    "minus": lambda kept: minus(kept.label, *kept.parts),
    "ratio": lambda kept: ratio(kept.label, *kept.parts),
    "rounded": lambda kept: _rounding(kept, rounded),
    "percent": lambda kept: _rounding(kept, percent),
    "mean": lambda kept: mean(kept.label, *kept.parts),
    "capped": lambda kept: capped(kept.parts[0], kept.second, kept.label),
    "floored": lambda kept: floored(kept.parts[0], kept.second, kept.label),
    "gathered": lambda kept: gathered(kept.label, *kept.parts),
    "banded": _bands,
    "condition": _condition,
    "met": lambda kept: met(kept.label, *kept.parts, need=kept.detail[0] if kept.detail else None),
    "chosen": _choice,
}
_PROOFS = frozenset({"explain.lie", "explain.malformed"})


def _constant(detail: Any) -> Any:
    return [_constant(item) for item in detail] if type(detail) is tuple else written(detail)


def content(explained: Explained) -> dict[str, Any]:
    """The kept form without the seal."""
    node: dict[str, Any] = {
        "op": explained.op,
        "label": explained.label,
        "value": written(explained.value),
    }
    if explained.parts:
        node["parts"] = [content(part) for part in explained.parts]
    if explained.cites:
        node["cites"] = [list(cite) for cite in explained.cites]
    if explained.op == "looked_up":
        node["detail"] = [written(explained.detail[0]), written_rows(explained.detail[1])]
    elif explained.detail:
        node["detail"] = [_constant(item) for item in explained.detail]
    return node


def _seal(node: dict[str, Any]) -> str:
    return sha256(json.dumps(node).encode()).hexdigest()


def digest(explained: Explained) -> str:
    """The seal alone, 64 hexadecimal digits, for the record."""
    return _seal(content(explained))


def to_json(explained: Explained) -> dict[str, Any]:
    """The kept form with its seal, ready for ``json.dumps`` or a JSON column; the order of keys is free."""
    node = content(explained)
    node["seal"] = _seal(node)
    return node


def same(explained: Explained, kept: Mapping[str, Any]) -> bool:
    """Whether ``kept`` says exactly what ``explained`` says; cheap, for rescoring many."""
    node = content(explained)
    return len(kept) == len(node) + 1 and "seal" in kept and all(kept.get(key) == node[key] for key in node)


def from_json(kept: Mapping[str, Any]) -> Explained:
    """The explanation kept, every value computed anew from the leaves.

    Raises ``RendaError``: ``explain.lie`` where a value is not what its own reasons give,
    ``explain.malformed`` where the shape is wrong, ``explain.seal`` where anything else was changed.
    """
    if not isinstance(kept, Mapping):
        raise RendaError("explain.malformed", label=named(""), reason=type(kept).__name__)
    explained = _rebuilt(kept, 1)
    node = content(explained)
    if {**node, "seal": _seal(node)} != dict(kept):
        raise RendaError("explain.seal", label=named(explained.label))
    return explained


def replay(explained: Explained | Mapping[str, Any]) -> Explained:
    """Prove an explanation, in memory or kept: recompute all of it; errors as for ``from_json``."""
    return from_json(to_json(explained) if isinstance(explained, Explained) else explained)


def _rebuilt(node: Any, depth: int) -> Explained:
    label = node.get("label") if isinstance(node, Mapping) else None
    name = named(label if isinstance(label, str) else "")
    if depth > DEEPEST:
        raise RendaError("explain.malformed", label=name, reason="层数过多")
    try:
        value = read(node["value"])
        parts = tuple([_rebuilt(part, depth + 1) for part in node.get("parts", ())])
        cites = tuple([Cite(*cite) for cite in node.get("cites", ())])
        detail = tuple([_read_constant(item) for item in node.get("detail", ())])
        explained = _REBUILD[node["op"]](_Kept(node["label"], value, parts, cites, detail))
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as mistake:
        raise RendaError("explain.malformed", label=name, reason=str(mistake)) from None
    except RendaError as mistake:
        if mistake.code in _PROOFS:
            raise
        raise RendaError("explain.malformed", label=name, reason=mistake.message) from None
    if written(explained.value) != node["value"]:
        computed = shown(explained.value) or "空"
        raise RendaError("explain.lie", label=name, stored=shown(value) or "空", computed=computed)
    return explained


def _read_constant(item: Any) -> Any:
    return tuple([_read_constant(inner) for inner in item]) if isinstance(item, list) else read(item)
