"""From a prepared ballot to an open one: the key, the trial paper, the electorate frozen; and stopping it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from sqlalchemy import insert, select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.model import BallotRow, ElectorRow, PersonRow
from renda.sealing import digest_of_share, split
from renda.services import chain
from renda.services.ballots import keys as key
from renda.services.benches.electorates import base, check_within, in_office
from renda.services.benches.finding import check_office, check_state, find_to_change
from renda.services.benches.preparing import note
from renda.services.desk import Desk
from renda.services.meetings.presence import electorate

declare(
    {
        "ballot.nobody": "“{question}”没有人签到,不能开始。请先签到。",
        "ballot.too_many": "签到 {present} 人,多于全体组成人员 {members} 人。请核对签到。",
        "ballot.twice_signed": "签到名单上有重复的人员。请核对后再开始。",
    },
    status=409,
)


def make_shares(
    desk: Desk,
    actor: Actor,
    number: int,
    *,
    needed: int,
    total: int,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    random_below: Callable[[int], int] = secrets.randbelow,
) -> tuple[str, ...]:
    """Make the key of a prepared ballot and split it: ``total`` shares, any ``needed`` of which open it.

    They are given out once and kept nowhere; making them again makes another key. Raises ``ballot.not_now``
    and ``sealing.share_numbers``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "生成密钥", "prepared")
    pair = key.make(row, random_bytes)
    shares = split(pair.private, needed, total, random_below)
    row.key_mode, row.shares_needed = "shares", needed
    row.share_digests = sorted(digest_of_share(share) for share in shares)
    note(desk, head, actor, row, "shares", "生成并分发密钥", row.state, {"needed": needed, "total": total})
    return shares


def open_ballot(
    desk: Desk,
    actor: Actor,
    number: int,
    *,
    keys: key.KeyKeeper,
    present: Sequence[int] | None = None,
    shares: Sequence[str] = (),
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> int:
    """Open a prepared ballot to those present (people's numbers); answers with how many papers it issues.

    ``present`` is the sign-in list, None for that of the ballot's meeting. All members are counted again, as
    they are on the day of the vote. Where the key is in shares, the
    scrutineers give as many as are needed and the trial paper is opened with them; where the server holds
    it, with what its folder gives back. Raises ``ballot.…``; nothing is kept then.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "开始表决", "prepared")
    electors = _signed_in(desk, row) if present is None else list(present)
    if not electors:
        raise RendaError("ballot.nobody", question=row.question)
    if len(set(electors)) < len(electors):
        raise RendaError("ballot.twice_signed")
    if row.electorate:
        check_within(desk, row.question, row.electorate, electors)
        row.members = base(desk, row.electorate, len(electors))
    if len(electors) > row.members:
        raise RendaError("ballot.too_many", present=len(electors), members=row.members)
    _check_people(desk, electors)
    if row.key_mode == "server":
        keys.keep(key.name_of(row), key.make(row, random_bytes).private)
    key.private_key(row, keys, shares)
    desk.session.execute(
        insert(ElectorRow),
        [
            {"district_id": desk.session.district_id, "ballot_id": row.id, "person_id": person, "way": "electronic"}
            for person in sorted(electors)
        ],
    )
    row.present = row.issued = len(electors)
    row.state, row.opened_at = "open", desk.now
    entries = {"present": row.present, "issued": row.issued, "key": row.key_mode, "trial": True}
    note(desk, head, actor, row, "open", "开始表决", "prepared", entries)
    return len(electors)


def stop(desk: Desk, actor: Actor, number: int) -> None:
    """Take no more votes, so that papers can be counted by hand before the close; raises ``ballot.not_now``."""
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "截止表决", "open")
    row.state = "stopped"
    note(desk, head, actor, row, "stop", "截止表决", "open", {})


def _signed_in(desk: Desk, row: BallotRow) -> list[int]:
    """Who has signed in to the ballot's sitting and may vote; others sit in and have no vote (列席)."""
    if row.meeting_id is None:
        return []
    signed = electorate(desk, row.meeting_id, sitting_in=row.electorate == "invited")
    if row.electorate in {"", "invited"}:
        return signed
    voting = in_office(desk, row.electorate)
    return [person for person in signed if person in voting]


def _check_people(desk: Desk, electors: Sequence[int]) -> None:
    known = set(desk.session.scalars(select(PersonRow.id)))
    for person in electors:
        if person not in known:
            raise RendaError("party.unknown", number=person, noun=gettext("人员"))
