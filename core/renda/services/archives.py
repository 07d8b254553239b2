"""The archive of a sitting: what was decided, how it was counted, in a file that anybody who has it can check offline.

JSON Lines: each entry holds the digest of the one before it, the last one signs. ``tools/verify_archive.py``
checks it without this program: the chain, the signature, that papers make the tallies, tallies the turnout,
and that each comparison with a threshold is right. What the disclosure guard withholds is not in it, nor is
anything about who cast a secret paper or whether it was electronic; whole papers of elections and selections stay
out (``docs/secrecy.md``).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.i18n import SOURCE_LOCALE, gettext, reading_in
from renda.matter import ROLES, Actor
from renda.model import AttendanceRow, BallotRow, District, EventRow, MeetingRow, PaperRow
from renda.sealing import Signer
from renda.services.ballots.result_text import counted, public_sheet, result_text
from renda.services.benches.figures import canonical
from renda.services.benches.finding import subjects_of
from renda.services.desk import Desk

FORMAT = "renda archive 2"
HANDED_OUT = "ballot_hand_paper"
WHOLE_PAPERS = frozenset({"selection", "election"})

declare({"archive.no_meeting": "没有第 {number} 号会议,不能生成存档。"}, status=404)
declare(
    {
        "archive.unfinished": "“{question}”还没有计票。全部表决计票之后才能生成存档。",
        "archive.empty": "“{title}”没有表决,没有可存档的结果。",
        "archive.not_settled": "“{title}”还没有闭会,或者还有表决没有公布,存档还不能提供。",
    },
    status=409,
)
declare({"archive.not_public": "“{title}”没有向社会公布,存档只提供给{who}。"}, status=403)


SETTLED = ("published", "withheld", "void")
READERS = ("clerk", "chair", "member", "deputy", "auditor", "system")


def is_settled(desk: Desk, row: MeetingRow) -> bool:
    """Whether there is an archive to have: the sitting is closed, of each of its ballots all that may be is out."""
    states = set(desk.session.scalars(select(BallotRow.state).where(BallotRow.meeting_id == row.id)))
    return row.state == "closed" and bool(states) and states.issubset(SETTLED)


def check_settled(desk: Desk, row: MeetingRow) -> None:
    """Raise ``archive.not_settled`` where there is no archive to have yet."""
    if not is_settled(desk, row):
        raise RendaError("archive.not_settled", title=row.title)


def may_have(desk: Desk, viewer: Actor, row: MeetingRow) -> bool:
    """Whether the viewer may have the archive now: everybody once the sitting is published, else who reads ballots."""
    return is_settled(desk, row) and (row.published_at is not None or not viewer.roles.isdisjoint(READERS))


def check_may_have(desk: Desk, viewer: Actor, row: MeetingRow) -> None:
    """Raise ``archive.not_public`` where the viewer may not have it, ``archive.not_settled`` where nobody may yet."""
    if row.published_at is None and viewer.roles.isdisjoint(READERS):
        who = "、".join(gettext(ROLES[role]) for role in READERS[:-1])
        raise RendaError("archive.not_public", title=row.title, who=who)
    check_settled(desk, row)


def archive(desk: Desk, meeting: int, signer: Signer) -> str:
    """The archive of a sitting as text; the same sitting on the same day gives the same text.

    Raises ``archive.no_meeting``, ``archive.unfinished`` while a ballot is not counted, ``archive.empty``.
    """
    row = desk.session.scalar(select(MeetingRow).where(MeetingRow.id == meeting))
    if row is None:
        raise RendaError("archive.no_meeting", number=meeting)
    query = select(BallotRow).where(BallotRow.meeting_id == meeting).order_by(BallotRow.id)
    held = desk.session.scalars(query).all()
    if not held:
        raise RendaError("archive.empty", title=row.title)
    for ballot in held:
        if ballot.result is None:
            raise RendaError("archive.unfinished", question=ballot.question)
    lines, previous = [], ""
    for number, (kind, content) in enumerate(_entries(desk, row, held)):
        previous = _digest(previous, number, kind, content)
        lines.append(canonical({"n": number, "kind": kind, "content": content, "digest": previous}))
    signature = {"public_key": signer.public.hex(), "signature": signer.sign(bytes.fromhex(previous)).hex()}
    lines.append(canonical({"n": len(lines), "kind": "signature", "content": signature}))
    return "\n".join(lines) + "\n"


def _digest(previous: str, number: int, kind: str, content: Mapping[str, Any]) -> str:
    said = canonical([previous, number, kind, content])
    return hashlib.sha256(said.encode()).hexdigest()


def _entries(desk: Desk, meeting: MeetingRow, held: Sequence[BallotRow]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    district = desk.session.get_one(District, desk.session.district_id)
    yield (
        "sitting",
        {
            "format": FORMAT,
            "district": {"slug": district.slug, "name": desk.rulebook.district.full_name or district.name},
            "meeting": {"number": meeting.id, "body": meeting.body, "title": meeting.title},
            "day": meeting.day.isoformat(),
            "made_on": desk.day.isoformat(),
        },
    )
    states = select(AttendanceRow.state).where(AttendanceRow.meeting_id == meeting.id)
    yield (
        "attendance",
        {"members": meeting.members, "states": dict(sorted(Counter(desk.session.scalars(states)).items()))},
    )
    for ballot in held:
        yield "ballot", _ballot(desk, ballot)
        if ballot.published is not None:
            papers = _papers(desk, ballot)
            if papers is not None:
                yield "papers", {"ballot": ballot.id, "papers": papers}
            lines = [counted(ballot, line) for line in ballot.published["subjects"]]
            yield "result", {"ballot": ballot.id, **ballot.published, "subjects": lines, "words": _words(desk, ballot)}
        else:
            turnout = (ballot.result or {})["turnout"]
            words = _words(desk, ballot)
            yield "withheld", {"ballot": ballot.id, "state": ballot.state, "turnout": turnout, "words": words}


def _words(desk: Desk, row: BallotRow) -> Mapping[str, Any]:
    """What minutes and pages say of the ballot, in Chinese whoever makes the archive."""
    with reading_in(SOURCE_LOCALE):
        return result_text(row, public_sheet(desk, row), sitting_closed=True).plain()


def _ballot(desk: Desk, row: BallotRow) -> dict[str, Any]:
    return {
        "ballot": row.id,
        "question": row.question,
        "bench": row.bench,
        "round": row.round,
        "secrecy": row.secrecy,
        "rule": row.rule,
        "rule_digest": row.rule_digest,
        "practice": row.practice,
        "rules_effective": row.rules_effective.isoformat() if row.rules_effective else None,
        "key": {
            "mode": row.key_mode,
            "needed": row.shares_needed,
            "shares": row.share_digests,
            "public": (row.public_key or b"").hex(),
        },
        "subjects": [{"code": each.code, "label": each.label} for each in subjects_of(desk, row.id)],
        "record": _record(desk, row),
    }


def _record(desk: Desk, row: BallotRow) -> list[dict[str, Any]]:
    """The entries of the district's record about a ballot, by number and seal, for whoever may read it."""
    query = select(EventRow).where(EventRow.action.like("ballot\\_%", escape="\\")).order_by(EventRow.number)
    # Earlier versions entered who was given a paper; the record keeps that, the archive does not repeat it.
    hidden = HANDED_OUT if row.secrecy == "secret" else ""
    return [
        {"number": each.number, "day": each.day.isoformat(), "action": each.action, "digest": each.digest}
        for each in desk.session.scalars(query)
        if each.entries.get("ballot") == row.id and each.action != hidden
    ]


def _papers(desk: Desk, row: BallotRow) -> list[Any] | None:
    """The papers of a sheet taken apart, sorted by what they say; None where they stay out.

    Of a secret ballot all, of a named one those that were electronic, beside the count of the others.
    """
    published = row.published or {}
    if row.bench in WHOLE_PAPERS or published.get("coarsened"):
        return None
    query = select(PaperRow.content).where(PaperRow.ballot_id == row.id)
    return sorted(desk.session.scalars(query), key=canonical)
