"""A committee of nine, a nomination led along by those who may, and a vote taken on it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.alone import alone
from renda.errors import RendaError
from renda.matter import Actor, Party
from renda.model import BallotRow
from renda.rulebook import Rulebooks
from renda.services import ballots
from renda.services.imports.ballots import MemoryKeys
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
CODE = "appointment"
MEETING = date(2021, 3, 25)


def nomination(world: World, **more: Any) -> dict[str, Any]:
    said = {
        "candidate": world.person("拟任甲").id,
        "organ": world.organ("区甲局").id,
        "post": "副局长",
        "branch": "government",
        "nominator": "government",
        "meeting_on": MEETING.isoformat(),
        "background": "简历",
    }
    return {**said, **more}


def head(world: World) -> int:
    """局长丁, appointed the first time somebody asks."""
    try:
        return world.official("局长丁").id
    except RendaError:
        return world.official("局长丁", "区丁局").id


def removal(world: World, **more: Any) -> dict[str, Any]:
    said = {
        "official": head(world),
        "organ": world.organ("区丁局").id,
        "posts": ["局长"],
        "way": "remove",
        "nominator": "government",
        "meeting_on": MEETING.isoformat(),
        "reason": "另有任用",
    }
    return {**said, **more}


class Life:
    """One nomination or removal; each method goes on from where the one before left it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.members = [world.deputy(f"委员{place}", committee_member=True).id for place in range(1, 10)]
        self.number = 0

    def nominated(self, **more: Any) -> int:
        self.number = self.world.act(self.clerk, "nominate", nomination(self.world, **more), practice=CODE).matter_id
        return self.number

    def proposed(self, **more: Any) -> int:
        said = removal(self.world, **more)
        self.number = self.world.act(self.clerk, "propose_removal", said, practice=CODE).matter_id
        return self.number

    def put_removal(self) -> int:
        self.world.go_to(max(self.world.day, self.world.matter(self.number).payload["meeting_on"]))
        return self.does("put_removal")

    def removed(self, yes: int = 8, no: int = 1) -> int:
        self.proposed()
        self.put_removal()
        return self.voted(yes, no)

    def does(self, action: str, actor: Any = None, on: int = 0, **entries: Any) -> int:
        self.world.act(actor or self.clerk, action, entries, matter=on or self.number)
        return self.number

    def state(self) -> str:
        return self.world.matter(self.number).state

    def qualified(self, **more: Any) -> int:
        self.nominated(**more)
        return self.does("screen", reviewed="合格")

    def scored(self, score: str, paper: str = "A") -> int:
        day = self.world.day.isoformat()
        return self.does("examine", exam_on=day, paper=paper, score=score)

    def spoken(self) -> int:
        return self.does("speak", spoken_on=self.world.day.isoformat(), statement="表态")

    def ready(self, **more: Any) -> int:
        self.qualified(**more)
        self.scored("80")
        return self.spoken()

    def put(self) -> int:
        meeting = self.world.matter(self.number).payload["meeting_on"]
        self.world.go_to(max(self.world.day, meeting))
        return self.does("put")

    def voted(self, yes: int, no: int = 0, present: int = 9) -> int:
        keys = MemoryKeys()
        with self.world.writing() as desk:
            row = desk.session.scalars(select(BallotRow).where(BallotRow.state == "prepared")).one()
            ballots.open_ballot(desk, self.clerk, row.id, keys=keys, present=self.members[:present])
            number = row.id
        marks = ["yes"] * yes + ["no"] * no
        with self.world.writing() as desk:
            for member, mark in zip(self.members, marks, strict=False):
                elector = Actor(None, "", frozenset(), Party("person", member))
                sealed = ballots.seal(desk, number, {"marks": {"1": [mark]}})
                ballots.cast(desk, elector, number, sealed)
            ballots.stop(desk, self.clerk, number)
            ballots.close(desk, self.clerk, number, keys=keys)
        return self.number

    def passed(self) -> int:
        self.ready()
        self.put()
        return self.voted(8, 1)

    def failed(self, **more: Any) -> int:
        self.ready(**more)
        self.put()
        return self.voted(4, 5)

    def certified(self) -> int:
        self.passed()
        return self.does("certify", self.chair, certificate="1号")


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiangbei", day=date(2021, 3, 1))
    yield Life(world)
    world.close()


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Life]:
    """The same with a district that also asks for six months between two tries."""
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\n', encoding="utf-8")
    rules = (DISTRICTS / "jiangbei" / "appointment.toml").read_text(encoding="utf-8")
    (folder / "appointment.toml").write_text(rules + 'wait = { n = 6, unit = "month" }\n', encoding="utf-8")
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", day=date(2021, 3, 1), books=Rulebooks(folder.parent))
    yield Life(world)
    world.close()


@pytest.fixture(scope="module")
def jiangbei(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = alone(tmp_path_factory.mktemp("jiangbei"), "jiangbei", (CODE,), "任命")
    yield world
    world.close()
