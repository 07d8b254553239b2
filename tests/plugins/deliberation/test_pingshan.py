"""坪山's sessions, problems and projects, from the district's own spreadsheets; and what a deliberation cannot be."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.saying import refused, sheets
from renda import RendaError
from renda.model import MandateRow
from renda.services import chain
from renda.services.imports import import_folder
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.deliberation import Deliberation

DISTRICTS = Path(__file__).parents[3] / "districts"
TERM: dict[str, Any] = {"since": date(2017, 1, 1), "until": date(2021, 8, 10)}


@pytest.fixture(scope="module")
def pingshan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("pingshan")
    data = folder / "data"
    shutil.copytree(DISTRICTS / "pingshan" / "data" / "deliberation", data / "deliberation")
    for path in (DISTRICTS / "pingshan" / "data").glob("*.csv"):
        shutil.copy(path, data)
    world = World(fresh_sqlite(folder), DISTRICTS, "pingshan", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, data)
    yield world
    world.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[World]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "pingshan", day=date(2020, 3, 2))
    yield world
    world.close()


@pytest.mark.parametrize("code", ["deliberation", "deliberation_all"])
def test_in_the_years_of_the_article_186_sessions_solved_2685_problems_and_87_passed_1055_projects(
    pingshan: World, code: str
) -> None:
    table = sheets(pingshan, **TERM)[code]
    assert [figure.value for figure in table.figures] == [186, 2685, 87, 1055]
    assert [sum(row[place].value for row in table.rows) for place in (1, 2, 3, 4)] == [186, 2685, 87, 1055]
    assert table.public
    stations = [row for row in table.rows if row[1].value]
    assert len(stations) == 23


def test_deputies_who_attend_lead_and_solve_and_streets_with_a_project_are_told_as_facts(pingshan: World) -> None:
    with pingshan.reading() as desk:
        facts = DistrictRecords(desk).facts("deliberation.*", **TERM)
    number = {code: len([fact for fact in facts if fact.code == code]) for code in {fact.code for fact in facts}}
    assert number == {
        "deliberation.attended": 15,
        "deliberation.led": 13,
        "deliberation.solved": 7,
        "deliberation.project": 4,
    }
    solved = [fact.subject.name for fact in facts if fact.code == "deliberation.solved"]
    assert "代表甲三" in solved
    assert {fact.subject.noun for fact in facts if fact.code == "deliberation.project"} == {"organ"}


def test_today_topics_wait_for_the_clerk_a_department_and_a_deputy(pingshan: World) -> None:
    with pingshan.reading() as desk:
        found = DistrictRecords(desk).matters("deliberation", "topic", since=date(2026, 1, 1))
        assert {each.state for each in found} == {"raised", "adopted", "assigned", "reported", "solved"}
        assert chain.first_broken(desk) is None


class Sitting:
    """A session in 坪山 with as many topics as wanted."""

    def __init__(self, world: World, form: str = "assembly", topics: int = 1) -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.station, self.department = world.organ("站一", sort="station"), world.organ("城管局")
        self.deputies = [world.deputy(f"代表{name}") for name in "甲乙丙"]
        entries = {"form": form, "host": self.station.id, "street": world.organ("街道", sort="street").id}
        self.session = world.act(self.clerk, "征集议题", entries, practice="deliberation").matter_id
        self.topics = [self.propose(f"议题{place}") for place in range(topics)]

    def propose(self, title: str) -> int:
        entries = {"title": title, "source": "群众", "detail": "情况", "leader": self.deputies[0].id}
        leader = self.world.actor("deputy", person=self.deputies[0])
        return self.world.act(leader, "提出议题", entries, parent=self.session).matter_id

    def adopt(self) -> None:
        for topic in self.topics:
            self.world.act(self.clerk, "列入议题", matter=topic)

    def notify(self, day: str = "2020-03-04") -> None:
        entries = {"meets_on": day, "departments": [self.department.id]}
        self.world.act(self.clerk, "通知开会", entries, matter=self.session)

    def hold(self, deputies: int = 3) -> None:
        entries = {"participants": [each.id for each in self.deputies[:deputies]], "minutes": "记录"}
        self.world.act(self.clerk, "记录会议", entries, matter=self.session)

    def held(self) -> "Sitting":
        self.adopt()
        self.notify()
        self.world.go_to(date(2020, 3, 4))
        self.hold()
        return self


def test_a_meeting_needs_topics_its_notice_and_enough_deputies(fresh: World) -> None:
    sitting = Sitting(fresh, topics=0)
    assert refused(sitting.notify) == "还没有列入的议题,不能通知开会。"
    sitting.topics = [sitting.propose("路灯")]
    with pytest.raises(RendaError) as caught:
        sitting.notify()
    assert caught.value.code == "matter.children"
    sitting.adopt()
    told = refused(lambda: sitting.notify("2020-03-03"))
    assert told == "开会至少要提前2日通知:今天通知的,最早 2020-03-04 开会,现在写的是 2020-03-03。"
    sitting.notify()
    assert refused(sitting.hold) == "会议定在 2020-03-04,今天是 2020-03-02,还不能记录。改期的请重新通知。"
    fresh.go_to(date(2020, 3, 4))
    assert refused(lambda: sitting.hold(2)) == "参加的代表 2 人,至少要 3 人。"
    sitting.hold()


def test_more_topics_than_a_meeting_takes_are_refused(fresh: World) -> None:
    sitting = Sitting(fresh, topics=11)
    sitting.adopt()
    assert refused(sitting.notify) == "列入了 11 个议题,一次最多 10 个。请移到下一次。"


def test_topics_of_an_assembly_are_not_voted_on_and_those_of_a_council_not_handed_over(fresh: World) -> None:
    assembly, council = Sitting(fresh).held(), None
    votes = {"present": 10, "yes": 6}
    told = refused(lambda: fresh.act(assembly.clerk, "登记表决", votes, matter=assembly.topics[0]))
    assert told == "代表议事会的议题交办解决,不作表决,不能这样办。"
    fresh.go_to(date(2020, 3, 2))
    council = Sitting(fresh, "council").held()
    owner = {"owner": council.department.id, "task": "核实"}
    told = refused(lambda: fresh.act(council.clerk, "交办", owner, matter=council.topics[0]))
    assert told == "民生议政会的议题表决为项目,不交办,不能这样办。"


@pytest.mark.parametrize(("present", "yes", "state"), [(42, 22, "passed"), (42, 21, "failed"), (1, 1, "passed")])
def test_half_of_those_present_is_not_more_than_half(fresh: World, present: int, yes: int, state: str) -> None:
    council = Sitting(fresh, "council").held()
    fresh.act(council.clerk, "登记表决", {"present": present, "yes": yes}, matter=council.topics[0])
    assert fresh.matter(council.topics[0]).state == state


def test_more_votes_than_people_are_refused(fresh: World) -> None:
    council = Sitting(fresh, "council").held()
    told = refused(lambda: fresh.act(council.clerk, "登记表决", {"present": 3, "yes": 4}, matter=council.topics[0]))
    assert told == "表单有误:赞成票:到会 3 人,赞成 4 票:赞成票应在 0 至到会人数之间,到会至少 1 人。"


def test_what_is_not_solved_goes_back_with_a_new_day_and_counts_only_once_it_is(fresh: World) -> None:
    sitting = Sitting(fresh).held()
    (topic,) = sitting.topics
    department = fresh.actor("department", organ=sitting.department)
    fresh.act(sitting.clerk, "交办", {"owner": sitting.department.id, "task": "修复"}, matter=topic)
    assert fresh.matter(topic).payload["due"] == date(2020, 4, 7)
    fresh.go_to(date(2020, 4, 8))
    with fresh.reading() as desk:
        late = DistrictRecords(desk).facts("deliberation.late", since=date(2020, 1, 1), until=fresh.day)
    assert [fact.subject.name for fact in late] == ["城管局"]
    fresh.act(department, "报告办理情况", {"result": "已修"}, matter=topic)
    leader = fresh.actor("deputy", person=sitting.deputies[0])
    fresh.act(leader, "确认办理结果", {"verdict": "again", "verdict_note": "仍不亮"}, matter=topic)
    assert fresh.matter(topic).state == "assigned"
    assert fresh.matter(topic).payload["returned"] == 1
    other = fresh.actor("deputy", person=sitting.deputies[1])
    fresh.act(department, "报告办理情况", {"result": "换了灯"}, matter=topic)
    with pytest.raises(RendaError) as caught:
        fresh.act(other, "确认办理结果", {"verdict": "solved", "verdict_note": "亮了"}, matter=topic)
    assert caught.value.code == "matter.not_yours"
    fresh.act(leader, "确认办理结果", {"verdict": "solved", "verdict_note": "亮了"}, matter=topic)
    fresh.act(sitting.clerk, "办结并公布", matter=sitting.session)
    table = sheets(fresh, since=date(2020, 1, 1), until=date(2020, 12, 31))["deliberation"]
    assert [figure.value for figure in table.figures] == [1, 1, 0, 0]


def test_a_clerk_confirms_where_the_deputy_who_followed_a_topic_has_left(fresh: World) -> None:
    sitting = Sitting(fresh).held()
    (topic,) = sitting.topics
    fresh.act(sitting.clerk, "交办", {"owner": sitting.department.id, "task": "修复"}, matter=topic)
    fresh.act(fresh.actor("department", organ=sitting.department), "报告办理情况", {"result": "已修"}, matter=topic)
    leader, yesterday = sitting.deputies[0], fresh.day - timedelta(days=1)
    with fresh.writing() as desk:
        desk.session.scalars(select(MandateRow).where(MandateRow.person_id == leader.id)).one().until = yesterday
    word = {"verdict": "solved", "verdict_note": "属实"}
    with pytest.raises(RendaError) as caught:
        fresh.act(fresh.actor("deputy", person=leader), "确认办理结果", word, matter=topic)
    assert caught.value.code == "deliberation.no_mandate"
    fresh.act(sitting.clerk, "确认办理结果", word, matter=topic)
    assert fresh.matter(topic).state == "solved"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"until": "2020-03-03"}, "汇总的止日 2020-03-03 还没有到。请到期后补录。"),
        ({"until": "2016-12-31"}, "表单有误:至:起日 2017-01-01 晚于止日 2016-12-31。请对调或改正。"),
        ({"meetings": -1}, "表单有误:场次:场次和件数不能小于 0。"),
    ],
)
def test_a_sum_of_what_was_not_is_refused(fresh: World, change: Any, sentence: str) -> None:
    entries = {
        "form": "assembly",
        "host": fresh.organ("站一").id,
        "since": "2017-01-01",
        "until": "2019-12-31",
        "meetings": 3,
        "outcomes": 20,
        "record": "登记簿",
        **change,
    }
    assert refused(lambda: fresh.act(fresh.actor("clerk"), "补录汇总", entries, practice="deliberation")) == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pass_part": 2}, "通过的比例应在 0 与 1 之间,现为 2/2。"),
        ({"topics_most": 0}, "“一次最多几个议题”应不小于 1,现为 0。"),
    ],
)
def test_parameters_that_cannot_be_are_refused(change: Any, sentence: str) -> None:
    span = {"n": 2, "unit": "calendar_day"}
    params = {
        "forms": [{"code": "a", "label": "甲", "outcome": "handle"}],
        "sources": ["群众"],
        "grounds": [{"code": "x", "label": "乙"}],
        **dict.fromkeys(("screen", "notice", "handle", "confirm"), span),
        "deputies_least": 3,
        "topics_most": 10,
        **change,
    }
    with pytest.raises(RendaError) as caught:
        Deliberation.Params().read(params)
    assert sentence in caught.value.message
