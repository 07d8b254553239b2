"""The board in a real browser: side by side on a desktop, under each other on a phone, never wider than the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from backing.demo import played
from backing.pages import DESKTOP, PHONE, Pages, Serving
from renda.testing.factories import World
from renda.web.app import create_app

BOARD = "/baoshan/sheets/lift_installation/board?since=2019-01-01&until=2026-11-22"


@pytest.fixture(scope="module")
def baoshan() -> Iterator[World]:
    world = played("baoshan", "lift_installation")
    yield world
    world.close()


@pytest.fixture
def address(baoshan: World, serve: Serving) -> str:
    return serve(create_app(baoshan.installation, secret_key="of a test", secure_cookies=False))


def in_a_row(page: Page) -> int:
    """How many tiles stand beside the first one."""
    tops: list[float] = page.locator(".tile").evaluate_all(
        "tiles => tiles.map(each => each.getBoundingClientRect().top)"
    )
    return tops.count(tops[0])


@pytest.mark.parametrize(("size", "beside"), [(DESKTOP, 3), (PHONE, 1)])
def test_streets_and_towns_are_tiles_that_fit_the_screen(
    pages: Pages, address: str, size: tuple[int, int], beside: int
) -> None:
    page = pages.open(size)
    page.goto(f"{address}{BOARD}")
    groups = page.get_by_role("region").filter(has=page.locator(".tiles"))
    expect(groups).to_have_count(2)
    expect(page.get_by_role("heading", level=2)).to_have_text(["街道 3", "镇 9"])
    expect(page.locator(".tile")).to_have_count(12)
    assert in_a_row(page) == beside
    for print_size in ("normal", "largest"):
        page.locator(f'[data-text-size-choice="{print_size}"]').click()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), print_size


def test_a_bar_is_drawn_by_the_page_itself_and_the_numbers_stand_below_it(pages: Pages, address: str) -> None:
    page = pages.open(DESKTOP)
    page.goto(f"{address}{BOARD}")
    first = page.locator(".tile").first
    bar = first.locator("rect.part-4").evaluate(
        "part => [getComputedStyle(part).fill, part.getBoundingClientRect().width > 50]"
    )
    assert bar == ["rgb(60, 122, 87)", True]
    expect(first.locator("dd")).to_have_text(["0", "0", "0", "1"])
    expect(page.locator("figure[data-chart]")).to_have_count(0)
    expect(page.locator("table.plain tbody tr")).to_have_count(12)
