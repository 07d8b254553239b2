"""Scores: rows that are only added, each with reasons the core has replayed itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.explain import Explained, replay, same, shown_value, to_json
from renda.matter import Matter
from renda.model import MatterRow, ScoreRow
from renda.rulebook import InForce
from renda.services import reading
from renda.services.desk import Desk
from renda.services.questions import answer_of

declare({"score.nonsense": "“{practice}”的得分不是由解释组合而成,而是 {given}。请告诉插件作者。"}, status=500)


def asked(rules: InForce, matter: Matter) -> Explained | None:
    """The owner's score of a matter; raises ``score.nonsense`` for anything but an explanation."""
    answer = answer_of(rules, "score", matter=matter)
    if answer is not None and not isinstance(answer, Explained):
        raise RendaError("score.nonsense", practice=rules.version.title, given=type(answer).__name__)
    return answer


def keep_up(desk: Desk, row: MatterRow, matter: Matter, event_number: int) -> None:
    """After an action: add a row where the score of the matter, or of one around it, has become another."""
    current, seen = row, matter
    while True:
        rules = reading.rules_of(desk, current)
        found = asked(rules, seen)
        if found is not None:
            last = latest(desk, current.id)
            if last is None or not same(found, last.explained):
                add(desk, current, rules, found, event_number)
        if current.parent_id is None or seen.parent is None:
            return
        current, seen = reading.find(desk, current.parent_id), seen.parent


def add(desk: Desk, row: MatterRow, rules: InForce, found: Explained, event_number: int | None) -> None:
    """Keep a score; its reasons are replayed first, and a false one is refused with ``explain.lie``."""
    kept = to_json(found)
    replay(kept)
    desk.session.add(
        ScoreRow(
            district_id=row.district_id,
            matter_id=row.id,
            practice=row.practice,
            value=exact(found),
            shown=short(found),
            explained=kept,
            day=desk.day,
            event_number=event_number,
            rules_digest=rules.version.digest,
        )
    )
    desk.session.flush()


def short(found: Explained) -> str:
    """The value as lists show it."""
    return shown_value(found)[:60]


def exact(found: Explained) -> Decimal | None:
    """The value as a decimal where it is one; a fraction that is none stays with its reasons."""
    value = found.value
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return None
    if isinstance(value, Fraction):
        odd = value.denominator
        for prime in (2, 5):
            while odd % prime == 0:
                odd //= prime
        return Decimal(value.numerator) / Decimal(value.denominator) if odd == 1 else None
    return Decimal(value)


def latest(desk: Desk, matter_id: int) -> ScoreRow | None:
    """The score of a matter that holds now."""
    query = select(ScoreRow).where(ScoreRow.matter_id == matter_id).order_by(ScoreRow.id.desc()).limit(1)
    return desk.session.scalar(query)
