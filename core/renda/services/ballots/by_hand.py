"""Papers of paper: who got one, and what two people counted, each for themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import BallotRow, ElectorRow, EnvelopeRow, PersonRow
from renda.services import chain
from renda.services.benches.figures import canonical, plain
from renda.services.benches.finding import check_office, check_state, find_to_change
from renda.services.benches.preparing import bench_of, note
from renda.services.desk import Desk

declare(
    {
        "ballot.hand_none": "“{question}”没有发出纸质票,不需要计票单。",
        "ballot.hand_missing": "“{question}”发出了纸质票,须由两人分别计票;现有 {given} 份计票单。请补齐后再计票。",
        "ballot.hand_differ": "{first}与{second}对“{question}”的计票不一致。请各自重新清点后再录入。",
        "ballot.hand_recount": "“{question}”发出纸质票 {issued} 张,计票单写收回 {returned} 张,收回多于发出。请重新清点;"
        "重新清点后仍是 {returned} 张的,勾选“已重新清点”再录入。",
        "ballot.hand_person": "录入计票单须用本人账号,以便两人分别计票。请先登录。",
        "ballot.hand_elector": "第 {number} 号人员不在“{question}”的签到名单上,不能发票。",
    },
    status=409,
)

COUNTERS = 2


def hand_paper(desk: Desk, actor: Actor, number: int, person: int) -> None:
    """Give an elector a paper: from now on they vote by it and no other way.

    Of a secret ballot the record says nothing of it: an entry would name for ever who voted on paper. Raises ``ballot.not_now``, ``ballot.hand_elector``, ``ballot.has_cast``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "发纸质票", "open")
    query = select(ElectorRow).where(ElectorRow.ballot_id == number, ElectorRow.person_id == person)
    elector = desk.session.scalar(query)
    if elector is None:
        raise RendaError("ballot.hand_elector", question=row.question, number=person)
    cast = select(EnvelopeRow.ballot_id).where(EnvelopeRow.ballot_id == number, EnvelopeRow.person_id == person)
    if desk.session.execute(cast).first() is not None:
        raise RendaError("ballot.has_cast", person=desk.session.get_one(PersonRow, person).name)
    elector.way = "paper"
    if row.secrecy == "named":
        note(desk, head, actor, row, "hand_paper", "发纸质票", row.state, {"person": person})


def hand_papers(desk: Desk, actor: Actor, number: int) -> int:
    """Give a paper to everybody who signed in, where the whole hall votes on paper; answers with how many.

    Raises ``ballot.not_now``, and ``ballot.has_cast`` where somebody has pressed already.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "发纸质票", "open")
    cast = desk.session.scalar(select(EnvelopeRow.person_id).where(EnvelopeRow.ballot_id == number).limit(1))
    if cast is not None:
        raise RendaError("ballot.has_cast", person=desk.session.get_one(PersonRow, cast).name)
    electors = desk.session.scalars(select(ElectorRow).where(ElectorRow.ballot_id == number)).all()
    for elector in electors:
        elector.way = "paper"
    note(desk, head, actor, row, "hand_papers", "发纸质票", row.state, {"papers": len(electors)})
    return len(electors)


def enter_count(desk: Desk, actor: Actor, number: int, figures: Mapping[str, Any], *, recounted: bool = False) -> bool:
    """Keep what one person counted; True where two have counted and agree.

    A person who counts again puts the new figures in place of their own. More papers than were given out are counted
    again first: ``recounted`` says that they were and that it is so. Raises ``ballot.hand_…`` where the
    figures do not add up or nobody signed in, ``ballot.not_now`` before the ballot was stopped.
    """
    check_office(actor)
    if actor.account_id is None:
        raise RendaError("ballot.hand_person")
    chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "录入计票单", "stopped")
    if not papers_issued(desk, number):
        raise RendaError("ballot.hand_none", question=row.question)
    bench, given_out = bench_of(desk, row), papers_issued(desk, number)
    returned = bench.returned(bench.counted_by_hand(figures))
    if returned > given_out and not recounted:
        raise RendaError("ballot.hand_recount", question=row.question, returned=returned, issued=given_out)
    kept = {str(actor.account_id): {"by": actor.name, "figures": plain(figures)}}
    others = {key: each for key, each in row.hand_counts.items() if key not in kept}
    row.hand_counts = {**dict(list(others.items())[-(COUNTERS - 1) :]), **kept}
    desk.session.flush()
    return len(row.hand_counts) == COUNTERS and _agree(desk, row)


def papers_issued(desk: Desk, number: int) -> int:
    """How many electors were given a paper; of a secret ballot that is known until its close."""
    return len(holders(desk, number))


def holders(desk: Desk, number: int) -> Sequence[int]:
    """The people who were given a paper."""
    query = select(ElectorRow.person_id).where(ElectorRow.ballot_id == number, ElectorRow.way == "paper")
    return desk.session.scalars(query).all()


def forget(desk: Desk, row: BallotRow) -> None:
    """Keep neither who was given a paper nor what the counters entered: the confirmed count is in the total."""
    desk.session.execute(update(ElectorRow).where(ElectorRow.ballot_id == row.id).values(way=""))
    row.hand_counts = {}


def agreed(desk: Desk, row: BallotRow) -> Any | None:
    """The count of the papers both people agree on; None where no paper was given out.

    Raises ``ballot.hand_missing`` and ``ballot.hand_differ``.
    """
    if not papers_issued(desk, row.id):
        return None
    if len(row.hand_counts) < COUNTERS:
        raise RendaError("ballot.hand_missing", question=row.question, given=len(row.hand_counts))
    first, second = row.hand_counts.values()
    if not _agree(desk, row):
        raise RendaError("ballot.hand_differ", question=row.question, first=first["by"], second=second["by"])
    return bench_of(desk, row).counted_by_hand(first["figures"])


def _agree(desk: Desk, row: BallotRow) -> bool:
    bench = bench_of(desk, row)
    return len({canonical(bench.counted_by_hand(each["figures"])) for each in row.hand_counts.values()}) == 1
