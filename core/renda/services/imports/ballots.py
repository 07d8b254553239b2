"""Ballots of the past, played from what two clerks counted: opened, counted, closed and published in one day.

A file lies in ``ballots/`` beside the practices' folders; its rows that share a ``ballot`` are one ballot, one
row for each line of the sheet. It was asked for by an action before, or names its ``rule`` itself; it was taken in the
``sitting`` it names, to whoever signed in there. What is played is entered in the record as entered afterwards
(补录), because nobody voted in this system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from renda.errors import declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.model import BallotRow, BallotSubjectRow, EventRow, MeetingRow, PersonRow
from renda.services import ballots, chain
from renda.services.ballots import Question, Subject
from renda.services.benches.electorates import in_office
from renda.services.benches.finding import subjects_of
from renda.services.benches.preparing import note
from renda.services.desk import Desk
from renda.services.imports.counts import codes_of, count_of, figures_of
from renda.services.imports.deeds import Deed, Replay, mark_of, rows_of_folder
from renda.services.imports.tables import Mistakes, Row, wrong

declare(
    {
        "import.no_ballot": "“{title}”没有等待表决的票:前面没有一行为它提请表决,或者已经表决过。",
        "import.no_line": "“{question}”的票上没有“{subject}”这一项。票上有:{allowed}。",
        "import.same_counter": "两份计票单须由两个人录入,这里都是“{login}”。",
        "import.few_people": "到会 {present} 人,名册上当日只有 {known} 人。请核对名册或到会人数。",
        "import.no_sitting": "没有“{sitting}”这次会议:data/meetings 里没有一行用这个 sitting,或者排在这次表决后面。",
        "import.present_differs": "到会写的是 {present} 人,“{title}”签到、可以表决的是 {signed} 人。请核对请假、缺席或到会人数。",
        "import.people_and_sitting": "写了 sitting 的表决以会议的签到为准,people 请留空。",
        "import.rule_alone": "没有提请的表决须写明在哪次会议(sitting)、题目(question)和计票办法(rule)。",
    }
)

FOLDER = "ballots"
SITTINGS = "meetings"
ELECTORATES = {"committee": "member", "congress": "deputy"}
UNPUBLISHED = "补录:当时没有公布"


def sitting_called(desk: Desk, called: str) -> int | None:
    """The number of the sitting that a table of sittings calls so; None where none was played yet."""
    query = select(EventRow.entries).where(
        EventRow.action == "meeting_entered", EventRow.entries["sitting"].as_string() == called
    )
    entries = desk.session.scalar(query.limit(1))
    return None if entries is None else int(entries["meeting"])


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
        """See ``Deed``: the matters that stand on the sheet, and the sitting."""
        matters = {(self.practice, row.text("matter").partition("/")[0]) for row in self.rows}
        return {*matters, (SITTINGS, self.row.text("sitting"))}

    def take(self, replay: Replay, desk: Desk) -> int | None:
        """Open the ballot to those present, enter both counts, close and publish it."""
        first = self.row
        clerk, counter = replay.actor(first, "actor"), replay.actor(first, "counter")
        if clerk.account_id == counter.account_id:
            raise wrong("counter", "import.same_counter", login=first.text("counter"))
        sitting = self._sitting(desk)
        ballot = self._prepared(desk, clerk, sitting) if first.text("rule") else self._waiting(replay, desk, clerk)
        keys = MemoryKeys()
        if sitting is None:
            ballots.open_ballot(desk, clerk, ballot.id, keys=keys, present=self._present(desk, ballot))
        else:
            self._open_in(desk, clerk, ballot, sitting, keys)
        ballots.hand_papers(desk, clerk, ballot.id)
        ballots.stop(desk, clerk, ballot.id)
        figures = self._figures(desk, ballot)
        for each in (clerk, counter):
            ballots.enter_count(desk, each, ballot.id, figures, recounted=True)
        ballots.close(desk, clerk, ballot.id, keys=keys)
        published = first.text("published") == "" or first.yes("published")
        if published and ballot.state == "closed":
            ballots.publish(desk, clerk, ballot.id)
        elif ballot.state == "closed":
            chair = counter if "chair" in counter.roles else clerk
            ballots.withhold(desk, chair, ballot.id, UNPUBLISHED)
        head = chain.lock(desk)
        entries = {"file": first.file, "line": first.line, "counter": counter.name}
        note(desk, head, clerk, ballot, "entered", "补录表决", ballot.state, entries, submission=self.submission)
        return None

    def _sitting(self, desk: Desk) -> MeetingRow | None:
        called = self.row.text("sitting")
        if not called:
            return None
        if self.row.text("people"):
            raise wrong("people", "import.people_and_sitting")
        number = sitting_called(desk, called)
        if number is None:
            raise wrong("sitting", "import.no_sitting", sitting=called)
        return desk.session.get_one(MeetingRow, number)

    def _open_in(self, desk: Desk, clerk: Actor, ballot: BallotRow, sitting: MeetingRow, keys: MemoryKeys) -> None:
        if ballot.meeting_id != sitting.id:
            ballots.list_in(desk, clerk, ballot.id, sitting.id)
        signed = ballots.open_in_sitting(desk, clerk, ballot.id, keys=keys)
        if self.row.text("present") and count_of(self.row, "present") != signed:
            present = count_of(self.row, "present")
            raise wrong("present", "import.present_differs", present=present, title=sitting.title, signed=signed)

    def _prepared(self, desk: Desk, clerk: Actor, sitting: MeetingRow | None) -> BallotRow:
        """A ballot nobody asked for, under the rule its first row names."""
        question = self.row.text("question")
        if sitting is None or not question:
            raise wrong("rule", "import.rule_alone")
        table = ballots.chosen(desk, self.row.text("rule"))
        made = Question(
            question=question,
            bench=table.bench,
            rule=table.rule,
            subjects=[Subject(row.text("subject") or question) for row in self.rows],
            members=max(1, sitting.members),
            practice=table.practice,
            display="direct",
            k=table.k,
            action="coarsen",
            meeting=sitting.id,
            electorate=ELECTORATES.get(sitting.body, ""),
        )
        return ballots.find(desk, ballots.prepare(desk, clerk, made))

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
            known: dict[str, int] = {
                row.code: row.id for row in desk.session.execute(select(PersonRow.code, PersonRow.id))
            }
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
            alone = ballot.question if self.row.text("rule") else ""
            named = row.text("subject", required=not alone) or alone
            code = named if named in lines.values() else lines.get(named)
            if code is None:
                allowed = "、".join(lines)
                raise wrong("subject", "import.no_line", question=ballot.question, subject=named, allowed=allowed)
            counted[code] = row
        return figures_of(ballot.bench, self.row, counted)


def read(desk: Desk, folder: Path, mistakes: Mistakes) -> Iterator[PlayedBallot]:
    """The ballots in the files of ``folder``, each with all its rows."""
    if not (folder / FOLDER).is_dir():
        return
    together: dict[tuple[str, str], list[Row]] = {}
    orders: dict[str, int] = {}
    for order, row in rows_of_folder(folder, FOLDER, mistakes, ("day", "actor", "counter", "ballot")):
        orders[row.file] = order
        with mistakes.at(row.file, row.line):
            day, practice = row.day("day"), row.text("practice")
            if practice or not row.text("rule"):
                desk.rulebook.practice_on(row.text("practice", required=True), day)
            together.setdefault((row.file, row.text("ballot", required=True)), []).append(row)
    for (file, _), rows in together.items():
        yield PlayedBallot(rows[0].day("day"), orders[file], rows[0].text("practice"), rows[0], rows=tuple(rows))
