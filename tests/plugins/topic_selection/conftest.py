"""One plan with one topic, led along by those who may."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from renda.services.imports import import_folder
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
CODE = "topic_selection"
POINTS = {"need": "30", "law": "20", "feasible": "15", "timing": "15"}
GIVEN = [{"criterion": code, "points": points} for code, points in POINTS.items()]


def proposal(world: World) -> dict[str, Any]:
    return {
        "topic": "学前教育",
        "organ": world.organ("区教育局").id,
        "topic_source": "deputies",
        "reason": "代表建议集中",
    }


class Life:
    """``topic`` is the topic, ``plan`` the year around it; each method goes on from the one before."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.organ = world.actor("department", organ=world.organ("区教育局"))
        self.members = [world.deputy(name, committee_member=True) for name in ("委员一", "委员二", "委员三")]
        self.plan: int = world.act(self.clerk, "begin", {"year": world.day.year}, practice=CODE).matter_id
        self.topic = self.proposed()
        self.item = 0

    def proposed(self, **entries: Any) -> int:
        said = {**proposal(self.world), **entries}
        number: int = self.world.act(self.clerk, "propose", said, practice=CODE, parent=self.plan).matter_id
        return number

    def does(self, action: str, number: int = 0, actor: Any = None, **entries: Any) -> int:
        self.world.act(actor or self.clerk, action, entries, matter=number or self.topic)
        return number or self.topic

    def opens(self, action: str, parent: int, actor: Any = None, **entries: Any) -> int:
        done = self.world.act(actor or self.clerk, action, entries, practice=CODE, parent=parent)
        number: int = done.matter_id
        return number

    def scoring(self) -> int:
        return self.does("open_scoring", self.plan)

    def marked(self, topic: int = 0, given: Any = GIVEN) -> int:
        number = 0
        for member in self.members:
            actor = self.world.actor("member", person=member)
            number = self.opens("mark", topic or self.topic, actor, given=given)
        return number

    def selected(self) -> int:
        self.scoring()
        self.marked()
        day = self.world.day + timedelta(60)
        return self.does("select", actor=self.chair, form="report", meeting_on=day.isoformat())

    def decided(self) -> int:
        self.selected()
        return self.does("decide", self.plan, self.chair)

    def researching(self) -> int:
        self.decided()
        people = [person.id for person in self.members]
        return self.does("form_group", leader=people[0], members=people[1:])

    def looked_into(self, way: str = "visit") -> int:
        day = self.world.day.isoformat()
        return self.opens("look_into", self.topic, way=way, held_on=day, place="幼儿园", found="缺学位")

    def researched(self) -> int:
        self.researching()
        for way in ("visit", "talk", "talk"):
            self.looked_into(way)
        return self.does("report_findings", findings="报告")

    def reviewed(self) -> int:
        self.researched()
        return self.does("review", reviewed_on=self.world.day.isoformat(), present=25, speakers=20)

    def following(self) -> int:
        self.reviewed()
        self.does("send", asked=["列出台账", "每季公开"])
        self.item = self.world.matter(self.topic).children("item")[0].id
        return self.topic

    def reported(self) -> int:
        self.following()
        return self.does("report", self.item, self.organ, result="已办")

    def closed(self) -> int:
        self.reported()
        return self.does("close", self.item)

    def carried(self) -> int:
        self.following()
        return self.does("carry_over", self.item, grounds="列入明年")

    def evaluated(self) -> int:
        self.closed()
        self.does("carry_over", self.world.matter(self.topic).children("item")[1].id, grounds="列入明年")
        return self.does("evaluate")

    def year_closed(self) -> int:
        self.evaluated()
        return self.does("sum_up", self.plan)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiading", day=date(2021, 3, 1))
    yield Life(world)
    world.close()


@pytest.fixture(scope="module")
def jiading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("jiading")
    world = World(fresh_sqlite(folder), DISTRICTS, "jiading", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, DISTRICTS / "jiading" / "data")
    yield world
    world.close()
