"""The numbers as they stood on a day, proved from their own reasons and not from today's rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from renda.errors import RendaError
from renda.explain import replay, sentence
from renda.i18n import gettext
from renda.model import MatterRow, ScoreRow
from renda.services.desk import Desk

BATCH = 500


@dataclass(frozen=True, slots=True)
class Stood:
    """A score that held on the day: since when, what, why; ``mistake`` where its reasons do not prove it."""

    matter: int
    title: str
    practice: str
    shown: str
    since: date
    because: str
    mistake: str = ""


def as_of(desk: Desk, day: date, practice: str | None = None) -> Iterator[Stood]:
    """The last score of each matter found on ``day`` or before, by number of the matter, each replayed."""
    district_id = desk.session.district_id
    newest = (
        select(func.max(ScoreRow.id))
        .where(ScoreRow.district_id == district_id, ScoreRow.day <= day)
        .group_by(ScoreRow.matter_id)
    )
    query = (
        select(ScoreRow, MatterRow.title)
        .join(MatterRow, MatterRow.id == ScoreRow.matter_id)
        .where(ScoreRow.id.in_(newest), MatterRow.district_id == district_id)
        .order_by(ScoreRow.matter_id)
        .execution_options(yield_per=BATCH)
    )
    if practice is not None:
        query = query.where(ScoreRow.practice == practice)
    for score, title in desk.session.execute(query):
        because, mistake = "", ""
        try:
            because = sentence(replay(score.explained), gettext)
        except RendaError as error:
            mistake = error.message
        yield Stood(score.matter_id, title, score.practice, score.shown, score.day, because, mistake)
