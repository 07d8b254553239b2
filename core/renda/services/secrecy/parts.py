"""Attacks on the parts of a result: the marks of the few who voted on paper, and who they were.

The total is public. Whoever also has the electronic papers subtracts them and has the marks on paper; whoever saw in
the hall who took a paper has their names. One of them alone voting on paper, nothing more is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import text

from renda.services.secrecy.places import Box

Mark = tuple[str, str]
"""The code of a line, and what was marked on it: a level, ``yes``, `` void`` or `` blank``."""


def marks_on_paper(box: Box) -> Counter[Mark]:
    """The marks of those who voted on paper: a subtotal where one is kept, else the total less the papers kept."""
    row = box.connection.execute(text("select result from ballot where id = :ballot"), {"ballot": box.ballot}).first()
    result = {} if row is None else box.read(row.result)
    subtotals = result.get("subtotals") or {}
    if "paper" in subtotals:
        return _marks_of_count(subtotals["paper"])
    kept = [box.read(content) for (content,) in box.rows(box.papers, box.content)]
    if not kept or "total" not in result:
        return Counter()
    total = _marks_of_count(result["total"])
    # Where papers stay whole, opposing and not choosing are no marks of the paper: compared is what both have.
    return +Counter({mark: total[mark] - papers for mark, papers in _of_both(total, kept).items()})


def people_on_paper(box: Box) -> set[int]:
    """Who was given a paper, by the roll, the list of electors and the record."""
    found = {int(person) for table in (box.voters, "elector") for person, way in _ways(box, table) if way == "paper"}
    for action, entries in box.connection.execute(text("select action, entries from event order by number")):
        said = box.read(entries)
        if action == "ballot_hand_paper" and said.get("ballot") == box.ballot:
            found.add(int(said["person"]))
    return found


def counters_sheets(box: Box) -> int:
    """How many hand counts are kept beside the result."""
    row = box.connection.execute(text("select hand_counts from ballot where id = :ballot"), {"ballot": box.ballot})
    return len(box.read(row.scalar()))


def votes_of_those_seen(box: Box, seen: Collection[int]) -> Sequence[tuple[int, Mark]]:
    """People known to have taken a paper with the marks found, where these can be no others': all alike, or one person."""
    by_line: dict[str, list[str]] = {}
    for (line, mark), papers in marks_on_paper(box).items():
        by_line.setdefault(line, []).extend([mark] * papers)
    return [
        (person, (line, marks[0]))
        for line, marks in sorted(by_line.items())
        if len(marks) == len(seen) and len(set(marks)) == 1
        for person in sorted(seen)
    ]


def _ways(box: Box, table: str) -> Sequence[tuple[int, str]]:
    if not box.has(table, "way"):
        return []
    return [(person, way) for person, way in box.rows(table, f"{box.person}, way")]


def _marks_of_count(count: Any) -> Counter[Mark]:
    found: Counter[Mark] = Counter()
    if isinstance(count, Sequence):
        for row in count:
            marks = {**row["marks"], " void": row["void"], " blank": row["blank"]}
            found.update({(row["subject"], mark): papers for mark, papers in marks.items()})
        return found
    papers: Mapping[str, Any] = count.get("papers", count)
    found.update({(code, "yes"): votes for code, votes in papers["votes"].items()})
    return found


def _of_both(total: Counter[Mark], kept: Sequence[Mapping[str, Any]]) -> dict[Mark, int]:
    counted: Counter[Mark] = Counter()
    for paper in kept:
        if "subject" in paper:
            marks = paper["marks"]
            counted[paper["subject"], " blank" if not marks else marks[0] or " void"] += 1
        elif "chosen" in paper:
            counted.update((code, "yes") for code in paper["chosen"])
        else:
            counted.update((code, "yes") for code, mark in paper["marks"].items() if mark == "yes")
            counted.update((name, "yes") for name in paper["written"])
    return {mark: counted[mark] for mark in total}
