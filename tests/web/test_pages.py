"""Every page: its frame, its headers, its language; and the pages that are not matters."""

import re
from datetime import date
from pathlib import Path

import pytest

from backing.databases import Database
from backing.world import Towns, Visitor, make_towns
from renda.model import District, NoticeRow
from renda.web.app import HEADERS
from renda.web.assets import names

PAGES = {
    "clerk": [
        "/", "/jia/", "/jia/matters", "/jia/practices/", "/jia/practices/suggestions", "/jia/people/",
        "/jia/people/1", "/jia/organs/1", "/jia/sheets/", "/jia/sheets/suggestions/year", "/jia/record",
        "/jia/account", "/jia/matters/1", "/jia/matters/1/withdraw", "/jia/notices/1",
        "/jia/practices/zz_faulty/open/note",
    ],
    None: ["/", "/jia/", "/jia/sign-in", "/jia/practices/", "/jia/sheets/", "/host/sign-in", "/jia/nothing"],
}  # fmt: skip


def filled(towns: Towns) -> None:
    towns.jia.assign(towns.jia.propose())


def every_page(towns: Towns) -> list[tuple[str, str]]:
    filled(towns)
    found = []
    for login, paths in PAGES.items():
        visitor = towns.visitor() if login is None else towns.as_(login)
        found += [(path, visitor.get(path).text) for path in paths]
    return found


def test_every_page_says_its_language_its_title_and_one_heading(local_towns: Towns) -> None:
    for path, page in every_page(local_towns):
        assert '<html lang="zh-CN">' in page, path
        assert re.search(r"<title>[^<]*[\u4e00-\u9fff][^<]* — [^<]+</title>", page), path
        assert page.count("<h1") == 1, path
        assert page.count('href="#main"') == page.count('<main id="main"') == 1, path


def test_no_page_carries_scripts_styles_or_addresses_of_other_hosts(local_towns: Towns) -> None:
    for path, page in every_page(local_towns):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), path
        assert not re.search(r"<script(?![^>]* src=)", page), path
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page), path
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), path
        labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
        assert labelled <= set(ids), path


def test_every_answer_carries_the_headers_that_guard_it(local_towns: Towns) -> None:
    visitor = local_towns.as_("clerk")
    for path in ("/", "/jia/", "/jia/nothing", "/mo/", f"/static/{names()['style.css']}"):
        response = visitor.get(path)
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_what_is_private_is_kept_nowhere_and_what_is_public_is_asked_again(local_towns: Towns) -> None:
    clerk, visitor = local_towns.as_("clerk"), local_towns.visitor()
    assert clerk.get("/jia/").headers["Cache-Control"] == "no-store"
    assert visitor.get("/jia/sign-in").headers["Cache-Control"] == "no-store"
    page = visitor.get("/jia/practices/suggestions")
    assert page.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in page.headers["Vary"]
    again = visitor.get("/jia/practices/suggestions", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    built = visitor.get(f"/static/{names()['main.js']}")
    assert built.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_mistakes_of_the_protocol_are_told_in_words(local_towns: Towns) -> None:
    visitor = local_towns.as_("clerk")
    assert "web.not_found" in visitor.text("/jia/nothing", 404)
    wrong = visitor.get("/jia/sign-out")
    assert (wrong.status_code, "web.not_allowed" in wrong.text) == (405, True)
    assert "POST" in wrong.headers["Allow"]
    large = visitor.client.post("/jia/account", data={"old": "x" * 5_000_000})
    assert (large.status_code, "web.too_large" in large.text) == (413, True)
    part = visitor.get("/jia/nothing", headers={"HX-Request": "true"})
    assert part.status_code == 404
    assert "<html" not in part.text
    assert visitor.get("/jia").status_code == 308


def test_what_nobody_foresaw_tells_nothing_of_itself(local_towns: Towns, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("inner secret")

    monkeypatch.setattr("renda.web.pages.home.lists.waiting", broken)
    page = local_towns.as_("clerk").text("/jia/", 500)
    assert "web.failed" in page
    assert "inner secret" not in page


def test_another_language_is_chosen_once_and_leads_back(local_towns: Towns) -> None:
    visitor = local_towns.visitor()
    answer = visitor.get("/language/en?back=/jia/practices/")
    assert answer.headers["Location"] == "/jia/practices/"
    assert '<html lang="en">' in visitor.text("/jia/")
    for back in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert visitor.get("/language/zh_CN", query_string={"back": back}).headers["Location"] == "/"
    assert visitor.get("/language/xx").status_code == 404
    assert visitor.get("/favicon.ico").status_code == 301


def test_the_first_page_finds_districts_and_goes_on_after_fifty(local_towns: Towns) -> None:
    with local_towns.jia.world.store.hosting() as session:
        session.add_all(District(slug=f"q{at:03}", name=f"第{at}区") for at in range(60))
    visitor = local_towns.visitor()
    page = visitor.text("/")
    assert page.count('class="code"') == 50
    more = re.search(r'href="(/\?[^"]*after=[^"]+)"', page)
    assert more is not None
    assert visitor.text(more[1]).count('class="code"') == 13
    assert visitor.text("/?q=甲").count('class="code"') == 1
    assert "没有找到区县。" in visitor.text("/?q=%25")


def test_two_versions_of_the_rules_stand_side_by_side_with_what_changed(local_towns: Towns) -> None:
    page = local_towns.visitor().text("/jia/practices/suggestions")
    assert page.index("2020-01-01 起") < page.index("2018-01-01 起")
    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', page, re.DOTALL))
    assert "0.6" in rows["评价权重"]
    assert "0.5" in rows["评价权重"]
    assert rows["评价权重"].count("有变动") == 1
    assert "有变动" not in rows["等次分值"]
    assert "待确认" in rows["答复期限"]
    assert rows["答复期限"].count("待确认") == 1
    assert "办结前任何时候" in page
    assert "办法第三条" in page
    assert local_towns.visitor().get("/jia/practices/nothing").status_code == 404


def test_a_version_not_yet_in_force_is_called_so(sqlite_database: Database, tmp_path: Path) -> None:
    towns = make_towns(sqlite_database.app_url, tmp_path)
    towns.jia.world.go_to(date(2019, 1, 1))
    page = towns.visitor().text("/jia/practices/suggestions")
    assert "尚未施行" in page
    towns.jia.world.go_to(date(2017, 1, 1))
    assert "尚未施行" in towns.visitor().text("/jia/practices/")
    assert "还没有公布的制度。" in towns.visitor().text("/jia/")


def test_one_practice_that_fails_leaves_the_rest_of_a_person_standing(towns: Towns) -> None:
    number = towns.jia.propose("增设路灯")
    page = towns.as_("clerk").text(f"/jia/people/{towns.jia.parties['deputy'].id}")
    assert "这一部分没有显示出来：“出错的制度”出错" in page
    assert f"/jia/matters/{number}" in page
    organ = towns.as_("clerk").text(f"/jia/organs/{towns.jia.parties['bureau'].id}")
    assert "住建局" in organ


def test_people_are_found_by_name_and_organs_apart(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    assert "代表甲一" in clerk.text("/jia/people/")
    assert "代表甲一" not in clerk.text("/jia/people/?q=甲二")
    assert "财政局" in clerk.text("/jia/people/?of=organ")
    assert "没有找到。" in clerk.text("/jia/people/?of=official")
    assert towns.visitor().get("/jia/people/1").status_code == 303


def test_the_public_reads_public_sheets_and_no_others(towns: Towns) -> None:
    towns.jia.propose("公开的建议")
    visitor: Visitor = towns.visitor()
    index = visitor.text("/jia/sheets/")
    assert "年度建议统计" in index
    assert "内部进度" not in index
    assert "出错" not in index
    page = visitor.text("/jia/sheets/suggestions/year")
    assert "公开的建议" in page
    assert "建议件数" in page
    assert "公开的建议" not in visitor.text("/jia/sheets/suggestions/year?since=2019-01-01&until=2019-12-31")
    assert "公开的建议" in visitor.text("/jia/sheets/suggestions/year?since=2021-01-01&until=bad")
    for path in ("suggestions/inner", "suggestions/none", "zz_faulty/any", "none/any"):
        assert visitor.get(f"/jia/sheets/{path}").status_code == 303
    clerk = towns.as_("clerk")
    assert "内部进度" in clerk.text("/jia/sheets/")
    assert clerk.get("/jia/sheets/suggestions/inner").status_code == 200
    assert clerk.get("/jia/sheets/suggestions/none").status_code == 404
    assert "plugin.failed" in clerk.text("/jia/sheets/zz_faulty/any", 500)


def test_a_kept_sheet_is_made_anew_when_something_happens(towns: Towns) -> None:
    visitor = towns.visitor()
    assert "没有记录" in visitor.text("/jia/sheets/suggestions/year")
    towns.jia.propose("后来的建议")
    assert "后来的建议" in visitor.text("/jia/sheets/suggestions/year")


def test_the_record_is_for_its_keepers_and_tells_whether_it_is_whole(towns: Towns) -> None:
    for at in range(53):
        towns.jia.propose(f"建议{at}")
    auditor = towns.as_("auditor")
    page = auditor.text("/jia/record")
    assert "核验完毕：全部记录与写入时一致。" in page
    more = re.search(r'href="(/jia/record\?before=\d+)"', page)
    assert more is not None
    assert "建议0<" in auditor.text(more[1])
    refused = towns.as_("deputy").text("/jia/record", 403)
    assert "这一页只给审计人员、工作人员看，您没有这个身份。" in refused


def test_a_document_is_read_by_who_may_see_its_matter_or_by_all_where_it_is_public(towns: Towns) -> None:
    number = towns.jia.propose("保密的", secret=True)
    towns.jia.assign(number)
    with towns.jia.world.reading() as desk:
        notice = desk.session.query(NoticeRow).one().id
    path = f"/jia/notices/{notice}"
    assert "请按期答复。" in towns.as_("clerk").text(path)
    assert "2020年3月2日" in towns.as_("clerk").text(path)
    assert towns.as_("second").get(path).status_code == 404
    assert towns.visitor().get(path).status_code == 303
    with towns.jia.world.writing() as desk:
        row = desk.session.get(NoticeRow, notice)
        assert row is not None
        row.public = True
    assert "请按期答复。" in towns.visitor().text(path)
    assert towns.as_("clerk").get("/jia/notices/999").status_code == 404
