"""Attacks of somebody who only watches: polling a counter, requests by length, comparing published tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from renda.services.secrecy.places import Box
from renda.services.secrecy.scoring import Trace

Poll = tuple[int, Mapping[str, int]]


def polled_counters(polls: Iterable[Poll]) -> list[tuple[int, str]]:
    """What the page told after each vote: ``(who had just voted, the counters)``; a counter that rose is the vote."""
    found, before = [], dict[str, int]()
    for person, counters in polls:
        risen = [name for name, count in counters.items() if count > before.get(name, 0)]
        found += [(person, name) for name in risen]
        before = dict(counters)
    return found


def lengths_of_requests(box: Box, requests: Sequence[tuple[int, int]]) -> Trace:
    """An access log with who sent how many bytes: longer requests belong to longer papers."""
    papers = [(paper, content, len(content.encode())) for paper, content, _ in box.papers_as_they_lie()]
    return Trace("请求长度", list(requests), papers if len({length for _, length in requests}) > 1 else [])


def subtracted_tables(tables: Sequence[tuple[frozenset[int], Mapping[str, int]]]) -> list[tuple[int, str]]:
    """Published tables whose people differ by one: the cell that differs is that person's vote."""
    found = []
    for place, (people, cells) in enumerate(tables):
        for others, other_cells in tables[:place]:
            apart = people ^ others
            changed = [cell for cell in cells if cells[cell] != other_cells.get(cell, 0)]
            if len(apart) == 1 and len(changed) == 1:
                found.append((next(iter(apart)), changed[0]))
    return found
