"""The page 导入: a template, a trial that tells every bad row, the import, the export."""

import base64
import io
import re
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from backing.world import Towns, Visitor, hidden_entries
from renda.documents import templates
from renda.model import PersonRow
from renda.services import tables
from renda.web.pages import tables as pages

PEOPLE = "代码,姓名\n" + "".join(f"p{number},人员{number}\n" for number in range(450))


def send(visitor: Visitor, path: str, text: str | bytes, *, name: str = "名册.csv", **entries: str) -> TestResponse:
    hidden = hidden_entries(visitor.text(path), path)
    content = text.encode() if isinstance(text, str) else text
    return visitor.client.post(path, data={**hidden, **entries, "file": (io.BytesIO(content), name)})


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def people(towns: Towns) -> int:
    with towns.jia.world.reading() as desk:
        return len(desk.session.scalars(select(PersonRow)).all())


def test_a_clerk_tries_and_imports_and_sees_how_far_it_is(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    assert 'href="/jia/tables/"' in clerk.text("/jia/")
    assert "/jia/tables/people" in clerk.text("/jia/tables/")
    before = people(towns)
    tried = send(clerk, "/jia/tables/people", PEOPLE, trial="1").text
    assert "试导入没有发现错误，没有写入。 新增 450 行，更改 0 行，不变 0 行。" in plain(tried)
    assert people(towns) == before
    done = send(clerk, "/jia/tables/people", PEOPLE).text
    assert re.findall(r'value="(\d+)"></progress>', done) == ["200", "400", "450"]
    assert "已导入。 新增 450 行，更改 0 行，不变 0 行。" in plain(done)
    assert done.rstrip().endswith("</html>")
    assert people(towns) == before + 450
    again = send(clerk, "/jia/tables/people", PEOPLE.encode("gb18030")).text
    assert "新增 0 行，更改 0 行，不变 450 行。" in plain(again)
    assert "导入表格" in clerk.text("/jia/record")
    changed = plain(send(clerk, "/jia/tables/people", "代码,姓名,排序\np3,改名三,01\n", trial="1").text)
    assert "2 p3 人员3 姓名 人员3 改名三" in changed
    assert "2 p3 人员3 排序 — 01" in changed


def test_every_bad_row_is_on_the_page(local_towns: Towns) -> None:
    clerk = local_towns.as_("clerk")
    before = people(local_towns)
    page = plain(send(clerk, "/jia/tables/people", "代码,姓名\np1,甲<b>\np2,\n,乙\n").text)
    assert "没有导入，一行也没有写入。共有 2 处错误：" in page
    assert "3 姓名 必须填写。" in page
    assert "4 代码 必须填写。" in page
    assert "import.broken" in page
    assert people(local_towns) == before


def test_a_refused_file_is_given_back_in_the_page_and_comes_in_when_it_is_mended(local_towns: Towns) -> None:
    clerk = local_towns.as_("clerk")
    page = send(clerk, "/jia/tables/people", "代码,姓名\np1,甲\np2,\n", trial="1").text
    found = re.search(r'<a class="btn" href="data:text/csv;base64,([^"]+)" download="名册-标出错误.csv">', page)
    assert found is not None
    back = base64.b64decode(found[1]).decode("utf-8-sig")
    assert back == "代码,姓名,(错误)\r\np1,甲,\r\np2,,必须填写。\r\n"
    assert "新增 2 行" in send(clerk, "/jia/tables/people", back.replace("p2,,", "p2,乙,")).text
    assert "标出错误" not in send(clerk, "/jia/tables/people", "代码,姓名\np1,甲\n", trial="1").text


def test_a_marked_file_that_is_too_large_for_an_address_is_not_offered(
    local_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LARGEST_MARKED", 10)
    page = send(local_towns.as_("clerk"), "/jia/tables/people", "代码,姓名\np2,\n", trial="1").text
    assert "data:" not in page
    assert "这个文件太大，不能在这里取回标出错误的表格。" in page


def test_what_is_wrong_with_the_whole_file_is_said_without_a_table(local_towns: Towns) -> None:
    clerk = local_towns.as_("clerk")
    page = send(clerk, "/jia/tables/people", "代码,姓名;排序\np1,甲\n").text
    assert "<p>表头里同时有逗号、分号,分不清哪一个是分隔各列的。请只用其中一种,或另存为 xlsx 再导入。</p>" in page
    assert '<th scope="col">行</th>' not in page
    page = send(clerk, "/jia/tables/people", "代码,年龄\np1,甲\np2,乙,丙\n").text
    assert "<p>没有“年龄”这一列。可用的列:代码、姓名、排序。</p>" in page
    assert "3 这一行比表头多出 1 格。" in plain(page)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("代码,姓名\n", "名册.csv", "“名册.csv”里除表头外一行也没有。"),
        ("x", "名册.doc", "“名册.doc”不是 XLSX、CSV 或 TXT 文件。请用模板填写,存为 xlsx 或 csv。"),
        ("x", "../../名册", "“名册”不是 XLSX、CSV 或 TXT 文件。请用模板填写,存为 xlsx 或 csv。"),
    ],
)
def test_what_is_no_table_is_said_on_the_page(local_towns: Towns, text: str, name: str, said: str) -> None:
    assert said in send(local_towns.as_("clerk"), "/jia/tables/people", text, name=name).text


def test_without_a_file_nothing_begins(local_towns: Towns) -> None:
    clerk = local_towns.as_("clerk")
    response = clerk.send("/jia/tables/people")
    assert response.status_code == 422
    assert "还没有选择文件。请选择填好的 xlsx 或 csv 文件。" in response.text


def test_an_error_nobody_foresaw_keeps_nothing_and_says_so(local_towns: Towns, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: Any, **options: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(tables, "bring", fails)
    page = send(local_towns.as_("clerk"), "/jia/tables/people", PEOPLE).text
    assert "系统出错，没有完成。什么都没有改动；请稍后再试，仍不行请告诉系统管理员。" in page


def test_a_file_larger_than_a_form_is_taken_and_one_without_end_is_not(
    local_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = local_towns.as_("clerk")
    local_towns.app.config["MAX_CONTENT_LENGTH"] = 10_000
    wide = "代码,姓名\n" + "".join(f"p{number},乙{' ' * 1000}\n" for number in range(50))
    assert "新增 50 行" in send(clerk, "/jia/tables/people", wide).text
    monkeypatch.setattr(pages, "LARGEST_FILE", 1000)
    assert send(clerk, "/jia/tables/people", wide).status_code == 413


def test_others_neither_see_nor_send_the_roster(local_towns: Towns) -> None:
    deputy, visitor = local_towns.as_("deputy"), local_towns.visitor()
    assert "/jia/tables/people" not in deputy.text("/jia/tables/")
    assert deputy.get("/jia/tables/people").status_code == 404
    assert deputy.get("/jia/tables/people/rows.csv").status_code == 404
    path = "/jia/tables/suggestions.propose"
    hidden = hidden_entries(deputy.text(path), path)
    content = {"file": (io.BytesIO(PEOPLE.encode()), "名册.csv")}
    assert deputy.client.post("/jia/tables/people", data={**hidden, **content}).status_code == 404
    assert visitor.get("/jia/tables/people").status_code == 303
    token = hidden_entries(visitor.text("/jia/sign-in"))
    content = {"file": (io.BytesIO(PEOPLE.encode()), "名册.csv")}
    assert visitor.client.post("/jia/tables/people", data={**token, **content}).status_code == 303
    content = {"file": (io.BytesIO(PEOPLE.encode()), "名册.csv")}
    assert visitor.client.post("/jia/tables/people", data=content).status_code == 400


def test_a_template_holds_headings_choices_and_explanations(local_towns: Towns, tmp_path: Path) -> None:
    deputy = local_towns.as_("deputy")
    response = deputy.get("/jia/tables/suggestions.propose/template.xlsx")
    path = tmp_path / "模板.xlsx"
    path.write_bytes(response.data)
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["填写", "说明", "选项"]
    heading = book.get_sheet_by_index(0).to_python()[0]
    assert heading[:6] == ["编号", "日期", "标题", "正文", "提出代表", "附议代表"]
    told = {row[0]: row[1:] for row in book.get_sheet_by_index(1).to_python()}
    assert told["标题"] == ["是", "文字", "一句话说明要做什么。"]
    assert told["类别"] == ["", "可填多项,用分号、顿号、逗号或换行隔开", "道路、照明、绿化"]
    assert told["提出代表"][1] == "人员的代码,不重名的也可写姓名"
    csv = deputy.get("/jia/tables/suggestions.propose/template.csv").data.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("编号,日期,标题,正文,提出代表")
    filled = "标题,正文,提出代表\n增设路灯,夜里太暗。,代表甲一\n"
    assert "已导入。 新增 1 行" in plain(send(deputy, "/jia/tables/suggestions.propose", filled).text)
    back = deputy.get("/jia/tables/suggestions.propose/rows.csv").data
    assert "不变 1 行" in send(deputy, "/jia/tables/suggestions.propose", back).text


def test_a_long_list_of_choices_lies_on_a_page_of_its_own(tmp_path: Path) -> None:
    allowed = {f"第{number}类,其他": str(number) for number in range(60)}
    found = tables.Table("x", "表", "说明", [tables.Column("c", "类别", sort="choice", allowed=allowed)], *(print,) * 2)  # type: ignore[arg-type]
    path = tmp_path / "x.xlsx"
    with templates.template(found, "xlsx") as kept:
        path.write_bytes(kept.read())
    assert len(CalamineWorkbook.from_path(str(path)).get_sheet_by_name("选项").to_python()) == 60
