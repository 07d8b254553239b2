"""The one door: everything that changes a matter goes through ``act``.

Pages, API, command line, imports and feature files all call it, and nothing else writes a matter.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from renda.answers import Change
from renda.errors import RendaError
from renda.i18n import gettext
from renda.kinds import Action
from renda.matter import SYSTEM, Actor, Event, Matter, Turn
from renda.model import ChainHead, MatterRow
from renda.rulebook import InForce
from renda.schema import Schema
from renda.services import chain, numbering, reading, refusals, scores, upkeep
from renda.services.benches.asking import prepare_asked
from renda.services.desk import Desk
from renda.services.people import enter_appointments
from renda.services.permissions import may_see
from renda.services.questionnaires.asking import prepare_questionnaires
from renda.services.questions import ask_strictly

log = logging.getLogger("renda.matters")

DEEPEST_FOLLOW = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action left: the matter's number, the entry in the record, whether it had been done before."""

    matter_id: int
    event_number: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """One action on its way: what is needed to carry it out and to enter it in the record."""

    rules: InForce
    action: Action
    actor: Actor
    head: ChainHead
    submission: str | None
    depth: int
    then: str | None = None


def act(
    desk: Desk,
    actor: Actor,
    action: str,
    entries: Mapping[str, Any] | None = None,
    *,
    matter: int | None = None,
    practice: str | None = None,
    parent: int | None = None,
    expected: int | None = None,
    submission: str | None = None,
    then: str | None = None,
) -> Outcome:
    """Take an action on a matter, or open one, in the transaction of ``desk``.

    ``action``: its name or its Chinese label. ``matter``: the matter's number; without it the action opens
    one under ``practice`` (inside ``parent`` where its kind lies inside another). ``entries``: the form, as
    text or exact values. ``expected``: the version of the matter the form was made from. ``submission``: a
    token of the form; a second submission of the same form changes nothing and returns the first outcome.
    ``then``: which of several states the matter goes to, where the rule's method leaves it open: a closed ballot
    decides it.

    Raises ``RendaError``: ``matter.…`` where it is unknown, not yours, not now or stale, ``form.invalid``
    where the entries are wrong, and whatever the rule itself refuses with. Nothing is kept then.
    """
    head = chain.lock(desk)
    if submission is not None:
        before = chain.submitted(desk, submission)
        if before is not None:
            return Outcome(*before, repeated=True)
    if matter is not None:
        return _act_on(desk, head, actor, action, entries or {}, matter, expected, submission, 0, then)
    if parent is not None:
        above = reading.find(desk, parent)
        refusals.check_rules(desk, above, actor)
        rules = reading.rules_of(desk, above)
    else:
        desk.rulebook.check_correct(practice or "")
        rules = desk.rulebook.practice_on(practice or "", desk.day)
    found = refusals.find_action(rules, action)
    step = _Step(rules, found, actor, head, submission, 0)
    return _open(desk, step, entries or {}, parent, trusted=False)


def _act_on(  # noqa: PLR0917
    desk: Desk,
    head: ChainHead,
    actor: Actor,
    name: str,
    entries: Mapping[str, Any],
    number: int,
    expected: int | None,
    submission: str | None,
    depth: int,
    then: str | None = None,
) -> Outcome:
    row = reading.find(desk, number, to_change=True)
    rules = reading.rules_of(desk, row)
    matter = reading.view(desk, row)
    if not may_see(rules, matter, actor):
        raise RendaError("matter.unknown", number=number)
    found = refusals.find_action(rules, name, row.kind)
    step = _Step(rules, found, actor, head, submission, depth, then)
    refusals.check_actor(found, actor, matter)
    refusals.check_rules(desk, row, actor)
    refusals.check_state(rules, found, row.state)
    if expected is not None and expected != row.version:
        raise RendaError("matter.stale")
    refusals.check_around(rules, found, matter.parent)
    refusals.check_children(rules, found, matter)
    return _carry_out(desk, step, row, matter, entries)


def _open(desk: Desk, step: _Step, entries: Mapping[str, Any], parent: int | None, *, trusted: bool) -> Outcome:
    if not trusted:
        refusals.check_role(step.action, step.actor)
    kind = step.rules.practice.kind(step.action.kind)
    around, above = None, None
    if kind.within is not None:
        if parent is None:
            within = step.rules.practice.kind(kind.within)
            raise RendaError("matter.needs_parent", kind=gettext(kind.title), within=gettext(within.title))
        around = reading.find(desk, parent)
        above = reading.view(desk, around)
        if not may_see(step.rules, above, step.actor):
            raise RendaError("matter.unknown", number=parent)
        if not trusted:
            refusals.check_around(step.rules, step.action, above)
    row = MatterRow(
        id=numbering.next_number(desk),
        district_id=desk.session.district_id,
        practice=step.rules.code,
        kind=kind.code,
        state="",
        title=kind.title,
        payload={},
        done={},
        opened_on=desk.day,
        parent_id=around.id if around is not None else None,
        rules_effective=around.rules_effective if around is not None else step.rules.version.effective,
        rules_digest=around.rules_digest if around is not None else step.rules.version.digest,
        version=0,
    )
    desk.session.add(row)
    fresh = reading.assembled(step.rules, row, {}, above, reading.DistrictRecords(desk))
    return _carry_out(desk, step, row, fresh, entries, check_actor=not trusted)


def _carry_out(  # noqa: PLR0917
    desk: Desk,
    step: _Step,
    row: MatterRow,
    matter: Matter,
    entries: Mapping[str, Any],
    check_actor: bool = False,
) -> Outcome:
    practice = step.rules.practice
    values = desk.form(practice, step.action.form or Schema).read(entries)
    turn = Turn(step.actor, desk.day, reading.DistrictRecords(desk), desk.calendar)
    change = _performed(step, matter, values, turn)
    came_from = row.state or None
    written = {**values, **change.payload}
    after = upkeep.applied(desk, step.rules, row, matter, step.action, written, change.then)
    if check_actor:
        refusals.check_actor(step.action, step.actor, after)
    deed = chain.Deed(
        actor=step.actor,
        practice=row.practice,
        action=step.action.name,
        label=step.action.label,
        matter_id=row.id,
        came_from=came_from,
        went_to=row.state,
        entries=practice.payload(row.kind).stored(written),
        rules_effective=row.rules_effective,
        rules_digest=row.rules_digest,
        submission=step.submission,
    )
    entered = chain.enter(desk, step.head, deed)
    for opening in change.opens:
        kind = practice.kind(opening.kind)
        inner = _Step(step.rules, kind.openings[0], step.actor, step.head, None, step.depth)
        _open(desk, inner, opening.entries, row.id, trusted=True)
    prepare_asked(desk, step.head, step.actor, row, change.ballots)
    prepare_questionnaires(desk, step.head, step.actor, row, change.questionnaires)
    enter_appointments(desk, change.appoints)
    upkeep.issue(desk, row, entered, change.papers)
    upkeep.refresh(desk, step.rules, row, after)
    scores.keep_up(desk, row, after, entered.number)
    event = Event(
        number=entered.number,
        day=desk.day,
        actor=step.actor.name,
        action=step.action.name,
        label=step.action.label,
        matter=after,
        came_from=came_from,
        went_to=row.state,
        entries=MappingProxyType(written),
    )
    _follow(desk, step, event)
    return Outcome(row.id, entered.number)


def _performed(step: _Step, matter: Matter, values: dict[str, Any], turn: Turn) -> Change:
    try:
        return step.rules.practice.perform(step.action, matter, MappingProxyType(values), turn, step.then)
    except RendaError:
        raise
    except Exception as error:
        log.exception("%s of %s failed", step.action.name, step.rules.code)
        raise RendaError(
            "plugin.failed", practice=step.rules.version.title, question=gettext(step.action.label)
        ) from error


def _follow(desk: Desk, step: _Step, event: Event) -> None:
    records = reading.DistrictRecords(desk)
    for answer in ask_strictly(desk, "acted", desk.day, event=event, records=records):
        for follow in answer.said:
            if step.depth >= DEEPEST_FOLLOW:
                raise RendaError("matter.endless", action=gettext(event.label))
            if follow.matter is not None:
                _act_on(
                    desk, step.head, SYSTEM, follow.action, follow.entries, follow.matter, None, None, step.depth + 1
                )
            else:
                found = refusals.find_action(answer.rules, follow.action)
                inner = _Step(answer.rules, found, SYSTEM, step.head, None, step.depth + 1)
                _open(desk, inner, follow.entries, None, trusted=False)
