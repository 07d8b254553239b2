"""What the conformance kit does to a practice, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from renda.errors import RendaError
from renda.kinds import Action
from renda.matter import Actor
from renda.model import EventRow, MatterRow
from renda.services import permissions, questions
from renda.services.matters import act
from renda.services.reading import DistrictRecords, find, rules_of, view
from renda.testing.factories import World
from renda.testing.stands import somebody
from renda.testing.walks import Stand


def may(stand: Stand, action: Action, actor: Actor) -> bool:
    """Whether somebody sees the matter and has one of the action's roles or relations."""
    with stand.world.reading() as desk:
        row = find(desk, stand.number)
        matter = view(desk, row)
        seen = permissions.may_see(rules_of(desk, row), matter, actor)
    return seen and permissions.may_act(action, actor, matter)


def refused(
    world: World,
    actor: Actor,
    action: Action,
    entries: Mapping[str, Any],
    *,
    codes: set[str],
    target: Mapping[str, Any],
) -> RendaError:
    """The refusal of an action that must be refused with one of ``codes`` and leave nothing behind."""
    before = _kept(world, target)
    refusal = _refusal(world, actor, action, entries, target)
    assert refusal is not None, "没有被拒绝。"
    assert refusal.code in codes, f"应以 {'、'.join(sorted(codes))} 拒绝,实际是:{refusal}"
    assert _kept(world, target) == before, "被拒绝了,却留下了东西。"
    return refusal


def _refusal(
    world: World, actor: Actor, action: Action, entries: Mapping[str, Any], target: Mapping[str, Any]
) -> RendaError | None:
    try:
        with world.writing() as desk:
            act(desk, actor, action.name, entries, **target)
            # Given up, so that later checks find what this one found.
            desk.session.rollback()
    except RendaError as error:
        return error
    return None


def _kept(world: World, target: Mapping[str, Any]) -> tuple[Any, ...]:
    with world.reading() as desk:
        counts = [desk.session.scalar(select(func.count(table.id))) for table in (EventRow, MatterRow)]
        row = find(desk, target["matter"]) if "matter" in target else None
        return (*counts, row and (row.version, row.state, dict(row.payload)))


def all_answer(world: World) -> None:
    """Every question to everyone is answered with what was asked for."""
    viewer, organ = somebody(world, "clerk"), world.organ("单位-样例")
    with world.reading() as desk:
        records = DistrictRecords(desk)
        year = {"since": desk.day.replace(month=1, day=1), "until": desk.day, "records": records}
        asked: dict[str, dict[str, Any]] = {
            "facts": {"subject": None, **year},
            "dossier": {"subject": organ, "viewer": viewer, "records": records},
            "menu": {"viewer": viewer},
            "sheets": year,
            "problems": {"records": records},
        }
        for question, arguments in asked.items():
            for answer in questions.ask(desk, question, desk.day, **arguments):
                assert answer.failure is None, f"{question}:{answer.failure}"
