"""A value with its reasons. Only the combinators of this package make one, so that it cannot lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple, NoReturn, cast, final

from renda.errors import RendaError, declare
from renda.explain.values import Value, checked, named, shown

declare(
    {
        "explain.direct": "解释不能直接构造；请用 leaf、looked_up、times、total 等组合函数得出。",
        "explain.label": "解释的名称必须是文字（现为 {kind}）。",
        "explain.cite": "“{label}”的依据写法不对；请用 cite_rule、cite_matter、cite_ballot、cite_rating 或 cite_fact 写明。",
        "explain.too_deep": "“{label}”的解释层层相套超过 {limit} 层；请把各项并列相加，不要逐项累加。",
        "explain.too_large": "“{label}”的解释超过 {limit} 项；请分部分汇总，或用 counted 计数。",
    }
)

CITE_KINDS: Final = ("rule", "matter", "ballot", "rating", "fact")
DEEPEST: Final = 60
LARGEST: Final = 20_000


class Cite(NamedTuple):
    """What a leaf rests on: its kind (one of ``CITE_KINDS``), a reference for links, a text for readers."""

    kind: str
    ref: str
    text: str


Cites = Cite | Iterable[Cite] | None


def cite_rule(text: str, ref: str = "") -> Cite:
    """An article of a law or a local rule, such as 「…办法」第八条."""
    return Cite("rule", ref, text)


def cite_matter(matter_id: object, text: str = "") -> Cite:
    """A matter, by its id."""
    return Cite("matter", str(matter_id), text)


def cite_ballot(ballot_id: object, text: str = "") -> Cite:
    """A closed ballot, by its id."""
    return Cite("ballot", str(ballot_id), text)


def cite_rating(rating_id: object, text: str = "") -> Cite:
    """A rating somebody gave, by its id."""
    return Cite("rating", str(rating_id), text)


def cite_fact(ref: object, text: str = "") -> Cite:
    """A fact another practice reported, by its reference."""
    return Cite("fact", str(ref), text)


@final
class Explained:
    """A value and how it came about: the operation, its parts, its constants, what it rests on.

    ``op`` names the combinator; ``detail`` holds its constants (a weight, a table, a limit) in the
    combinator's own order. Immutable. Two are equal when every part of them is.
    """

    __slots__ = ("cites", "depth", "detail", "label", "op", "parts", "size", "value")

    op: str
    label: str
    value: Value
    parts: tuple[Explained, ...]
    cites: tuple[Cite, ...]
    detail: tuple[Any, ...]
    depth: int
    size: int

    def __new__(cls, *_: object, **__: object) -> Explained:
        """Refuse: see ``explain.direct``."""
        raise RendaError("explain.direct")

    def __init_subclass__(cls) -> None:
        raise RendaError("explain.direct")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"an explanation does not change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"an explanation does not change: {name}")

    def __copy__(self) -> Explained:
        return self

    def __deepcopy__(self, memo: object) -> Explained:
        return self

    def _key(self) -> tuple[Any, ...]:
        return self.op, self.label, type(self.value), self.value, self.parts, self.cites, self.detail

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Explained) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"<Explained {self.op} {self.label} {shown(self.value)}>"


_set_op, _set_label, _set_value, _set_parts, _set_cites, _set_detail, _set_depth, _set_size = (
    Explained.__dict__[name].__set__ for name in ("op", "label", "value", "parts", "cites", "detail", "depth", "size")
)


def made(  # noqa: PLR0917
    op: str,
    label: str,
    value: Value,
    parts: tuple[Explained, ...] = (),
    cites: Cites = None,
    detail: tuple[Any, ...] = (),
) -> Explained:
    """For the combinators of this package alone: an ``Explained`` of values already checked."""
    if type(label) is not str:
        label = text_of(label)
    depth = size = 1
    for part in parts:
        size += part.size
        if part.depth >= depth:
            depth = part.depth + 1
    if depth > DEEPEST:
        raise RendaError("explain.too_deep", label=named(label), limit=DEEPEST)
    if size > LARGEST:
        raise RendaError("explain.too_large", label=named(label), limit=LARGEST)
    node = object.__new__(Explained)
    _set_op(node, op)
    _set_label(node, label)
    _set_value(node, value)
    _set_parts(node, parts)
    _set_cites(node, () if cites is None else _cited(cites, label))
    _set_detail(node, detail)
    _set_depth(node, depth)
    _set_size(node, size)
    return node


def text_of(label: object) -> str:
    """The label as plain text; raises ``explain.label`` for anything else."""
    if not isinstance(label, str):
        raise RendaError("explain.label", kind=type(label).__name__)
    return cast("str", checked(label, ""))


def _cited(cites: Cite | Iterable[Cite], label: str) -> tuple[Cite, ...]:
    found: tuple[object, ...] = (cites,) if isinstance(cites, Cite) else tuple(cites)
    for cite in found:
        known = isinstance(cite, Cite) and cite.kind in CITE_KINDS
        if not known or {type(text) for text in cast("Cite", cite)} != {str}:
            raise RendaError("explain.cite", label=named(label))
    return cast("tuple[Cite, ...]", found)
