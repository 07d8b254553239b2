"""Scoring again what has been scored, under the rules each matter began with, and telling what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from renda.explain import Explained, same
from renda.matter import Matter
from renda.model import MatterRow, ScoreRow
from renda.services import reading, scores
from renda.services.desk import Desk

BATCH = 2_000
_COLUMNS = (
    "id",
    "practice",
    "kind",
    "state",
    "title",
    "opened_on",
    "payload",
    "done",
    "parent_id",
    "rules_effective",
    "rules_digest",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A score that comes out otherwise today than it is kept."""

    matter_id: int
    title: str
    kept: str
    found: Explained | None


def differences(desk: Desk, practice: str | None = None) -> Iterator[Difference]:
    """Score all matters that have a score again, and give those that come out otherwise.

    Reads in portions of ``BATCH``; each matter is scored under the rules it began with.
    """
    last = 0
    while portion := _portion(desk, last, practice):
        last = portion[-1].id
        for row, matter in zip(portion, _matters(desk, portion), strict=True):
            found = scores.asked(reading.rules_of(desk, row), matter)
            if found is None or not same(found, row.explained):
                yield Difference(row.id, row.title, row.shown, found)
        desk.session.expunge_all()


def _matters(desk: Desk, portion: Sequence[Any]) -> list[Matter]:
    parties = reading.parties_of(desk, [row.id for row in portion])
    wanted = {row.parent_id for row in portion if row.parent_id is not None}
    above = desk.session.scalars(select(MatterRow).where(MatterRow.id.in_(wanted))).all() if wanted else []
    around = {matter.id: matter for matter in reading.views(desk, above)}
    records = reading.DistrictRecords(desk)
    return [
        reading.assembled(reading.rules_of(desk, row), row, parties[row.id], around.get(row.parent_id or 0), records)
        for row in portion
    ]


def _portion(desk: Desk, after: int, practice: str | None) -> list[Any]:
    district_id = desk.session.district_id
    newest = select(func.max(ScoreRow.id).label("id")).where(
        ScoreRow.district_id == district_id, ScoreRow.matter_id > after
    )
    if practice is not None:
        newest = newest.where(ScoreRow.practice == practice)
    some = newest.group_by(ScoreRow.matter_id).order_by(ScoreRow.matter_id).limit(BATCH).subquery()
    query = (
        select(*(getattr(MatterRow, name) for name in _COLUMNS), ScoreRow.explained, ScoreRow.shown)
        .join(ScoreRow, ScoreRow.matter_id == MatterRow.id)
        .join(some, some.c.id == ScoreRow.id)
        .where(MatterRow.district_id == district_id)
        .order_by(MatterRow.id)
    )
    return list(desk.session.execute(query))
