"""What a count comes to: papers of both ways made one set, the figures that are kept, the checks on their number.

Of a secret ballot no part exists after this: a table of the few who voted on paper would say how they voted, and so
would the total beside a table of the others. A named ballot keeps its parts.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from renda.model import BallotRow
from renda.services.benches.figures import plain
from renda.services.benches.sheet import Bench
from renda.sittings import PaperSurplus
from renda.voting import Turnout, compare

WHOLE_SOURCE = "选举法第四十四条"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on its way from its envelope to its place; ``person`` only where the ballot is named."""

    id: str
    content: dict[str, Any]
    person: int | None


@dataclass(frozen=True, slots=True)
class Votes:
    """All votes of a ballot before its result: electronic ``papers`` and the count of those on paper, None for none.

    ``envelopes`` is how many came in electronically, ``handed_out`` how many electors were given a paper.
    """

    papers: Sequence[Paper]
    envelopes: int
    by_hand: Any | None
    handed_out: int


def fresh_id(chance: random.Random) -> str:
    """An id that says nothing of the paper's origin: 128 random bits, hexadecimal."""
    return f"{chance.getrandbits(128):032x}"


def kept_papers(row: BallotRow, bench: Bench, votes: Votes, chance: random.Random) -> Sequence[Paper]:
    """The papers as they are kept, in the order of their ids.

    In a secret ballot those counted by hand join the others, alike in form; where papers stay whole and some were
    counted by hand none is kept, since those that are there would show which are not.
    """
    if row.secrecy == "named" or votes.by_hand is None:
        return votes.papers
    counted = bench.papers_from(votes.by_hand)
    if counted is None:
        return ()
    joined = [Paper(fresh_id(chance), content, None) for content in counted]
    return sorted([*votes.papers, *joined], key=lambda paper: paper.id)


def result_of(row: BallotRow, bench: Bench, votes: Votes, surplus: PaperSurplus) -> dict[str, Any]:
    """The result with the sums it rests on, as it is kept; ``surplus`` is the district's rule for the paper box."""
    electronic = bench.count([paper.content for paper in votes.papers])
    came_back = 0 if votes.by_hand is None else bench.returned(votes.by_hand)
    issued, returned = row.issued or 0, votes.envelopes + came_back
    checks = _checks(votes, came_back, issued, surplus)
    stands = all(check["met"] for check in checks)
    total = electronic if votes.by_hand is None else _added(electronic, votes.by_hand)
    is_secret = row.secrecy == "secret"
    not_pressed = issued - (returned if is_secret else votes.handed_out + votes.envelopes)
    turnout = {
        "members": row.members,
        "present": row.present or 0,
        "issued": issued,
        "returned": returned,
        "not_pressed": not_pressed,
    }
    subtotals = None
    if not is_secret:
        turnout |= {"electronic": votes.envelopes, "paper": came_back, "paper_issued": votes.handed_out}
        subtotals = None if votes.by_hand is None else {"electronic": plain(electronic), "paper": plain(votes.by_hand)}
    result: dict[str, Any] = {
        "stands": stands,
        "checks": _kept_checks(checks) if is_secret else checks,
        "turnout": turnout,
        "total": _plain_total(total, parts_known=not is_secret or votes.by_hand is None),
        "subtotals": subtotals,
        "subjects": {},
        "following": None,
    }
    if stands:
        present = row.present or 0
        # Where a surplus of paper is let pass, more than the difference may have pressed nothing.
        missing = min(not_pressed, issued - returned)
        people = Turnout(row.members, present, issued, returned, valid=returned, not_pressed=missing)
        result["subjects"], result["following"] = bench.decide(people, total)
    return result


def _checks(votes: Votes, came_back: int, issued: int, surplus: PaperSurplus) -> list[dict[str, Any]]:
    """What decides whether the vote stands as a whole, each comparison with what it is about and its source."""
    electronic = compare(votes.envelopes, "≤", issued - votes.handed_out)
    checks = [
        {"about": "whole", "source": WHOLE_SOURCE, **plain(compare(votes.envelopes + came_back, "≤", issued))},
        {"about": "electronic", "source": "", **plain(electronic)},
    ]
    if surplus.voids:
        paper = compare(came_back, "≤", votes.handed_out)
        checks.append({"about": "paper", "source": surplus.source, **plain(paper)})
    return checks


def _kept_checks(checks: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Of a secret ballot: the whole where it stands, else what made it void; numbers of papers, and of no marks."""
    broken = [check for check in checks if not check["met"]]
    return broken or checks[:1]


def _plain_total(total: Any, *, parts_known: bool) -> Any:
    kept = plain(total)
    # Why a paper is void is known of electronic ones only: beside all void papers it would tell their number.
    if not parts_known and isinstance(kept, dict):
        kept.get("papers", kept)["reasons"] = {}
    return kept


def _added(one: Any, other: Any) -> Any:
    if isinstance(one, tuple):
        return tuple(first + second for first, second in zip(one, other, strict=True))
    return one + other
