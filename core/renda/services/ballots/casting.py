"""Handing in a paper: one row in one transaction, and an answer that is true.

Plain statements instead of mapped rows: this is the one path a whole congress takes at the same moment.
Nothing but the envelope is written, nothing is entered in a log, and no other row is locked or marked.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, TextClause, and_, bindparam, select, text
from sqlalchemy.dialects import postgresql, sqlite

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import BallotRow, ElectorRow, EnvelopeRow, RollRow
from renda.sealing import sealed, sealed_length
from renda.services.ballots import keys as key
from renda.services.benches.figures import canonical
from renda.services.benches.finding import find, lock_key
from renda.services.benches.preparing import bench_of
from renda.services.desk import Desk, Installation

declare(
    {
        "ballot.paper_long": "票面内容过长,最多 {most} 字节。请缩短另选的姓名。",
        "ballot.envelope_length": "密封票的长度不对:应为 {wanted} 字节,收到 {given} 字节。请刷新页面后重投。",
    }
)


class Answer(StrEnum):
    """What became of a paper handed in: it counts; another one of this elector counts; it came too late."""

    COUNTED = "counted"
    ALREADY = "already"
    TOO_LATE = "too_late"


_ENVELOPE: Any = EnvelopeRow.__table__
_BALLOT: Any = BallotRow.__table__
_ELECTOR: Any = ElectorRow.__table__
_ROLL: Any = RollRow.__table__
_STANDING = (
    select(_BALLOT.c.state, _BALLOT.c.press, _BALLOT.c.question, _BALLOT.c.paper_bytes, _ELECTOR.c.way)
    .select_from(
        _BALLOT.outerjoin(
            _ELECTOR,
            (_ELECTOR.c.district_id == _BALLOT.c.district_id)
            & (_ELECTOR.c.ballot_id == _BALLOT.c.id)
            & (_ELECTOR.c.person_id == bindparam("person")),
        )
    )
    .where(_BALLOT.c.id == bindparam("ballot"), _BALLOT.c.district_id == bindparam("district"))
)
_SHARED_LOCK = text("select pg_advisory_xact_lock_shared(:key)")
# The whole way of a vote that is in order, in one statement; what it does not take is looked into afterwards.
_KEEP = """
    insert into envelope (district_id, ballot_id, person_id, sealed, submission)
    select ballot.district_id, ballot.id, elector.person_id, :sealed, :submission
    from ballot join elector on elector.district_id = ballot.district_id and elector.ballot_id = ballot.id
    where ballot.id = :ballot_id and ballot.district_id = :district_id
      and ballot.state = 'open' and ballot.press = 'first' and elector.way = 'electronic'
      and ballot.paper_bytes = :paper_bytes {more}
    on conflict do nothing
    """
_OF_ACCOUNT = """and elector.person_id = (
    select account.person_id from account join account_session on account_session.district_id = account.district_id
       and account_session.account_id = account.id and account_session.digest = :session
    where account.district_id = :district_id and account.id = :account and not account.disabled)"""


def _keeping(more: str) -> TextClause:
    binary = (bindparam(name, type_=LargeBinary) for name in ("sealed", "submission"))
    return text(_KEEP.format(more=more)).bindparams(*binary)


_KEEP_OF_PERSON = _keeping("and elector.person_id = :person_id")
_KEEP_OF_ACCOUNT = _keeping(_OF_ACCOUNT)


def cast_at_once(  # noqa: PLR0917
    installation: Installation, slug: str, account: int, session: str, number: int, envelope: bytes, submission: str
) -> bool:
    """Whether a paper was taken in the fewest statements there can be: the whole of a vote that is in order.

    ``account`` and ``session`` (its digest) are those the request came with. Where it was not taken, nothing
    was changed and ``cast`` says why, or takes it.
    """
    own = {
        "ballot_id": number,
        "sealed": envelope,
        "submission": _mark(number, submission),
        "paper_bytes": len(envelope) - sealed_length(0),
        "account": account,
        "session": session,
    }
    return installation.say_once(slug, lock_key(number), _KEEP_OF_ACCOUNT, own) == 1


def vote(
    installation: Installation, slug: str, actor: Actor, number: int, envelope: bytes, *, submission: str = ""
) -> Answer:
    """Hand in a sealed paper in a transaction of its own; the answer is given after it is committed.

    ``submission`` is a token of the form: sent again with it, the same paper is ``COUNTED`` again and not
    twice. After an answer that got lost, asking again tells the truth. Refusals as in ``cast``.
    """
    with installation.writing(slug) as desk:
        return cast(desk, actor, number, envelope, submission=submission)


def seal(desk: Desk, number: int, paper: Mapping[str, Any]) -> bytes:
    """A paper read by its bench, padded and sealed on the server, for browsers that cannot.

    Raises ``ballot.paper_…`` where the elector should put it right, ``ballot.not_open``.
    """
    row = find(desk, number)
    content = canonical(bench_of(desk, row).read(paper)).encode()
    if row.public_key is None:
        raise RendaError("ballot.not_open", question=row.question)
    try:
        return sealed(content, row.public_key, row.paper_bytes, key.about(row))
    except ValueError:
        raise RendaError("ballot.paper_long", most=row.paper_bytes) from None


def cast(desk: Desk, actor: Actor, number: int, envelope: bytes, *, submission: str = "") -> Answer:
    """Keep a sealed paper in the transaction of ``desk``; the answer holds once that is committed.

    Raises ``ballot.unknown``, ``ballot.not_elector``, ``ballot.not_open``, ``ballot.on_paper``,
    ``ballot.envelope_length``.
    """
    connection, district = desk.session.connection(), desk.session.district_id
    if connection.dialect.name != "sqlite":
        # In a statement of its own, so that the next one sees what was committed while this waited.
        connection.execute(_SHARED_LOCK, {"key": lock_key(number)})
    row = {
        "district_id": district,
        "ballot_id": number,
        "person_id": actor.person.id if actor.person is not None else 0,
        "sealed": envelope,
        "submission": _mark(number, submission),
    }
    if connection.execute(_KEEP_OF_PERSON, {**row, "paper_bytes": len(envelope) - sealed_length(0)}).rowcount == 1:
        return Answer.COUNTED
    standing = connection.execute(
        _STANDING, {"district": district, "ballot": number, "person": row["person_id"]}
    ).first()
    if standing is None:
        raise RendaError("ballot.unknown", number=number)
    if standing.state == "prepared":
        raise RendaError("ballot.not_open", question=standing.question)
    if standing.way is None:
        raise RendaError("ballot.not_elector", question=standing.question)
    if standing.way == "paper":
        raise RendaError("ballot.on_paper", question=standing.question)
    wanted = sealed_length(standing.paper_bytes)
    if len(envelope) != wanted:
        raise RendaError("ballot.envelope_length", wanted=wanted, given=len(envelope))
    if standing.state == "open" and standing.press == "last":
        _replaced(connection, row)
        return Answer.COUNTED
    return _answer_known(connection, row)


def _replaced(connection: Connection, row: dict[str, Any]) -> None:
    """Where the last press counts: one row, the new one in the place of an earlier one."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    table: Table = _ENVELOPE
    fresh = {"sealed": row["sealed"], "submission": row["submission"]}
    adding = make(table).values(row).on_conflict_do_update(index_elements=table.primary_key.columns, set_=fresh)
    connection.execute(adding)


def _answer_known(connection: Connection, row: dict[str, Any]) -> Answer:
    """What became of a paper that was not taken now: this one was taken before, or another one, or none."""
    own = (row["district_id"], row["ballot_id"], row["person_id"])
    found = connection.execute(select(_ENVELOPE.c.submission).where(_of(_ENVELOPE, own))).scalar()
    if found is not None:
        same = secrets.compare_digest(bytes(found), row["submission"])
        return Answer.COUNTED if same else Answer.ALREADY
    voted = connection.execute(select(_ROLL.c.way).where(_of(_ROLL, own))).scalar()
    return Answer.TOO_LATE if voted is None else Answer.ALREADY


def _of(table: Table, own: tuple[int, int, int]) -> Any:
    return and_(*(column == value for column, value in zip(table.primary_key.columns, own, strict=True)))


def _mark(number: int, submission: str) -> bytes:
    """A digest to know a repeated form by; without a token it is like none before."""
    token = submission or secrets.token_hex(16)
    return hashlib.sha256(f"{number}/{token}".encode()).digest()
