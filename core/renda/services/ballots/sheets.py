"""The sheet of a ballot as it is put before an elector, and the paper that follows from the marks made on it.

Marks travel as numbers of one width, an unmarked line as dashes, so that a request tells nothing by its length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from renda import voting
from renda.i18n import gettext
from renda.model import BallotRow
from renda.services.ballots.wording import MARKS
from renda.services.benches.election import ElectionBench
from renda.services.benches.finding import subjects_of
from renda.services.benches.preparing import bench_of
from renda.services.benches.rows import MeasurementBench, MotionBench, ScoreBench
from renda.services.benches.selection import SelectionBench
from renda.services.desk import Desk

Shape = Literal["rows", "chosen", "ranks", "election"]
UNMARKED = "----"
LONGEST_LIST = 7


@dataclass(frozen=True, slots=True)
class Option:
    """What a line may be marked with: ``value`` as it travels, ``mark`` as the paper says it."""

    value: str
    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One subject of the sheet."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class BallotSheet:
    """What an elector sees: the lines, the marks allowed on each, how many names may be written in.

    ``seats`` is how many may be chosen, 0 where every line is judged for itself; ``shape`` says how the marks
    become a paper.
    """

    shape: Shape
    lines: Sequence[SheetLine]
    options: Sequence[Option]
    seats: int = 0
    written: int = 0

    @property
    def listed(self) -> bool:
        """Whether the options are so many that they are better picked from a list."""
        return len(self.options) > LONGEST_LIST


def sheet_of(desk: Desk, row: BallotRow) -> BallotSheet:
    """The sheet of a ballot."""
    bench = bench_of(desk, row)
    lines = [SheetLine(each.code, each.label) for each in subjects_of(desk, row.id)]
    if isinstance(bench, MotionBench):
        return BallotSheet("rows", lines, _options(MARKS[row.bench]))
    if isinstance(bench, MeasurementBench):
        return BallotSheet("rows", lines, _options({level.code: level.label for level in bench.rule.levels}))
    if isinstance(bench, ScoreBench):
        return BallotSheet("rows", lines, _options({level: level for level in bench.levels}))
    if isinstance(bench, ElectionBench):
        selection = bench.rule.selection
        names = 0 if bench.rule.write_in is voting.WriteIn.NEVER else selection.seats
        return BallotSheet("election", lines, _options(MARKS[row.bench]), selection.seats, names)
    chosen = cast("SelectionBench", bench).rule
    if chosen.marking is voting.Marking.RANKS:
        places = {str(place): gettext("第 {n} 位", n=place) for place in range(1, chosen.seats + 1)}
        return BallotSheet("ranks", lines, _options(places), chosen.seats)
    return BallotSheet("chosen", lines, _options({"yes": MARKS["selection"]["yes"]}), chosen.seats)


def paper_of(sheet: BallotSheet, marks: Mapping[str, str], names: Sequence[str] = ()) -> dict[str, Any]:
    """The paper that says what was marked: ``marks`` maps a line's code to an option's value.

    What no option says stays unmarked; names that are blank are left out.
    """
    known = {option.value: option.mark for option in sheet.options}
    made = {line.code: known[marks[line.code]] for line in sheet.lines if marks.get(line.code) in known}
    if sheet.shape == "rows":
        return {"marks": {code: [mark] for code, mark in made.items()}}
    if sheet.shape == "election":
        return {"marks": made, "written": [name.strip() for name in names[: sheet.written] if name.strip()]}
    if sheet.shape == "ranks":
        return {"chosen": sorted(made, key=lambda code: int(made[code]))}
    return {"chosen": list(made)}


def unmarked(sheet: BallotSheet, marks: Mapping[str, str]) -> int:
    """How many lines are not yet marked; where some of many are chosen, how many more may be."""
    known = {option.value for option in sheet.options}
    made = sum(1 for line in sheet.lines if marks.get(line.code) in known)
    wanted = sheet.seats if sheet.shape in {"chosen", "ranks"} else len(sheet.lines)
    return max(0, wanted - made)


def _options(labels: Mapping[str, str]) -> list[Option]:
    return [Option(f"{place:04d}", mark, gettext(label)) for place, (mark, label) in enumerate(labels.items(), 1)]
