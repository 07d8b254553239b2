"""Comparisons a district writes as text: ``2*满意 > N``, ``100*(a + b) >= 94*N``, ``otherwise``.

Sums of whole multiples of counts on both sides of one relation; nothing else can be said, so nothing
has to be trusted. Names are the codes of the scale's levels; ``N`` is the base.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renda.errors import RendaError, declare

from .thresholds import Comparison, Threshold, compare

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

declare(
    {
        "voting.condition_text": "{where}的条件“{condition}”看不懂:{part}处有误。"
        "写法如“2*满意 > N”或“100*(满意 + 基本满意) >= 94*N”,最后一条可写 otherwise。",
        "voting.condition_name": "{where}的条件“{condition}”用了“{name}”,量表里没有。可用的有:{allowed}。请更正。",
    }
)

OTHERWISE = "otherwise"
BASE_NAME = "N"

_WORD = re.compile(r"\s*(?:(\d+)|([^\W\d]\w*)|(>=|<=|==|[-+*×()()><=≥≤]))")
_SAME = {"×": "*", "(": "(", ")": ")", ">=": "≥", "<=": "≤", "==": "="}
_RELATIONS = ("≥", "≤", ">", "<", "=")
_STRICT = {">": True, "<": True, "≥": False, "≤": False}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; make it with ``condition_from``.

    ``words`` is the sentence in order, ``relation`` the place of the relation in it; both are empty
    and −1 for ``otherwise``.
    """

    text: str
    words: tuple[str, ...]
    relation: int

    @property
    def always(self) -> bool:
        """Whether it holds whatever the counts."""
        return not self.words

    def compare(self, counts: Mapping[str, int], base: int) -> Comparison:
        """The comparison with the counts filled in: ``2×(20+3) > 27``."""
        if self.always:
            return Comparison(0, 0, True, OTHERWISE)
        values = {**counts, BASE_NAME: base}
        left, right = self.words[: self.relation], self.words[self.relation + 1 :]
        return compare(
            _Sum(left, values).result(),
            self.words[self.relation],
            _Sum(right, values).result(),
            _shown(left, values),
            _shown(right, values),
        )

    def share(self) -> tuple[tuple[str, ...], Threshold] | None:
        """The levels whose sum is asked to be a share of the base, where the condition says just that; else None.

        ``2*(a + b) > N`` is ``("a", "b")`` and more than half.
        """
        if self.always or self.words[self.relation] not in _STRICT:
            return None
        names = tuple(dict.fromkeys(word for word in self.words if _is_name(word) and word != BASE_NAME))
        nothing = dict.fromkeys([*names, BASE_NAME], 0)
        # Sums are linear, so what one more of a name adds is its whole multiple.
        weights = {name: self._difference({**nothing, name: 1}) for name in nothing}
        base = -weights.pop(BASE_NAME)
        alike = set(weights.values())
        if self._difference(nothing) or len(alike) != 1:
            return None
        (weight,), strict = alike, _STRICT[self.words[self.relation]]
        if not 0 < base <= weight or (strict and base == weight):
            return None
        return names, Threshold(base, weight, strict)

    def _difference(self, values: Mapping[str, int]) -> int:
        """How much the side that must be the greater one exceeds the other."""
        left = _Sum(self.words[: self.relation], values).result()
        right = _Sum(self.words[self.relation + 1 :], values).result()
        return left - right if self.words[self.relation] in {">", "≥"} else right - left


def condition_from(text: str, names: Collection[str], where: str) -> Condition:
    """Read a condition over the level codes ``names``; ``where`` is its place for errors."""
    if text.strip() == OTHERWISE:
        return Condition(text, (), -1)
    words: list[str] = []
    at = 0
    while text[at:].strip():
        match = _WORD.match(text, at)
        if match is None:
            raise _unreadable(where, text, text[at:].strip()[0])
        word = match.group().strip()
        words.append(_SAME.get(word, word))
        at = match.end()
    places = [place for place, word in enumerate(words) if word in _RELATIONS]
    if len(places) != 1:
        raise _unreadable(where, text, words[places[1]] if places else text.strip())
    allowed = {*names, BASE_NAME}
    for word in words:
        if _is_name(word) and word not in allowed:
            listed = "、".join([*names, BASE_NAME])
            raise RendaError("voting.condition_name", where=where, condition=text, name=word, allowed=listed)
    ones = dict.fromkeys(allowed, 1)
    for side in (words[: places[0]], words[places[0] + 1 :]):
        try:
            _Sum(tuple(side), ones).result()
        except _UnreadableError as error:
            raise _unreadable(where, text, error.part or text.strip()) from None
    return Condition(text, tuple(words), places[0])


class _UnreadableError(Exception):
    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class _Sum:
    """sum := term {("+" | "-") term};  term := number ["*" unit] | unit;  unit := name | "(" sum ")"."""

    def __init__(self, words: tuple[str, ...], values: Mapping[str, int]) -> None:
        self._words = words
        self._values = values
        self._at = 0

    def result(self) -> int:
        total = self._sum()
        if self._at < len(self._words):
            raise _UnreadableError(self._words[self._at])
        return total

    def _sum(self) -> int:
        total = self._term()
        while self._next() in ("+", "-"):
            sign = 1 if self._take() == "+" else -1
            total += sign * self._term()
        return total

    def _term(self) -> int:
        if self._next().isdecimal():
            number = int(self._take())
            if self._next() != "*":
                return number
            self._take()
            return number * self._unit()
        return self._unit()

    def _unit(self) -> int:
        word = self._take()
        if word == "(":
            total = self._sum()
            if self._take() != ")":
                raise _UnreadableError(word)
            return total
        if word not in self._values:
            raise _UnreadableError(word)
        return self._values[word]

    def _next(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def _take(self) -> str:
        word = self._next()
        self._at += 1
        return word


def _shown(words: tuple[str, ...], values: Mapping[str, int]) -> str:
    return "".join("×" if word == "*" else str(values.get(word, word)) for word in words)


def _is_name(word: str) -> bool:
    return word[0].isalpha() or word[0] == "_"


def _unreadable(where: str, text: str, part: str) -> RendaError:
    return RendaError("voting.condition_text", where=where, condition=text, part=part)
