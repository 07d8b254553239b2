"""Ballots of the past, played from what two clerks counted: opened, counted, closed and published in one day.

A file lies in ``ballots/`` beside the practices' folders; its rows that share a ``ballot`` are one ballot, one
row for each line of the sheet. The ballot must have been asked for by an action before. What is played is
entered in the record as entered afterwards (补录), because nobody voted in this system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from renda.errors import declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.model import BallotRow, BallotSubjectRow, PersonRow
from renda.services import ballots, chain
from renda.services.benches.electorates import in_office
from renda.services.benches.finding import subjects_of
from renda.services.benches.preparing import note
from renda.services.desk import Desk
from renda.services.imports.deeds import Deed, Replay, mark_of, rows_of_folder
from renda.services.imports.tables import Mistakes, Row, wrong

declare(
    {
        "import.no_ballot": "“{title}”没有等待表决的票:前面没有一行为它提请表决,或者已经表决过。",
        "import.no_line": "“{question}”的票上没有“{subject}”这一项。票上有:{allowed}。",
        "import.same_counter": "两份计票单须由两个人录入,这里都是“{login}”。",
        "import.few_people": "到会 {present} 人,名册上当日只有 {known} 人。请核对名册或到会人数。",
        "import.people_range": "“{range}”不是一段代码。请写成 a01..a12。",
        "import.not_count": "应为不小于0的整数,现为“{value}”。",
    }
)

FOLDER = "ballots"
FIXED = (
    "day", "actor", "counter", "ballot", "practice", "matter", "question", "present", "people", "returned", "good",
    "void", "blank", "subject", "votes", "published",
)  # fmt: skip
MARKS = {"赞成": "yes", "反对": "no", "弃权": "abstain"}
_RANGE = re.compile(r"(?P<stem>.*?)(?P<first>\d+)\.\.(?P=stem)?(?P<last>\d+)")


class MemoryKeys:
    """The key of a ballot that is opened and closed within one transaction: kept nowhere else."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def keep(self, name: str, private: bytes) -> None:
        """See ``KeyKeeper``."""
        self._kept[name] = private

    def read(self, name: str) -> bytes | None:
        """See ``KeyKeeper``."""
        return self._kept.get(name)

    def destroy(self, name: str) -> None:
        """See ``KeyKeeper``."""
        self._kept.pop(name, None)


@dataclass(frozen=True)
class PlayedBallot(Deed):
    """All rows of one ballot; ``row`` is the first, which also says who was there and who counted."""

    rows: Sequence[Row] = ()

    @property
    def submission(self) -> str:
        """See ``Deed``: of all rows, so that a changed figure is found."""
        return self.place + mark_of(repr([sorted(row.cells.items()) for row in self.rows]))

    @property
    def rests_on(self) -> set[tuple[str, str]]:
        """See ``Deed``: the matters that stand on the sheet."""
        return {(self.practice, row.text("matter").partition("/")[0]) for row in self.rows}

    def take(self, replay: Replay, desk: Desk) -> int | None:
        """Open the ballot to those present, enter both counts, close and publish it."""
        first = self.row
        clerk, counter = replay.actor(first, "actor"), replay.actor(first, "counter")
        if clerk.account_id == counter.account_id:
            raise wrong("counter", "import.same_counter", login=first.text("counter"))
        ballot = self._waiting(replay, desk, clerk)
        keys = MemoryKeys()
        ballots.open_ballot(desk, clerk, ballot.id, keys=keys, present=self._present(desk, ballot))
        ballots.hand_papers(desk, clerk, ballot.id)
        ballots.stop(desk, clerk, ballot.id)
        figures = self._figures(desk, ballot)
        for each in (clerk, counter):
            ballots.enter_count(desk, each, ballot.id, figures)
        ballots.close(desk, clerk, ballot.id, keys=keys)
        published = first.text("published") == "" or first.yes("published")
        if published and ballot.state == "closed":
            ballots.publish(desk, clerk, ballot.id)
        head = chain.lock(desk)
        entries = {"file": first.file, "line": first.line, "counter": counter.name}
        note(desk, head, clerk, ballot, "entered", "补录表决", ballot.state, entries, submission=self.submission)
        return None

    def _waiting(self, replay: Replay, desk: Desk, clerk: Actor) -> BallotRow:
        matter = replay.references.matter(self.practice, self.row.text("matter", required=True), "matter")
        query = (
            select(BallotRow)
            .join(BallotSubjectRow, BallotSubjectRow.ballot_id == BallotRow.id)
            .where(BallotSubjectRow.matter_id == matter)
            .order_by(BallotRow.id.desc())
        )
        asked = self.row.text("question")
        found = [row for row in desk.session.scalars(query).unique() if asked in row.question]
        waiting = next((row for row in found if row.state == "prepared"), None)
        if waiting is not None:
            return waiting
        if found and (found[0].state == "void" or (found[0].result or {}).get("following") is not None):
            return ballots.find(desk, ballots.next_round(desk, clerk, found[0].id))
        raise wrong("matter", "import.no_ballot", title=self.row.text("matter"))

    def _present(self, desk: Desk, ballot: BallotRow) -> list[int]:
        if self.row.text("people"):
            codes = [code for part in re.split("[;\uff1b]", self.row.text("people")) for code in codes_of(part)]
            known: dict[str, int] = {row.code: row.id for row in desk.session.execute(select(PersonRow.code, PersonRow.id))}
            for code in codes:
                if code not in known:
                    raise wrong("people", "people.unknown", code=code, noun=gettext("人员"))
            return [known[code] for code in codes]
        present = count_of(self.row, "present")
        known_people = sorted(in_office(desk, ballot.electorate))
        if present > len(known_people):
            raise wrong("present", "import.few_people", present=present, known=len(known_people))
        return known_people[:present]

    def _figures(self, desk: Desk, ballot: BallotRow) -> dict[str, Any]:
        lines = {each.label: each.code for each in subjects_of(desk, ballot.id)}
        counted: dict[str, Row] = {}
        for row in self.rows:
            named = row.text("subject", required=True)
            code = named if named in lines.values() else lines.get(named)
            if code is None:
                allowed = "、".join(lines)
                raise wrong("subject", "import.no_line", question=ballot.question, subject=named, allowed=allowed)
            counted[code] = row
        if ballot.bench in {"selection", "election"}:
            return _votes(ballot.bench, self.row, counted)
        rows = {
            code: {"marks": marks_of(row), "void": count_of(row, "void"), "blank": count_of(row, "blank")}
            for code, row in counted.items()
        }
        return {"returned": count_of(self.row, "returned"), "rows": rows}


def read(desk: Desk, folder: Path, mistakes: Mistakes) -> Iterator[PlayedBallot]:
    """The ballots in the files of ``folder``, each with all its rows."""
    if not (folder / FOLDER).is_dir():
        return
    together: dict[tuple[str, str], list[Row]] = {}
    orders: dict[str, int] = {}
    for order, row in rows_of_folder(folder, FOLDER, mistakes, ("day", "actor", "counter", "ballot", "practice")):
        orders[row.file] = order
        with mistakes.at(row.file, row.line):
            desk.rulebook.practice_on(row.text("practice", required=True), row.day("day"))
            together.setdefault((row.file, row.text("ballot", required=True)), []).append(row)
    for (file, _), rows in together.items():
        yield PlayedBallot(rows[0].day("day"), orders[file], rows[0].text("practice"), rows[0], rows=tuple(rows))


def codes_of(part: str) -> list[str]:
    """The people's codes of one part of a cell: one, or a row of them such as ``a01..a12``."""
    part = part.strip()
    if ".." not in part:
        return [part] if part else []
    found = _RANGE.fullmatch(part)
    if found is None or int(found["first"]) > int(found["last"]):
        raise wrong("people", "import.people_range", range=part)
    places = range(int(found["first"]), int(found["last"]) + 1)
    return [f"{found['stem']}{place:0{len(found['first'])}d}" for place in places]


def count_of(row: Row, column: str) -> int:
    """A cell of a count, 0 where nothing is written."""
    text = row.text(column) or "0"
    if not text.isdecimal():
        raise wrong(column, "import.not_count", value=text)
    return int(text)


def marks_of(row: Row) -> Mapping[str, int]:
    """The columns that are none of the fixed ones: what the papers say, and how many say it."""
    return {MARKS.get(column, column): count_of(row, column) for column in row.cells if column not in FIXED
            and row.text(column)}  # fmt: skip


def _votes(bench: str, first: Row, counted: Mapping[str, Row]) -> dict[str, Any]:
    sums = {each: count_of(first, each) for each in ("good", "void", "blank")}
    if bench == "selection":
        return {**sums, "votes": {code: count_of(row, "votes") for code, row in counted.items()}}
    said = {code: marks_of(row) for code, row in counted.items()}
    names = {"votes": "yes", "opposed": "no", "abstained": "abstain"}
    return {**sums, **{entry: {code: marks.get(mark, 0) for code, marks in said.items()}
                       for entry, mark in names.items()}}  # fmt: skip
