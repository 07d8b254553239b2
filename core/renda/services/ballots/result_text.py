"""A ballot's result as every surface says it: one title, one sentence of how it stands, one table of figures.

Phone, hall, page, API, notice, minutes and archive take their words from here, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from renda.i18n import gettext
from renda.model import BallotRow
from renda.services.ballots.requirements import requirements
from renda.services.ballots.standing import standing_of
from renda.services.ballots.wording import (
    BLANK,
    DECISIONS,
    VOID,
    in_order,
    mark_of,
    marks_of,
    outcome_of,
    unmarked_as,
    vocabulary_of,
)
from renda.services.benches.finding import subjects_of
from renda.services.desk import Desk

_REST = (VOID, BLANK)


@dataclass(frozen=True, slots=True)
class MarkCount:
    """The papers of one line that bear one mark; ``unmarked`` of them are blank and counted under it by the rule."""

    mark: str
    label: str
    votes: int
    unmarked: int = 0

    @property
    def cell(self) -> str:
        """The figure in a table."""
        return gettext("{n}(其中未填 {m})", n=self.votes, m=self.unmarked) if self.unmarked else str(self.votes)

    @property
    def phrase(self) -> str:
        """The figure in a sentence."""
        said = gettext("{mark}{n}票", mark=self.label, n=self.votes)
        return gettext("{figure}(其中未填{m}票)", figure=said, m=self.unmarked) if self.unmarked else said


@dataclass(frozen=True, slots=True)
class LineText:
    """One line: what became of it, its figures in the order of the columns, None where it has no such figure.

    ``counts`` is empty where the figures are not published; ``rate`` is the rate of satisfaction, ``needed`` what
    this line needs where lines differ in it.
    """

    code: str
    label: str
    outcome: str
    counts: Sequence[MarkCount | None]
    rate: str = ""
    needed: str = ""

    @property
    def cells(self) -> Sequence[str]:
        """Its figures as a table says them."""
        return ["—" if each is None else each.cell for each in self.counts]

    @property
    def sentence(self) -> str:
        """The line as a notice says it."""
        said = [each.phrase for each in self.counts if each is not None and (each.votes or each.mark not in _REST)]
        parts = [gettext("、").join(said)] if said else []
        parts += [each for each in (self.rate, self.needed) if each]
        return gettext("{label}:{figures}。", label=self.label, figures=gettext(";").join([*parts, self.outcome]))


@dataclass(frozen=True, slots=True)
class ResultText:
    """A result in words; ``standing`` says how the ballot stands where there is no result, or none that is public."""

    title: str
    standing: str
    requirement: str
    columns: Sequence[str]
    lines: Sequence[LineText]

    @property
    def rated(self) -> bool:
        """Whether any line has a rate."""
        return any(line.rate for line in self.lines)

    def table(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Head and rows of the result's table."""
        rate = [gettext("满意率")] if self.rated else []
        head = [gettext("对象"), *self.columns, *rate, gettext("结果")]
        blank = ["—"] * len(self.columns)
        rows = [
            [line.label, *(line.cells or blank), *([line.rate or "—"] if rate else []), line.outcome]
            for line in self.lines
        ]
        return head, rows

    def plain(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "title": self.title,
            "standing": self.standing,
            "requirement": self.requirement,
            "columns": list(self.columns),
            "lines": [
                {
                    "code": line.code,
                    "label": line.label,
                    "outcome": line.outcome,
                    "figures": list(line.cells),
                    "rate": line.rate,
                    "requirement": line.needed,
                }
                for line in self.lines
            ],
        }


def title_of(row: BallotRow, *, rounds: bool = False) -> str:
    """The question, with its round where it is not the first; ``rounds``: also of the first, where others follow."""
    if row.round == 1 and not rounds:
        return row.question
    return gettext("{question}(第 {n} 轮)", question=row.question, n=row.round)


def result_text(
    row: BallotRow, sheet: Mapping[str, Any] | None, *, sitting_closed: bool = False, rounds: bool = False
) -> ResultText:
    """What is said of a ballot; ``sheet`` is what its reader may see of it, None where that is nothing.

    ``sitting_closed`` tells a ballot that was never opened from one that may still be; ``rounds``: others follow.
    """
    title, standing = title_of(row, rounds=rounds), standing_of(row, sitting_closed=sitting_closed)
    if row.state == "void" or sheet is None:
        people = {"members": row.members} if row.result is None else row.result["turnout"]
        return ResultText(title, standing, requirements(row, people, ())[0], (), ())
    lines = [counted(row, line) for line in sheet["subjects"]]
    shared, each = requirements(row, sheet["turnout"], [line for line in lines if "figures" in line])
    needed = iter(each)
    columns = _columns(row, lines)
    return ResultText(
        title,
        standing,
        shared,
        [mark_of(row.bench, row.rule, mark) for mark in columns],
        [_line(row, line, columns, next(needed, "") if "figures" in line else "") for line in lines],
    )


def counted(row: BallotRow, line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a result with blank papers where the rule counts them: the cells then say what is announced.

    ``unmarked`` says how many of which mark they are, so that a recount from papers finds them again. Results kept
    before this was so are read the same way.
    """
    cells = dict(line.get("cells") or {})
    if BLANK not in cells or "unmarked" in line:
        return dict(line)
    blank, mark = cells.pop(BLANK), unmarked_as(row.bench, row.rule)
    cells[mark] = cells.get(mark, 0) + blank
    return {**line, "cells": cells, "unmarked": {"mark": mark, "papers": blank}}


def public_sheet(desk: Desk, row: BallotRow) -> Mapping[str, Any] | None:
    """What everybody may see of a ballot: what was published, of a withheld decision what was decided; else None."""
    if row.published is not None or row.state != "withheld" or row.bench not in DECISIONS:
        return row.published
    result = row.result or {}
    decided = result["subjects"]
    lines = [
        {"code": each.code, "label": each.label, "outcome": decided[each.code]["outcome"]}
        for each in subjects_of(desk, row.id)
        if each.code in decided
    ]
    return {"question": row.question, "turnout": result["turnout"], "subjects": lines, "coarsened": []}


def _columns(row: BallotRow, lines: Sequence[Mapping[str, Any]]) -> list[str]:
    """The marks any line has, in the order of the sheet: all that may be marked, the rest where there is any."""
    found: dict[str, int] = {}
    for line in lines:
        for mark, votes in line.get("cells", {}).items():
            found[mark] = found.get(mark, 0) + votes
    levels = marks_of(row.bench, row.rule)
    return [mark for mark, votes in in_order(row.bench, row.rule, found) if votes or mark in levels]


def _line(row: BallotRow, line: Mapping[str, Any], columns: Sequence[str], needed: str) -> LineText:
    outcome = outcome_of(row.bench, line["outcome"], row.rule)
    if "cells" not in line:
        return LineText(line["code"], line["label"], outcome, ())
    cells, unmarked = line["cells"], line.get("unmarked") or {}
    counts = [
        MarkCount(
            mark,
            mark_of(row.bench, row.rule, mark),
            cells[mark],
            unmarked["papers"] if unmarked.get("mark") == mark != BLANK else 0,
        )
        if mark in cells
        else None
        for mark in columns
    ]
    return LineText(line["code"], line["label"], outcome, counts, rate_of(row, line), needed)


def rate_of(row: BallotRow, line: Mapping[str, Any]) -> str:
    """The rate of satisfaction with the sum it comes from; empty where no level of the scale is a satisfied one."""
    figures = line.get("figures") or {}
    satisfied = [each for each in row.rule.get("scale", ()) if isinstance(each, Mapping) and each.get("satisfied")]
    if vocabulary_of(row.bench, row.rule) == "scores" or not satisfied or figures.get("satisfied_share") is None:
        return ""
    return gettext(
        "{share}%({n}/{base})",
        share=figures["satisfied_share"],
        n=figures["satisfied_count"],
        base=figures["base_count"],
    )
