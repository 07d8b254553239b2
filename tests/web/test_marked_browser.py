"""A refused table in a real browser: the marked file is downloaded out of the page, and the page fits the screen."""

from pathlib import Path

from playwright.sync_api import Page, expect

from backing.pages import Serving
from backing.workbooks import workbook
from backing.world import PASSWORD, Towns
from renda.services.imports.rows import rows_of
from renda.services.imports.tables import Mistakes


def test_a_clerk_downloads_the_marked_table_from_the_page(
    page: Page, local_towns: Towns, serve: Serving, tmp_path: Path
) -> None:
    address = serve(local_towns.app)
    page.goto(f"{address}/jia/sign-in?back=/jia/tables/people")
    page.get_by_label("登录名").fill("clerk")
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    file = workbook(tmp_path / "名册.xlsx", ["代码", "姓名"], ["p1", "甲"], ["p2", ""], ["", "丙"])
    page.get_by_label("填好的表格").set_input_files(str(file))
    page.get_by_role("button", name="试导入").click()
    link = page.get_by_role("link", name="下载标出错误的表格")
    expect(link).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with page.expect_download() as coming:
        link.click()
    assert coming.value.suggested_filename == "名册-标出错误.xlsx"
    back = tmp_path / "back.xlsx"
    coming.value.save_as(back)
    assert [row.cells["代码"] for row in rows_of(back, "", Mistakes(), ["代码", "姓名"])] == ["p1", "p2", ""]
