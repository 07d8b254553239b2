"""Scoring again what has been scored, under the rules each matter began with, and telling what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from renda.explain import Explained, same
from renda.matter import Actor, Matter
from renda.model import MatterRow, ScoreRow
from renda.services import chain, reading, scores
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
            if found is None or not same(found, row.explained) or scores.short(found) != row.shown:
                yield Difference(row.id, row.title, row.shown, found)
        desk.session.expunge_all()


def rescore(desk: Desk, actor: Actor, practice: str | None = None) -> list[Difference]:
    """Keep anew what comes out otherwise; one entry in the record names the matters.

    A score that is no longer found stays as it is kept, and is only told.
    """
    head = chain.lock(desk)
    different = list(differences(desk, practice))
    anew = [each for each in different if each.found is not None]
    if anew:
        entries = {"matters": [each.matter_id for each in anew]}
        entered = chain.enter(
            desk,
            desk.session.merge(head),
            chain.Deed(actor, practice or "", "rescore", "重新计分", None, None, "", entries),
        )
        for each in anew:
            row = reading.find(desk, each.matter_id)
            if each.found is not None:
                scores.add(desk, row, reading.rules_of(desk, row), each.found, entered.number)
    return different


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
