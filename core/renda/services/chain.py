"""The record of a district: who did what, when, under which rules; each entry seals the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import SessionTransaction

from renda.matter import Actor
from renda.model import ChainHead, EventRow
from renda.services import row_log
from renda.services.desk import Desk
from renda.services.locking import lock_row
from renda.services.seals import sealed

HELD = "chain_head"
LOCKED = "chain_locked"
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
    """Take the district's record for writing until the transaction ends; others wait.

    Lock first, read after: what the session and the desk read before is forgotten, so that every decision is made by
    what is true while nobody else writes. Asked again in the same transaction it costs nothing and forgets nothing.
    """
    held: ChainHead | None = desk.session.info.get(HELD) or _locked(desk)
    if held is not None:
        return held
    desk.session.flush()
    desk.session.expire_all()
    desk.found.clear()
    desk.session.info.pop(ASKED, None)
    head = lock_row(desk.session, ChainHead, desk.session.district_id) or _first_head(desk)
    desk.session.info[LOCKED] = _innermost(desk), head
    return head


def _first_head(desk: Desk) -> ChainHead:
    """The head of a district without a record; two that begin one at once get the same."""
    make: Any = sqlite.insert if desk.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = {"district_id": desk.session.district_id, "number": 0, "digest": ""}
    desk.session.execute(make(ChainHead).values(first).on_conflict_do_nothing())
    head = lock_row(desk.session, ChainHead, desk.session.district_id)
    if head is None:
        raise LookupError(f"the record of district {desk.session.district_id} has no head")
    return head


def _locked(desk: Desk) -> ChainHead | None:
    """The head where this transaction has it; a savepoint that was given up gave the lock up with it."""
    transaction, head = desk.session.info.get(LOCKED, (None, None))
    within: SessionTransaction | None = _innermost(desk)
    while within is not None and within is not transaction:
        within = within.parent
    found: ChainHead | None = head if within is not None and head in desk.session else None
    return found


def _innermost(desk: Desk) -> SessionTransaction | None:
    return desk.session.get_nested_transaction() or desk.session.get_transaction()


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
    desk.session.info[row_log.EVENT] = row.number
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
