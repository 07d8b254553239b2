"""Who may vote in a ballot, and how many all of them are: from the roster, on the day it is asked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import MandateRow, PersonRow
from renda.services.desk import Desk

declare(
    {
        "ballot.electorate": "没有“{electorate}”这种表决人。可用的有:{allowed}。",
        "ballot.no_members": "{day} 名册上没有在任的{electorate},区县文件也没有写常委会组成人员名额,算不出全体人数。"
        "请先登记代表资格,或在 district.toml 写明 committee_size。",
        "ballot.outside": "{person}在 {day} 不是{electorate},不能参加“{question}”。请核对签到。",
    }
)

ELECTORATES = {"member": "常委会组成人员", "deputy": "人大代表", "invited": "受邀参加测评的人员"}


def check_electorate(electorate: str) -> None:
    """Raise ``ballot.electorate`` for a name that is none."""
    if electorate not in ELECTORATES:
        raise RendaError("ballot.electorate", electorate=electorate, allowed="、".join(ELECTORATES))


def in_office(desk: Desk, electorate: str) -> frozenset[int]:
    """The numbers of the people who are deputies, or members of the standing committee, today."""
    query = select(MandateRow.person_id).where(
        MandateRow.since <= desk.day, (MandateRow.until.is_(None)) | (MandateRow.until >= desk.day)
    )
    if electorate == "member":
        query = query.where(MandateRow.committee_member)
    return frozenset(desk.session.scalars(query))


def base(desk: Desk, electorate: str, present: int | None = None) -> int:
    """How many all members are: what ``district.toml`` says of the committee, else those in office today.

    Those invited to an appraisal are as many as come: ``present``, 1 while that is not known. Raises
    ``ballot.electorate`` and ``ballot.no_members``.
    """
    check_electorate(electorate)
    if electorate == "invited":
        return present or 1
    size = desk.rulebook.district.committee_size if electorate == "member" else None
    counted = size or len(in_office(desk, electorate))
    if not counted:
        raise RendaError("ballot.no_members", day=desk.day.isoformat(), electorate=gettext(ELECTORATES[electorate]))
    return counted


def check_within(desk: Desk, question: str, electorate: str, people: Sequence[int]) -> None:
    """Refuse a list with somebody who is no elector today; raises ``ballot.outside`` naming the first."""
    if electorate == "invited":
        return
    known = in_office(desk, electorate)
    for person in people:
        if person not in known:
            row = desk.session.get(PersonRow, person)
            if row is None:
                raise RendaError("party.unknown", number=person, noun=gettext("人员"))
            raise RendaError(
                "ballot.outside",
                person=row.name,
                day=desk.day.isoformat(),
                electorate=gettext(ELECTORATES[electorate]),
                question=question,
            )
