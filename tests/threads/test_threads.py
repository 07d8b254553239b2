"""What one practice brings about in another, end to end: points, deductions, dossiers, suggestions."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from plugins.budget_pace.conftest import Budget
from plugins.deliberation.test_pingshan import Sitting
from plugins.livelihood_projects.test_rules import Town
from plugins.project_performance.conftest import Year
from plugins.report_review.conftest import Reviewed

from backing.suggestions import Walk
from renda import RendaError
from renda.services.reading import DistrictRecords
from renda.services.visible_records import dossier
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[2] / "districts"
RULES = (
    ("jiangbei", ("district", "negative_list", "handling_rating", "budget_pace", "project_performance")),
    ("danjiangkou", ("report_review", "supervision_dossier")),
    ("fengxian", ("livelihood_projects",)),
)


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[World]:
    """A district with the practices of three, on 2 September 2019."""
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    for slug, files in RULES:
        for name in files:
            shutil.copy(DISTRICTS / slug / f"{name}.toml", folder)
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", day=date(2019, 9, 2))
    world.deputy("代表甲")
    yield world
    world.close()


def register(world: World, name: str) -> Any:
    """The points of a deputy in the year's register, after everything told was gathered."""
    clerk, deputy = world.actor("clerk"), world.deputy(name)
    year = world.act(clerk, "开始年度积分", {"year": world.day.year}, practice="duty_points").matter_id
    world.act(clerk, "按事实登记", {}, matter=year)
    (own,) = [each for each in world.matter(year).children("register") if each.payload["deputy"] == deputy.id]
    with world.reading() as desk:
        practice: Any = desk.rulebook.practice_on("duty_points", desk.day).practice
    points = practice.score(own).value
    return points, {line["fact"].partition("@")[0] for line in own.payload["lines"]}


def test_deliberations_give_a_deputy_points_for_coming_for_leading_and_for_each_problem_solved(tmp_path: Path) -> None:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "pingshan", day=date(2020, 3, 2))
    sitting = Sitting(world, topics=2).held()
    leader = world.actor("deputy", person=sitting.deputies[0])
    department = world.actor("department", organ=sitting.department)
    for topic in sitting.topics:
        world.act(sitting.clerk, "交办", {"owner": sitting.department.id, "task": "办理"}, matter=topic)
        world.act(department, "报告办理情况", {"result": "已办"}, matter=topic)
        world.act(leader, "确认办理结果", {"verdict": "solved", "verdict_note": "属实"}, matter=topic)
    points, told = register(world, "代表甲")
    # 5 for coming, 10 for each topic led, 15 for each solved.
    assert points == 5 + 2 * 10 + 2 * 15
    assert told == {"deliberation.attended", "deliberation.led", "deliberation.solved"}
    world.close()


def test_what_a_liaison_brings_becomes_a_suggestion_and_the_suggestion_gives_points(tmp_path: Path) -> None:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiangbei", day=date(2020, 3, 2))
    clerk, deputy = world.actor("clerk"), world.deputy("代表甲")
    contact = world.actor("deputy", person=deputy)
    people = [{"name": "居民一", "capacity": "志愿者"}]
    team = world.act(clerk, "建立联络关系", {"deputy": deputy.id, "liaisons": people}, practice="liaisons").matter_id
    brought = {"team": team, "liaison": 1, "title": "校门拥堵", "detail": "占道"}
    item = world.act(clerk, "反映民情", brought, practice="liaisons").matter_id
    world.act(contact, "转为代表建议", {"facts": "占道", "wanted": "限时停靠"}, matter=item)
    with world.reading() as desk:
        (suggestion,) = DistrictRecords(desk).matters("handling_rating", "suggestion")
    assert suggestion.party("proposer") == deputy
    text = {"title": "关于校门交通的建议", "facts": "占道", "wanted": "限时停靠", "category": "城市建设"}
    world.act(contact, "修改后提出", text, matter=suggestion.id)
    assert register(world, "代表甲") == (3, {"suggestion.filed"})
    world.close()


def test_what_is_raised_in_a_video_link_is_talked_about_in_a_deliberation(tmp_path: Path) -> None:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    for slug, name in (("jiangbei", "district"), ("jiangbei", "video_link"), ("pingshan", "deliberation")):
        shutil.copy(DISTRICTS / slug / f"{name}.toml", folder)
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", day=date(2020, 3, 2))
    clerk, deputy, office = world.actor("clerk"), world.deputy("代表甲"), world.organ("常委会办公室")
    sites = [{"tier": tier, "name": tier, "organ": office.id} for tier in ("centre", "home")]
    said = {"title": "连线", "organizer": office.id, "sites": sites, "participants": [deputy.id], "on": "2020-03-02"}
    call = {"at": "09:30", "address": "https://video.jiangbei.example/r/1"}
    link = world.act(clerk, "安排连线", {**said, **call}, practice="video_link").matter_id
    world.act(clerk, "签到", {"site": 1, "present": [deputy.id]}, matter=link)
    raised = [{"title": title, "detail": "绕行", "contact": deputy.id} for title in ("路面", "雨棚")]
    world.act(clerk, "记录连线", {"people": 5, "record": "已记", "raised": raised}, matter=link)
    first, second = world.matter(link).children("item")
    place = {"form": "assembly", "host": office.id, "street": office.id}
    session = world.act(clerk, "征集议题", place, practice="deliberation").matter_id
    own = world.actor("deputy", person=deputy)
    for item in (first, second):
        topic = {"item": item.id, "source": "群众", "detail": "出入绕行", "leader": deputy.id}
        world.act(own, "由民情提出议题", topic, practice="deliberation", parent=session)
    assert [each.title for each in world.matter(session).children("topic")] == ["路面", "雨棚"]
    assert [each.state for each in world.matter(link).children("item")] == ["listed"] * 2
    world.act(clerk, "办结连线", {}, matter=link)
    with pytest.raises(RendaError) as refused:
        world.act(own, "由民情提出议题", topic, practice="deliberation", parent=session)
    assert refused.value.code == "matter.not_now"
    world.close()


def test_a_deputy_who_signs_in_to_a_video_link_has_points_for_it(tmp_path: Path) -> None:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiangbei", day=date(2020, 3, 2))
    clerk, deputy, office = world.actor("clerk"), world.deputy("代表甲"), world.organ("常委会办公室")
    tiers = {"centre": "代表活动中心", "home": "甲街道代表之家"}
    sites = [{"tier": tier, "name": name, "organ": office.id} for tier, name in tiers.items()]
    time = {"on": "2020-03-02", "at": "09:30", "address": "https://video.jiangbei.example/r/1"}
    for site, title in enumerate(("在中心", "在家"), 1):
        said = {"title": title, "organizer": office.id, "sites": sites, "participants": [deputy.id], **time}
        number = world.act(clerk, "安排连线", said, practice="video_link").matter_id
        world.act(world.actor("deputy", person=deputy), "签到", {"site": site}, matter=number)
        world.act(clerk, "记录连线", {"people": 5, "record": "已记"}, matter=number)
    # 3 for an activity of the committee at its centre, 2 for one of the homes.
    assert register(world, "代表甲") == (3 + 2, {"activity.attended", "station.activity"})
    world.close()


@pytest.mark.parametrize(
    ("change", "points"),
    [(("", ""), 2), (('recorded_by = ["clerk"], basis = "待', 'fact = "study.lectured", basis = "待'), 3)],
    ids=["listening", "lecturing too"],
)
def test_a_deputy_who_listens_has_points_and_one_who_lectures_where_the_district_says_so(
    tmp_path: Path, change: tuple[str, str], points: int
) -> None:
    folder = tmp_path / "districts" / "jiangbei"
    folder.mkdir(parents=True)
    for name in ("district", "duty_points", "study_sessions"):
        text = (DISTRICTS / "jiangbei" / f"{name}.toml").read_text("utf-8")
        (folder / f"{name}.toml").write_text(text.replace(*change) if name == "duty_points" else text, "utf-8")
    world = World(fresh_sqlite(tmp_path), folder.parent, "jiangbei", day=date(2020, 3, 2))
    clerk, deputy, other = world.actor("clerk"), world.deputy("代表甲"), world.deputy("代表乙")
    year = world.act(clerk, "开办年度学堂", {"year": 2020}, practice="study_sessions").matter_id
    plan = {"title": "老街", "theme": "历史", "on": "2020-03-02", "parts": [{"part": "stage", "speaker": deputy.id}]}
    lecture = world.act(clerk, "排讲", plan, practice="study_sessions", parent=year).matter_id
    came = {"attendance": [{"group": "deputy", "expected": 9, "present": 9}], "deputies": [deputy.id, other.id]}
    world.act(clerk, "记录开讲", {**came, "summary": "已讲"}, matter=lecture)
    # 2 for listening; 1 for lecturing under a table that names it.
    assert register(world, "代表甲")[0] == points
    world.close()


def test_what_goes_wrong_elsewhere_is_drafted_as_deductions_each_once(joined: World) -> None:
    clerk = joined.actor("clerk")
    town = Town(joined)
    (road,) = town.carrying("路")
    joined.go_to(date(2020, 1, 2))
    year = joined.act(clerk, "开展年度评价", {"year": 2020}, practice="negative_list").matter_id
    reviewed = Reviewed(joined)
    for place in (0, 2):
        reviewed.submit(place, date(2020, 3, 20))
    joined.project("楼", "乙局")
    budget = Budget(joined)
    for quarter in (1, 2):
        budget.told(quarter, "楼,1000000,0,50,0")
        if quarter == 1:
            reviewed.submit(1, date(2020, 4, 2))
    joined.go_to(date(2020, 9, 1))
    performance = Year(joined)
    graded = performance.graded(performance.list_project(), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))
    assert graded.payload["grade"] == "差"
    walk = Walk(joined, "handling_rating")
    walk.rate(walk.answered(), answer_level="不满意", answer_reason="没有修")
    joined.go_to(date(2020, 11, 2))
    town.done(clerk, "认定未完成", road, reason="没有动工")
    for _ in range(2):
        joined.act(clerk, "按事实起草", {}, matter=year)
    found = joined.matter(year).children("deduction")
    drafted = sorted((each.payload["item"], each.all_parties("subject")[0].name) for each in found)
    assert drafted == [("2.1", "市乙局"), ("3.1", "甲局"), ("3.3", "住建局"), ("4.1", "城管局"), ("6.1", "乙局")]


def test_all_that_is_told_of_an_official_stands_in_the_dossier_in_time_order(joined: World) -> None:
    joined.go_to(date(2020, 1, 2))
    reviewed = Reviewed(joined)
    clerk, chair, head, organ = reviewed.clerk, reviewed.chair, reviewed.heads[1], reviewed.organs[1]
    unit = joined.actor("department", organ=organ)
    year = joined.act(clerk, "开展年度评价", {"year": 2020}, practice="negative_list").matter_id
    reviewed.submit(1, date(2020, 4, 2))
    joined.act(clerk, "按事实起草", {}, matter=year)
    (deduction,) = [each for each in joined.matter(year).children("deduction") if each.party("subject") == organ]
    joined.act(clerk, "核实并转单位说明", {"found": "属实"}, matter=deduction.id)
    joined.act(unit, "提交说明", {"explanation": "无"}, matter=deduction.id)
    for actor, action in ((chair, "确认扣分"), (clerk, "告知扣分"), (unit, "无异议")):
        joined.act(actor, action, matter=deduction.id)
    joined.go_to(date(2020, 5, 6))
    use = {"official": head.id, "use": "interview", "grounds": "迟报"}
    number = joined.act(clerk, "propose", use, practice="supervision_dossier").matter_id
    joined.act(chair, "decide", {}, matter=number)
    with joined.reading() as desk:
        records = DistrictRecords(desk)
        answers = dossier(desk, clerk, head)
        assert [each.failure for each in answers] == [None] * len(answers)
        said = {each.rules.code: each.said[0] for each in answers if each.said}
        days: dict[str, Any] = {"since": date(2020, 1, 1), "until": desk.day, "subject": head}
        told = [fact.code for code in ("report.late", "use.interview") for fact in records.facts(code, **days)]
    assert set(said) == {"negative_list", "report_review", "supervision_dossier"}
    assert told == ["report.late", "use.interview"]
    assert [(each.day, each.text) for each in said["supervision_dossier"].entries] == [
        (date(2020, 3, 2), "局长乙 2019 年度履职报告"),
        (date(2020, 4, 1), "2019 年度履职报告迟至 2020-04-02 才报送"),
        (date(2020, 5, 6), "工作约谈:迟报(待说明)"),
    ]
    assert [each.text for each in said["negative_list"].entries] == ["2019 年度履职报告迟至 2020-04-02 才报送(0.1)"]
