"""The style sheet and the scripts in a real browser, under the strictest content security policy."""

import json
import mimetypes
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from backing.pages import PHONE, Pages, Serving
from backing.repository import ROOT, build_hook

BUILT = ROOT / build_hook().BUILT
POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

Start = Callable[[str, list[tuple[str, str]]], object]


class Sample:
    """Serves sample.html at / with the built files beside it, and counts what is posted."""

    def __init__(self) -> None:
        self.posted = 0

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "POST":
            self.posted += 1
            start("204 No Content", [])
            return []
        if path.startswith("/static/"):
            kind, content = mimetypes.guess_type(path)[0] or "", (BUILT / Path(path).name).read_bytes()
        else:
            kind, content = "text/html; charset=utf-8", sample().encode()
        start("200 OK", [("Content-Type", kind), ("Content-Security-Policy", POLICY)])
        return [content]


def sample() -> str:
    names = json.loads((BUILT / "manifest.json").read_text("utf-8"))["files"]
    page = Path(__file__).with_name("sample.html").read_text("utf-8")
    return re.sub(r"\{([a-z]+\.[a-z]+)\}", lambda match: names[match[1]], page)


@pytest.fixture
def opened(page: Page, serve: Serving) -> Page:
    page.goto(serve(Sample()))
    expect(page.locator("[data-drawn]")).to_have_count(4)
    return page


def test_charts_are_drawn_and_described_under_a_strict_policy(opened: Page) -> None:
    for name, title in (("bars", "得分构成"), ("lines", "历年平均"), ("heat", "预警")):
        drawn = opened.locator(f"#{name} .chart")
        expect(drawn).to_have_attribute("aria-label", title)
        assert drawn.locator("svg path").count() > 3
    expect(opened.locator("#bars svg")).to_contain_text("78")


def test_the_numbers_stay_readable_as_a_table(opened: Page) -> None:
    fold = opened.locator("#bars details")
    expect(fold.locator("table")).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("td").last).to_have_text("78")
    expect(fold.locator("td").last).to_be_visible()


def test_states_and_the_actions_between_them_are_drawn(opened: Page) -> None:
    diagram = opened.locator("#states svg")
    expect(diagram).to_have_attribute("aria-label", "建议的一生")
    assert diagram.locator("rect.diagram-node").count() == 6
    assert diagram.locator("rect.is-current").count() == 1
    # Eight actions: two lead from one state to the same other, and one leaves its state where it is.
    assert diagram.locator("path.diagram-edge").count() == 6
    expect(diagram.locator("text.diagram-node-note")).to_have_text("↻ 延期")
    expect(diagram).to_contain_text("逾期视为满意")


def test_the_page_is_not_wider_than_the_screen(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_large_print_grows_the_page_and_is_remembered(opened: Page) -> None:
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = opened.evaluate(size)
    opened.get_by_role("button", name="大字").click()
    assert opened.evaluate(size) == before * 1.25
    opened.reload()
    expect(opened.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    assert opened.evaluate(size) == before * 1.25


def test_the_keyboard_reaches_the_text_first_and_sees_where_it_is(opened: Page) -> None:
    opened.keyboard.press("Tab")
    skip = opened.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    assert skip.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert skip.evaluate("document.activeElement.getBoundingClientRect().top") >= 0


def test_a_form_pressed_twice_is_sent_once(pages: Pages, serve: Serving) -> None:
    served = Sample()
    page = pages.open()
    page.goto(serve(served))
    expect(page.locator("[data-drawn]")).to_have_count(4)
    button = page.get_by_role("button", name="评价答复")
    with page.expect_response("**/rate"):
        button.dblclick()
    page.wait_for_timeout(150)
    assert served.posted == 1


def test_the_menu_of_a_phone_opens_and_closes(pages: Pages, serve: Serving) -> None:
    page = pages.open(PHONE)
    page.goto(serve(Sample()))
    expect(page.locator("[data-drawn]")).to_have_count(4)
    toggle = page.get_by_role("button", name="菜单")
    expect(page.locator("#menu")).to_be_hidden()
    toggle.click()
    expect(page.locator("#menu")).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    toggle.click()
    expect(page.locator("#menu")).to_be_hidden()


def test_on_paper_there_are_no_buttons_and_the_tables_are_open(pages: Pages, serve: Serving) -> None:
    page = pages.open()
    page.goto(serve(Sample()))
    expect(page.locator("[data-drawn]")).to_have_count(4)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="评价答复")).to_be_hidden()
    expect(page.locator("#bars td").last).to_be_visible()


def test_without_scripts_the_numbers_are_there(pages: Pages, serve: Serving) -> None:
    page = pages.open(java_script_enabled=False)
    page.goto(serve(Sample()))
    expect(page.locator("#bars td").last).to_be_visible()
