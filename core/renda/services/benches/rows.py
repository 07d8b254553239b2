"""Benches whose sheet has a row for each subject, each row judged for itself: 表决, 测评, 民主测评, 打分."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from renda import voting
from renda.errors import RendaError, declare
from renda.services.benches.figures import plain, whole, wholes
from renda.services.benches.labels import Labelled

declare(
    {
        "ballot.paper_shape": "票面内容无法识别。请刷新页面后重新填写。",
        "ballot.paper_subject": "票面上没有“{subject}”这一项。请刷新页面后重新填写。",
        "ballot.paper_mark": "“{subject}”一栏不能填“{mark}”。可选:{allowed}。",
        "ballot.paper_marks": "“{subject}”一栏只能选一项,您选了{count}项。请改正后再交。",
    }
)

SPOILT = ""
MOST_LEVELS = 1001


class RowBench(Labelled):
    """What all benches of rows share; ``levels`` are the codes a row may be marked with."""

    levels: tuple[str, ...]

    def __init__(self, subjects: Sequence[str]) -> None:
        self.subjects = tuple(subjects)

    def read(self, paper: Mapping[str, Any]) -> dict[str, Any]:
        """See ``Bench``: ``{"marks": {subject: [level]}}``; a row may stay empty."""
        marks = paper.get("marks")
        if not isinstance(marks, Mapping) or len(paper) != 1:
            raise RendaError("ballot.paper_shape")
        read: dict[str, list[str]] = {}
        for subject, marked in marks.items():
            if subject not in self.subjects:
                raise RendaError("ballot.paper_subject", subject=self.label_of(subject))
            if not isinstance(marked, list | tuple):
                raise RendaError("ballot.paper_shape")
            if len(marked) > 1:
                raise RendaError("ballot.paper_marks", subject=self.label_of(subject), count=len(marked))
            for mark in marked:
                if mark not in self.levels:
                    raise RendaError(
                        "ballot.paper_mark",
                        subject=self.label_of(subject),
                        mark=mark,
                        allowed="、".join(self.levels[:12]),
                    )
            if marked:
                read[subject] = list(marked)
        return {"marks": read}

    def longest(self) -> dict[str, Any]:
        """See ``Bench``."""
        widest = max(self.levels, key=lambda level: len(level.encode()))
        return {"marks": {subject: [widest] for subject in self.subjects}}

    def parts(self, paper: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
        """See ``Bench``: one part for each subject; a sheet nobody can read is spoilt in all its rows."""
        marks = paper.get("marks")
        sheet = marks if isinstance(marks, Mapping) else {None: None}
        spoilt = any(subject not in self.subjects for subject in sheet)
        return [{"subject": code, "marks": self._marked([] if spoilt else sheet.get(code, ()), spoilt)}
                for code in self.subjects]  # fmt: skip

    def _marked(self, marked: Any, spoilt: bool) -> list[str]:
        well_made = isinstance(marked, list | tuple) and all(mark in self.levels for mark in marked)
        return [SPOILT] if spoilt or not well_made or len(marked) > 1 else list(marked)

    def count(self, papers: Sequence[Mapping[str, Any]]) -> tuple[voting.RowCount, ...]:
        """See ``Bench``."""
        marks = {code: Counter[str]() for code in self.subjects}
        for paper in papers:
            marks[paper["subject"]]["blank" if not paper["marks"] else f"={paper['marks'][0]}"] += 1
        return tuple(
            voting.RowCount(
                code,
                {level: found[f"={level}"] for level in self.levels},
                found[f"={SPOILT}"],
                found["blank"],
            )
            for code, found in marks.items()
        )

    def counted_by_hand(self, figures: Mapping[str, Any]) -> tuple[voting.RowCount, ...]:
        """See ``Bench``: ``{"returned", "rows": {subject: {"marks": {level: n}, "void", "blank"}}}``."""
        returned, rows = whole(figures, "returned"), figures.get("rows")
        given = rows if isinstance(rows, Mapping) else {}
        wholes(dict.fromkeys(given, 0), self.subjects)
        counted = []
        for code in self.subjects:
            row = given.get(code, {})
            levels = wholes(row.get("marks", {}), self.levels)
            one = voting.RowCount(code, levels, whole(row, "void"), whole(row, "blank"))
            if one.returned != returned:
                raise RendaError("ballot.hand_sum", subject=self.label_of(code), sum=one.returned, returned=returned)
            counted.append(one)
        return tuple(counted)

    def returned(self, count: tuple[voting.RowCount, ...]) -> int:
        """See ``Bench``."""
        return count[0].returned

    def papers_from(self, count: tuple[voting.RowCount, ...]) -> Sequence[dict[str, Any]] | None:
        """See ``Bench``: rows come apart, so a count says all that its papers said."""
        found: list[tuple[str, list[str]]] = []
        for row in count:
            found += [(row.subject, [mark]) for mark, papers in row.marks.items() for _ in range(papers)]
            found += [(row.subject, [SPOILT])] * row.void + [(row.subject, [])] * row.blank
        return [{"subject": subject, "marks": list(marks)} for subject, marks in found]


class MotionBench(RowBench):
    """表决: 赞成, 反对, 弃权."""

    def __init__(self, rule: voting.MotionRule, subjects: Sequence[str]) -> None:
        super().__init__(subjects)
        self.rule = rule
        self.levels = voting.MOTION_LEVELS

    def decide(self, turnout: voting.Turnout, count: tuple[voting.RowCount, ...]) -> tuple[dict[str, Any], Any]:
        """See ``Bench``."""
        decided = voting.decide_motions(self.rule, turnout, count)
        return {each.subject: plain(each) for each in decided}, None


class MeasurementBench(RowBench):
    """测评 and 民主测评: one level of a scale for each subject."""

    def __init__(self, rule: voting.MeasurementRule, subjects: Sequence[str]) -> None:
        super().__init__(subjects)
        self.rule = rule
        self.levels = rule.codes

    def decide(self, turnout: voting.Turnout, count: tuple[voting.RowCount, ...]) -> tuple[dict[str, Any], Any]:
        """See ``Bench``; the outcome is the grade, empty where no grade was reached."""
        measured = voting.measure(self.rule, turnout, count)
        return {each.subject: {"outcome": each.grade or "", **plain(each)} for each in measured}, None


class ScoreBench(RowBench):
    """打分: a number for each subject, kept as text of the steps the rule allows."""

    def __init__(self, rule: voting.ScoreRule, subjects: Sequence[str]) -> None:
        super().__init__(subjects)
        self.rule = rule
        steps = min(int((rule.highest - rule.lowest) / rule.step) + 1, MOST_LEVELS)
        self.levels = tuple(_mark(rule.lowest + step * rule.step) for step in range(steps))

    def decide(self, turnout: voting.Turnout, count: tuple[voting.RowCount, ...]) -> tuple[dict[str, Any], Any]:
        """See ``Bench``; the outcome is the mean as it is shown."""
        decided: dict[str, Any] = {}
        for row in count:
            marks = [{row.subject: Fraction(mark)} for mark, papers in row.marks.items() for _ in range(papers)]
            (scored,) = voting.decide_scores(self.rule, [row.subject], marks)
            shown = "" if scored.shown is None else str(scored.shown)
            decided[row.subject] = {
                "outcome": shown,
                "counts": dict(row.marks),
                "void": row.void,
                "blank": row.blank,
                "kept": len(scored.kept),
                "mean": plain(scored.mean),
                "turnout": plain(turnout),
            }
        return decided, None


def _mark(number: Fraction) -> str:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return str(exact) if Fraction(exact) == number else str(number)
