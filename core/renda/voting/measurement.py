"""测评: subjects measured on a scale; the grade and the failure follow from rules the district wrote.

No national law defines it, so scale, base, grade rules and consequence are all the district's data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from renda.errors import RendaError, declare

from .conditions import BASE_NAME, Condition, condition_from
from .percent import MOST_DECIMALS, percent, percentages
from .reading import RuleTable
from .rows import BlankPolicy, RowCount
from .thresholds import Comparison
from .turnout import Base, Turnout

declare(
    {
        "voting.level_twice": "{where}的量表里“{level}”写了两次。请删去一个。",
        "voting.level_reserved": "{where}的量表不能用“{level}”作代码:它在条件里表示基数。请换一个。",
        "voting.decimals_many": "{where}的小数位数最多{most}位,实际写的是{decimals}。请改写。",
        "voting.fail_grade": "{where}的不合格等次“{grade}”不在评定等次里。可用的有:{allowed}。请更正。",
    }
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scale; ``satisfied`` puts it into the satisfaction rate, ``score`` into the mean."""

    code: str
    label: str
    satisfied: bool = False
    score: Fraction | None = None


@dataclass(frozen=True, slots=True)
class GradeRule:
    """The grade given where the condition holds; rules are tried in order."""

    when: Condition
    grade: str


@dataclass(frozen=True, slots=True)
class FailRule:
    """Failed where any condition holds or the grade is one of ``grades``; what then follows."""

    when: tuple[Condition, ...] = ()
    grades: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasurementRule:
    """A whole measurement rule; make it with ``measurement_rule_from``."""

    levels: tuple[Level, ...]
    base: Base = Base.ALL_MEMBERS
    blank: BlankPolicy = BlankPolicy.INVALID
    grades: tuple[GradeRule, ...] = ()
    fail: FailRule = FailRule()
    decimals: int = 1
    close_to_100: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the levels in order."""
        return tuple(level.code for level in self.levels)


@dataclass(frozen=True, slots=True)
class Measured:
    """One subject measured.

    ``tried`` holds the grade rules up to the one that held, each with its sum, so that the grades not
    reached are explained too. ``shares`` (percent of the base; closed to 100 only where the marks make
    up the base) and ``satisfied_share`` are for display; None where the base is nothing. ``mean`` is
    exact. Where the whole vote is void there is no grade, no failure and no share.
    """

    subject: str
    counts: Mapping[str, int]
    turnout: Turnout
    base: Base
    base_count: int
    set_check: Comparison
    grade: str | None
    tried: tuple[tuple[Comparison, str], ...]
    failed: bool
    fail_tried: tuple[Comparison, ...]
    consequences: tuple[str, ...]
    shares: Mapping[str, Decimal] | None
    satisfied_count: int
    satisfied_share: Decimal | None
    mean: Fraction | None


def measurement_rule_from(value: object, where: str) -> MeasurementRule:
    """Read ``{scale, base, blank, grades, fail, decimals, close_to_100}``.

    ``scale`` is a list of codes or of ``{code, label, satisfied, score}``; ``grades`` of
    ``{when, grade}``; ``fail`` is ``{when, grades, consequences}``.
    """
    allowed = ("scale", "base", "blank", "grades", "fail", "decimals", "close_to_100")
    table = RuleTable(value, where, allowed)
    levels = tuple(_level(entry, table.place("scale", number)) for number, entry in enumerate(table.items("scale"), 1))
    codes = [level.code for level in levels]
    for code in codes:
        if code == BASE_NAME:
            raise RendaError("voting.level_reserved", where=where, level=code)
        if codes.count(code) > 1:
            raise RendaError("voting.level_twice", where=where, level=code)
    grades = []
    for number, entry in enumerate(table.items("grades", ()), 1):
        row = RuleTable(entry, table.place("grades", number), ("when", "grade"))
        grades.append(GradeRule(condition_from(row.text("when"), codes, row.where), row.text("grade")))
    decimals = table.whole("decimals", 1)
    if decimals > MOST_DECIMALS:
        raise RendaError("voting.decimals_many", where=where, most=MOST_DECIMALS, decimals=decimals)
    return MeasurementRule(
        levels,
        table.choice("base", Base, Base.ALL_MEMBERS),
        table.choice("blank", BlankPolicy, BlankPolicy.INVALID),
        tuple(grades),
        _fail(table, codes, [rule.grade for rule in grades]),
        decimals,
        table.flag("close_to_100", False),
    )


def measure(rule: MeasurementRule, turnout: Turnout, rows: Sequence[RowCount]) -> tuple[Measured, ...]:
    """Measure every subject of a sheet, each row for itself."""
    return tuple(_measured(rule, turnout, row) for row in rows)


def _measured(rule: MeasurementRule, turnout: Turnout, row: RowCount) -> Measured:
    seen = row.judged(rule.blank, turnout)
    base_count = seen.of(rule.base)
    counts = {code: row.marks.get(code, 0) for code in rule.codes}
    stands = bool(seen.set_check)
    tried: list[tuple[Comparison, str]] = []
    for graded in rule.grades if stands else ():
        tried.append((graded.when.compare(counts, base_count), graded.grade))
        if tried[-1][0]:
            break
    grade = tried[-1][1] if tried and tried[-1][0] else None
    fail_tried = tuple(when.compare(counts, base_count) for when in rule.fail.when) if stands else ()
    failed = any(fail_tried) or (grade is not None and grade in rule.fail.grades)
    satisfied = sum(counts[level.code] for level in rule.levels if level.satisfied)
    shown = stands and base_count > 0
    return Measured(
        subject=row.subject,
        counts=counts,
        turnout=seen,
        base=rule.base,
        base_count=base_count,
        set_check=seen.set_check,
        grade=grade,
        tried=tuple(tried),
        failed=failed,
        fail_tried=fail_tried,
        consequences=rule.fail.consequences if failed else (),
        shares=_shares(rule, counts, base_count) if shown else None,
        satisfied_count=satisfied,
        satisfied_share=percent(satisfied, base_count, rule.decimals) if shown else None,
        mean=_mean(rule, counts) if stands else None,
    )


def _shares(rule: MeasurementRule, counts: Mapping[str, int], base_count: int) -> Mapping[str, Decimal]:
    if rule.close_to_100 and sum(counts.values()) == base_count:
        closed = percentages(tuple(counts.values()), rule.decimals, close_to_100=True)
        return dict(zip(counts, closed, strict=True))
    return {code: percent(count, base_count, rule.decimals) for code, count in counts.items()}


def _mean(rule: MeasurementRule, counts: Mapping[str, int]) -> Fraction | None:
    scored = [(level.score, counts[level.code]) for level in rule.levels if level.score is not None]
    papers = sum(count for _, count in scored)
    return sum((score * count for score, count in scored), Fraction()) / papers if papers else None


def _level(entry: object, where: str) -> Level:
    if isinstance(entry, str):
        return Level(entry, entry)
    table = RuleTable(entry, where, ("code", "label", "satisfied", "score"))
    code = table.text("code")
    score = table.number("score") if "score" in table else None
    return Level(code, table.text("label", code), table.flag("satisfied", False), score)


def _fail(rule: RuleTable, codes: Sequence[str], grades: Sequence[str]) -> FailRule:
    if "fail" not in rule:
        return FailRule()
    table = RuleTable(rule.value("fail"), rule.place("fail"), ("when", "grades", "consequences"))
    failing = table.texts("grades", ())
    for grade in failing:
        if grade not in grades:
            allowed = "、".join(grades)
            raise RendaError("voting.fail_grade", where=table.where, grade=grade, allowed=allowed)
    when = tuple(condition_from(text, codes, table.where) for text in table.texts("when", ()))
    return FailRule(when, failing, table.texts("consequences", ()))
