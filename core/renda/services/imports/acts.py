"""What was done, replayed from spreadsheets through the one door, in the order of its days.

Each row is one action. Its submission is made of its place and its content: a row imported before is passed
by, and one that was changed since is a mistake, because what was done is not undone by editing a table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.kinds import Action
from renda.matter import SYSTEM, Actor
from renda.model import AccountRow, EventRow, MatterRow
from renda.rulebook import InForce
from renda.services import accounts
from renda.services.desk import CHINA, Desk
from renda.services.imports.references import References
from renda.services.imports.tables import SUFFIXES, Mistakes, Row, table, wrong
from renda.services.matters import act

declare(
    {
        "import.unknown_practice": "没有“{code}”这个做法。已有:{allowed}。文件夹要用做法的代码命名。",
        "import.unnumbered": "文件名应以序号开头,例如 01-提出.csv;同一天的行按序号先后办理。",
        "import.unknown_action": "“{practice}”没有“{action}”这个动作。可用的动作:{allowed}。",
        "import.changed": "这一行导入之后又被改过。已办理的事不能靠改表格来改:请恢复原样,另加一行来办。",
    }
)

FIXED = ("day", "actor", "action", "ref", "parent")
MARK = "im"
HALF = 31
NOON = time(12)


@dataclass(frozen=True)
class Deed:
    """One row to be done: when, in which order, under which practice."""

    day: date
    order: int
    practice: str
    row: Row

    @property
    def place(self) -> str:
        """What of the submission says where the row stands."""
        return MARK + _digest(f"{self.row.file}:{self.row.line}")

    @property
    def submission(self) -> str:
        """The token ``act`` knows the row by."""
        return self.place + _digest(repr(sorted(self.row.cells.items())))


def read(desk: Desk, folder: Path, mistakes: Mistakes) -> list[Deed]:
    """All rows of all practices, in the order in which they were done."""
    deeds: list[Deed] = []
    for inside in sorted(path for path in folder.iterdir() if path.is_dir()):
        with mistakes.at(inside.name):
            if inside.name not in desk.rulebook.versions:
                allowed = "、".join(desk.rulebook.versions) or "—"
                raise RendaError("import.unknown_practice", code=inside.name, allowed=allowed)
            for path in sorted(each for each in inside.iterdir() if each.suffix in SUFFIXES):
                deeds += _read_file(desk, inside.name, path, mistakes)
    return sorted(deeds, key=lambda deed: (deed.day, deed.order, deed.practice, deed.row.file, deed.row.line))


def _read_file(desk: Desk, practice: str, path: Path, mistakes: Mistakes) -> Iterator[Deed]:
    file = f"{practice}/{path.name}"
    numbered = re.match(r"\d+", path.name)
    with mistakes.at(file):
        if numbered is None:
            raise RendaError("import.unnumbered")
    order = int(numbered[0]) if numbered else 0
    rows = table(path, file, mistakes)
    for column in ("day", "actor", "action"):
        if rows and column not in rows[0].cells:
            with mistakes.at(file):
                raise RendaError("import.missing_column", column=column)
            return
    for row in rows:
        with mistakes.at(file, row.line):
            day = row.day("day")
            candidates(desk.rulebook.practice_on(practice, day), row)
            row.text("actor", required=True)
            yield Deed(day, order, practice, row)


def candidates(rules: InForce, row: Row) -> list[Action]:
    """The actions a row may mean: those of that name or label, of whatever kind."""
    name = row.text("action", required=True)
    every = [each for kind in rules.practice.kind_of.values() for each in kind.actions.values()]
    found = [each for each in every if name in (each.name, each.label)]
    if not found:
        allowed = "、".join(each.label for each in every)
        raise wrong("action", "import.unknown_action", practice=rules.version.title, action=name, allowed=allowed)
    return found


class Replay:
    """The rows of one district, done one after the other."""

    def __init__(self, desk: Desk, mistakes: Mistakes) -> None:
        self.desk = desk
        self.mistakes = mistakes
        self.references = References(desk)
        self.actors = {row.login: accounts.actor_of(row) for row in desk.session.scalars(select(AccountRow))}
        self.done = dict(_done_before(desk))
        self._failed: set[tuple[str, str]] = set()
        self.count = 0

    def run(self, deeds: list[Deed], report: Callable[[int, int], None]) -> None:
        """Do all rows; those that rest on one that failed are not tried."""
        for number, deed in enumerate(deeds, 1):
            names = {(deed.practice, deed.row.text(column).partition("/")[0]) for column in ("ref", "parent")}
            if names & self._failed:
                self.mistakes.untried += 1
                continue
            before = len(self.mistakes.found)
            with self.mistakes.at(deed.row.file, deed.row.line):
                self._do(deed)
            if len(self.mistakes.found) > before and deed.row.text("ref"):
                self._failed.add((deed.practice, deed.row.text("ref").partition("/")[0]))
            report(number, len(deeds))

    def _do(self, deed: Deed) -> None:
        ref = deed.row.text("ref")
        before = self.done.get(deed.place)
        if before is not None:
            if before[0] != deed.submission:
                raise RendaError("import.changed")
            self.references.name(deed.practice, ref, before[1])
            return
        actor = self._actor(deed.row)
        number = self.references.known(deed.practice, ref) if ref else None
        now = datetime.combine(deed.day, NOON, CHINA).astimezone(UTC)
        desk = replace(self.desk, now=now)
        with self.desk.session.begin_nested():
            outcome = act(
                desk,
                actor,
                deed.row.text("action"),
                self._entries(deed, number),
                matter=number,
                practice=deed.practice if number is None else None,
                parent=self._parent(deed) if number is None else None,
                submission=deed.submission,
            )
        self.references.name(deed.practice, ref, outcome.matter_id)
        self.count += 1

    def _actor(self, row: Row) -> Actor:
        login = row.text("actor")
        if login == "system":
            return SYSTEM
        if login not in self.actors:
            raise wrong("actor", "account.unknown", login=login)
        return self.actors[login]

    def _parent(self, deed: Deed) -> int | None:
        ref = deed.row.text("parent")
        return self.references.matter(deed.practice, ref, "parent") if ref else None

    def _entries(self, deed: Deed, number: int | None) -> Mapping[str, Any]:
        found = candidates(self.desk.rulebook.practice_on(deed.practice, deed.day), deed.row)
        if number is None:
            meant = next((each for each in found if each.when is None), None)
            if meant is None:
                raise wrong("ref", "import.unknown_ref", ref=deed.row.text("ref"))
        else:
            kind = self.desk.session.get_one(MatterRow, number).kind
            meant = next((each for each in found if each.kind == kind), found[0])
        form = {} if meant.form is None else meant.form().fields
        named = {str(field.metadata.get("label", name)): name for name, field in form.items()}
        entries: dict[str, Any] = {}
        for column, text in deed.row.cells.items():
            if column in FIXED or not text:
                continue
            name = column if column in form else named.get(column, column)
            entries[name] = self.references.entry(form.get(name), text, deed.practice, column)
        return entries


def _done_before(desk: Desk) -> Iterator[tuple[str, tuple[str, int]]]:
    query = select(EventRow.submission, EventRow.matter_id).where(EventRow.submission.startswith(MARK))
    for submission, number in desk.session.execute(query):
        yield str(submission)[: len(MARK) + HALF], (str(submission), number or 0)


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:HALF]
