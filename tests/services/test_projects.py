"""Projects: their spreadsheet, what a rule sees of them, their page and their place in the API."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backing import spreadsheets
from backing.programs import come
from backing.world import Towns
from renda import Party, Practice, RendaError, Schema, action, fields
from renda.matter import Actor
from renda.services import projects
from renda.services.imports import import_folder
from renda.services.reading import DistrictRecords
from renda.testing.factories import World

PROJECTS = (
    "# 虚构\ncode,name,year,organ,budget,stage,due_on\n"
    "p1,滨河路改造,2020,jt,1200000.50,在建,2020-11-30\np2,社区食堂,2021,,,,\n"
)


def test_projects_come_from_their_spreadsheet_and_twice_makes_no_more(world: World, tmp_path: Path) -> None:
    with world.writing() as desk:
        import_folder(desk, spreadsheets.write(tmp_path / "data", projects=PROJECTS))
    renamed = PROJECTS.replace("社区食堂", "社区食堂(二期)")
    with world.writing() as desk:
        import_folder(desk, spreadsheets.write(tmp_path / "data", projects=renamed))
    with world.reading() as desk:
        records = DistrictRecords(desk)
        road, canteen = records.projects()
        assert road.organ is not None
        assert (road.code, road.organ.name, road.budget, road.stage, road.due_on) == (
            "p1",
            "交通局",
            Decimal("1200000.50"),
            "在建",
            date(2020, 11, 30),
        )
        assert (canteen.name, canteen.organ, canteen.budget) == ("社区食堂(二期)", None, None)
        assert records.projects(year=2021) == [canteen]
        assert records.projects(organ=road.organ) == [road]
        assert records.project(road.id) == road
        assert records.parties("project", desk.day) == [road.party, canteen.party]
        assert records.holds("project", road.id, desk.day)
        assert not records.holds("project", 999, desk.day)


def test_every_broken_row_of_the_projects_is_told_with_its_place(local_world: World, tmp_path: Path) -> None:
    rows = "code,name,year,organ,budget\np1,,2020,jt,1\np2,乙,二〇,jt,1\np3,丙,2020,xx,1\np4,丁,2020,jt,1万\n"
    rows += "p5,戊,20,jt,1\np6,己,2020,jt,-1\n"
    with pytest.raises(RendaError) as caught, local_world.writing() as desk:
        import_folder(desk, spreadsheets.write(tmp_path / "data", projects=rows))
    assert caught.value.message.split("\n")[1:] == [
        "projects.csv 第 2 行“name”列:必须填写。",
        "projects.csv 第 3 行“year”列:应为整数,现为“二〇”。",
        "projects.csv 第 4 行“organ”列:没有代码为“xx”的机构。",
        "projects.csv 第 5 行“budget”列:应为数字,例如 1200.50,现为“1万”。",
        "projects.csv 第 6 行:项目“戊”的年度应为四位数,例如 2020,现为 20。",
        "projects.csv 第 7 行:项目“己”的预算不能小于 0,现为 -1 元。",
    ]


def test_a_project_without_a_name_and_one_nobody_knows_are_refused(local_world: World) -> None:
    with local_world.writing() as desk:
        with pytest.raises(RendaError) as blank:
            projects.keep(desk, "p1", " ", 2020)
        with pytest.raises(RendaError) as unknown:
            projects.find(desk, 7)
    assert blank.value.message == "项目须有代码和名称,现为“p1”“ ”。"
    assert unknown.value.message == "没有编号为 7 的项目。"


def test_an_organ_is_not_the_project_of_the_same_number() -> None:
    organ = Party("organ", 5, "交通局")
    actor = Actor(1, "交通局", frozenset({"department"}), organ=organ)
    assert actor.stands_for(organ)
    assert not actor.stands_for(Party("project", 5, "滨河路改造"))


def test_a_practice_in_which_a_project_is_to_act_is_refused_when_it_is_defined() -> None:
    class About(Schema):
        project = fields.Project(required=True, relation="project")

    with pytest.raises(RendaError) as caught:

        class Wrong(Practice):
            title = "错"
            states = {"open": "开", "shut": "关"}
            ends = ("shut",)

            @action("开", by="clerk", when=None, then="open", data=About)
            def begin(self, matter: object) -> None: ...

            @action("关", by="project", when="open", then="shut")
            def shut(self, matter: object) -> None: ...

    assert caught.value.code == "practice.unknown_actor"


def test_a_projects_page_and_api_tell_what_it_is_and_which_matters_are_about_it(towns: Towns) -> None:
    road = towns.jia.world.project("滨河路改造", "住建局", budget=Decimal(1200))
    number = towns.jia.propose("路灯随路一起装", works=road.id)
    towns.jia.propose("与此无关的一件")
    assert towns.jia.world.matter(number).parties["project"] == (road,)
    deputy = towns.as_("deputy")
    page = deputy.text(f"/jia/projects/{road.id}")
    assert all(said in page for said in ("滨河路改造", "住建局", "1200 元", "路灯随路一起装"))
    assert "与此无关的一件" not in page
    assert f"/jia/projects/{road.id}" in deputy.text(f"/jia/matters/{number}")
    assert f"/jia/projects/{road.id}" in deputy.text("/jia/people/?of=project")
    program = come(towns, "clerk")
    (told,) = program.said("/projects")["items"]
    assert told == program.said(f"/projects/{road.id}")
    assert (told["name"], told["budget"], told["organ"]["name"]) == ("滨河路改造", "1200", "住建局")
    found = program.said(f"/matters?party=project:{road.id}&relation=project")["items"]
    assert [item["id"] for item in found] == [number]
    assert come(towns, "clerk", slug="yi").get(f"/projects/{road.id}").status_code == 404
    assert towns.as_("clerk", "yi").get(f"/yi/projects/{road.id}").status_code == 404
