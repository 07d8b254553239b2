"""Moving matters and ballots to another version of their rules: the one change of what they rest on.

A new version never changes what has begun. Where a version was changed or lost, or a resolution says that
running matters follow the new rules, this moves them, each with an entry and the reason in the record. A ballot keeps
the table it is counted by, as it was announced with it; what moves is the version it is said to rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import BallotRow, ChainHead, MatterRow
from renda.rulebook import InForce
from renda.services import chain, reading, scores, upkeep
from renda.services.benches.preparing import note
from renda.services.desk import CHINA, Desk
from renda.services.kept_rules import raise_generation

declare(
    {
        "repin.no_reason": "请写明理由:哪一次会议、哪一份决定要求这样改。",
        "repin.no_version": "{code}.toml 里没有 {day} 施行的版本,“{title}”不能改用它。请补上这一版,或用 --to 指明另一天。",
        "repin.no_practice": "“{district}”没有“{code}”这个做法的文件。已有:{allowed}。",
        "repin.lost_state": "“{title}”处于“{state}”,新的版本没有这个状态,不能改用。",
    },
    status=409,
)

ACTION = "repin"
LABEL = "改用现行规则"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """One matter that was moved, or a ballot: from which version to which, and its entry in the record."""

    matter: int | None
    title: str
    was: date
    now: date
    event: int
    ballot: int | None = None


def repin(desk: Desk, actor: Actor, practice: str, reason: str, to: date | None = None) -> list[Moved]:
    """Move matters and ballots of a practice to a version the file has now; those moved, oldest first, ballots last.

    Without ``to``: those whose version has drifted, each to the version of the day its own began, or where
    there is none to the one in force when it was opened. With ``to``: those and all that are not ended, to
    the version in force on that day, ballots as long as they are prepared. A matter inside another goes with it. Scores and deadlines are found
    again. Raises ``repin.…``; nothing is moved then.
    """
    if not reason.strip():
        raise RendaError("repin.no_reason")
    if practice not in desk.rulebook.versions:
        allowed = "、".join(desk.rulebook.versions) or "—"
        raise RendaError("repin.no_practice", district=desk.rulebook.district.name, code=practice, allowed=allowed)
    if f"{practice}.toml" in desk.rulebook.mistakes:
        raise desk.rulebook.mistakes[f"{practice}.toml"]
    head = chain.lock(desk)
    moving = list(_moving(desk, practice, to))
    voting = list(_ballots(desk, practice, to))
    # All rows first: a score looks at the matters inside, and they must not rest on what was lost.
    entered = [(row, was, chain.enter(desk, head, _deed(actor, row, rules, reason))) for row, was, rules in moving]
    desk.session.flush()
    for row, _, event in entered:
        rules = desk.rulebook.of(row)
        matter = reading.view(desk, row)
        upkeep.refresh(desk, rules, row, matter)
        scores.keep_up(desk, row, matter, event.number)
    desk.session.flush()
    raise_generation(desk.session, desk.session.district_id)
    moved = [Moved(row.id, row.title, was, row.rules_effective, event.number) for row, was, event in entered]
    return [*moved, *(_moved_ballot(desk, head, actor, reason, *each) for each in voting)]


def _moving(desk: Desk, practice: str, to: date | None) -> Sequence[tuple[MatterRow, date, InForce]]:
    query = select(MatterRow).where(MatterRow.practice == practice).order_by(MatterRow.id)
    rows = desk.session.scalars(query.execution_options(yield_per=BATCH))
    targets: dict[int, InForce | None] = {}
    moving = []
    for row in rows:
        inside = row.parent_id is not None and row.parent_id in targets
        target = targets[row.parent_id or 0] if inside else _target(desk, row, to)
        targets[row.id] = target
        if target is None or (
            target.version.digest == row.rules_digest and target.version.effective == row.rules_effective
        ):
            continue
        kind = target.practice.kind(row.kind)
        if row.state not in kind.states:
            raise RendaError("repin.lost_state", title=row.title, state=row.state)
        moving.append((row, row.rules_effective, target))
    return moving


def _target(desk: Desk, row: MatterRow, to: date | None) -> InForce | None:
    """The version to move to; None where the matter stays as it is."""
    drifted = _drifted(desk, row)
    if to is not None:
        target = _in_force(desk, row, to)
        ended = row.state in target.practice.kind(row.kind).ends
        return target if drifted or not ended else None
    if not drifted:
        return None
    return _of_its_day(desk, row) or _in_force(desk, row, row.opened_on)


def _ballots(desk: Desk, practice: str, to: date | None) -> Iterator[tuple[BallotRow, InForce]]:
    query = select(BallotRow).where(BallotRow.practice == practice, BallotRow.rules_effective.is_not(None))
    for row in desk.session.scalars(query.order_by(BallotRow.id)).all():
        drifted = _drifted(desk, row)
        if to is not None and (drifted or row.state == "prepared"):
            target = _in_force(desk, row, to)
        elif drifted:
            begun = desk.day if row.opened_at is None else row.opened_at.astimezone(CHINA).date()
            target = _of_its_day(desk, row) or _in_force(desk, row, begun)
        else:
            continue
        if (target.version.effective, target.version.digest) != (row.rules_effective, row.rules_digest):
            yield row, target


def _moved_ballot(  # noqa: PLR0917
    desk: Desk, head: ChainHead, actor: Actor, reason: str, row: BallotRow, rules: InForce
) -> Moved:
    was = row.rules_effective or rules.version.effective
    entries = _moves(row, rules, reason)
    number = note(desk, head, actor, row, ACTION, LABEL, row.state, entries)
    desk.session.flush()
    return Moved(None, row.question, was, rules.version.effective, number, row.id)


def _of_its_day(desk: Desk, row: MatterRow | BallotRow) -> InForce | None:
    """The version the file has now for the day of the one that was lost."""
    same_day = [each for each in desk.rulebook.versions[row.practice] if each.effective == row.rules_effective]
    return desk.rulebook.at(same_day[0]) if same_day else None


def _drifted(desk: Desk, row: MatterRow | BallotRow) -> bool:
    versions = desk.rulebook.versions[row.practice]
    return not any(each.effective == row.rules_effective and each.digest == row.rules_digest for each in versions)


def _in_force(desk: Desk, row: MatterRow | BallotRow, day: date) -> InForce:
    found = desk.rulebook.on(day).practices.get(row.practice)
    if found is None:
        title = row.title if isinstance(row, MatterRow) else row.question
        raise RendaError("repin.no_version", code=row.practice, day=day.isoformat(), title=title)
    return found


def _moves(row: MatterRow | BallotRow, rules: InForce, reason: str) -> dict[str, Any]:
    """Move the row; answers with what is entered in the record."""
    entries = {
        "reason": reason,
        "was_effective": row.rules_effective.isoformat() if row.rules_effective else None,
        "was_digest": row.rules_digest,
        "effective": rules.version.effective.isoformat(),
        "digest": rules.version.digest,
    }
    row.rules_effective, row.rules_digest = rules.version.effective, rules.version.digest
    return entries


def _deed(actor: Actor, row: MatterRow, rules: InForce, reason: str) -> chain.Deed:
    entries = _moves(row, rules, reason)
    row.version += 1
    return chain.Deed(
        actor=actor,
        practice=row.practice,
        action=ACTION,
        label=LABEL,
        matter_id=row.id,
        came_from=row.state,
        went_to=row.state,
        entries=entries,
        rules_effective=row.rules_effective,
        rules_digest=row.rules_digest,
    )
