"""In what order one sitting votes: of the same post removal first, of the same person appointment first.

Source: 深圳市人大常委会人事任免条例 §19; 重庆's rule leaves it to the chairpersons' meeting, who may always decide
otherwise and say so.
"""

from __future__ import annotations

from collections.abc import Iterable

from renda import Matter, Records, RendaError, declare

declare(
    {
        "appointment.removal_first": "{organ}“{post}”在 {meeting} 会议既有任又有免,先表决免去{name}(事项 {number})。"
        "主任会议另定次序的,请写明“另定的表决次序”。",
        "appointment.appointment_first": "{name}在 {meeting} 会议既有任又有免,先表决任命(事项 {number})。"
        "主任会议另定次序的,请写明“另定的表决次序”。",
    },
    status=409,
)

# What may still be put to this sitting's vote: a nomination not yet examined, or one held, will not be.
TO_REMOVE = ("filed", "voting")
TO_APPOINT = ("examined", "spoken", "voting")


def removal_first(nomination: Matter, records: Records) -> None:
    """Refuse an appointment while somebody else's removal from the same post waits for the same sitting."""
    held = nomination.payload
    for other in _of_sitting(nomination, records.matters(nomination.practice, "removal", states=TO_REMOVE)):
        person, organ = other.party("subject"), other.party("assignee")
        if other.payload["organ"] == held["organ"] and held["post"] in other.payload["posts"]:
            assert person is not None, "a removal names somebody"
            told = {"organ": organ and organ.name, "post": held["post"], "name": person.name}
            raise RendaError("appointment.removal_first", meeting=held["meeting_on"], number=other.id, **told)


def appointment_first(removal: Matter, records: Records) -> None:
    """Refuse a removal while an appointment of the same person waits for the same sitting."""
    person, meeting = removal.party("subject"), removal.payload["meeting_on"]
    assert person is not None, "a removal names somebody"
    nominations = records.matters(removal.practice, "appointment", states=TO_APPOINT, party=person)
    for other in _of_sitting(removal, nominations):
        raise RendaError("appointment.appointment_first", name=person.name, meeting=meeting, number=other.id)


def _of_sitting(own: Matter, others: Iterable[Matter]) -> list[Matter]:
    return [each for each in others if each.payload["meeting_on"] == own.payload["meeting_on"]]
