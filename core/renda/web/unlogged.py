"""Where somebody votes, answers or checks in: nothing of a request there is in a log that has times."""

from __future__ import annotations

UNLOGGED = frozenset({"ballots", "vote", "questionnaires", "seat", "arrive", "hall", "meetings"})
"""Where in a district, on its pages and in its API, somebody votes, answers, or checks in at a sitting."""

LOGGED_OF_MEETINGS = frozenset({"minutes", "archive"})


def is_unlogged(path: str) -> bool:
    """Whether nothing of a request to this address is entered."""
    parts = path.removeprefix("/api").split("/")[2:]
    if parts[:1] == ["meetings"] and parts[2:3] and parts[2] in LOGGED_OF_MEETINGS:
        return False
    return bool(parts) and parts[0] in UNLOGGED
