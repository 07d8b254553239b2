"""The pages, one module for each part of the site."""

from renda.web.pages import (
    acting,
    arriving,
    ballot,
    ballots,
    counting,
    hall,
    home,
    matter,
    matters,
    meeting_deeds,
    meetings,
    minutes,
    notices,
    people,
    practices,
    record,
    sheets,
    sign_in,
    voting,
)
from renda.web.pages.front import front
from renda.web.pages.host import host

__all__ = [
    "acting",
    "arriving",
    "ballot",
    "ballots",
    "counting",
    "front",
    "hall",
    "home",
    "host",
    "matter",
    "matters",
    "meeting_deeds",
    "meetings",
    "minutes",
    "notices",
    "people",
    "practices",
    "record",
    "sheets",
    "sign_in",
    "voting",
]
