"""The numbers as they stood on a day, proved from their own reasons and not from today's rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from renda.errors import RendaError, declare
from renda.explain import Explained, replay, sentence
from renda.i18n import gettext
from renda.model import MatterRow, ScoreRow
from renda.services import scores
from renda.services.desk import Desk

declare({"replay.other_value": "理由算出的是 {found},数据库里存的是 {kept}。"}, status=500)

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
            because = sentence(proved(score), gettext)
        except RendaError as error:
            mistake = error.message
        yield Stood(score.matter_id, title, score.practice, score.shown, score.day, because, mistake)


def proved(score: ScoreRow) -> Explained:
    """A score as its own reasons give it.

    Raises ``explain.…`` where they do not hold, ``replay.other_value`` where they give something else than is kept.
    """
    found = replay(score.explained)
    if (scores.short(found), scores.exact(found)) != (score.shown, score.value):
        raise RendaError("replay.other_value", found=scores.short(found), kept=kept(score))
    return found


def kept(score: ScoreRow) -> str:
    """A score as it is kept: as it is shown, and its value where that says something else."""
    value = "" if score.value is None else format(score.value.normalize(), "f")
    return score.shown if score.shown == value else f"{score.shown}({value or '—'})"
