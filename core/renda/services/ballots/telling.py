"""What a closed ballot says: to those who look at it, and to the matters it was about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from renda.errors import RendaError, declare
from renda.matter import SYSTEM
from renda.model import BallotRow, ElectorRow, EnvelopeRow
from renda.services import matters, reading
from renda.services.benches.finding import find, subjects_of
from renda.services.desk import Desk
from renda.services.questions import answer_of

declare(
    {
        "ballot.no_way": "“{question}”计票后,事项“{title}”应转为“{state}”,但“{practice}”没有由系统办理的动作通向它。"
        "请告诉插件作者。",
    },
    status=500,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One subject of a closed ballot, with what was decided about it."""

    code: str
    label: str
    outcome: str
    figures: Mapping[str, Any]
    matter: int | None = None
    person: int | None = None
    project: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A ballot that was closed, as rules and pages see it.

    ``stands`` is False where the whole is void; ``line`` is the subject that the matter asked is about, None
    where nobody in particular is asked. ``following`` is the round that has to come, or None.
    """

    id: int
    question: str
    bench: str
    round: int
    stands: bool
    turnout: Mapping[str, int]
    lines: Sequence[Line]
    following: Mapping[str, Any] | None
    result: Mapping[str, Any]
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many have voted of how many.

    Before the close ``voted`` are electronic papers and ``by_paper`` those given out; after it ``voted`` is all that came
    back and ``by_paper`` is 0.
    """

    state: str
    issued: int
    voted: int
    by_paper: int


def progress(desk: Desk, number: int) -> Progress:
    """How many have voted; nothing else of a ballot can be learnt before its close, and after it the whole alone."""
    row = find(desk, number)
    if row.result is not None:
        turnout = row.result["turnout"]
        return Progress(row.state, turnout["issued"], turnout["returned"], 0)
    papers = select(func.count()).where(ElectorRow.ballot_id == number, ElectorRow.way == "paper")
    by_paper = desk.session.scalar(papers) or 0
    envelopes = select(func.count()).where(EnvelopeRow.ballot_id == number)
    return Progress(row.state, row.issued or 0, desk.session.scalar(envelopes) or 0, by_paper)


def closed(desk: Desk, row: BallotRow) -> Closed:
    """A closed ballot; raises ``ballot.not_now`` where it is not closed."""
    if row.result is None:
        raise RendaError("ballot.not_counted", question=row.question)
    decided = row.result["subjects"]
    lines = [
        Line(
            each.code,
            each.label,
            decided.get(each.code, {}).get("outcome", "set_void"),
            MappingProxyType(decided.get(each.code, {})),
            each.matter_id,
            each.person_id,
            each.project_id,
        )
        for each in subjects_of(desk, row.id)
    ]
    return Closed(
        row.id,
        row.question,
        row.bench,
        row.round,
        row.result["stands"],
        MappingProxyType(row.result["turnout"]),
        tuple(lines),
        row.result["following"],
        MappingProxyType(row.result),
    )


declare({"ballot.not_counted": "“{question}”尚未计票,没有结果。"}, status=409)


DECIDED = ("outcome", "grade", "failed", "consequences")
"""What of a line's figures is its decision and tells nothing of any count."""


def tell_matters(desk: Desk, told: Closed, entered: int, *, coarsened: bool = False) -> None:
    """Ask the owner of each subject's matter what follows, and take that step through the one door.

    The step is the system's action that is possible now and may lead to the state answered. Its form gets,
    of ``ballot``, ``outcome``, ``figures`` and ``event``, what it has entries for. ``coarsened``: of every line only the
    decision is told. Raises ``ballot.no_way``.
    """
    if coarsened:
        told = _without_figures(told)
    for line in told.lines:
        if line.matter is None:
            continue
        kept = reading.find(desk, line.matter, to_change=True)
        rules, matter = reading.rules_of(desk, kept), reading.view(desk, kept)
        state = answer_of(rules, "ballot_closed", matter=matter, ballot=replace(told, line=line))
        if state is None:
            continue
        kind = rules.practice.kind(kept.kind)
        step = next((each for each in kind.possible(kept.state) if each.by == ("system",) and state in each.then), None)
        if step is None:
            raise RendaError(
                "ballot.no_way",
                question=told.question,
                title=kept.title,
                state=kind.states.get(state, state),
                practice=rules.version.title,
            )
        offered = {"ballot": told.id, "outcome": line.outcome, "figures": dict(line.figures), "event": entered}
        asked = () if step.form is None else rules.practice.schema(step.form).fields
        entries = {entry: value for entry, value in offered.items() if entry in asked}
        matters.act(desk, SYSTEM, step.name, entries, matter=kept.id, then=state)


def _without_figures(told: Closed) -> Closed:
    lines = tuple(_decision(each) for each in told.lines)
    subjects = {each.code: dict(each.figures) for each in lines}
    result = {name: told.result[name] for name in ("stands", "turnout", "following")}
    return replace(told, lines=lines, result=MappingProxyType({**result, "subjects": subjects}))


def _decision(line: Line) -> Line:
    decided = {name: line.figures[name] for name in DECIDED if name in line.figures}
    return replace(line, figures=MappingProxyType(decided))
