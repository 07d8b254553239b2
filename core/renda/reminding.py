"""Reminders: what a district lays down for them, what is said in one, and what a way to send it has to be.

The table ``[reminders]`` of ``district.toml``: ``days``, how many days before the last day a reminder goes out (the
last day itself is 0); ``overdue``, how many days after it; ``channels``, by which ways. No law says when to remind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from renda.errors import RendaError, declare

declare(
    {
        "reminders.key": "{file} 的[reminders]有不认识的键“{entry}”。可用的键:{allowed}。",
        "reminders.days": "{file} 的[reminders]的“{entry}”应为 0 至 365 的整数列表,例如 [7, 1],不重复。",
        "reminders.channels": '{file} 的[reminders]的“channels”应为文字的列表,例如 ["log", "mail"]。',
    }
)

KEYS = ("days", "overdue", "channels")
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """When a district reminds (days before and after the last day), and by which channels."""

    days: tuple[int, ...] = (7, 1)
    overdue: tuple[int, ...] = (1,)
    channels: tuple[str, ...] = ("log", "mail")

    def stage(self, left: int) -> int | None:
        """Which reminder is due ``left`` days before the last day (less than 0: after it), or None.

        A stage is told by its days; one that was missed is made up for by the next run, and only the latest goes out.
        """
        if left >= 0:
            return min((each for each in self.days if left <= each), default=None)
        return max((-each for each in self.overdue if -each >= left), key=lambda each: -each, default=None)


@dataclass(frozen=True, slots=True)
class Message:
    """A reminder to one account: of which district, to whom, where, in which words; one line for each matter.

    ``summary``: the same without titles, for those who may not see the matters.
    """

    district: str
    to: str
    address: str
    title: str
    lines: Sequence[str]
    summary: Sequence[str] = ()


class Channel(Protocol):
    """A way reminders go out; an installation plugin gives more of them (``channels``).

    ``code`` is what districts write. ``personal``: it needs an address of whoever is reminded; one that is not (a group
    robot) is given every message of the district.
    """

    code: str
    title: str
    personal: bool

    def send(self, message: Message) -> None:
        """Send it; raises ``OSError`` (a ``RendaError`` too) where it did not go out."""


def reminder_rules_from(table: Mapping[str, Any], file: str) -> ReminderRules:
    """Read the table; raises ``reminders.…`` for what is wrong in it."""
    for entry in table:
        if entry not in KEYS:
            raise RendaError("reminders.key", file=file, entry=entry, allowed="、".join(KEYS))
    usual = ReminderRules()
    for entry in ("days", "overdue"):
        given = table.get(entry, [])
        fits = isinstance(given, list) and all(type(each) is int and 0 <= each <= MOST_DAYS for each in given)
        if not fits or len(set(given)) != len(given) or (entry == "overdue" and 0 in given):
            raise RendaError("reminders.days", file=file, entry=entry)
    channels = table.get("channels", list(usual.channels))
    if not isinstance(channels, list) or not all(isinstance(each, str) for each in channels):
        raise RendaError("reminders.channels", file=file)
    return ReminderRules(
        tuple(table.get("days", usual.days)), tuple(table.get("overdue", usual.overdue)), tuple(channels)
    )
