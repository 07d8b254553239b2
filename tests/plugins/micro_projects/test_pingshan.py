"""坪山's 1,055 micro projects from the district's own spreadsheets, and the way from a council to a finished project."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backing.demo import DISTRICTS, figures, matters, page_text, played, sheets
from renda.services import chain, rescoring
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite

CODE = "micro_projects"
ARTICLE = (date(2017, 1, 1), date(2021, 8, 10))


@pytest.fixture(scope="module")
def pingshan() -> Iterator[World]:
    world = played("pingshan", "deliberation", CODE)
    yield world
    world.close()


def test_1055_projects_were_chosen_all_finished_and_over_95_percent_of_the_deputies_shortlisted(
    pingshan: World,
) -> None:
    told = figures(sheets(pingshan, CODE, *ARTICLE)["micro_all"])
    assert (told["票选确定件数"], told["完成件数"], told["完成率"]) == (1055, 1055, Decimal("100.0"))
    assert told["代表项目入围率"] == Decimal("96.0")
    assert told["代表项目入围率达到目标"] is True
    table = sheets(pingshan, CODE, *ARTICLE)["micro_all"]
    assert sum(row[4].value for row in table.rows) == 1055
    assert len(table.rows) == 6


def test_the_councils_passed_as_many_projects_as_were_chosen(pingshan: World) -> None:
    passed = figures(sheets(pingshan, "deliberation", *ARTICLE)["deliberation_all"])["通过项目件数"]
    assert passed == figures(sheets(pingshan, CODE, *ARTICLE)["micro_all"])["票选确定件数"]


def test_anybody_reads_the_figures_and_each_project(pingshan: World) -> None:
    text = page_text(pingshan, f"/sheets/{CODE}/micro_all?since=2017-01-01&until=2021-08-10")
    assert all(figure in text for figure in ("1055", "100%", "96%", "95"))
    assert "公交站候车雨棚" in page_text(pingshan, f"/sheets/{CODE}/micro_items?since=2021-01-01&until=2021-12-31")


def test_today_projects_stand_at_several_steps_and_one_went_back_before_it_passed(pingshan: World) -> None:
    now = [each for each in matters(pingshan, CODE, "item") if each.opened_on.year == 2026]
    assert {each.state for each in now} == {
        "evaluated", "carrying", "not_chosen", "done", "declined", "proposed", "shortlisted",
    }  # fmt: skip
    assert [each.payload.get("evaluated_again") for each in now if each.state == "evaluated"] == [1]


def test_the_record_is_whole_and_every_score_comes_out_again(pingshan: World) -> None:
    with pingshan.writing() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []


def test_what_a_council_passes_is_gathered_carried_out_and_evaluated_with_its_deputy(tmp_path: Path) -> None:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "pingshan", day=date(2020, 3, 2))
    clerk, street = world.actor("clerk"), world.organ("甲街道", sort="street")
    unit = world.actor("department", organ=world.organ("城管局"))
    deputies = [world.deputy(f"代表{name}") for name in "甲乙丙"]
    entries: dict[str, Any] = {"form": "council", "host": world.organ("站一", sort="station").id, "street": street.id}
    session = world.act(clerk, "征集议题", entries, practice="deliberation").matter_id
    topics = [
        world.act(
            clerk,
            "提出议题",
            {"title": title, "source": "群众", "detail": "情况", "leader": deputies[0].id},
            parent=session,
        ).matter_id
        for title in ("候车雨棚", "立体车库")
    ]
    for topic in topics:
        world.act(clerk, "列入议题", matter=topic)
    world.act(clerk, "通知开会", {"meets_on": "2020-03-04", "departments": [world.organ("城管局").id]}, matter=session)
    world.go_to(date(2020, 3, 4))
    world.act(clerk, "记录会议", {"participants": [each.id for each in deputies], "minutes": "记录"}, matter=session)
    for topic, yes in zip(topics, (22, 21), strict=True):
        world.act(clerk, "登记表决", {"present": 42, "yes": yes}, matter=topic)

    other = {"street": world.organ("乙街道", sort="street").id, "year": 2020}
    elsewhere = world.act(clerk, "启动征集", other, practice=CODE).matter_id
    with pytest.raises(Exception, match="自 2019-01-01 至今,乙街道没有新的议政会项目可以转入"):
        world.act(clerk, "转入议政会项目", matter=elsewhere)
    # A council of the year before is gathered too: its projects are often next year's.
    around = world.act(clerk, "启动征集", {"street": street.id, "year": 2021}, practice=CODE).matter_id
    world.act(clerk, "转入议政会项目", matter=around)
    (item,) = world.matter(around).children("item")
    assert (item.title, item.state, item.payload["council_votes"]) == ("候车雨棚", "passed", 22)
    assert item.payload["proposer"] == deputies[0].id
    with pytest.raises(Exception, match="没有新的议政会项目可以转入"):
        world.act(clerk, "转入议政会项目", matter=around)

    screened = {"community": "社区一", "category": "works", "budget": "38"}
    world.act(clerk, "筛选入围", screened, matter=item.id)
    world.act(clerk, "截止征集", matter=around)
    assert world.matter(around).state == "carrying"
    world.act(clerk, "交办实施", {"owner": world.organ("城管局").id, "finish_on": "2020-06-30"}, matter=item.id)
    world.act(unit, "报告完成", {"finished_with": "已装", "spent": "37.5"}, matter=item.id)
    world.act(clerk, "登记评议", {"satisfied": 20, "basically": 4, "dissatisfied": 1}, matter=item.id)
    world.act(clerk, "公布年度结果", matter=around)
    with world.reading() as desk:
        facts = DistrictRecords(desk).facts("micro.*", since=date(2020, 1, 1), until=world.day)
    assert {(fact.code, fact.subject.name) for fact in facts} == {
        ("micro.shortlisted", "代表甲"),
        ("micro.finished", "城管局"),
    }
    world.close()
