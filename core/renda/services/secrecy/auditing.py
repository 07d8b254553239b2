"""``renda audit secrecy``: every attack against a ballot that was closed, on the database as it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import text

from renda.services.secrecy import orders, parts, remains
from renda.services.secrecy.places import Box
from renda.services.secrecy.scoring import Score, Trace, pairings, scored, telling

Attack = Callable[[Box], Trace]

ATTACKS: tuple[Attack, ...] = (
    orders.serial_numbers,
    orders.dump_order,
    orders.rowid,
    orders.places_on_disk,
    orders.same_transaction,
    orders.nearest_transaction,
    orders.times,
    orders.record,
    remains.dead_rows,
    remains.log_of_the_database,
    remains.file_of_the_database,
)

LEAKS, SAFE, UNTRIED = "leaks", "safe", "untried"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one attack came to: ``leaks``, ``safe`` or ``untried`` with the reason; a score where votes were known."""

    attack: str
    verdict: str
    note: str = ""
    score: Score | None = None


def audit(box: Box, chance: random.Random, truth: Mapping[int, str] | None = None) -> list[Finding]:
    """Every attack against the box, and what lies about that should not.

    ``truth`` maps people to what their paper says (in the form of ``places.plain``) where it is known, as in
    a trial ballot: the pairings are then compared with chance. Without it an attack leaks where its keys
    could lead to a voter at all (``scoring.telling``).
    """
    return [*(_tried(attack(box), chance, truth) for attack in ATTACKS), _left_over(box), *_parts(box)]


def _tried(trace: Trace, chance: random.Random, truth: Mapping[int, str] | None) -> Finding:
    if trace.note:
        return Finding(trace.attack, UNTRIED, trace.note)
    if truth is None and trace.by_words:
        return Finding(trace.attack, UNTRIED, "须有已知的投票(--known)才能与猜测比较")
    if truth is None:
        return Finding(trace.attack, LEAKS if telling(trace) else SAFE)
    score = scored(pairings(trace, chance), truth)
    return Finding(trace.attack, LEAKS if score.beats_chance else SAFE, score=score)


def _left_over(box: Box) -> Finding:
    """Envelopes that should have been deleted at the close."""
    query = f"select count(*) from {box.sealed} where ballot_id = :ballot"  # noqa: S608
    left = box.connection.execute(text(query), {"ballot": box.ballot}).scalar() or 0
    return Finding("未删除的密封票", LEAKS if left else SAFE, str(left) if left else "")


def _parts(box: Box) -> list[Finding]:
    """What tells the electronic papers from those of paper: their marks, and who had one."""
    marks, people = sum(parts.marks_on_paper(box).values()), len(parts.people_on_paper(box))
    found = {"合计与分项之差": marks, "领过纸质票的人": people, "计票单": parts.counters_sheets(box)}
    return [Finding(name, LEAKS if left else SAFE, str(left) if left else "") for name, left in found.items()]
