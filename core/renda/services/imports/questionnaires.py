"""Questionnaires of the past, held elsewhere: how many answered, and how many ticked what.

A file lies in ``questionnaires/`` beside the practices' folders; its rows that share a ``questionnaire`` are one, one
row for each answer to each question. An action must have asked for it before. What is entered is entered in the
record as entered afterwards (补录), because nobody answered in this system.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from renda.errors import declare
from renda.model import QuestionnaireRow
from renda.services.desk import Desk
from renda.services.imports.counts import count_of
from renda.services.imports.deeds import Deed, Replay, mark_of, rows_of_folder
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.questionnaires.counting import enter_counts

declare({"import.no_questionnaire": "“{title}”没有待开放的问卷:前面没有一行为它提出问卷,或者已经统计过。"})

FOLDER = "questionnaires"
REQUIRED = ("day", "actor", "questionnaire", "practice", "matter", "question", "answer", "count")


@dataclass(frozen=True)
class PlayedQuestionnaire(Deed):
    """All rows of one questionnaire; ``row`` is the first, which also says how many answered."""

    rows: Sequence[Row] = ()

    @property
    def submission(self) -> str:
        """See ``Deed``: of all rows, so that a changed figure is found."""
        return self.place + mark_of(repr([sorted(row.cells.items()) for row in self.rows]))

    @property
    def rests_on(self) -> set[tuple[str, str]]:
        """See ``Deed``: the matter that asked."""
        return {(self.practice, self.row.text("matter").partition("/")[0])}

    def take(self, replay: Replay, desk: Desk) -> int | None:
        """Enter the counts."""
        clerk = replay.actor(self.row, "actor")
        matter = replay.references.matter(self.practice, self.row.text("matter", required=True), "matter")
        query = select(QuestionnaireRow.id).where(
            QuestionnaireRow.matter_id == matter, QuestionnaireRow.state == "prepared"
        )
        number = desk.session.scalar(query.order_by(QuestionnaireRow.id).limit(1))
        if number is None:
            raise wrong("matter", "import.no_questionnaire", title=self.row.text("matter"))
        counts: dict[str, dict[str, int]] = {}
        for row in self.rows:
            ticks = counts.setdefault(row.text("question", required=True), {})
            ticks[row.text("answer", required=True)] = count_of(row, "count")
        most = max(sum(ticks.values()) for ticks in counts.values())
        answered = count_of(self.row, "answered") if self.row.text("answered") else most
        enter_counts(desk, clerk, number, answered, counts, self.submission)
        return None


def read(desk: Desk, folder: Path, mistakes: Mistakes) -> Iterator[PlayedQuestionnaire]:
    """The questionnaires in the files of ``folder``, each with all its rows."""
    if not (folder / FOLDER).is_dir():
        return
    together: dict[tuple[str, str], list[Row]] = {}
    orders: dict[str, int] = {}
    for order, row in rows_of_folder(folder, FOLDER, mistakes, REQUIRED):
        orders[row.file] = order
        with mistakes.at(row.file, row.line):
            desk.rulebook.practice_on(row.text("practice", required=True), row.day("day"))
            together.setdefault((row.file, row.text("questionnaire", required=True)), []).append(row)
    for (file, _), rows in together.items():
        yield PlayedQuestionnaire(rows[0].day("day"), orders[file], rows[0].text("practice"), rows[0], rows=tuple(rows))
