"""The screen in the hall: how many are there, what is put to the vote, how many have voted, the released result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from renda.model import BallotRow
from renda.services import ballots
from renda.services.ballots.result_text import ResultText, public_sheet, result_text
from renda.services.meetings import Presence, find, presence
from renda.web import polling
from renda.web.outcomes import Outcome, outcome
from renda.web.tenancy import Seat, district, installation, page

# Lines of the screen up to which letters of a size fit on it.
FITS = (8, 11, 14, 18, 24)


@dataclass(frozen=True)
class Shown:
    """A ballot on the hall's screen: its counter while it runs, its result after the release, else neither."""

    row: BallotRow
    voted: int
    subjects: int
    outcome: Outcome | None
    text: ResultText

    @property
    def width(self) -> int:
        """How much of the counter's bar is full, in percent."""
        return 100 * self.voted // max(1, self.row.issued or 0)

    @property
    def waiting(self) -> bool:
        """Counted or not: the hall waits for the release."""
        return self.row.state in {"stopped", "closed"}


@district.get("/hall/<token>/turnout")
def turnout(slug: str, token: str) -> Response:
    """What pages poll: counts and states of a sitting, nothing else; a 304 while nothing changed."""
    meeting = polling.meeting_of(slug, token)
    said = polling.turnout_now(installation(), slug, meeting)
    return Response(said, content_type="application/json")


@page("/hall/<token>", public=True)
def hall(seat: Seat, token: str) -> ResponseReturnValue:
    """The screen of a sitting, for everybody who has its address."""
    meeting = polling.meeting_of(seat.slug, token)
    row = find(seat.desk, meeting)
    there: Presence = presence(seat.desk, meeting)
    shown = [] if row.state == "closed" else [_shown(seat, each) for each in _current(seat, meeting)]
    return render_template(
        "hall.html", seat=seat, load=_load(shown), sitting=row, there=there, shown=shown,
        told=polling.told(seat.desk, meeting),
        polled=url_for("district.turnout", slug=seat.slug, token=token),
    )  # fmt: skip


def _current(seat: Seat, meeting: int) -> list[BallotRow]:
    """What runs now; else what waits for its count, beside what was counted since that was opened; else the last count."""
    rows = ballots.of_meeting(seat.desk, meeting)
    running = [row for row in rows if row.state == "open"]
    if running:
        return running
    counted = {row.id: row.closed_at for row in rows if row.closed_at is not None}
    opened = [row.opened_at for row in rows if row.state == "stopped" and row.opened_at is not None]
    since = min(opened) if opened else max(counted.values(), default=None)
    if since is None:
        return []
    return [row for row in rows if row.state == "stopped" or (row.id in counted and counted[row.id] >= since)]


def _shown(seat: Seat, row: BallotRow) -> Shown:
    progress = ballots.progress(seat.desk, row.id)
    sheet = public_sheet(seat.desk, row)
    released = outcome(row, sheet) if sheet is not None else None
    return Shown(row, progress.voted, len(ballots.sheet_of(seat.desk, row).lines), released, result_text(row, sheet))


def _load(shown: Sequence[Shown]) -> int:
    """From 1 to 6: the more is on the screen, the smaller the letters."""
    lines = sum(5 if each.outcome is None else 4 + max(2, len(each.outcome.lines)) for each in shown)
    return 1 + sum(1 for most in FITS if lines > most)
