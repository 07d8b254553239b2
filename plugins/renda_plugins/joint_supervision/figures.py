"""What joint supervision has brought: numbers alone, so that nothing is told of a clue that is not concluded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Explained, Matter, Records, Sheet, cite_matter, leaf, total

COLUMNS = ("年度", "项目", "数量", "单位")


class Year:
    """A ledger with its clues, outcomes that count and checked lines, up to a day."""

    def __init__(self, ledger: Matter, inside: Mapping[str, Sequence[Matter]]) -> None:
        self.label = f"{ledger.payload['year']}年"
        self.clues = inside["clue"]
        self.outcomes = inside["outcome"]
        self.lines = inside["line"]

    def parts(self, code: str) -> list[Explained]:
        """The reasons of one number: every checked line, and what was entered one by one."""
        told = [
            leaf(f"{self.label}合计登记", each.payload["amount"], cite_matter(each.id, each.payload["provenance"]))
            for each in self.lines
            if each.payload["line"] == code
        ]
        return [*told, leaf(f"{self.label}逐件登记", self.single(code))]

    def single(self, code: str) -> Decimal | int:
        """What was entered one by one; a clue counts when it is registered, an outcome when it was checked."""
        if code == "clues":
            return len(self.clues)
        if code == "clues_deputy":
            return len([each for each in self.clues if each.payload["source"] == "deputy"])
        found: list[Decimal] = [each.payload["quantity"] for each in self.outcomes if each.payload["sort"] == code]
        whole: Decimal = sum(found, Decimal(0))
        return whole


def years(code: str, records: Records, until: date) -> list[Year]:
    """All ledgers begun until then, with one query for each kind."""
    of: dict[str, Callable[[Matter], bool]] = {
        "clue": lambda _: True,
        "outcome": lambda each: each.state == "counted",
        "line": lambda each: each.state == "checked",
    }
    every = {
        kind: [each for each in records.matters(code, kind, until=until) if counts(each)] for kind, counts in of.items()
    }
    found = []
    for ledger in records.matters(code, "ledger", until=until):
        inside = {kind: [each for each in some if _ledger_of(each) == ledger.id] for kind, some in every.items()}
        found.append(Year(ledger, inside))
    return found


def _ledger_of(matter: Matter) -> int:
    while matter.parent is not None:
        matter = matter.parent
    return matter.id


def sheet(params: Any, found: Sequence[Year]) -> Sheet:
    """Since the mechanism was set up: one line for each year and thing counted, and the sums."""
    rows = []
    for year in found:
        for line in params.lines:
            number = total(line["label"], *year.parts(line["code"]))
            if number.value:
                rows.append([year.label, line["label"], number, line["unit"]])
    sums = [
        total(f"{line['label']}({line['unit']})", *(part for year in found for part in year.parts(line["code"])))
        for line in params.lines
    ]
    return Sheet(
        "results", "联动监督成效", COLUMNS, rows, sums, public=True, public_reason="sums of years; no clue is named"
    )
