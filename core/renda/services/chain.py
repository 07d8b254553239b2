"""The record of a district: who did what, when, under which rules; each entry seals the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from renda.matter import Actor
from renda.model import ChainHead, EventRow
from renda.services.desk import Desk

HELD = "chain_head"
ASKED = "submissions"


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be entered in the record, before it has its number."""

    actor: Actor
    practice: str
    action: str
    label: str
    matter_id: int | None
    came_from: str | None
    went_to: str
    entries: Mapping[str, Any]
    rules_effective: Any = None
    rules_digest: str = ""
    submission: str | None = None


def hold(desk: Desk) -> ChainHead:
    """Take the record for all that is done in this transaction; asked outside of any savepoint, which would let go."""
    desk.session.info[HELD] = head = lock(desk)
    return head


def is_held(desk: Desk) -> bool:
    """Whether the record is held: nobody else changes a matter of the district until the transaction ends."""
    return HELD in desk.session.info


def lock(desk: Desk) -> ChainHead:
    """Take the district's record for writing until the transaction ends; others wait."""
    held: ChainHead | None = desk.session.info.get(HELD)
    if held is not None:
        return held
    head = desk.session.get(ChainHead, desk.session.district_id, with_for_update=True)
    if head is None:
        head = ChainHead(district_id=desk.session.district_id, number=0, digest="")
        desk.session.add(head)
        desk.session.flush()
    return head


def look_up(desk: Desk, submissions: Sequence[str]) -> None:
    """Ask at once which of many forms were submitted before, where the record is held and nobody else adds to it."""
    asked: dict[str, tuple[int, int] | None] = desk.session.info.setdefault(ASKED, {})
    asked.clear()
    asked.update(dict.fromkeys(submissions))
    query = select(EventRow.submission, EventRow.matter_id, EventRow.number).where(EventRow.submission.in_(asked))
    for submission, matter_id, number in desk.session.execute(query):
        asked[str(submission)] = (matter_id or 0, number)


def submitted(desk: Desk, submission: str) -> tuple[int, int] | None:
    """The matter and the entry a form led to when it was submitted before; None where it was not."""
    asked = desk.session.info.get(ASKED, {})
    if submission not in asked:
        look_up(desk, [submission])
    found: tuple[int, int] | None = desk.session.info[ASKED].pop(submission)
    return found


def enter(desk: Desk, head: ChainHead, deed: Deed) -> EventRow:
    """Add an entry after the last one."""
    row = EventRow(
        district_id=desk.session.district_id,
        number=head.number + 1,
        at=desk.now,
        day=desk.day,
        account_id=deed.actor.account_id,
        actor=deed.actor.name,
        matter_id=deed.matter_id,
        practice=deed.practice,
        action=deed.action,
        label=deed.label,
        came_from=deed.came_from,
        went_to=deed.went_to,
        entries=dict(deed.entries),
        rules_effective=deed.rules_effective,
        rules_digest=deed.rules_digest,
        submission=deed.submission,
        previous=head.digest,
    )
    row.digest = digest_of(row)
    head.number, head.digest = row.number, row.digest
    desk.session.add(row)
    return row


def began_on(desk: Desk) -> date | None:
    """The day of the first entry, from which on there is something to look back at."""
    return desk.session.scalar(select(EventRow.day).order_by(EventRow.number).limit(1))


def digest_of(row: EventRow) -> str:
    """SHA-256 over all an entry says, the digest of the one before included."""
    said = [
        row.number,
        row.at.isoformat(),
        row.day.isoformat(),
        row.account_id,
        row.actor,
        row.matter_id,
        row.practice,
        row.action,
        row.label,
        row.came_from,
        row.went_to,
        row.entries,
        row.rules_effective.isoformat() if row.rules_effective else None,
        row.rules_digest,
        row.submission,
        row.previous,
    ]
    return sealed(said)


def sealed(said: Any) -> str:
    """SHA-256 over what can be written as JSON, the same on every database and machine."""
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_broken(desk: Desk) -> int | None:
    """The number of the first entry that is not as it was written, or None where the record is whole."""
    previous, expected = "", 1
    query = select(EventRow).order_by(EventRow.number).execution_options(yield_per=500)
    # Closed also where the reading stops early: a cursor of the server would stay open.
    with closing(desk.session.scalars(query)) as rows:
        for row in rows:
            if row.number != expected or row.previous != previous or row.digest != digest_of(row):
                return expected
            previous, expected = row.digest, expected + 1
    head = desk.session.get(ChainHead, desk.session.district_id)
    told = (head.number, head.digest) if head is not None else (0, "")
    return None if told == (expected - 1, previous) else expected
