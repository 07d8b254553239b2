"""The public's page of a district: what was published, by year and title; nothing that was not."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from backing.demo import played
from renda.testing.factories import World
from renda.web.app import create_app


@pytest.fixture(scope="module")
def fengxian() -> Iterator[World]:
    world = played("fengxian", "public_evaluation", "livelihood_projects", questionnaires="*", ballots="*")
    yield world
    world.close()


@pytest.fixture
def visitor(fengxian: World) -> FlaskClient:
    return create_app(fengxian.installation, secret_key="of a test", secure_cookies=False).test_client()


def test_a_year_shows_its_documents_tables_and_results_the_newest_first(visitor: FlaskClient) -> None:
    text = visitor.get("/fengxian/?year=2019").text
    first, second = "关于 2019 年度政府实事项目群众评议结果的公告", "关于 2019 年度政府实事项目群众评议的公告"
    assert 0 < text.index(first) < text.index(second)
    assert "2018 年度政府实事项目群众评议结果" not in text
    assert "总体满意度得分 <strong" in text
    assert "收到 1000 份" in text
    for kept_back in ("群众评议情况的报告", "候选项目表", "群众评议情况的函"):
        assert kept_back not in text


def test_without_a_year_the_newest_published_one_is_shown(visitor: FlaskClient) -> None:
    text = visitor.get("/fengxian/").text
    assert '<option value="2026" selected>2026 年</option>' in text
    assert "关于 2026 年度政府实事项目群众评议的公告" in text
    assert "正在征求意见" not in text, "the questionnaire of 2026 is prepared and not open here"


def test_titles_are_searched_and_an_empty_answer_says_so(visitor: FlaskClient) -> None:
    text = visitor.get("/fengxian/?year=2020&q=票决结果").text
    assert "关于 2020 年度民生实事项目票决结果的公告" in text
    assert "政府实事项目群众评议历年得分" not in text
    assert "2020 年没有标题含有“电梯”的公开内容。" in visitor.get("/fengxian/?year=2020&q=电梯").text


@pytest.mark.parametrize("query", ["year=x", "year=9999", "year=0001", "before=x", "before=99999", "q=%25", "of=x"])
def test_whatever_is_asked_the_page_answers(visitor: FlaskClient, query: str) -> None:
    assert visitor.get(f"/fengxian/?{query}").status_code == 200


def test_programs_read_the_same(visitor: FlaskClient) -> None:
    said = visitor.get("/api/fengxian/public?year=2019").get_json()
    assert said["year"] == 2019
    titles = [each["title"] for each in said["notices"]]
    assert titles[:2] == ["关于征集 2020 年度民生实事项目的公告", "关于 2019 年度政府实事项目群众评议结果的公告"]
    sheet = next(each for each in said["sheets"] if each["code"] == "public_2019")
    assert sheet["figures"][0]["shown"] == "93.1"
    table = visitor.get(sheet["link"]).get_json()
    assert [row[0] for row in table["rows"]][-1] == "文化体育"
    notice = visitor.get(said["notices"][1]["link"]).get_json()
    assert notice["attachments"][0]["rows"][0][-1] == "94.3"
    assert visitor.get("/api/fengxian/public/notices/999").status_code == 404
    assert visitor.get("/api/fengxian/public/sheets/public_evaluation/none/2019").status_code == 404
    assert visitor.get("/api/fengxian/public?pages=1").status_code == 400
