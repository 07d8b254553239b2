"""A citizen with a phone and one with a keyboard answer a questionnaire."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from backing.asking import Town, make_town
from backing.databases import Database
from backing.pages import PHONE, Pages, Serving
from renda.services.questionnaires import finding
from renda.web.app import create_app


@pytest.fixture
def town(sqlite_database: Database, tmp_path: Path) -> Iterator[Town]:
    made = make_town(sqlite_database.app_url, tmp_path)
    yield made
    made.world.close()


@pytest.fixture
def address(town: Town, serve: Serving) -> str:
    number = town.ask("关于今年民生实事项目和明年最希望办的实事的意见征求")
    app = create_app(town.world.installation, secret_key="of a test", keys=town.keys, secure_cookies=False)
    return f"{serve(app)}/jia/questionnaires/{number}"


def fits(page: Page) -> bool:
    narrow: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return narrow


def answered(town: Town) -> int:
    with town.world.reading() as desk:
        return finding.answered(desk, finding.find(desk, 1))


def test_on_a_phone_a_whole_line_can_be_touched_in_any_size_of_print(pages: Pages, address: str, town: Town) -> None:
    page = pages.open(PHONE)
    page.goto(address)
    for size in ("largest", "normal"):
        page.locator(f'[data-text-size-choice="{size}"]').click()
        assert fits(page), size
        heights = page.locator(".tick").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(heights) >= 44
    page.get_by_role("group", name="总体满意吗").get_by_text("不满意", exact=True).tap()
    page.get_by_role("group", name="您希望做什么").get_by_text("交通").tap()
    page.get_by_role("textbox", name="您希望做什么").fill("路灯")
    page.get_by_role("button", name="交卷").tap()
    expect(page.get_by_role("status")).to_have_text("您的答卷已经收到，谢谢。")
    assert fits(page)
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text("这台设备已经交过这份问卷")
    assert answered(town) == 1


def test_the_keyboard_alone_fills_it_in_and_is_led_to_what_is_missing(pages: Pages, address: str, town: Town) -> None:
    page = pages.open()
    pages.expect_complaint("422")
    page.goto(address)
    page.get_by_role("radio", name="满意", exact=True).first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="一般")).to_be_checked()
    page.get_by_role("textbox", name="您希望做什么").focus()
    page.keyboard.type("路灯")
    page.get_by_role("button", name="交卷").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("第 3 题请选择类别。")
    expect(page.get_by_role("radio", name="一般")).to_be_checked()
    expect(page.get_by_role("textbox", name="您希望做什么")).to_have_value("路灯")
    page.get_by_role("radio", name="交通").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="交卷").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("您的答卷已经收到，谢谢。")
    assert answered(town) == 1
