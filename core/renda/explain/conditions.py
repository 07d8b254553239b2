"""The combinators that decide: grades by bands, conditions, all of them met, one case chosen of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from renda.errors import RendaError, declare
from renda.explain.arithmetic import Operand, as_part
from renda.explain.explained import Cites, Explained, made, text_of
from renda.explain.values import Number, Value, checked, comparable, named, number, numeric, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

declare(
    {
        "explain.bands": "“{label}”的分档写法不对：{reason}；请给每个等次一个不同的下限。",
        "explain.outside_bands": "“{label}”的数值 {value} 不在任何一档（{lowest} 至 {highest}）；请检查数值或分档。",
        "explain.relation": "“{label}”的比较符号 {relation} 无法识别；只能用 {allowed}。",
        "explain.not_comparable": "“{label}”两边不能比较：{left} 与 {right}；请比较两个数，或用 == 比较两段文字。",
        "explain.not_a_condition": "“{label}”里的“{part}”不是条件；请用 condition 或 met 得出是或否。",
        "explain.need": "“{label}”要求满足 {need} 项，但共有 {count} 项；请改为 1 至 {count}。",
    }
)

RELATIONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}
_SAME_OR_NOT = ("==", "!=")


def banded(
    label: str,
    part: Operand,
    bands: Mapping[str, Number],
    *,
    top: Number | None = None,
    below: str | None = None,
    cites: Cites = None,
) -> Explained:
    """The grade of ``part``, unrounded, by half-open bands: each grade's lower bound belongs to it.

    ``bands`` maps grades to lower bounds, in any order; ``top`` is the greatest value allowed, inclusive;
    ``below`` the grade under the lowest bound. A part without a number (a share of nothing) gets ``None``.
    Raises ``explain.bands``, ``explain.outside_bands``.
    """
    rows = [(text_of(grade), number(bound, label)) for grade, bound in bands.items()]
    rows.sort(key=lambda row: comparable(row[1]), reverse=True)
    if not rows:
        raise RendaError("explain.bands", label=named(label), reason="没有等次")
    bounds = [comparable(bound) for _, bound in rows]
    if len(set(bounds)) < len(bounds):
        raise RendaError("explain.bands", label=named(label), reason="两个等次的下限相同")
    limit = None if top is None else number(top, label)
    if limit is not None and comparable(limit) < bounds[0]:
        raise RendaError("explain.bands", label=named(label), reason="上限低于最高一档的下限")
    lowest = None if below is None else text_of(below)
    first = as_part(part, label)
    grade = None if first.value is None else _grade(label, numeric(first.value, label), rows, limit, lowest)
    return made("banded", label, grade, (first,), cites, (tuple(rows), limit, lowest))


def _grade(label: str, value: Number, rows: list[tuple[str, Number]], top: Number | None, below: str | None) -> str:
    exact = comparable(value)
    if top is None or exact <= comparable(top):
        for grade, bound in rows:
            if exact >= comparable(bound):
                return grade
        if below is not None:
            return below
    lowest, highest = shown(rows[-1][1]), "∞" if top is None else shown(top)
    raise RendaError("explain.outside_bands", label=named(label), value=shown(value), lowest=lowest, highest=highest)


def condition(
    label: str, left: Operand | str, relation: str, right: Operand | str, *, cites: Cites = None
) -> Explained:
    """Whether ``left`` stands in ``relation`` (``< <= > >= == !=``) to ``right``: numbers exactly, or texts.

    Raises ``explain.relation``, ``explain.not_comparable`` (also for a share of nothing).
    """
    compare = RELATIONS.get(relation)
    if compare is None:
        allowed = " ".join(RELATIONS)
        raise RendaError("explain.relation", label=named(label), relation=relation, allowed=allowed)
    parts = (_side(left, label), _side(right, label))
    one, other = parts[0].value, parts[1].value
    if type(one) in (str, bool) and type(one) is type(other) and relation in _SAME_OR_NOT:
        return made("condition", label, compare(one, other), parts, cites, (relation,))
    if type(one) in (str, bool, type(None)) or type(other) in (str, bool, type(None)):
        sides = [shown(side) or "空" for side in (one, other)]
        raise RendaError("explain.not_comparable", label=named(label), left=sides[0], right=sides[1])
    result = compare(comparable(numeric(one, label)), comparable(numeric(other, label)))
    return made("condition", label, result, parts, cites, (relation,))


def _side(operand: Operand | str, label: str) -> Explained:
    if isinstance(operand, str):
        return made("leaf", "", checked(operand, label))
    return as_part(operand, label)


def met(label: str, *conditions: Explained, need: int | None = None) -> Explained:
    """Whether all ``conditions`` hold, or at least ``need`` of them. Raises ``explain.need``."""
    for part in conditions:
        _truth(part, label)
    count = len(conditions)
    if count == 0 or (need is not None and (type(need) is not int or not 1 <= need <= count)):
        raise RendaError("explain.need", label=named(label), need=need or 1, count=count)
    holding = sum(part.value is True for part in conditions)
    result = holding >= (count if need is None else need)
    return made("met", label, result, conditions, None, () if need is None else (need,))


def chosen(
    label: str, *cases: tuple[Explained, Operand | str], otherwise: Operand | str, cites: Cites = None
) -> Explained:
    """The result of the first case whose condition holds, else ``otherwise``; all cases are kept."""
    parts: list[Explained] = []
    result: Value = None
    decided = False
    for case, outcome in cases:
        told = _side(outcome, label)
        if _truth(case, label) and not decided:
            result, decided = told.value, True
        parts += (case, told)
    last = _side(otherwise, label)
    return made("chosen", label, result if decided else last.value, (*parts, last), cites)


def _truth(part: object, label: str) -> bool:
    if not isinstance(part, Explained) or type(part.value) is not bool:
        name = part.label if isinstance(part, Explained) else str(part)
        raise RendaError("explain.not_a_condition", label=named(label), part=named(name))
    return part.value


def unmet(explained: Explained) -> list[Explained]:
    """Why not: the conditions below (or at) ``explained`` that do not hold, in their order.

    Under a ``met`` that holds nothing is missing; a yes-or-no leaf counts where it stands as a condition.
    """
    if explained.op == "condition":
        return [] if explained.value else [explained]
    if explained.op == "met":
        if explained.value:
            return []
        found: list[Explained] = []
        for part in explained.parts:
            found += unmet(part) or ([] if part.value else [part])
        return found
    return [missing for part in explained.parts for missing in unmet(part)]
