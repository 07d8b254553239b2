"""Documents that were issued: who may read them, the list of them, and what was sent when to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import Select, func, select

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.model import EventRow, MatterRow, NoticeRow, SendingRow
from renda.services import chain, reading
from renda.services.desk import Desk
from renda.services.lists import visible

PAGE = 50
CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "system": "电子公文系统",
        "confidential": "机要",
        "hand": "专人送达",
        "post": "邮寄",
        "mail": "电子邮件",
        "meeting": "会上发放",
        "published": "公开发布",
    }
)
PARTS: Mapping[str, str] = MappingProxyType({"to": "主送", "copies": "抄送", "more": "加发"})
ACTION = "send"

declare(
    {
        "notice.unknown": "没有编号为 {number} 的文件,或者您不能查看它。",
    },
    status=404,
)
declare({"notice.office": "只有工作人员能登记文件的发出。"}, status=403)
declare(
    {
        "notice.nobody": "没有写明发给谁。请选择主送、抄送单位,或者填写加发单位。",
        "notice.channel": "不认识的发送方式“{channel}”。可用的:{allowed}。",
        "notice.day": "发出日期 {day} 早于成文日期 {issued} 或晚于今天。请改正。",
        "notice.already": "“{title}”已于 {day} 发给{recipient}。确需再发的,请注明补发。",
        "notice.long": "单位名称“{recipient}…”太长:至多 120 个字。",
    },
    status=422,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; empty means all. ``sent``: only those that went out, or only those that did not."""

    genre: str = ""
    text: str = ""
    recipient: str = ""
    sent: bool | None = None
    before: int | None = None


@dataclass(frozen=True)
class Portion:
    """A page of the list, newest first, when each first went out, and the number to go on from."""

    rows: Sequence[NoticeRow]
    sent_on: Mapping[int, date]
    before: int | None = None


def find(desk: Desk, viewer: Actor, number: int) -> NoticeRow:
    """A document the viewer may read: published, or about a matter they may see; raises ``notice.unknown``."""
    row = desk.session.get(NoticeRow, number)
    if row is None or not readable(desk, viewer, [row]):
        raise RendaError("notice.unknown", number=number)
    return row


def readable(desk: Desk, viewer: Actor, rows: Sequence[NoticeRow]) -> list[NoticeRow]:
    """Those of the documents the viewer may read, in their order; one about no matter is for who signed in."""
    wanted = {row.matter_id for row in rows if row.matter_id is not None and not row.public}
    matters = desk.session.scalars(select(MatterRow).where(MatterRow.id.in_(wanted))).all() if wanted else []
    seen: set[int | None] = {line.row.id for line in visible(desk, matters, viewer)}
    if viewer.account_id is not None or "system" in viewer.roles:
        seen.add(None)
    return [row for row in rows if row.public or row.matter_id in seen]


def listed(desk: Desk, viewer: Actor, wanted: Wanted, *, size: int = PAGE) -> Portion:
    """The newest documents the viewer may read; reads on until the page is full or there are no more."""
    found: list[NoticeRow] = []
    before = wanted.before
    while len(found) <= size:
        query = _narrowed(wanted, before).order_by(NoticeRow.id.desc()).limit(size + 1)
        rows = desk.session.scalars(query).all()
        found += [row for row in readable(desk, viewer, rows) if not wanted.recipient or _goes_to(row, wanted)]
        if len(rows) <= size:
            break
        before = rows[-1].id
    shown = found[:size]
    further = shown[-1].id if len(found) > size else None
    return Portion(shown, first_sent(desk, [row.id for row in shown]), further)


def genres(desk: Desk) -> Sequence[str]:
    """The kinds of documents there are."""
    return desk.session.scalars(select(NoticeRow.genre).distinct().order_by(NoticeRow.genre)).all()


def first_sent(desk: Desk, numbers: Sequence[int]) -> Mapping[int, date]:
    """The day each document first went out; those that did not are left out."""
    query = (
        select(SendingRow.notice_id, func.min(SendingRow.sent_on))
        .where(SendingRow.district_id == desk.session.district_id, SendingRow.notice_id.in_(numbers))
        .group_by(SendingRow.notice_id)
    )
    return {row.notice_id: row[1] for row in desk.session.execute(query)} if numbers else {}


def sendings(desk: Desk, number: int) -> Sequence[SendingRow]:
    """Who got a document, when and how, in the order it was entered."""
    query = select(SendingRow).where(SendingRow.notice_id == number).order_by(SendingRow.id)
    return desk.session.scalars(query).all()


def waiting_for(desk: Desk, row: NoticeRow) -> Mapping[str, str]:
    """The recipients who have not got the document yet, and whether as 主送 or 抄送."""
    had = {each.recipient for each in sendings(desk, row.id)}
    every = [*((name, "to") for name in row.recipients), *((name, "copies") for name in row.copies)]
    return {name: part for name, part in reversed(every) if name not in had}


def send(
    desk: Desk,
    actor: Actor,
    number: int,
    recipients: Sequence[str],
    channel: str,
    *,
    day: date | None = None,
    again: bool = False,
    submission: str | None = None,
) -> int:
    """Enter in the record that a document went out; the number of the entry.

    ``recipients``: names, of the document or others (加发). ``day``: when it went, today where not given.
    ``again``: somebody who has it gets it once more. Raises ``notice.…``; nothing is kept then.
    """
    head = chain.lock(desk)
    if submission is not None:
        before = desk.session.scalar(select(EventRow.number).where(EventRow.submission == submission))
        if before is not None:
            return before
    if "clerk" not in actor.roles:
        raise RendaError("notice.office")
    row = find(desk, actor, number)
    names = list(dict.fromkeys(name.strip() for name in recipients if name.strip()))
    sent_on = day or desk.day
    _check(desk, row, names, channel, sent_on, again=again)
    went = [{"recipient": name, "part": _part(row, name)} for name in names]
    matter = None if row.matter_id is None else reading.find(desk, row.matter_id)
    deed = chain.Deed(
        actor=actor,
        practice="" if matter is None else matter.practice,
        action=ACTION,
        label="发出文件",
        matter_id=row.matter_id,
        came_from=None if matter is None else matter.state,
        went_to="" if matter is None else matter.state,
        entries={"notice": row.id, "number": row.number, "to": went, "channel": channel, "day": sent_on.isoformat()},
        submission=submission,
    )
    entered = chain.enter(desk, head, deed)
    for each in went:
        kept = SendingRow(
            notice_id=row.id, event_number=entered.number, channel=channel, sent_on=sent_on, sent_by=actor.name, **each
        )
        desk.session.add(kept)
    desk.session.flush()
    return entered.number


def _check(desk: Desk, row: NoticeRow, names: Sequence[str], channel: str, sent_on: date, *, again: bool) -> None:
    if channel not in CHANNELS:
        raise RendaError("notice.channel", channel=channel, allowed="、".join(map(gettext, CHANNELS.values())))
    if not names:
        raise RendaError("notice.nobody")
    if not row.issued_on <= sent_on <= desk.day:
        raise RendaError("notice.day", day=sent_on.isoformat(), issued=row.issued_on.isoformat())
    for name in names:
        if len(name) > 120:
            raise RendaError("notice.long", recipient=name[:20])
    had = {each.recipient: each.sent_on for each in sendings(desk, row.id)}
    for name in names if not again else ():
        if name in had:
            raise RendaError("notice.already", title=row.title, day=had[name].isoformat(), recipient=name)


def _part(row: NoticeRow, name: str) -> str:
    return "to" if name in row.recipients else "copies" if name in row.copies else "more"


def _narrowed(wanted: Wanted, before: int | None) -> Select[NoticeRow]:
    query = select(NoticeRow)
    if wanted.genre:
        query = query.where(NoticeRow.genre == wanted.genre)
    if wanted.text:
        query = query.where(NoticeRow.title.contains(wanted.text, autoescape=True))
    if wanted.sent is not None:
        went = select(SendingRow.id).where(SendingRow.notice_id == NoticeRow.id).exists()
        query = query.where(went if wanted.sent else ~went)
    return query if before is None else query.where(NoticeRow.id < before)


def _goes_to(row: NoticeRow, wanted: Wanted) -> bool:
    return any(wanted.recipient in name for name in (*row.recipients, *row.copies))
