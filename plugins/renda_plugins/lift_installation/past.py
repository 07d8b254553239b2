"""Where an entrance stood on a day gone by, read from the days on which things were last done.

The record of a matter tells rules the last day of each action, not every one. A notice that was put up twice is
therefore dated by the second time, and an approval by the last one; what came after the day asked for never counts. A
lift that stood still on a past day is told as used: when it ran again the first time is not known.
"""

from __future__ import annotations

from datetime import date

from renda import Matter

MILESTONES = (
    ("put_up", "noticed"),
    ("submit", "reviewing"),
    ("approve", "approved"),
    ("begin_works", "building"),
    ("accept", "accepted"),
    ("register", "in_use"),
)
LEFT = (("withdraw", "withdrawn"), ("retire", "retired"))


def state_on(entrance: Matter, day: date) -> str:
    """The state at the end of ``day``; today's where nothing was done since."""
    done = {action: on for action, on in entrance.done.items() if on <= day}
    if len(done) == len(entrance.done):
        return entrance.state
    for action, state in LEFT:
        if action in done:
            return state
    reached = "consulting"
    for action, state in MILESTONES:
        if action in done and not (action == "approve" and entrance.state in {"reviewing", "withdrawn"}):
            reached = state
    if reached == "approved" and entrance.state == "rejected":
        return "rejected"
    if reached == "noticed" and entrance.state == "consulting" and "withdraw_consent" in done:
        return "consulting"
    return reached
