"""Sittings of the past with who was there: convened, signed in to, opened and closed in one day, entered afterwards.

A file lies in ``meetings/`` beside the practices' folders; one row is one sitting. Who is named neither on leave
nor absent was present; where ``people`` names those present, everybody else was absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from renda.i18n import gettext
from renda.model import AttendanceRow, PersonRow
from renda.services import chain, meetings
from renda.services.desk import Desk
from renda.services.imports.ballots import codes_of
from renda.services.imports.deeds import Deed, Replay, rows_of_folder
from renda.services.imports.tables import Mistakes, wrong
from renda.services.meetings.finding import note

FOLDER = "meetings"
REQUIRED = ("day", "actor", "body")
LEAVE_UNTOLD = "未载"
_BETWEEN = re.compile("[;\uff1b]")


@dataclass(frozen=True)
class PlayedSitting(Deed):
    """One sitting; the row says who convened it and who was there."""

    @property
    def rests_on(self) -> set[tuple[str, str]]:
        """See ``Deed``: on no matter."""
        return set()

    def take(self, replay: Replay, desk: Desk) -> int | None:
        """Convene it, sign in, open and close it; refused as any sitting would be, also without a quorum."""
        row = self.row
        clerk = replay.actor(row, "actor")
        number = meetings.convene(
            desk,
            clerk,
            row.text("body", required=True),
            day=self.day,
            number=row.whole("number") if row.text("number") else None,
            part=row.text("part"),
            term=row.text("term"),
            place=row.text("place"),
            agenda=[meetings.Item(title) for title in _BETWEEN.split(row.text("agenda")) if title.strip()],
        )
        known = {each.code: each.id for each in desk.session.execute(select(PersonRow.code, PersonRow.id))}
        away = {state: self._people(known, state) for state in ("leave", "absent")}
        there = self._people(known, "people")
        expected = select(AttendanceRow.person_id).where(AttendanceRow.meeting_id == number)
        for person in desk.session.scalars(expected.order_by(AttendanceRow.id)).all():
            if person in away["leave"]:
                meetings.take_leave(desk, clerk, number, person, row.text("reason") or gettext(LEAVE_UNTOLD))
            elif person not in away["absent"] and (not there or person in there):
                meetings.sign_in(desk, clerk, number, person)
        meetings.open_sitting(desk, clerk, number)
        meetings.close(desk, clerk, number)
        entries = {"file": row.file, "line": row.line}
        kept = meetings.find(desk, number)
        note(desk, chain.lock(desk), clerk, kept, "entered", "补录会议", entries, submission=self.submission)
        return None

    def _people(self, known: dict[str, int], column: str) -> set[int]:
        found = set()
        for code in (code for part in _BETWEEN.split(self.row.text(column)) for code in codes_of(part)):
            if code not in known:
                raise wrong(column, "people.unknown", code=code, noun=gettext("人员"))
            found.add(known[code])
        return found


def read(folder: Path, mistakes: Mistakes) -> Iterator[PlayedSitting]:
    """The sittings in the files of ``folder``."""
    if not (folder / FOLDER).is_dir():
        return
    for order, row in rows_of_folder(folder, FOLDER, mistakes, REQUIRED):
        with mistakes.at(row.file, row.line):
            yield PlayedSitting(row.day("day"), order, "", row)
