"""Views of matters that are watched: who looked at one, and when, stands in the district's security log.

Not in the audit log: whoever reads would wait for whoever writes in the district. See ADR 0133.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from renda.matter import Actor, Matter
from renda.rulebook import InForce
from renda.services import glance, reading, security_log
from renda.services.desk import CHINA, Desk
from renda.services.questions import answer_of

VIEW = "view"
LABEL = "查阅"


@dataclass(frozen=True, slots=True)
class View:
    """A view as the history of its matter shows it, beside the entries of the record; it has no number there."""

    at: datetime
    actor: str
    label: str = LABEL
    came_from: str = ""
    went_to: str = ""
    number: str = ""

    @property
    def day(self) -> date:
        """The day in China."""
        return self.at.astimezone(CHINA).date()


def is_watched(rules: InForce, matter: Matter) -> bool:
    """The owner's word on whether every view of the matter is recorded; without one it is not."""
    return bool(answer_of(rules, "watched", matter=matter))


def record(desk: Desk, viewer: Actor, number: int, *, address: str = "") -> security_log.AnyEntry:
    """Enter that ``viewer`` looks at a matter; raises ``matter.unknown`` where there is none.

    It takes the lock of the security log alone, and is the last thing that its transaction does.
    """
    row = reading.find(desk, number)
    return security_log.append(
        desk.session,
        desk.now,
        VIEW,
        actor=viewer.name,
        account_id=viewer.account_id,
        subject=_subject(row.id),
        address=address,
    )


def views(desk: Desk, rules: InForce, matter: Matter) -> Sequence[View]:
    """The newest views of a matter, oldest first; also once it is watched no more. For whoever may see the matter."""
    if answer_of(rules, "watched", matter=matter) is None:
        return ()
    return [View(row.at, row.actor) for row in glance.views(desk, VIEW, _subject(matter.id))]


def _subject(number: int) -> str:
    return f"matters/{number}"
