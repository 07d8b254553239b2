"""The formula of each combinator in words; see ``renda.explain.told``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from renda.explain.values import shown
from renda.explain.words import Translate, headed, is_share, shown_value, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from renda.explain.explained import Explained

ROUNDED: Final[Mapping[str, str]] = {
    "half_up": "四舍五入，保留 {digits} 位小数",
    "half_even": "四舍六入五成双，保留 {digits} 位小数",
    "down": "舍去尾数，保留 {digits} 位小数",
    "up": "进一，保留 {digits} 位小数",
}
AND, OR, SEVERAL = " 且 ", " 或 ", "至少满足 {need} 项："
NO_PARTS, OTHERWISE = "没有分项", "其他情形"
CAPPED, FLOORED = "不超过 {limit}", "不低于 {limit}"
_SIGNS: Final[Mapping[str, str]] = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


def _term(node: Explained, translate: Translate) -> str:
    if node.op == "looked_up":
        label = translate(node.label) if node.label else ""
        return " ".join(word for word in (label, translate(node.detail[0]), shown_value(node, translate)) if word)
    if node.op == "condition":
        label = translate(node.label) if node.label else ""
        return f"{label}（{formula(node, translate)}）{shown_value(node, translate)}"
    if node.op == "times" and not node.label:
        return formula(node, translate)
    return headed(node, translate)


def formula(node: Explained, translate: Translate) -> str:
    """How the value came about, one level deep; empty for a leaf."""
    told = _FORMULAS.get(node.op)
    return told(node, translate) if told else ""


def _looked_up(node: Explained, translate: Translate) -> str:
    return f"{translate(node.detail[0])} → {text(node.value, translate)}"


def _times(node: Explained, translate: Translate) -> str:
    return f"{_term(node.parts[0], translate)}×{_second(node, translate)}"


def _total(node: Explained, translate: Translate) -> str:
    return " + ".join(_term(part, translate) for part in node.parts) or translate(NO_PARTS)


def _mean(node: Explained, translate: Translate) -> str:
    return f"({_total(node, translate)})÷{len(node.parts)}"


def _two(sign: str) -> Callable[[Explained, Translate], str]:
    return lambda node, translate: sign.join(_term(part, translate) for part in node.parts)


def _rounded(node: Explained, translate: Translate) -> str:
    phrase = translate(ROUNDED[node.detail[1]]).format(digits=node.detail[0])
    return f"{_inner(node.parts[0], translate)}（{phrase}）"


def _limited(phrase: str) -> Callable[[Explained, Translate], str]:
    return lambda node, translate: (
        f"{_inner(node.parts[0], translate)}（{translate(phrase).format(limit=_second(node, translate))}）"
    )


def _inner(node: Explained, translate: Translate) -> str:
    return formula(node, translate) or headed(node, translate)


def _second(node: Explained, translate: Translate) -> str:
    """The weight or limit; a limit on a share is a share too."""
    if len(node.parts) > 1:
        return _term(node.parts[1], translate)
    share = node.op != "times" and is_share(node.parts[0])
    return shown(node.detail[0], percent=share)


def _condition(node: Explained, translate: Translate) -> str:
    left, right = node.parts
    share = right.op == "leaf" and not right.label and is_share(left)
    other = shown(right.value, percent=True) if share else _term(right, translate)
    return f"{_term(left, translate)} {_SIGNS[node.detail[0]]} {other}"


def _met(node: Explained, translate: Translate) -> str:
    need = node.detail[0] if node.detail else len(node.parts)
    if need == len(node.parts):
        return translate(AND).join(_term(part, translate) for part in node.parts)
    if need == 1:
        return translate(OR).join(_term(part, translate) for part in node.parts)
    return translate(SEVERAL).format(need=need) + "、".join(_term(part, translate) for part in node.parts)


def _chosen(node: Explained, translate: Translate) -> str:
    for at in range(0, len(node.parts) - 1, 2):
        if node.parts[at].value:
            return f"{_term(node.parts[at], translate)} → {_term(node.parts[at + 1], translate)}"
    return f"{translate(OTHERWISE)} → {_term(node.parts[-1], translate)}"


def _banded(node: Explained, translate: Translate) -> str:
    return f"{_term(node.parts[0], translate)} → {shown_value(node, translate)}"


_FORMULAS: Final[Mapping[str, Callable[[Explained, Translate], str]]] = {
    "looked_up": _looked_up,
    "times": _times,
    "total": _total,
    "minus": _two(" - "),
    "ratio": _two(" ÷ "),
    "mean": _mean,
    "rounded": _rounded,
    "percent": _rounded,
    "capped": _limited(CAPPED),
    "floored": _limited(FLOORED),
    "condition": _condition,
    "met": _met,
    "chosen": _chosen,
    "banded": _banded,
    "gathered": lambda node, translate: "、".join(headed(part, translate) for part in node.parts),
}
