"""Steps about questionnaires: citizens answer one by one, sealed; the office counts after the last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from pytest_bdd import step

from renda.errors import RendaError, declare
from renda.matter import SYSTEM
from renda.model import QuestionnaireRow
from renda.services.desk import Desk
from renda.services.imports.ballots import MemoryKeys
from renda.services.questionnaires import answering, counting, finding, opening
from renda.testing.factories import World
from renda.testing.sentences import Sentence
from renda.testing.steps.ballots import tried
from renda.testing.steps.deeds import Refusals

declare(
    {
        "test.no_questionnaire": "没有叫“{title}”的、还可以作答的问卷。现有:{known}。",
        "test.no_question": "问卷里没有“{question}”这一题。有:{known}。",
    }
)


@dataclass
class Desks:
    """What a scenario keeps of its questionnaires: the keys, and how many answered."""

    keys: MemoryKeys = field(default_factory=MemoryKeys)
    answers: int = 0


@pytest.fixture
def desks() -> Desks:
    """The questionnaires of this scenario."""
    return Desks()


def _found(desk: Desk, title: str, *states: str) -> QuestionnaireRow:
    rows = finding.listed(desk, SYSTEM)
    row = next((each for each in rows if title in each.title and each.state in states), None)
    if row is None:
        raise RendaError("test.no_questionnaire", title=title, known="、".join(each.title for each in rows) or "—")
    return row


@step(
    Sentence(
        '市民作答"{title}"',
        "问卷开放,市民不登录作答。表格一行是一题(题号),各列是答案,格里是勾选的份数;题目写几个字即可",
        '当 市民作答"群众评议":',
    )
)
def citizens_answer(world: World, desks: Desks, title: str, datatable: Sequence[Sequence[str]]) -> None:
    """Open the questionnaire where nobody has, and send answers that add up to the table."""
    (_, *labels), *rows = datatable
    with world.writing() as desk:
        row = _found(desk, title, "prepared", "open")
        if row.state == "prepared":
            opening.open_questionnaire(desk, SYSTEM, row.id, keys=desks.keys)
        known = [each.code for each in finding.questions_of(row)]
        ticks: dict[str, list[str]] = {}
        for code, *cells in rows:
            if code.strip() not in known:
                raise RendaError("test.no_question", question=code.strip(), known="、".join(known))
            counts = zip(labels, (int(cell or 0) for cell in cells), strict=True)
            ticks[code.strip()] = [label.strip() for label, count in counts for _ in range(count)]
        for place in range(max(map(len, ticks.values()), default=0)):
            said = {code: every[place] for code, every in ticks.items() if place < len(every)}
            desks.answers += 1
            answering.answer(desk, row.id, said, token=f"scenario{desks.answers:012}")


@step(
    Sentence(
        '问卷"{title}"截止后统计',
        "到截止次日,工作人员统计问卷;事项随即转入下一步",
        '当 问卷"群众评议"截止后统计',
    )
)
def office_counts(world: World, desks: Desks, refusals: Refusals, title: str) -> None:
    """Go to the day after the last, and count."""
    refusals.last = None
    with world.reading() as desk:
        row = _found(desk, title, "open")
        number, until = row.id, row.until_on
    if world.day <= until:
        world.go_to(until + timedelta(days=1))
    tried(refusals, lambda: _count(world, desks, number))


@step(Sentence('现在就统计问卷"{title}"', "截止以前统计,应被拒绝", '当 现在就统计问卷"群众评议"'))
def office_counts_now(world: World, desks: Desks, refusals: Refusals, title: str) -> None:
    """Count today."""
    refusals.last = None
    with world.reading() as desk:
        number = _found(desk, title, "open").id
    tried(refusals, lambda: _count(world, desks, number))


def _count(world: World, desks: Desks, number: int) -> None:
    with world.writing() as desk:
        counting.count(desk, SYSTEM, number, keys=desks.keys)
