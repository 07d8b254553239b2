"""A sitting in a real browser: the office at its roster, the screen at the door, a phone of 360 pixels."""

import re

import pytest
from playwright.sync_api import Page, expect

from backing.pages import DESKTOP, Pages, Serving
from backing.world import FIRST, PASSWORD, Towns
from renda.matter import SYSTEM
from renda.services import meetings
from renda.services.meetings import Item

SMALL = (360, 740)


@pytest.fixture
def number(local_towns: Towns) -> int:
    """A sitting of the congress with a long agenda and a seat."""
    with local_towns.jia.world.writing() as desk:
        items = [Item(f"听取和审议关于第{place}项民生实事项目推进情况的专项工作报告") for place in range(1, 9)]
        made = meetings.convene(desk, SYSTEM, "congress", number=3, day=FIRST, place="区会议中心一楼", agenda=items)
        meetings.give_seats(desk, SYSTEM, made, {local_towns.jia.parties["second"].id: "1排2座"})
        return made


@pytest.fixture
def address(local_towns: Towns, serve: Serving) -> str:
    """Where it is served."""
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


def test_no_page_of_a_sitting_is_wider_than_a_phone(pages: Pages, address: str, number: int) -> None:
    page = pages.open(SMALL)
    sign_in(page, address, "clerk")
    here = f"{address}/jia/meetings/{number}"
    paths = ["", "/leave?person=1", "/seats", "/agenda", "/terminals", "/sheet", "/minutes"]
    for path in [f"{address}/jia/meetings/", f"{address}/jia/meetings/convene", *(f"{here}{path}" for path in paths)]:
        page.goto(path)
        assert narrow(page), path
    page.goto(here)
    door = page.get_by_role("link", name="签到屏幕").get_attribute("href") or ""
    for path in (door, "/jia/arrive"):
        page.goto(f"{address}{path}")
        assert narrow(page), path


def test_the_screen_and_the_office_see_a_sign_in_without_asking(
    pages: Pages, address: str, number: int, local_towns: Towns
) -> None:
    office, screen, phone = pages.open(DESKTOP), pages.open(DESKTOP), pages.open(SMALL)
    sign_in(office, address, "clerk")
    office.goto(f"{address}/jia/meetings/{number}")
    door = office.get_by_role("link", name="签到屏幕").get_attribute("href") or ""
    screen.goto(f"{address}{door}")
    expect(screen.get_by_role("img", name="签到二维码")).to_be_visible()
    expect(screen.locator(".door-count")).to_contain_text("在场 0")
    with local_towns.jia.world.reading() as desk:
        code = meetings.hall_code(desk, number)
    sign_in(phone, address, "deputy")
    phone.goto(f"{address}/jia/meetings/{number}/here?code={code}")
    button = phone.get_by_role("button", name=re.compile("^签到"))
    expect(button).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator(".arrived")).to_contain_text("您已签到")
    expect(screen.locator(".door-count")).to_contain_text("在场 1")
    expect(office.locator("#presence")).to_contain_text("还差 1 人")


def test_the_office_signs_in_with_the_keyboard_and_stays_at_the_line(
    pages: Pages, address: str, number: int, local_towns: Towns
) -> None:
    page = pages.open(DESKTOP)
    sign_in(page, address, "clerk")
    page.goto(f"{address}/jia/meetings/{number}?show=expected")
    person = local_towns.jia.parties["second"].id
    page.get_by_role("button", name="签到 代表甲二").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("已办理“签到”：代表甲二")
    assert page.url.endswith(f"?show=expected#p{person}")
    expect(page.locator("table.roster tbody tr")).to_have_count(1)
