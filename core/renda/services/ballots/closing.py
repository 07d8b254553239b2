"""The close: one transaction in which sealed papers become papers that nobody can lead back to a voter.

Casting is kept out; envelopes are opened and shuffled; the roll is written in the order of people's numbers,
the papers in the order of fresh random ids; the envelopes are deleted and the result is kept with its sums. Of a
secret ballot nothing stays that tells electronic papers from those of paper.
When that is committed the key is destroyed. A crash before leaves the ballot open and every envelope kept.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from renda.matter import Actor
from renda.model import BallotRow, EnvelopeRow, PaperRow, RollRow
from renda.sealing import UnreadableEnvelopeError, opened
from renda.services import chain
from renda.services.ballots import by_hand, publishing, telling
from renda.services.ballots import keys as key
from renda.services.ballots.counting import Paper, Votes, fresh_id, kept_papers, result_of
from renda.services.benches.figures import digest
from renda.services.benches.finding import check_office, check_state, find_to_change
from renda.services.benches.preparing import bench_of, check_choice, note
from renda.services.benches.sheet import UNREADABLE, Bench
from renda.services.desk import Desk


def close(
    desk: Desk,
    actor: Actor,
    number: int,
    *,
    keys: key.KeyKeeper,
    shares: Sequence[str] = (),
    display: str = "",
    chance: random.Random | None = None,
) -> telling.Closed:
    """Close a ballot and count it; closing it again answers with the same result.

    A result that is to be shown at once is published here, and the matters hear of it; any other waits for
    ``publish``, the release, or ``withhold``. A void ballot has nothing to release: its matters hear that at once.

    ``display`` is the chair's choice at this moment between showing the result at once and when it is released; empty
    for what was prepared. ``shares`` are those of the scrutineers where the server holds no key; ``chance`` shuffles and makes ids
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
    check_choice("display", display or row.display)
    bench = bench_of(desk, row)
    by_paper = by_hand.agreed(desk, row)
    private = key.private_key(row, keys, shares)
    came_from = row.state
    chance = chance or secrets.SystemRandom()
    envelopes = _envelopes(desk, row)
    read = _shuffled(row, bench, private, envelopes, chance)
    votes = Votes(read, len(envelopes), by_paper, by_hand.papers_issued(desk, row.id))
    papers = kept_papers(row, bench, votes, chance)
    _write(desk, row, [person for person, _ in envelopes], papers)
    row.result = result_of(row, bench, votes, desk.rulebook.district.meetings.paper_surplus)
    row.state, row.closed_at = ("closed" if row.result["stands"] else "void"), desk.now
    row.trial, row.display = None, display or row.display
    if row.secrecy == "secret":
        by_hand.forget(desk, row)
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
    if row.state == "void":
        telling.tell_matters(desk, told, entered)
    elif row.display == "direct":
        _show_at_once(desk, actor, row, told, entered)
    return told


def _show_at_once(desk: Desk, actor: Actor, row: BallotRow, told: telling.Closed, entered: int) -> None:
    """Publish what is to be shown as soon as it is counted; where the guard leaves no form, nobody hears of it yet."""
    form = publishing.form_at_once(desk, row)
    if form is None:
        # The matters would hear figures that are not to be announced: they wait for the chair, as everybody does.
        row.display = "delayed"
        return
    telling.tell_matters(desk, told, entered, coarsened=form == publishing.OUTCOMES)
    publishing.publish(desk, actor, row.id, form)


def _envelopes(desk: Desk, row: BallotRow) -> list[tuple[int, bytes]]:
    query = (
        select(EnvelopeRow.person_id, EnvelopeRow.sealed)
        .where(EnvelopeRow.ballot_id == row.id, EnvelopeRow.district_id == row.district_id)
        .order_by(EnvelopeRow.person_id)
    )
    return [(person, bytes(envelope)) for person, envelope in desk.session.execute(query)]


def _shuffled(
    row: BallotRow, bench: Bench, private: bytes, envelopes: Sequence[tuple[int, bytes]], chance: random.Random
) -> list[Paper]:
    named = row.secrecy == "named"
    papers = [
        Paper(fresh_id(chance), part, person if named else None)
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


def _write(desk: Desk, row: BallotRow, electronic: Sequence[int], papers: Sequence[Paper]) -> None:
    """The roll, the papers and nothing else; the roll of a secret ballot does not say how somebody voted."""
    own = {"district_id": row.district_id, "ballot_id": row.id}
    ways = {**dict.fromkeys(electronic, "electronic"), **dict.fromkeys(by_hand.holders(desk, row.id), "paper")}
    if ways:
        named = row.secrecy == "named"
        roll = [{**own, "person_id": person, "way": ways[person] if named else ""} for person in sorted(ways)]
        desk.session.execute(insert(RollRow), roll)
    if papers:
        desk.session.execute(
            insert(PaperRow),
            [{**own, "id": each.id, "content": each.content, "person_id": each.person} for each in papers],
        )
    desk.session.execute(delete(EnvelopeRow).where(EnvelopeRow.ballot_id == row.id))


def _roll_of(desk: Desk, row: BallotRow) -> list[list[Any]]:
    query = select(RollRow.person_id, RollRow.way).where(RollRow.ballot_id == row.id).order_by(RollRow.person_id)
    return [list(each) for each in desk.session.execute(query)]
