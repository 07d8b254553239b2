"""Who is reminded of what now, entered before it is sent: a crash may lose a reminder and never repeats one."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from renda.matter import SYSTEM, Actor
from renda.model import AccountRow, ContactRow, MatterRow, ReminderRow
from renda.reminding import Channel
from renda.services import accounts, chain
from renda.services.desk import Desk, Installation
from renda.services.lists import visible
from renda.services.reminders.wording import Due, message_of
from renda.services.searching import MOST, Wanted, narrowed

log = logging.getLogger("renda.reminders")

ACTION = "remind"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one message; ``failure`` is empty where it went out, and it is not sent on a trial."""

    channel: str
    to: str
    address: str
    matters: Sequence[str]
    failure: str = ""


@dataclass(frozen=True, slots=True)
class _Meant:
    channel: Channel
    account: AccountRow
    address: str
    dues: Sequence[Due]


def remind(
    installation: Installation,
    slug: str,
    channels: Mapping[str, Channel],
    *,
    now: datetime | None = None,
    trial: bool = False,
    page: str = "",
) -> list[Sent]:
    """Send what is to be sent now in a district; ``now`` is another hour than the clock's.

    ``channels``: those this host has, by code; the district says which of them it uses. One message for each account and
    channel. What did not go out is tried again by the next run. ``trial``: nothing is entered or sent.
    """
    opened = installation.reading if trial else installation.writing
    with opened(slug, now=now) as desk:
        if not trial:
            # Before it is looked up what was sent: of two that remind at once, the second finds what the first entered.
            chain.lock(desk)
        meant = list(_meant(desk, channels))
        district = desk.rulebook.district.name
        messages = [message_of(district, each.account.name, each.address, each.dues, page) for each in meant]
        if meant and not trial:
            _enter(desk, meant)
    found = []
    for each, message in zip(meant, messages, strict=True):
        failure = ""
        if not trial:
            try:
                each.channel.send(message)
            except Exception as error:
                # Whatever a channel raises, the others' messages still go out.
                failure = f"{type(error).__name__}: {error}"
                log.exception("%s to %s failed", each.channel.code, each.account.login)
                _take_back(installation, slug, each)
        titles = [message.lines[at] for at in range(len(message.lines) - len(each.dues), len(message.lines))]
        found.append(Sent(each.channel.code, each.account.name, each.address, titles, failure))
    return found


def _meant(desk: Desk, channels: Mapping[str, Channel]) -> Iterator[_Meant]:
    rules = desk.rulebook.district.reminders
    used = [channels[code] for code in rules.channels if code in channels]
    stages = dict(_due(desk)) if used else {}
    addresses = {(row.account_id, row.channel): row.address for row in desk.session.scalars(select(ContactRow))}
    told = _told(desk, list(stages))
    for row in accounts.everyone(desk) if stages else ():
        own = [] if row.disabled else _of(desk, accounts.actor_of(row), stages)
        for channel in used if own else ():
            address = addresses.get((row.id, channel.code), "")
            fresh = [
                each for each in own if (each.line.row.id, row.id, channel.code, each.due_on, each.stage) not in told
            ]
            if fresh and (address or not channel.personal):
                yield _Meant(channel, row, address, fresh)


def _due(desk: Desk) -> Iterator[tuple[int, tuple[MatterRow, int, int]]]:
    """All that is to be reminded of today, oldest first: number → row, days left, stage."""
    rules = desk.rulebook.district.reminders
    until = desk.day + timedelta(days=max(rules.days, default=0))
    query = narrowed(Wanted(waiting=True, due_until=until)).order_by(MatterRow.due_on, MatterRow.id)
    for row in desk.session.scalars(query):
        left = (row.due_on - desk.day).days
        stage = rules.stage(left)
        if stage is not None:
            yield row.id, (row, left, stage)


def _of(desk: Desk, actor: Actor, stages: Mapping[int, tuple[MatterRow, int, int]]) -> list[Due]:
    """Those that wait for the actor, who may see them."""
    keys = set(actor.keys())
    own = [row for row, _, _ in stages.values() if row.waits_for in keys]
    return [
        Due(line, line.row.due_on, *stages[line.row.id][1:])
        for line in visible(desk, own, actor)
        if line.row.due_on is not None
    ]


def _told(desk: Desk, matters: Sequence[int]) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    for start in range(0, len(matters), MOST):
        query = select(ReminderRow).where(ReminderRow.matter_id.in_(matters[start : start + MOST]))
        found |= {
            (row.matter_id, row.account_id, row.channel, row.due_on, row.stage) for row in desk.session.scalars(query)
        }
    return found


def _enter(desk: Desk, meant: Sequence[_Meant]) -> None:
    head = chain.lock(desk)
    rows = [
        {
            "district_id": desk.session.district_id,
            "matter_id": due.line.row.id,
            "account_id": each.account.id,
            "channel": each.channel.code,
            "due_on": due.due_on,
            "stage": due.stage,
            "at": desk.now,
        }
        for each in meant
        for due in each.dues
    ]
    desk.session.execute(insert(ReminderRow.__table__), rows)  # type: ignore[arg-type]
    entries = {"messages": len(meant), "matters": len({row["matter_id"] for row in rows})}
    chain.enter(desk, head, chain.Deed(SYSTEM, "", ACTION, "发出提醒", None, None, "", entries))


def _take_back(installation: Installation, slug: str, meant: _Meant) -> None:
    with installation.writing(slug) as desk:
        for each in meant.dues:
            desk.session.execute(
                delete(ReminderRow).where(
                    ReminderRow.matter_id == each.line.row.id,
                    ReminderRow.account_id == meant.account.id,
                    ReminderRow.channel == meant.channel.code,
                    ReminderRow.due_on == each.due_on,
                    ReminderRow.stage == each.stage,
                )
            )
