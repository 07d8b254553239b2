"""What a table of counted papers says: marks and votes of each line, people named in a row of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from renda.errors import declare
from renda.fields.bounds import MAX_DIGITS
from renda.services.imports.tables import Row, wrong

declare(
    {
        "import.people_range": "“{range}”不是一段代码。请写成 a01..a12。",
        "import.not_count": "应为不小于0的整数,现为“{value}”。",
    }
)

FIXED = (
    "day", "actor", "counter", "ballot", "sitting", "practice", "matter", "question", "rule", "present", "people",
    "returned", "good", "void", "blank", "subject", "votes", "published",
)  # fmt: skip
MARKS = {"赞成": "yes", "反对": "no", "弃权": "abstain"}
MAX_PEOPLE = 10_000
_RANGE = re.compile(r"(?P<stem>.*?)(?P<first>\d+)\.\.(?P=stem)?(?P<last>\d+)")


def codes_of(part: str) -> list[str]:
    """The people's codes of one part of a cell: one, or a row of them such as ``a01..a12``."""
    part = part.strip()
    if ".." not in part:
        return [part] if part else []
    found = _RANGE.fullmatch(part)
    if found is None or len(found["last"]) > MAX_DIGITS:
        raise wrong("people", "import.people_range", range=part)
    places = range(int(found["first"]), int(found["last"]) + 1)
    if not 0 < len(places) <= MAX_PEOPLE:
        raise wrong("people", "import.people_range", range=part)
    return [f"{found['stem']}{place:0{len(found['first'])}d}" for place in places]


def count_of(row: Row, column: str) -> int:
    """A cell of a count, 0 where nothing is written."""
    text = row.text(column) or "0"
    if not text.isdecimal() or len(text) > MAX_DIGITS:
        raise wrong(column, "import.not_count", value=text)
    return int(text)


def figures_of(bench: str, first: Row, counted: Mapping[str, Row]) -> dict[str, Any]:
    """The figures of a sheet as the bench reads them; ``first`` holds what all lines share, rows go by code."""
    if bench == "selection":
        sums = {each: count_of(first, each) for each in ("good", "void", "blank")}
        return {**sums, "votes": {code: count_of(row, "votes") for code, row in counted.items()}}
    if bench == "election":
        sums = {each: count_of(first, each) for each in ("good", "void", "blank")}
        said = {code: _marks_of(row) for code, row in counted.items()}
        names = {"votes": "yes", "opposed": "no", "abstained": "abstain"}
        return {**sums, **{entry: {code: marks.get(mark, 0) for code, marks in said.items()}
                           for entry, mark in names.items()}}  # fmt: skip
    rows = {
        code: {"marks": _marks_of(row), "void": count_of(row, "void"), "blank": count_of(row, "blank")}
        for code, row in counted.items()
    }
    return {"returned": count_of(first, "returned"), "rows": rows}


def _marks_of(row: Row) -> Mapping[str, int]:
    """The columns that are none of the fixed ones: what the papers say, and how many say it."""
    return {MARKS.get(column, column): count_of(row, column) for column in row.cells if column not in FIXED
            and row.text(column)}  # fmt: skip
