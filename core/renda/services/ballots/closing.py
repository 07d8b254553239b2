"""The close: one transaction in which sealed papers become papers that nobody can lead back to a voter.

Casting is kept out; envelopes are opened and shuffled; the roll is written in the order of people's numbers,
the papers in the order of fresh random ids; the envelopes are deleted and the result is kept with its sums.
When that is committed the key is destroyed. A crash before leaves the ballot open and every envelope kept.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from renda.errors import RendaError
from renda.matter import Actor
from renda.model import BallotRow, ElectorRow, EnvelopeRow, PaperRow, RollRow
from renda.sealing import UnreadableEnvelopeError, opened
from renda.services import chain
from renda.services.ballots import by_hand, publishing, telling
from renda.services.ballots import keys as key
from renda.services.benches.figures import digest, plain
from renda.services.benches.finding import check_office, check_state, find_to_change
from renda.services.benches.preparing import bench_of, note
from renda.services.benches.sheet import UNREADABLE, Bench
from renda.services.desk import Desk
from renda.voting import Turnout, compare


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper on its way from its envelope to its place; ``person`` only where the ballot is named."""

    id: str
    content: dict[str, Any]
    person: int | None


def close(
    desk: Desk,
    actor: Actor,
    number: int,
    *,
    keys: key.KeyKeeper,
    shares: Sequence[str] = (),
    chance: random.Random | None = None,
) -> telling.Closed:
    """Close a ballot and count it; closing it again answers with the same result.

    A result that is to be shown at once is published here, and the matters hear of it; any other waits for
    ``publish``, the release, or ``withhold``. A void ballot has nothing to release: its matters hear that at once.

    ``shares`` are those of the scrutineers where the server holds no key; ``chance`` shuffles and makes ids
    and is the system's own generator wherever papers are secret. Raises ``ballot.not_now``, ``ballot.hand_…``,
    ``ballot.share…`` and ``ballot.key_…``; nothing is changed then.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    if row.state in ("closed", "published", "withheld", "void"):
        key.destroy_when_kept(desk, row, keys)
        return telling.closed(desk, row)
    check_state(row, "计票", "open", "stopped")
    bench = bench_of(desk, row)
    by_paper = by_hand.agreed(desk, row)
    private = key.private_key(row, keys, shares)
    came_from = row.state
    envelopes = _envelopes(desk, row)
    papers = _shuffled(row, bench, private, envelopes, chance or secrets.SystemRandom())
    _write(desk, row, envelopes, papers)
    row.result = _result(desk, row, bench, len(envelopes), papers, by_paper)
    row.state, row.closed_at = ("closed" if row.result["stands"] else "void"), desk.now
    row.trial = None
    _forget_small_counts(row)
    entries = {
        "turnout": row.result["turnout"],
        "stands": row.result["stands"],
        "result": digest(row.result),
        "roll": digest(_roll_of(desk, row)),
        "papers": digest([[each.id, each.content, each.person] for each in papers]),
    }
    entered = note(desk, head, actor, row, "close", "计票", came_from, entries)
    desk.session.flush()
    key.destroy_when_kept(desk, row, keys)
    told = telling.closed(desk, row)
    if row.display == "direct" or row.state == "void":
        telling.tell_matters(desk, told, entered)
    _show_at_once(desk, actor, row)
    return told


def _show_at_once(desk: Desk, actor: Actor, row: BallotRow) -> None:
    """Publish what is to be shown as soon as it is counted; where the guard refuses, the chair has to decide."""
    if row.display != "direct" or row.state != "closed":
        return
    try:
        publishing.publish(desk, actor, row.id)
    except RendaError as refusal:
        if refusal.code != "ballot.disclosure":
            raise


def _envelopes(desk: Desk, row: BallotRow) -> list[tuple[int, bytes]]:
    query = (
        select(EnvelopeRow.person_id, EnvelopeRow.sealed)
        .where(EnvelopeRow.ballot_id == row.id, EnvelopeRow.district_id == row.district_id)
        .order_by(EnvelopeRow.person_id)
    )
    return [(person, bytes(envelope)) for person, envelope in desk.session.execute(query)]


def _shuffled(
    row: BallotRow, bench: Bench, private: bytes, envelopes: Sequence[tuple[int, bytes]], chance: random.Random
) -> list[_Paper]:
    named = row.secrecy == "named"
    papers = [
        _Paper(f"{chance.getrandbits(128):032x}", part, person if named else None)
        for person, envelope in envelopes
        for part in bench.parts(_read(envelope, private, key.about(row)))
    ]
    return sorted(papers, key=lambda paper: paper.id)


def _read(envelope: bytes, private: bytes, about: bytes) -> Mapping[str, Any]:
    """A paper, or one that says it cannot be read: a spoilt envelope must not stop a count."""
    try:
        read = json.loads(opened(envelope, private, about))
    except (UnreadableEnvelopeError, ValueError):
        return UNREADABLE
    return read if isinstance(read, Mapping) else UNREADABLE


def _write(desk: Desk, row: BallotRow, envelopes: Sequence[tuple[int, bytes]], papers: Sequence[_Paper]) -> None:
    own = {"district_id": row.district_id, "ballot_id": row.id}
    electronic = [person for person, _ in envelopes]
    query = select(ElectorRow.person_id).where(ElectorRow.ballot_id == row.id, ElectorRow.way == "paper")
    ways = {**dict.fromkeys(electronic, "electronic"), **dict.fromkeys(desk.session.scalars(query), "paper")}
    if ways:
        desk.session.execute(
            insert(RollRow), [{**own, "person_id": person, "way": ways[person]} for person in sorted(ways)]
        )
    if papers:
        desk.session.execute(
            insert(PaperRow),
            [{**own, "id": each.id, "content": each.content, "person_id": each.person} for each in papers],
        )
    desk.session.execute(delete(EnvelopeRow).where(EnvelopeRow.ballot_id == row.id))


def _roll_of(desk: Desk, row: BallotRow) -> list[list[Any]]:
    query = select(RollRow.person_id, RollRow.way).where(RollRow.ballot_id == row.id).order_by(RollRow.person_id)
    return [list(each) for each in desk.session.execute(query)]


def _result(  # noqa: PLR0917
    desk: Desk, row: BallotRow, bench: Bench, cast: int, papers: Sequence[_Paper], by_paper: Any
) -> dict[str, Any]:
    electronic = bench.count([paper.content for paper in papers])
    handed_out = by_hand.papers_issued(desk, row.id)
    came_back = 0 if by_paper is None else bench.returned(by_paper)
    issued = row.issued or 0
    checks = [
        compare(cast, "≤", issued - handed_out),
        compare(came_back, "≤", handed_out),
        compare(cast + came_back, "≤", issued),
    ]
    total = electronic if by_paper is None else _added(electronic, by_paper)
    result: dict[str, Any] = {
        "stands": all(checks),
        "checks": plain(checks),
        "turnout": {
            "members": row.members,
            "present": row.present or 0,
            "issued": issued,
            "returned": cast + came_back,
            "electronic": cast,
            "paper": came_back,
            "paper_issued": handed_out,
            "not_pressed": issued - handed_out - cast,
        },
        "total": plain(total),
        "subtotals": _subtotals(row, electronic, cast, by_paper, came_back),
        "subjects": {},
        "following": None,
    }
    if result["stands"]:
        people = Turnout(
            row.members,
            row.present or 0,
            issued,
            cast + came_back,
            valid=cast + came_back,
            not_pressed=issued - handed_out - cast,
        )
        result["subjects"], result["following"] = bench.decide(people, total)
    return result


def _added(one: Any, other: Any) -> Any:
    if isinstance(one, tuple):
        return tuple(first + second for first, second in zip(one, other, strict=True))
    return one + other


def _subtotals(row: BallotRow, electronic: Any, cast: int, by_paper: Any, came_back: int) -> dict[str, Any] | None:
    """Both subtotals, unless one of them is of so few that it would say who voted what."""
    if by_paper is None:
        return None
    if row.secrecy == "secret" and min(cast, came_back) < row.guard["k"]:
        return {"withheld": row.guard["k"]}
    return {"electronic": plain(electronic), "paper": plain(by_paper)}


def _forget_small_counts(row: BallotRow) -> None:
    if (row.result or {}).get("subtotals") == {"withheld": row.guard["k"]}:
        row.hand_counts = {key: {"by": each["by"]} for key, each in row.hand_counts.items()}
