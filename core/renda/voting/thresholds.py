"""How many votes are enough: majorities, fractions and quorums, compared as integers.

过半数 is strict and 半数以上 includes the half (民法典 §1259). Quorums: 地方组织法 §14 (congress, two
thirds of all deputies), §51 (standing committee, more than half of all members).
"""

from __future__ import annotations

from dataclasses import dataclass

from renda.errors import RendaError, declare

from .reading import RuleTable

declare(
    {
        "voting.threshold_fraction": "{where}的比例{numerator}/{denominator}不成立:应在0与1之间。请更正。",
        "voting.threshold_name": "{where}写的是“{value}”,不认识这一标准。可用的有:{allowed};"
        "或写 {{numerator = 1, denominator = 3, strict = false}}。",
        "voting.negative_count": "人数和票数不能是负数:{count}。请核对后重录。",
    }
)

_UNMET = {">": "≤", "≥": "<", "<": "≥", "≤": ">", "=": "≠"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two integers compared, with the sum as one would write it down.

    ``met`` says whether the relation asked for holds; ``text`` states what is true, such as
    ``2×114 > 226`` or, where it is not met, ``2×113 ≤ 226``.
    """

    left: int
    right: int
    met: bool
    text: str

    def __bool__(self) -> bool:
        return self.met


def compare(left: int, relation: str, right: int, left_text: str = "", right_text: str = "") -> Comparison:
    """Compare by one of ``> ≥ < ≤ =``; the texts show how both sides came about."""
    met = {
        ">": left > right,
        "≥": left >= right,
        "<": left < right,
        "≤": left <= right,
        "=": left == right,
    }[relation]
    shown = relation if met else _UNMET[relation]
    return Comparison(left, right, met, f"{left_text or left} {shown} {right_text or right}")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base: ``denominator × votes`` compared with ``numerator × base``.

    ``strict`` asks for more than the share, otherwise the share itself is enough. A share of nothing,
    strict, is plurality: any vote at all. No votes never meet a threshold, whatever the base.
    """

    numerator: int
    denominator: int
    strict: bool = False

    def __post_init__(self) -> None:
        a_share = self.denominator > 0 and 0 <= self.numerator <= self.denominator
        if not a_share or (self.strict and self.numerator == self.denominator):
            raise RendaError(
                "voting.threshold_fraction",
                where="threshold",
                numerator=self.numerator,
                denominator=self.denominator,
            )

    def needed(self, base: int) -> int:
        """The smallest number of votes that meets the threshold on ``base`` (people or papers).

        On a base of nothing the answer is 1: it cannot be met.
        """
        share = self.numerator * _count(base)
        whole = share // self.denominator + 1 if self.strict else -(-share // self.denominator)
        return max(1, whole)

    def met(self, votes: int, base: int) -> bool:
        """Whether ``votes`` out of ``base`` are enough."""
        return _count(votes) >= self.needed(base)

    def compare(self, votes: int, base: int) -> Comparison:
        """The same, with the sum: ``3×151 ≥ 2×226``."""
        left, right = self.denominator * _count(votes), self.numerator * _count(base)
        if left == right == 0:
            # A share of nothing is met by any vote at all, so none is one too few.
            return Comparison(left, right, False, "0 < 1")
        shown = _product(self.numerator, base) if self.numerator else "0"
        relation = ">" if self.strict else "≥"
        return compare(left, relation, right, _product(self.denominator, votes), shown)


MORE_THAN_HALF = Threshold(1, 2, strict=True)
AT_LEAST_HALF = Threshold(1, 2)
TWO_THIRDS = Threshold(2, 3)
PLURALITY = Threshold(0, 1, strict=True)

THRESHOLDS = {
    "more_than_half": MORE_THAN_HALF,
    "at_least_half": AT_LEAST_HALF,
    "two_thirds": TWO_THIRDS,
    "plurality": PLURALITY,
}


def threshold_from(value: object, where: str) -> Threshold:
    """A threshold from data: a name of ``THRESHOLDS`` or a table with numerator, denominator, strict."""
    if isinstance(value, Threshold):
        return value
    if isinstance(value, str):
        if value not in THRESHOLDS:
            allowed = "、".join(THRESHOLDS)
            raise RendaError("voting.threshold_name", where=where, value=value, allowed=allowed)
        return THRESHOLDS[value]
    table = RuleTable(value, where, ("numerator", "denominator", "strict"))
    numerator, denominator = table.whole("numerator"), table.whole("denominator", least=1)
    strict = table.flag("strict", False)
    if numerator > denominator or (strict and numerator == denominator):
        raise RendaError("voting.threshold_fraction", where=where, numerator=numerator, denominator=denominator)
    return Threshold(numerator, denominator, strict)


def congress_quorum(members: int, present: int) -> Comparison:
    """Whether the congress may sit: two thirds of all deputies (地方组织法 §14)."""
    return TWO_THIRDS.compare(present, members)


def committee_quorum(members: int, present: int) -> Comparison:
    """Whether the standing committee may sit: more than half of all members (地方组织法 §51)."""
    return MORE_THAN_HALF.compare(present, members)


def _count(number: int) -> int:
    if number < 0:
        raise RendaError("voting.negative_count", count=number)
    return number


def _product(factor: int, number: int) -> str:
    return str(number) if factor == 1 else f"{factor}×{number}"
