"""Which figures of a secret ballot say how single people voted, where a district does not announce those.

Three ways lead from a table to a person: so few took part that anybody can guess; all marked the same, so
that each mark is known; or two tables of one question differ by a few people only, so that the difference is those
people's marks. Below how many (``k``) is the district's data; k = 1, the rule where it says nothing, lets everything
through: the law wants results announced at once, and most of them are unanimous.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from renda.i18n import gettext


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of one subject among some people: ``cells`` maps a mark (or void, blank) to its papers.

    ``subject`` and ``asked``, the question, are what two tables must share to be compared; ``people`` the numbers of
    those who took part.
    """

    subject: str
    cells: Mapping[str, int]
    people: frozenset[int]
    title: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A table from which single votes follow, and why; ``reason`` is few, unanimous or difference."""

    subject: str
    reason: str
    text: str


def exposures(tables: Sequence[Table], published: Sequence[Table], k: int) -> tuple[Exposure, ...]:
    """What is exposed by publishing ``tables`` beside those ``published`` before, in groups under ``k``."""
    if k <= 1:
        return ()
    found = [each for table in tables for each in _alone(table, k)]
    together = [*published, *tables]
    for place, table in enumerate(tables, len(published)):
        for other in together[:place]:
            apart = len(table.people ^ other.people)
            # Two questions about one subject, such as a measurement and a vote on what was put right since, cannot be
            # subtracted; nor can two tables with other marks.
            same = (other.subject, other.asked) == (table.subject, table.asked)
            alike = same and other.cells.keys() == table.cells.keys()
            if alike and 0 < apart < k:
                text = gettext(
                    "“{subject}”与已公布的“{other}”只相差 {apart} 人,两表相减即知这些人的投票",
                    subject=table.title,
                    other=other.title,
                    apart=apart,
                )
                found.append(Exposure(table.subject, "difference", text))
    return tuple(found)


def identity(matter: int | None, person: int | None, project: int | None, label: str) -> str:
    """What makes two lines of two ballots the same subject: what they are about by number, else their words."""
    for noun, number in (("matter", matter), ("person", person), ("project", project)):
        if number is not None:
            return f"{noun}:{number}"
    return f"label:{label}"


def _alone(table: Table, k: int) -> Sequence[Exposure]:
    papers = sum(table.cells.values())
    if papers < k:
        text = gettext("“{subject}”只有 {papers} 张票,少于 {k} 张", subject=table.title, papers=papers, k=k)
        return [Exposure(table.subject, "few", text)]
    if max(table.cells.values()) == papers:
        text = gettext("“{subject}”的 {papers} 张票全部相同", subject=table.title, papers=papers)
        return [Exposure(table.subject, "unanimous", text)]
    return []
