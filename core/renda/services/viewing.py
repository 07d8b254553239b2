"""Views of matters that are watched: who looked at one, and when, stands in the record like a deed."""

from __future__ import annotations

from renda.matter import Actor, Matter
from renda.model import EventRow
from renda.rulebook import InForce
from renda.services import chain, reading
from renda.services.desk import Desk
from renda.services.questions import answer_of

VIEW = "view"
LABEL = "查阅"


def is_watched(rules: InForce, matter: Matter) -> bool:
    """The owner's word on whether every view of the matter is recorded; without one it is not."""
    return bool(answer_of(rules, "watched", matter=matter))


def record(desk: Desk, viewer: Actor, number: int) -> EventRow:
    """Enter in the record that ``viewer`` looks at a matter; raises ``matter.unknown`` where there is none."""
    head = chain.lock(desk)
    row = reading.find(desk, number)
    deed = chain.Deed(
        actor=viewer,
        practice=row.practice,
        action=VIEW,
        label=LABEL,
        matter_id=row.id,
        came_from=row.state,
        went_to=row.state,
        entries={},
        rules_effective=row.rules_effective,
        rules_digest=row.rules_digest,
    )
    return chain.enter(desk, head, deed)
