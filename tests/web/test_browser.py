"""The pages in a real browser, at a phone's width and at a desktop's."""

import re

import pytest
from playwright.sync_api import Page, expect

from backing.pages import PHONE, Pages, Serving
from backing.world import PASSWORD, Towns
from renda.model import HostAccountRow
from renda.services import accounts


@pytest.fixture
def address(local_towns: Towns, serve: Serving) -> str:
    number = local_towns.jia.propose(
        "关于老旧小区加装电梯资金补助办法尽快出台并向社会公开征求意见的建议",
        seconders=[local_towns.jia.parties["second"].id],
        costs=[{"item": "灯具", "amount": "12.5"}],
        shares={"区级": "10"},
        place={"street": "马峦街道"},
    )
    local_towns.jia.assign(number)
    local_towns.jia.close(number)
    local_towns.jia.assign(local_towns.jia.propose("修路"))
    return serve(local_towns.app)


def sign_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/jia/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")


def narrow(page: Page) -> bool:
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return fits


PUBLIC = ["/", "/jia/", "/jia/sign-in", "/jia/practices/suggestions", "/jia/sheets/suggestions/year", "/host/sign-in"]
CLERK = [
    "/jia/", "/jia/matters", "/jia/matters/1", "/jia/matters/3", "/jia/matters/3/withdraw", "/jia/people/",
    "/jia/people/1", "/jia/organs/1", "/jia/record", "/jia/account", "/jia/notices/1", "/jia/sheets/",
]  # fmt: skip


def test_no_page_is_wider_than_the_screen_in_any_size_of_print(page: Page, address: str) -> None:
    def look(paths: list[str]) -> None:
        for path in paths:
            page.goto(f"{address}{path}")
            undrawn = page.locator("figure[data-chart]:not([data-drawn]), figure[data-diagram]:not([data-drawn])")
            expect(undrawn).to_have_count(0)
            for size in ("normal", "largest"):
                page.locator(f'[data-text-size-choice="{size}"]').click()
                assert narrow(page), (path, size)

    look(PUBLIC)
    sign_in(page, address, "clerk")
    look(CLERK)
    page.get_by_role("button", name="退出").click()
    sign_in(page, address, "deputy")
    look(["/jia/practices/suggestions/open/propose"])


def test_one_action_is_taken_with_the_keyboard_alone(pages: Pages, local_towns: Towns, serve: Serving) -> None:
    number = local_towns.jia.propose("修路")
    address = serve(local_towns.app)
    page = pages.open()
    sign_in(page, address, "clerk")
    page.goto(f"{address}/jia/")

    def tab_to(text: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            told = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name")
            if told == text:
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                return
        raise AssertionError(f"the keyboard did not reach {text}")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to("修路")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/matters/{number}")
    tab_to("交办")
    page.keyboard.press("Enter")
    page.wait_for_url("**/assign")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "organ":
            break
    page.keyboard.press("ArrowDown")
    tab_to("确认 · 交办")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/matters/{number}")
    expect(page.get_by_role("status")).to_contain_text("已办理“交办”")
    assert local_towns.jia.world.matter(number).state == "assigned"


def test_a_refused_form_comes_back_with_its_mistakes_and_its_entries(page: Page, pages: Pages, address: str) -> None:
    pages.expect_complaint("422")
    sign_in(page, address, "deputy")
    page.goto(f"{address}/jia/practices/suggestions/open/propose")
    page.get_by_label("正文").fill("夜里太暗。")
    page.get_by_role("button", name=re.compile("确认")).click()
    expect(page.get_by_role("alert")).to_contain_text("有 1 处需要改正")
    expect(page.locator("#f-title-error")).to_have_text("必须填写。")
    expect(page.get_by_label("正文")).to_have_value("夜里太暗。")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#f-title")).to_be_in_viewport()
    page.get_by_label("标题").fill("路灯")
    page.get_by_role("button", name=re.compile("确认")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("路灯")


def test_a_score_opens_its_reasons_and_a_deadline_its_days(pages: Pages, address: str) -> None:
    page = pages.open(PHONE)
    sign_in(page, address, "deputy")
    page.goto(f"{address}/jia/matters/1")
    expect(page.locator(".score")).to_have_text("53")
    expect(page.locator("figure[data-drawn] svg")).to_be_visible()
    page.locator("summary", has_text="理由").click()
    expect(page.locator(".reasons")).to_contain_text("80")
    page.goto(f"{address}/jia/matters/3")
    page.locator(".deadline summary").click()
    expect(page.locator(".days li").first).to_contain_text("起算当日不计入")
    expect(page.locator(".days li").last).to_contain_text("第20个工作日")


def test_the_life_of_a_matter_is_drawn_and_told_in_a_table(page: Page, address: str) -> None:
    page.goto(f"{address}/jia/practices/suggestions")
    expect(page.locator("svg.diagram")).to_have_count(2)
    page.locator("summary", has_text="用表格看").first.click()
    expect(page.get_by_role("row", name=re.compile("请求会办|交办")).first).to_be_visible()


def test_every_page_has_one_name_for_each_place(pages: Pages, address: str) -> None:
    page = pages.open()
    sign_in(page, address, "clerk")
    for path in CLERK:
        page.goto(f"{address}{path}")
        unnamed = page.evaluate(
            """[...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]
            .filter(e => !(e.labels && e.labels.length) && !e.getAttribute('aria-label')).map(e => e.name)"""
        )
        assert unnamed == [], path
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_the_host_checks_a_district_without_leaving_the_page(pages: Pages, local_towns: Towns, serve: Serving) -> None:
    with local_towns.jia.world.store.hosting() as session:
        session.add(HostAccountRow(login="ops", name="管理员戊", password=accounts.hashed(PASSWORD)))
    address = serve(local_towns.app)
    page = pages.open()
    page.goto(f"{address}/host/sign-in")
    page.get_by_label("登录名").fill("ops")
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page.locator("html[data-text-size]")).to_be_attached()
    page.locator("#loaded-jia a").click()
    expect(page.locator("#loaded-jia")).to_contain_text("规则正常")
    page.locator("#loaded-bing a").click()
    expect(page.locator("#loaded-bing")).to_contain_text("不是合法的 TOML")
    assert page.url.endswith("/host/")
