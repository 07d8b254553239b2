"""A committee of nine, one appraisal led along by those who may, and the two votes on it."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.alone import alone
from renda.matter import Actor, Party
from renda.model import BallotRow
from renda.rulebook import Rulebooks
from renda.services import ballots
from renda.services.imports.ballots import MemoryKeys
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
CODE = "work_appraisal"
MEETING = date(2021, 6, 24)


def plan(world: World, **more: Any) -> dict[str, Any]:
    people = [world.deputy(f"委员{place}", committee_member=True).id for place in (1, 2, 3)]
    return {
        "topic": "义务教育",
        "organ": world.organ("市甲局").id,
        "official": world.official("局长甲", "市甲局").id,
        "meeting_on": MEETING.isoformat(),
        "leader": people[0],
        "members": people[1:],
        **more,
    }


class Life:
    """One appraisal; each method goes on from the one before. Nine members, and whoever else sits in the world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.members = [world.deputy(f"委员{place}", committee_member=True).id for place in range(1, 10)]
        self.organ = world.actor("department", organ=world.organ("市甲局"))
        self.number = 0

    def begun(self, **more: Any) -> int:
        self.number = self.world.act(self.clerk, "begin", plan(self.world, **more), practice=CODE).matter_id
        return self.number

    def does(self, action: str, actor: Any = None, on: int = 0, **entries: Any) -> int:
        self.world.act(actor or self.clerk, action, entries, matter=on or self.number)
        return on or self.number

    def state(self) -> str:
        return self.world.matter(self.number).state

    def items(self, kind: str) -> list[int]:
        return [each.id for each in self.world.matter(self.number).children(kind)]

    def investigating(self) -> int:
        self.begun()
        return self.does("approve", self.chair)

    def looked_into(self, times: int = 3) -> None:
        for _ in range(times):
            self.does("look_into", way="visit", held_on=self.world.day.isoformat(), found="听取意见")

    def fed_back(self) -> int:
        self.investigating()
        self.looked_into()
        return self.does("feed_back", problems=["学位不够", "食堂太远"])

    def measuring(self) -> int:
        self.fed_back()
        self.world.go_to(MEETING)
        return self.does("put_quality", report="报告")

    def voted(self, good: int, bad: int = 0, guests: Sequence[int] = ()) -> int:
        keys, present = MemoryKeys(), [*self.members, *guests]
        with self.world.writing() as desk:
            row = desk.session.scalars(select(BallotRow).where(BallotRow.state == "prepared")).one()
            ballots.open_ballot(desk, self.clerk, row.id, keys=keys, present=present)
            number = row.id
        with self.world.writing() as desk:
            for member, mark in zip(present, ["满意"] * good + ["不满意"] * bad, strict=False):
                elector = Actor(None, "", frozenset(), Party("person", member))
                ballots.cast(desk, elector, number, ballots.seal(desk, number, {"marks": {"1": [mark]}}))
            ballots.stop(desk, self.clerk, number)
            ballots.close(desk, self.clerk, number, keys=keys)
        return self.number

    def appraised(self) -> int:
        self.measuring()
        return self.voted(8, 1)

    def rectifying(self) -> int:
        self.appraised()
        return self.does("send", opinions=["年内见效"])

    def put_right(self) -> None:
        for kind in ("problem", "opinion"):
            for each in self.items(kind):
                self.does(f"rectify_{kind}", self.organ, each, result="已改")

    def reported(self) -> int:
        self.rectifying()
        self.put_right()
        return self.does("report", self.organ, rectification="整改报告")

    def voting(self) -> int:
        self.reported()
        return self.does("put_result")

    def closed(self) -> int:
        self.voting()
        return self.voted(8, 1)

    def deadlocked(self) -> int:
        self.voting()
        self.voted(0, 9)
        self.does("report", self.organ, rectification="再次报告")
        self.does("put_result")
        return self.voted(0, 9)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "danjiangkou", day=date(2021, 3, 1))
    yield Life(world)
    world.close()


@pytest.fixture
def wider(tmp_path: Path) -> Iterator[Life]:
    """The same with a district where those invited measure too, and half of them dissatisfied ask for more."""
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\n', encoding="utf-8")
    rules = (DISTRICTS / "danjiangkou" / f"{CODE}.toml").read_text(encoding="utf-8")
    rules = rules.replace('electorate = "member"', 'electorate = "invited"')
    rules = rules.replace('fail = { grades = ["不满意"] }', 'fail = { when = ["2*不满意 >= N"] }')
    (folder / f"{CODE}.toml").write_text(rules, encoding="utf-8")
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", day=date(2021, 3, 1), books=Rulebooks(folder.parent))
    yield Life(world)
    world.close()


@pytest.fixture(scope="module")
def danjiangkou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = alone(tmp_path_factory.mktemp("danjiangkou"), "danjiangkou", (CODE,), "专项评议")
    yield world
    world.close()
