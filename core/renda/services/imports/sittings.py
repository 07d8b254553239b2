"""Sittings of the past with who was there: convened, signed in to, opened and closed in one day, entered afterwards.

A file lies in ``meetings/`` beside the practices' folders; one row is one sitting. Who is named neither on leave
nor absent was present; where ``people`` names those present, everybody else was absent. A sitting is opened in its
place among the acts of its day and closed after all of them, so that ballots that name it are taken in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select

from renda.errors import declare
from renda.i18n import gettext
from renda.model import AttendanceRow, PersonRow
from renda.services import chain, meetings
from renda.services.desk import Desk
from renda.services.imports.ballots import sitting_called
from renda.services.imports.counts import codes_of
from renda.services.imports.deeds import MARK, Deed, Replay, mark_of, rows_of_folder
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.meetings.finding import note

declare(
    {
        "import.sitting_twice": "已有一行会议的 sitting 是“{sitting}”。请换一个不重复的。",
        "import.reasons": "请假 {leave} 人,事由写了 {reasons} 个。请写一个共用的事由,或逐人各写一个。",
    }
)

FOLDER = "meetings"
LAST = 1_000_000
"""The order of what comes after everything else of its day."""
REQUIRED = ("day", "actor", "body")
LEAVE_UNTOLD = "未载"
_BETWEEN = re.compile("[;\uff1b]")


@dataclass(frozen=True)
class PlayedSitting(Deed):
    """One sitting; the row says who convened it and who was there."""

    @property
    def called(self) -> str:
        """What ballots call it: its name in the table, or where it stands."""
        return called(self.row)

    @property
    def rests_on(self) -> set[tuple[str, str]]:
        """See ``Deed``: on no matter; ballots rest on it."""
        return {(FOLDER, self.called)}

    def take(self, replay: Replay, desk: Desk) -> int | None:
        """Convene it, sign in and open it; refused as any sitting would be, also without a quorum."""
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
        leave, absent, there = (self._people(known, column) for column in ("leave", "absent", "people"))
        reasons = self._reasons(leave)
        expected = select(AttendanceRow.person_id).where(AttendanceRow.meeting_id == number)
        came = []
        for person in desk.session.scalars(expected.order_by(AttendanceRow.id)).all():
            if person in reasons:
                meetings.take_leave(desk, clerk, number, person, reasons[person])
            elif person not in absent and (not there or person in there):
                came.append(person)
        meetings.sign_in_together(desk, clerk, number, came)
        meetings.open_sitting(desk, clerk, number)
        entries = {"file": row.file, "line": row.line, "sitting": self.called}
        kept = meetings.find(desk, number)
        note(desk, chain.lock(desk), clerk, kept, "entered", "补录会议", entries, submission=self.submission)
        return None

    def _people(self, known: dict[str, int], column: str) -> list[int]:
        found = []
        for code in (code for part in _BETWEEN.split(self.row.text(column)) for code in codes_of(part)):
            if code not in known:
                raise wrong(column, "people.unknown", code=code, noun=gettext("人员"))
            found.append(known[code])
        return found

    def _reasons(self, leave: list[int]) -> Mapping[int, str]:
        """Why each of those on leave is: one reason for all, or as many as there are people."""
        reasons = [each.strip() for each in _BETWEEN.split(self.row.text("reason")) if each.strip()]
        if len(reasons) < 2:
            return dict.fromkeys(leave, reasons[0] if reasons else LEAVE_UNTOLD)
        if len(reasons) != len(leave):
            raise wrong("reason", "import.reasons", leave=len(leave), reasons=len(reasons))
        return dict(zip(leave, reasons, strict=True))


@dataclass(frozen=True)
class ClosedSitting(PlayedSitting):
    """The close of a sitting, after all that was done on its day."""

    rows_told: ClassVar[int] = 0

    @property
    def place(self) -> str:
        """See ``Deed``: another place than that of the opening."""
        return MARK + mark_of(f"{self.row.file}:{self.row.line}:close")

    def take(self, replay: Replay, desk: Desk) -> int | None:
        """Close it."""
        clerk, number = replay.actor(self.row, "actor"), sitting_called(desk, self.called)
        if number is not None:
            meetings.close(desk, clerk, number)
            entries = {"file": self.row.file, "line": self.row.line}
            kept = meetings.find(desk, number)
            note(desk, chain.lock(desk), clerk, kept, "completed", "补录完毕", entries, submission=self.submission)
        return None


def called(row: Row) -> str:
    """What a row calls its sitting; where it stands, if it has no name for it."""
    return row.text("sitting") or f"{row.file}:{row.line}"


def read(folder: Path, mistakes: Mistakes) -> Iterator[PlayedSitting]:
    """The sittings in the files of ``folder``, each with its close."""
    if not (folder / FOLDER).is_dir():
        return
    known: set[str] = set()
    for order, row in rows_of_folder(folder, FOLDER, mistakes, REQUIRED):
        with mistakes.at(row.file, row.line):
            if called(row) in known:
                raise wrong("sitting", "import.sitting_twice", sitting=called(row))
            known.add(called(row))
            yield PlayedSitting(row.day("day"), order, "", row)
            yield ClosedSitting(row.day("day"), LAST, "", row)
