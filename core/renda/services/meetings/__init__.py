"""Sittings: convened, signed in to, opened with a quorum, closed; and who may vote at any moment of them.

``docs/secrecy.md`` says what a roster may tell beside a secret ballot.
"""

from renda.services.meetings.attendance import (
    depart,
    sign_in,
    sign_in_at_seat,
    sign_in_by_code,
    sign_in_by_slip,
    sign_in_together,
    stay_absent,
    take_leave,
)
from renda.services.meetings.codes import (
    Holder,
    give_slip,
    hall_code,
    person_of_seat,
    person_of_slip,
    seat_key,
)
from renda.services.meetings.convening import Item, adjourn, close, convene, open_sitting, set_agenda
from renda.services.meetings.finding import PRESENCE, STATES, WAYS, find
from renda.services.meetings.presence import Presence, electorate, presence
from renda.services.meetings.roster import entitled, give_seats, lines, sit_in

__all__ = [
    "PRESENCE",
    "STATES",
    "WAYS",
    "Holder",
    "Item",
    "Presence",
    "adjourn",
    "close",
    "convene",
    "depart",
    "electorate",
    "entitled",
    "find",
    "give_seats",
    "give_slip",
    "hall_code",
    "lines",
    "open_sitting",
    "person_of_seat",
    "person_of_slip",
    "presence",
    "seat_key",
    "set_agenda",
    "sign_in",
    "sign_in_at_seat",
    "sign_in_by_code",
    "sign_in_by_slip",
    "sign_in_together",
    "sit_in",
    "stay_absent",
    "take_leave",
]
