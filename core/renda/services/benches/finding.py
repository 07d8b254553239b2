"""A ballot's row, its locks, and who may do what with it; every refusal a ballot knows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, text

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import ROLES, Actor
from renda.model import BallotRow, BallotSubjectRow
from renda.services.desk import Desk

declare({"ballot.unknown": "没有第 {number} 号表决。"}, status=404)
declare(
    {
        "ballot.not_yours": "表决由{who}组织,您没有这个身份。",
        "ballot.not_elector": "您不在“{question}”的签到名单上,不能投票。如有疑问,请向会务工作人员核对签到。",
    },
    status=403,
)
declare(
    {
        "ballot.not_now": "现在不能“{deed}”:“{question}”处于“{state}”。",
        "ballot.not_open": "“{question}”尚未开始,请等主持人宣布后再投。",
        "ballot.on_paper": "您已领取“{question}”的纸质票,请用纸质票投票。",
        "ballot.has_cast": "{person}已用电子方式投票,不能再发纸质票。",
    },
    status=409,
)

STATES = {
    "prepared": "准备中",
    "open": "表决中",
    "stopped": "已截止,待计票",
    "closed": "已计票",
    "published": "已公布",
    "withheld": "不公布",
    "void": "作废",
}
OFFICE = ("clerk", "chair", "system")
_LOCK_SPACE = 0x62616C6C << 32


def check_office(actor: Actor) -> None:
    """Refuse whoever is neither the office nor the chair; raises ``ballot.not_yours``."""
    if actor.roles.isdisjoint(OFFICE):
        who = "、".join(gettext(ROLES[role]) for role in OFFICE[:2])
        raise RendaError("ballot.not_yours", who=who)


def find(desk: Desk, number: int) -> BallotRow:
    """The row of a ballot; raises ``ballot.unknown``, also for a ballot of another district."""
    row = desk.session.scalar(select(BallotRow).where(BallotRow.id == number))
    if row is None:
        raise RendaError("ballot.unknown", number=number)
    return row


def find_to_change(desk: Desk, number: int) -> BallotRow:
    """The row of a ballot, after everybody who is casting in it has finished; nobody begins until the end."""
    wait_for_casting(desk, number)
    # What was changed before is written first: forgetting would lose it.
    desk.session.flush()
    desk.session.expire_all()
    return find(desk, number)


def wait_for_casting(desk: Desk, number: int) -> None:
    """Keep casting out of a ballot until the transaction ends; on SQLite one writer is alone anyway."""
    if desk.session.get_bind().dialect.name != "sqlite":
        desk.session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": lock_key(number)})


def lock_key(number: int) -> int:
    """The advisory lock of a ballot: casting shares it, closing has it alone. No row is marked by it."""
    return _LOCK_SPACE | (number & 0xFFFFFFFF)


def check_state(row: BallotRow, deed: str, *allowed: str) -> None:
    """Refuse a deed (a Chinese verb) that the state does not allow; raises ``ballot.not_now``."""
    if row.state not in allowed:
        raise RendaError("ballot.not_now", deed=gettext(deed), question=row.question, state=gettext(STATES[row.state]))


def subjects_of(desk: Desk, number: int) -> Sequence[BallotSubjectRow]:
    """The lines of a ballot's sheet, in order."""
    query = select(BallotSubjectRow).where(BallotSubjectRow.ballot_id == number).order_by(BallotSubjectRow.place)
    return desk.session.scalars(query).all()
