"""Steps about the district, the day, people, organs and projects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from pytest_bdd import given, step

from renda.deadlines import months_after
from renda.errors import RendaError, declare
from renda.testing.factories import World
from renda.testing.sentences import Sentence

declare(
    {
        "test.no_practice": "区县没有“{name}”这个办法。现有:{allowed}。",
        "test.bad_table": "表格的列应为 {wanted},实际是 {given}。",
        "test.past": "时间不能倒退:现在是 {now},不能到 {day}。",
    }
)

SORTS = {"法院": "court", "检察院": "procuratorate", "监委": "supervisory", "街道": "street", "站": "station"}
_NAMES = re.compile(r"[、,,;;]")


@given(Sentence('区县是"{name}"', "指明区县(简称、全称或文件夹名);写在“背景”里", '假如 区县是"坪山"'))
def district_is(world: World, name: str) -> None:
    """The district was found when the file was read; here it is said."""
    district = world.rulebook.district
    assert name in {district.slug, district.name, district.full_name, district.name.rstrip("区县市")}


@given(
    Sentence('适用"{name}"', "指明用区县的哪一个办法(名称或文件名);文件名与办法同名时不必写", '假如 适用"代表建议办理"')
)
def practice_is(world: World, name: str) -> None:
    """Which practice openings go to where several could be meant."""
    titles = {version.title: code for code, versions in world.rulebook.versions.items() for version in versions}
    if name not in titles and name not in world.rulebook.versions:
        raise RendaError("test.no_practice", name=name, allowed="、".join(titles) or "—")
    world.preferred = titles.get(name, name)


@given(Sentence("今天是{day:day}", "设定日期;不写则为2020年3月2日", "假如 今天是2020-03-02"))
def today_is(world: World, day: date) -> None:
    """Set the clock."""
    world.go_to(day)


@step(Sentence("到了{day:day}", "时间走到某一天", "当 到了2020年6月1日"))
def day_comes(world: World, day: date) -> None:
    """Set the clock forward to a day."""
    if day < world.day:
        raise RendaError("test.past", now=world.day.isoformat(), day=day.isoformat())
    world.go_to(day)


@step(Sentence("过了{n:int}天", "时间过去几天", "当 过了10天"))
def days_pass(world: World, n: int) -> None:
    """Set the clock forward by days."""
    world.pass_days(n)


@step(Sentence("过了{n:int}个工作日", "时间过去几个工作日,按国务院放假调休安排", "当 过了五个工作日"))
def working_days_pass(world: World, n: int) -> None:
    """Set the clock forward by days worked."""
    calendar, day = world.installation.calendar(), world.day
    for _ in range(n):
        day = calendar.next_working_day(day + timedelta(days=1))
    world.go_to(day)


@step(Sentence("过了{n:int}个月", "时间过去几个月,按民法典的算法", "当 过了3个月"))
def months_pass(world: World, n: int) -> None:
    """Set the clock forward by months."""
    world.go_to(months_after(world.day, n))


@step(Sentence("过了{n:int}年", "时间过去几年", "当 过了一年"))
def years_pass(world: World, n: int) -> None:
    """Set the clock forward by years."""
    world.go_to(months_after(world.day, 12 * n))


@given(
    Sentence(
        '有代表"{names}"', "有这些人大代表,用顿号分开;动作里第一次提到的代表也会自动登记", '假如 有代表"代表甲、代表乙"'
    )
)
def deputies_are(world: World, names: str) -> None:
    """Deputies by name."""
    for name in _each(names):
        world.deputy(name)


@given(Sentence('有组成人员"{names}"', "有这些常委会组成人员", '假如 有组成人员"委员甲、委员乙"'))
def members_are(world: World, names: str) -> None:
    """Members of the standing committee by name."""
    for name in _each(names):
        world.deputy(name, committee_member=True)


@given(
    Sentence('有单位"{names}"', "有这些机构;名称里有法院、检察院、监委、街道的按此归类", '假如 有单位"住建局、城管局"')
)
def organs_are(world: World, names: str) -> None:
    """Organs by name."""
    for name in _each(names):
        world.organ(name, sort=_sort(name))


@given(Sentence('有项目"{names}"[,由"{organ}"承担]', "有这些项目,年度是当天的年度", '假如 有项目"道路改造"'))
def projects_are(world: World, names: str, organ: str = "") -> None:
    """Projects by name, of one organ where it is said."""
    for name in _each(names):
        world.project(name, organ)


@given(Sentence("有下列项目", "有多个项目;表格三列:名称、单位、预算(元)", "假如 有下列项目:"))
def projects_in_a_table(world: World, datatable: Sequence[Sequence[str]]) -> None:
    """Projects from a table."""
    head, *rows = datatable
    if list(head) != ["名称", "单位", "预算"]:
        raise RendaError("test.bad_table", wanted="名称、单位、预算", given="、".join(head))
    for name, organ, budget in rows:
        world.project(name, organ, budget=Decimal(budget))


@given(Sentence('有人员"{names}"', "有这些人,不带身份", '假如 有人员"专家甲"'))
def persons_are(world: World, names: str) -> None:
    """People without any office."""
    for name in _each(names):
        world.person(name)


@given(
    Sentence(
        '有干部"{name}"任"{organ}"的"{post}"[,自{day:day}起]', "有一名任命干部", '假如 有干部"主任乙"任"住建局"的"局长"'
    )
)
def official_is(world: World, name: str, organ: str, post: str, day: date | None = None) -> None:
    """An official with a post."""
    world.organ(organ, sort=_sort(organ))
    world.official(name, organ, post, **({} if day is None else {"since": day}))


@given(Sentence("有下列干部", "有多名任命干部;表格三列:姓名、机构、职务", "假如 有下列干部:"))
def officials_are(world: World, datatable: Sequence[Sequence[str]]) -> None:
    """Officials from a table."""
    head, *rows = datatable
    if list(head) != ["姓名", "机构", "职务"]:
        raise RendaError("test.bad_table", wanted="姓名、机构、职务", given="、".join(head))
    for name, organ, post in rows:
        official_is(world, name, organ, post)


def _each(names: str) -> list[str]:
    return [name.strip() for name in _NAMES.split(names) if name.strip()]


def _sort(name: str) -> str:
    return next((sort for word, sort in SORTS.items() if word in name), "department")
