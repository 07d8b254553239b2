"""What a result needs, in one sentence: of how many, which share, how many votes that is.

The same sentence stands before the opening on the ballot's page, and beside the result on the page, in the hall, in
the notice, in the minutes, in the API and in the archive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from renda import voting
from renda.i18n import gettext
from renda.model import BallotRow
from renda.voting import Base, Threshold
from renda.voting.conditions import BASE_NAME

FEW_PARTS = 10
"""Up to which denominator a share is said as a fraction; others are said in per cent."""


def requirement(row: BallotRow, people: Mapping[str, int], figures: Mapping[str, Any] | None = None) -> str:
    """The sentence for a ballot; ``people`` are the papers and people known so far (``members`` at least).

    ``figures`` are those of one line once it is counted: valid papers, and the votes against, are of a line. Where
    the base is not known yet, the sentence is without numbers.
    """
    known = {**people, **_valid(figures or {})}
    said = _Speaker(row.electorate, known)
    where = gettext("“{question}”的规则", question=row.question)
    if row.bench == "motion":
        return said.motion(voting.motion_rule_from(row.rule, where), figures or {})
    if row.bench == "selection":
        return said.seats(voting.selection_rule_from(row.rule, where), gettext("入选"))
    if row.bench == "election":
        return said.seats(voting.election_rule_from(row.rule, where).selection, gettext("当选"))
    if "highest" in row.rule:
        return said.scores(voting.score_rule_from(row.rule, where))
    return said.grades(voting.measurement_rule_from(row.rule, where))


def requirements(
    row: BallotRow, people: Mapping[str, int], lines: Sequence[Mapping[str, Any]]
) -> tuple[str, Sequence[str]]:
    """The sentence all lines share, and one for each line where they differ; then the first is empty."""
    each = [requirement(row, people, line.get("figures")) for line in lines]
    if len(set(each)) <= 1:
        return (each[0] if each else requirement(row, people)), ()
    return "", each


def _valid(figures: Mapping[str, Any]) -> dict[str, int]:
    turnout = figures.get("turnout") or {}
    return {"valid": turnout["valid"]} if "valid" in turnout else {}


class _Speaker:
    """Sentences about one electorate and the numbers known of it."""

    def __init__(self, electorate: str, known: Mapping[str, int]) -> None:
        self._electorate = electorate
        self._known = known

    def motion(self, rule: voting.MotionRule, figures: Mapping[str, Any]) -> str:
        """A motion: a share of the base, or more for than against."""
        if rule.threshold != voting.PLURALITY:
            needed = self._share(rule.base, rule.threshold)
        elif "needed" in figures:
            needed = gettext("赞成票须多于反对票,即 {n} 票", n=figures["needed"])
        else:
            needed = gettext("赞成票须多于反对票")
        return self._with_participation(needed, rule.participation)

    def seats(self, rule: voting.SelectionRule, outcome: str) -> str:
        """Some of many: how many, the share, and who wins where more reach it."""
        if rule.marking is voting.Marking.RANKS:
            needed = gettext("按名次计分,得分高的 {n} 项{outcome}", n=rule.seats, outcome=outcome)
        elif rule.threshold == voting.PLURALITY:
            needed = gettext("得票多的 {n} 项{outcome}", n=rule.seats, outcome=outcome)
        else:
            needed = gettext(
                "{share};达到的多于 {n} 项时,得票多的{outcome}",
                share=self._share(rule.base, rule.threshold),
                n=rule.seats,
                outcome=outcome,
            )
        return self._with_participation(needed, rule.participation)

    def scores(self, rule: voting.ScoreRule) -> str:
        """Marks: their mean, and which are left out."""
        if not rule.leave_out_highest and not rule.leave_out_lowest:
            return gettext("以平均分为结果")
        return gettext(
            "去掉最高的 {most} 个、最低的 {least} 个分,以平均分为结果",
            most=rule.leave_out_highest,
            least=rule.leave_out_lowest,
        )

    def grades(self, rule: voting.MeasurementRule) -> str:
        """A measurement: for each grade the share that gives it, or the condition as the district wrote it."""
        if not rule.grades:
            return gettext("只公布各档票数,不评定等次;以{base}为基数", base=self._base(rule.base))
        labels = {level.code: gettext(level.label) for level in rule.levels}
        return gettext(";").join(self._grade(rule.base, each, labels) for each in rule.grades)

    def _grade(self, base: Base, rule: voting.GradeRule, labels: Mapping[str, str]) -> str:
        grade, when = gettext(rule.grade), rule.when
        if when.always:
            return gettext("其余为“{grade}”", grade=grade)
        share = when.share()
        if share is None:
            names = {**labels, BASE_NAME: self._base(base), "*": "×"}
            condition = " ".join(names.get(word, word) for word in when.words)
            return gettext("“{grade}”须 {condition}", grade=grade, condition=condition)
        levels, threshold = share
        return gettext(
            "“{grade}”:{levels}票{share}",
            grade=grade,
            levels=gettext("、").join(labels[level] for level in levels),
            share=self._share(base, threshold),
        )

    def _with_participation(self, needed: str, share: Threshold | None) -> str:
        if share is None:
            return needed
        taking_part = self._share(Base.ALL_MEMBERS, share, gettext("人"))
        return gettext("{needed};参加表决的{share}", needed=needed, share=taking_part)

    def _share(self, base: Base, threshold: Threshold, unit: str = "") -> str:
        template = _SHARES.get((Fraction(threshold.numerator, threshold.denominator), threshold.strict))
        if template is None:
            template = "须超过{base}的 {share}" if threshold.strict else "须达到{base}的 {share}"
        said = gettext(template, base=self._base(base), share=_fraction(threshold))
        number = self._number(base)
        if number is None:
            return said
        return gettext("{share},即 {n} {unit}", share=said, n=threshold.needed(number), unit=unit or gettext("票"))

    def _base(self, base: Base) -> str:
        name, number = base.value, self._number(base)
        if base is Base.ALL_MEMBERS:
            name = self._electorate if self._electorate in _WHOLE else name
        if number is None:
            return gettext(_WHOLE.get(name) or _PAPERS[name])
        counted = "{base} {n} 人" if base in {Base.ALL_MEMBERS, Base.PRESENT} else "{base} {n} 张"
        return gettext(counted, base=gettext(_WHOLE.get(name) or _PAPERS[name]), n=number)

    def _number(self, base: Base) -> int | None:
        return self._known.get("members" if base is Base.ALL_MEMBERS else base.value)


_SHARES = {
    (Fraction(1, 2), True): "须{base}的过半数",
    (Fraction(1, 2), False): "须{base}的半数以上",
    (Fraction(2, 3), False): "须{base}的三分之二以上",
}
_WHOLE = {"all_members": "全体组成人员", "deputy": "全体代表", "invited": "应邀参加的人员"}
_PAPERS = {"present": "出席人员", "issued": "发出的票", "returned": "收回的票", "valid": "有效票"}


def _fraction(threshold: Threshold) -> str:
    share = Fraction(threshold.numerator, threshold.denominator)
    if share.denominator > FEW_PARTS and 100 % share.denominator == 0:
        return f"{100 * share.numerator // share.denominator}%"
    return f"{share.numerator}/{share.denominator}"
