"""What is replayed from spreadsheets, in the order of its days: acts through the one door, ballots of the past.

Each deed's submission is made of its place and its content: one imported before is passed by, and one that was
changed since is a mistake, because what was done is not undone by editing a table.
"""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import SYSTEM, Actor
from renda.model import AccountRow, EventRow
from renda.services import accounts, chain
from renda.services.desk import CHINA, Desk
from renda.services.imports.references import References
from renda.services.imports.rows import table
from renda.services.imports.tables import SUFFIXES, Mistakes, Row, wrong

declare(
    {
        "import.unnumbered": "文件名应以序号开头,例如 01-提出.csv;同一天的行按序号先后办理。",
        "import.changed": "这一行导入之后又被改过。已办理的事不能靠改表格来改:请恢复原样,另加一行来办。",
    }
)

MARK = "im"
HALF = 31
NOON = time(12)
PORTION = 50


@dataclass(frozen=True)
class Deed(ABC):
    """Something to be done again: when, in which order, under which practice; ``row`` says where it stands.

    ``rows_told``: how many rows it is, for those who are told how many were done; the end of another deed is none.
    """

    rows_told: ClassVar[int] = 1

    day: date
    order: int
    practice: str
    row: Row

    @property
    def place(self) -> str:
        """What of the submission says where the row stands."""
        return MARK + mark_of(f"{self.row.file}:{self.row.line}")

    @property
    def submission(self) -> str:
        """The token the record knows the deed by."""
        return self.place + mark_of(repr(sorted(self.row.cells.items())))

    @property
    def rests_on(self) -> set[tuple[str, str]]:
        """The practice and ref of the matters it is about."""
        return {(self.practice, self.row.text(column).partition("/")[0]) for column in ("ref", "parent")}

    @abstractmethod
    def take(self, replay: Replay, desk: Desk) -> int | None:
        """Do it at the desk of its day; the number of the matter its ref then names, if any."""


class Replay:
    """The deeds of one district, done one after the other."""

    def __init__(self, desk: Desk, mistakes: Mistakes) -> None:
        self.desk = desk
        self.mistakes = mistakes
        self.references = References(desk)
        self.actors = {row.login: accounts.actor_of(row) for row in desk.session.scalars(select(AccountRow))}
        self.done = dict(_done_before(desk))
        self._failed: set[tuple[str, str]] = set()
        self.count = 0

    def run(self, deeds: Sequence[Deed], report: Callable[[int, int], None]) -> None:
        """Do all; those that rest on one that failed are not tried."""
        for start in range(0, len(deeds), PORTION):
            portion = deeds[start : start + PORTION]
            if self.mistakes.found or not self._all_done(portion):
                for deed in portion:
                    self._try(deed)
            report(start + len(portion), len(deeds))

    def actor(self, row: Row, column: str) -> Actor:
        """Whose login stands in a cell; raises ``account.unknown``."""
        login = row.text(column, required=True)
        if login == "system":
            return SYSTEM
        if login not in self.actors:
            raise wrong(column, "account.unknown", login=login)
        return self.actors[login]

    def _all_done(self, portion: Sequence[Deed]) -> bool:
        """Do a portion between two savepoints; where one fails, none was done, and each is tried with its own."""
        named, count = self.references.count, self.count
        try:
            with self.desk.session.begin_nested():
                chain.look_up(self.desk, [deed.submission for deed in portion])
                for deed in portion:
                    self._do(deed)
        except RendaError:
            self.references.forget_after(named)
            self.count = count
            return False
        return True

    def _try(self, deed: Deed) -> None:
        if deed.rests_on & self._failed:
            self.mistakes.untried += deed.rows_told
            return
        before = len(self.mistakes.found)
        with self.mistakes.at(deed.row.file, deed.row.line), self.desk.session.begin_nested():
            self._do(deed)
        if len(self.mistakes.found) > before:
            self._failed |= {each for each in deed.rests_on if each[1]}

    def _do(self, deed: Deed) -> None:
        ref = deed.row.text("ref")
        before = self.done.get(deed.place)
        if before is not None:
            if before[0] != deed.submission:
                raise RendaError("import.changed")
            self.references.name(deed.practice, ref, before[1])
            return
        now = datetime.combine(deed.day, NOON, CHINA).astimezone(UTC)
        number = deed.take(self, replace(self.desk, now=now))
        if number is not None:
            self.references.name(deed.practice, ref, number)
        self.count += deed.rows_told


def rows_of_folder(folder: Path, name: str, mistakes: Mistakes, required: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """The rows of all files in the folder ``name``, each with the number its file begins with.

    A file without one of the ``required`` columns is a mistake, and its rows are passed by.
    """
    for path in sorted(each for each in (folder / name).iterdir() if each.suffix in SUFFIXES):
        file = f"{name}/{path.name}"
        numbered = re.match(r"\d+", path.name)
        with mistakes.at(file):
            if numbered is None:
                raise RendaError("import.unnumbered")
        rows = table(path, file, mistakes)
        missing = next((column for column in required if rows and column not in rows[0].cells), None)
        if missing is not None:
            with mistakes.at(file):
                raise RendaError("import.missing_column", column=missing)
            continue
        for row in rows:
            yield int(numbered[0]) if numbered else 0, row


def mark_of(said: str) -> str:
    """Half of a submission: a digest."""
    return hashlib.sha256(said.encode()).hexdigest()[:HALF]


def _done_before(desk: Desk) -> Iterator[tuple[str, tuple[str, int]]]:
    query = select(EventRow.submission, EventRow.matter_id).where(EventRow.submission.startswith(MARK))
    for submission, number in desk.session.execute(query):
        yield str(submission)[: len(MARK) + HALF], (str(submission), number or 0)
