"""Steps about ballots: who is there, papers that are cast in secret one by one, the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_bdd import given, step
from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.matter import Actor, Party
from renda.model import BallotRow, MandateRow, PersonRow
from renda.services import ballots
from renda.services.benches.electorates import in_office
from renda.services.benches.finding import subjects_of
from renda.services.imports.ballots import MemoryKeys
from renda.services.imports.counts import MARKS
from renda.testing.factories import FIRST_DAY, World
from renda.testing.references import somebody
from renda.testing.sentences import Sentence
from renda.testing.steps.deeds import Refusals

declare(
    {
        "test.no_ballot": "没有等待表决的“{question}”。现有:{known}。",
        "test.no_ballot_open": "还没有开始表决。请先写:当 工作人员 开始表决“…”,到会25人。",
        "test.no_subject": "票上没有“{name}”。有:{known}。",
        "test.few_votes": "“{name}”一共{votes}票,多于到会的{present}人。",
    }
)


@dataclass
class Hall:
    """Where people vote in a scenario: the key while a ballot is open, and which ballot it is."""

    keys: MemoryKeys = field(default_factory=MemoryKeys)
    number: int = 0
    present: list[int] = field(default_factory=list)

    def ballot(self) -> int:
        """The ballot that was opened last."""
        if not self.number:
            raise RendaError("test.no_ballot_open")
        return self.number


@pytest.fixture
def hall() -> Hall:
    """The hall of this scenario."""
    return Hall()


@given(Sentence("有{n:int}名组成人员", "常委会共有这么多组成人员;不足的补足", "假如 有25名组成人员"))
def so_many_members(world: World, n: int) -> None:
    """Members of the standing committee by number."""
    _fill(world, "member", n)


@given(Sentence("有{n:int}名代表", "共有这么多人大代表;不足的补足", "假如 有226名代表"))
def so_many_deputies(world: World, n: int) -> None:
    """Deputies by number."""
    _fill(world, "deputy", n)


def _fill(world: World, electorate: str, wanted: int) -> None:
    with world.writing() as desk:
        short = wanted - len(in_office(desk, electorate))
        called = "委员" if electorate == "member" else "代表"
        rows = [PersonRow(code=f"{called}第{place}", name=f"{called}第{place}") for place in range(1, short + 1)]
        desk.session.add_all(rows)
        desk.session.flush()
        for row in rows:
            member = electorate == "member"
            desk.session.add(MandateRow(person_id=row.id, since=FIRST_DAY, committee_member=member))


@step(
    Sentence(
        '{who:who}开始表决"{question}",到会{n:int}人',
        "办理事项时已提请的表决开始;题目写几个字即可。到会的取在任的组成人员或代表,受邀的测评则补足人数",
        '当 工作人员 开始表决"履职情况",到会25人',
    )
)
def opens_ballot(world: World, hall: Hall, refusals: Refusals, *, who: str, question: str, n: int) -> None:
    """Open a prepared ballot to so many."""
    refusals.last = None
    actor = somebody(world, who)
    with world.writing() as desk:
        prepared = desk.session.scalars(select(BallotRow).where(BallotRow.state == "prepared")).all()
        row = next((each for each in prepared if question in each.question), None)
        if row is None:
            known = "、".join(each.question for each in prepared) or "—"
            raise RendaError("test.no_ballot", question=question, known=known)
        hall.number = row.id
        if row.electorate == "invited":
            guests = [PersonRow(code=f"受邀{row.id}-{each}", name=f"受邀{row.id}-{each}") for each in range(n)]
            desk.session.add_all(guests)
            desk.session.flush()
            hall.present = [guest.id for guest in guests]
        else:
            hall.present = sorted(in_office(desk, row.electorate))[:n]
    tried(refusals, lambda: _open(world, hall, actor))


def _open(world: World, hall: Hall, actor: Actor) -> None:
    with world.writing() as desk:
        ballots.open_ballot(desk, actor, hall.number, keys=hall.keys, present=hall.present)


@step(
    Sentence(
        "到会人员投票",
        "到会的人各投一张无记名票。表格一行是票上的一项,各列是票数:测评写档次,表决写赞成、反对、弃权,票决写票数",
        "当 到会人员投票:",
    )
)
def people_vote(world: World, hall: Hall, datatable: Sequence[Sequence[str]]) -> None:
    """Cast papers that add up to the figures of the table."""
    (_, *columns), *rows = datatable
    wanted = {row[0].strip(): dict(zip(columns, (int(cell or 0) for cell in row[1:]), strict=True)) for row in rows}
    number = hall.ballot()
    with world.reading() as desk:
        codes = codes_of(desk, number)
    papers: list[dict[str, Any]] = [{} for _ in hall.present]
    place = 0
    for name, figures in wanted.items():
        if name not in codes:
            raise RendaError("test.no_subject", name=name, known="、".join(codes))
        if sum(figures.values()) > len(papers):
            raise RendaError("test.few_votes", name=name, votes=sum(figures.values()), present=len(papers))
        start = place if columns == ["票数"] else 0
        for mark, votes in figures.items():
            for _ in range(votes):
                papers[start % len(papers)][codes[name]] = mark
                start += 1
        place = start
    with world.writing() as desk:
        for person, paper in zip(hall.present, papers, strict=True):
            if paper:
                _cast(desk, number, person, _paper(columns, paper))


def _paper(columns: Sequence[str], paper: dict[str, str]) -> dict[str, Any]:
    if columns == ["票数"]:
        return {"chosen": list(paper)}
    return {"marks": {code: [MARKS.get(mark, mark)] for code, mark in paper.items()}}


def _cast(desk: Any, number: int, person: int, paper: dict[str, Any]) -> None:
    elector = Actor(None, "", frozenset(), Party("person", person))
    ballots.cast(desk, elector, number, ballots.seal(desk, number, paper))


@step(
    Sentence(
        '{who:who}投票选"{names}"',
        "某人在票决中选这几项,用顿号分开",
        '当 代表"代表甲" 投票选"道路改造、社区食堂"',
    )
)
def chooses(world: World, hall: Hall, refusals: Refusals, *, who: str, names: str) -> None:
    """One elector's paper of a selection."""
    refusals.last = None
    actor, number = somebody(world, who), hall.ballot()
    with world.reading() as desk:
        codes = codes_of(desk, number)

    def deed() -> None:
        with world.writing() as desk:
            chosen = [codes.get(name.strip(), name.strip()) for name in names.split("、")]
            ballots.cast(desk, actor, number, ballots.seal(desk, number, {"chosen": chosen}))

    tried(refusals, deed)


@step(
    Sentence(
        '{who:who}对"{subject}"投"{mark}"',
        "某人在测评或表决中投一票",
        '当 组成人员"委员甲" 对"主任乙"投"满意"',
    )
)
def marks(world: World, hall: Hall, refusals: Refusals, *, who: str, subject: str, mark: str) -> None:
    """One elector's paper with one line marked."""
    refusals.last = None
    actor, number = somebody(world, who), hall.ballot()
    with world.reading() as desk:
        code = codes_of(desk, number).get(subject, subject)

    def deed() -> None:
        with world.writing() as desk:
            paper = {"marks": {code: [MARKS.get(mark, mark)]}}
            ballots.cast(desk, actor, number, ballots.seal(desk, number, paper))

    tried(refusals, deed)


@step(Sentence("{who:who}宣布计票", "截止投票并计票;直接显示的,事项随即转入结果所定的状态", "当 工作人员 宣布计票"))
def counts(world: World, hall: Hall, refusals: Refusals, who: str) -> None:
    """Close and count the ballot."""
    refusals.last = None
    actor = somebody(world, who)

    def deed() -> None:
        with world.writing() as desk:
            ballots.close(desk, actor, hall.ballot(), keys=hall.keys)

    tried(refusals, deed)


@step(Sentence("{who:who}准备再次投票", "平票或缺额时,按规则准备下一轮", "当 工作人员 准备再次投票"))
def prepares_next_round(world: World, hall: Hall, refusals: Refusals, who: str) -> None:
    """Prepare the round that follows."""
    refusals.last = None
    actor = somebody(world, who)

    def deed() -> None:
        with world.writing() as desk:
            ballots.next_round(desk, actor, hall.ballot())

    tried(refusals, deed)


def tried(refusals: Refusals, deed: Any) -> None:
    """Do it; keep the refusal where the scenario goes on to look at one."""
    try:
        deed()
    except RendaError as refusal:
        if not refusals.expected():
            raise
        refusals.last = refusal


def codes_of(desk: Any, number: int) -> dict[str, str]:
    """The lines of a ballot's sheet: what each is called, and its code."""
    return {each.label: each.code for each in subjects_of(desk, number)}
