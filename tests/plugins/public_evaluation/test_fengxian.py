"""奉贤: 91.1 in 2018, 93.1 in 2019, and what people liked least is not solicited for the next year."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from backing.demo import matters, page_text, played, sheets
from renda.errors import RendaError
from renda.model import NoticeRow
from renda.services import chain, rescoring
from renda.services.reading import DistrictRecords
from renda.testing.factories import World


@pytest.fixture(scope="module")
def fengxian() -> Iterator[World]:
    """Both practices' part of the demonstration."""
    world = played("fengxian", "public_evaluation", "livelihood_projects", questionnaires="*", ballots="*")
    yield world
    world.close()


def test_anybody_reads_91_1_and_93_1_on_the_public_page(fengxian: World) -> None:
    text = page_text(fengxian, "/sheets/public_evaluation/public_years?since=2018-01-01&until=2019-12-31")
    assert "2018 1000 91.1 总体满意度得分 91.1 = 很满意占比 50%×100 + 满意占比 38%×90" in text
    assert "2019 1000 93.1 总体满意度得分 93.1 = 很满意占比 57%×100 + 满意占比 35%×90" in text
    asked = page_text(fengxian, "/questionnaires/1")
    assert "2018-11-05 — 2018-11-30 · 公开作答 · 收到 1000 份" in asked
    assert "这份问卷不在本系统作答，各题的份数由工作人员补录。" in asked
    assert "您对今年的政府实事项目总体满意吗? 91.1" in asked


def test_each_kind_has_its_score_and_the_lowest_its_improvement(fengxian: World) -> None:
    found = sheets(fengxian, "public_evaluation", date(2018, 1, 1), date(2019, 12, 31))
    assert [sheet.public for sheet in found.values()] == [True, True, True]
    assert [(row[0], str(row[3].value), row[4]) for row in found["public_2019"].rows][-2:] == [
        ("居住改善", "90.8", "已得分"), ("文化体育", "80.2", "已报改进措施"),
    ]  # fmt: skip
    with fengxian.reading() as desk:
        notices = desk.session.scalars(select(NoticeRow).order_by(NoticeRow.id)).all()
        told = [(each.genre, each.public) for each in notices if "群众评议" in each.title][:4]
        assert told == [("公告", True), ("公告", True), ("报告", False), ("函", False)]
        letter = next(each for each in notices if each.genre == "函" and "文化体育" in each.title)
        assert letter.paragraphs[:2] == [
            "2019 年度群众评议中,“文化体育”类得 80.2 分,低于低分线。", "请于 2019-09-02 前报送改进措施。",
        ]  # fmt: skip
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []


def test_the_kind_rated_low_is_not_solicited_for_the_next_year(fengxian: World) -> None:
    (around,) = matters(fengxian, "livelihood_projects", "round")
    assert [(each["category"], each["because"]) for each in around.payload["dropped"]] == [
        ("文化体育", "2019 年度群众评议“文化体育”类得 80.2 分,低于 85 分。"),
    ]
    with fengxian.reading() as desk:
        notice = desk.session.scalars(select(NoticeRow).where(NoticeRow.title.contains("征集 2020"))).one()
        assert notice.paragraphs[0].endswith("征集类别:为老服务、教育助学、医疗卫生、交通出行、居住改善。")
        facts = DistrictRecords(desk).facts("public.score", since=date(2019, 1, 1), until=date(2019, 12, 31))
    assert [(str(each.number and each.number.value), each.subject.name) for each in facts][-1] == (
        "80.2",
        "演示文化旅游局",
    )
    fengxian.go_to(date(2020, 9, 1))
    clerk = fengxian.actor("clerk")
    number = fengxian.act(clerk, "启动征集", {"year": 2021}, practice="livelihood_projects").matter_id
    said = {"title": "球场", "category": "文化体育", "source": "public"}
    assert fengxian.act(clerk, "登记需求", said, parent=number).matter_id, "one year later it may be asked for again"
    fengxian.go_to(date(2019, 12, 1))
    with pytest.raises(RendaError) as refused:
        fengxian.act(clerk, "登记需求", said, parent=around.id)
    assert refused.value.code == "matter.around"
