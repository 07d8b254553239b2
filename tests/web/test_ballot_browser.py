"""A ballot in a real browser: sealed by its WebCrypto, opened by our code; network failures; the hall's screen."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from backing.chamber import CLERK, Chamber, make_chamber
from backing.databases import Database
from backing.pages import PHONE, Pages, Serving
from backing.world import PASSWORD
from renda.model import EnvelopeRow
from renda.sealing import opened, sealed_length
from renda.services import ballots, meetings
from renda.services.ballots.keys import about, name_of

SUBJECTS = ["关于教育工作报告", "关于城建工作报告", "关于财政工作报告"]
ELECTION = {"seats": 1, "base": "all_members", "threshold": "more_than_half", "write_in": "when_opposed"}


@pytest.fixture
def chamber(sqlite_database: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(sqlite_database.app_url, tmp_path)
    yield made
    made.world.close()


def sign_in(page: Page, address: str, login: str, back: str = "/jia/vote") -> None:
    page.goto(f"{address}/jia/sign-in?back={back}")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{back}")


def pick(page: Page, code: str, label: str) -> None:
    page.locator(f'fieldset[data-code="{code}"]').get_by_role("radio", name=label, exact=True).check(force=True)


def papers(chamber: Chamber, number: int) -> list[Any]:
    """The sealed papers, opened with the very code that opens them at the close."""
    with chamber.world.reading() as desk:
        row = ballots.find(desk, number)
        private = chamber.keys.read(name_of(row))
        assert private is not None
        kept = desk.session.scalars(select(EnvelopeRow)).all()
        assert {len(each.sealed) for each in kept} == {sealed_length(row.paper_bytes)}
        return [json.loads(opened(bytes(each.sealed), private, about(row))) for each in kept]


def sent(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def listen(request: Any) -> None:
        if request.url.endswith("/cast"):
            found.append({"length": len(request.post_data or ""), **json.loads(request.post_data or "{}")})

    page.on("request", listen)
    return found


def test_a_phone_seals_a_paper_that_our_code_opens(chamber: Chamber, pages: Pages, serve: Serving) -> None:
    number = chamber.ready("工作测评", "measurement", SUBJECTS)
    page = pages.open(PHONE)
    asked = sent(page)
    sign_in(page, serve(chamber.towns.app), "m1")
    pick(page, "1", "满意")
    pick(page, "2", "不满意")
    page.get_by_role("button", name="投票").click()
    expect(page.get_by_text("还有 1 项没有选。")).to_be_visible()
    assert asked == []
    pick(page, "3", "基本满意")
    page.get_by_role("button", name="投票").click()
    expect(page.get_by_text("您的票已收到,将计入结果。")).to_be_visible()
    expect(page.get_by_text("这张票在本机密封后送出")).to_be_visible()
    assert set(asked[0]) == {"length", "submission", "envelope"}
    assert papers(chamber, number) == [{"marks": {"1": ["满意"], "2": ["不满意"], "3": ["基本满意"]}}]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    chamber.close(number)
    assert chamber.row(number).result["turnout"]["returned"] == 1


def test_elections_and_selections_are_sealed_as_they_are_counted(
    chamber: Chamber, pages: Pages, serve: Serving
) -> None:
    election = chamber.ready("选举副主任", "election", ["候选人甲", "候选人乙"], rule=ELECTION)
    page = pages.open()
    address = serve(chamber.towns.app)
    sign_in(page, address, "m1")
    pick(page, "1", "赞成")
    pick(page, "2", "赞成")
    page.get_by_role("button", name="投票").click()
    expect(page.get_by_text("最多选 1 项,现在选了 2 项,这样是无效票。请改正。")).to_be_visible()
    pick(page, "1", "反对")
    pick(page, "2", "弃权")
    page.get_by_label("另选人姓名 1").fill("候选人丙")
    page.get_by_role("button", name="投票").click()
    expect(page.get_by_text("您的票已收到")).to_be_visible()
    assert papers(chamber, election) == [{"marks": {"1": "no", "2": "abstain"}, "written": ["候选人丙"]}]
    chamber.close(election)
    assert chamber.row(election).result["subjects"]["候选人丙"]["votes"] == 1
    chosen = chamber.ready("票决项目", "selection", SUBJECTS, rule={"seats": 2, "marking": "up_to_n"})
    pick_at = page.locator(f"#ballot-{chosen}")
    pick_at.locator('fieldset[data-code="3"]').get_by_role("radio", name="选", exact=True).check(force=True)
    expect(pick_at.get_by_text("已选 1 项,最多选 2 项。")).to_be_visible()
    pick_at.locator('fieldset[data-code="1"]').get_by_role("radio", name="选", exact=True).check(force=True)
    pick_at.get_by_role("button", name="投票").click()
    expect(pick_at.get_by_text("您的票已收到")).to_be_visible()
    assert papers(chamber, chosen) == [{"chosen": ["1", "3"]}]


def test_where_the_host_allows_it_the_server_seals_and_the_page_says_so(
    chamber: Chamber, pages: Pages, serve: Serving
) -> None:
    number = chamber.ready("工作测评", "measurement", SUBJECTS[:1], press="last")
    page = pages.open(PHONE)
    page.add_init_script("Object.defineProperty(globalThis, 'isSecureContext', { value: false })")
    asked = sent(page)
    sign_in(page, serve(chamber.towns.app), "m1")
    for mark in ("满意", "基本满意"):
        pick(page, "1", mark)
        page.get_by_role("button", name="投票").click()
        expect(page.get_by_text("您的票已收到,将计入结果。 以最后一次按键为准,截止前可以改投。")).to_be_visible()
        expect(page.get_by_text("这张票由服务器密封;投票时,管理服务器的人有可能看到票面。")).to_be_visible()
    assert len({each["length"] for each in asked}) == 1
    assert len({each["submission"] for each in asked}) == 2
    assert papers(chamber, number) == [{"marks": {"1": ["基本满意"]}}]


def test_an_answer_that_got_lost_is_asked_for_again_and_counts_once(
    chamber: Chamber, pages: Pages, serve: Serving
) -> None:
    number = chamber.ready()
    page = pages.open(PHONE)
    pages.expect_complaint("ERR_FAILED")
    sign_in(page, serve(chamber.towns.app), "m1")
    asked = sent(page)

    def lose_the_first(route: Route) -> None:
        if len(asked) > 1:
            route.continue_()
            return
        route.fetch()
        route.abort()

    page.route("**/cast", lose_the_first)
    pick(page, "1", "赞成")
    page.get_by_role("button", name="投票").click()
    expect(page.get_by_text("网络中断,第 1 次重试。这张票是否收到还不清楚,请不要关闭页面。")).to_be_visible()
    expect(page.get_by_text("您的票已收到,将计入结果。")).to_be_visible()
    assert len({(each["submission"], each["envelope"]) for each in asked}) == 1
    assert len(papers(chamber, number)) == 1


def test_a_terminal_is_used_with_the_keyboard_alone(chamber: Chamber, pages: Pages, serve: Serving) -> None:
    number = chamber.ready()
    with chamber.world.writing() as desk:
        slip = meetings.give_slip(desk, CLERK, chamber.meeting, chamber.members[1].id)
    page = pages.open()
    page.goto(f"{serve(chamber.towns.app)}/jia/seat")
    page.keyboard.type(slip)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("委员甲2")
    expect(page.locator("form[data-ready]")).to_be_attached()
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.mark") == "yes"
    page.keyboard.press("Enter")
    expect(page.get_by_text("您的票已收到")).to_be_visible()
    assert papers(chamber, number) == [{"marks": {"1": ["yes"]}}]


def test_a_page_without_a_script_votes_too(chamber: Chamber, pages: Pages, serve: Serving) -> None:
    number = chamber.ready()
    page = pages.open(PHONE, java_script_enabled=False)
    sign_in(page, serve(chamber.towns.app), "m1")
    page.locator(".choice", has_text="反对").click()
    page.get_by_role("button", name="投票").click()
    expect(page.get_by_text("反对")).to_be_visible()
    page.get_by_role("button", name="投出").click()
    expect(page.locator("#answer")).to_have_text("您的票已收到,将计入结果。")
    assert papers(chamber, number) == [{"marks": {"1": ["no"]}}]


def test_hall_and_phones_follow_a_ballot_without_being_touched(chamber: Chamber, pages: Pages, serve: Serving) -> None:
    number, address = chamber.prepare(display="delayed"), serve(chamber.towns.app)
    chair, phone, hall = pages.open(), pages.open(PHONE), pages.open((1920, 1080))
    sign_in(chair, address, "chair", f"/jia/meetings/{chamber.meeting}/ballots")
    hall.goto(address + (chair.locator("#hall-link").get_attribute("href") or ""))
    expect(hall.get_by_text("请签到就座，等候表决。")).to_be_visible()
    sign_in(phone, address, "m1")
    expect(phone.get_by_text("现在没有等您投的表决。")).to_be_visible()
    chair.goto(f"{address}/jia/ballots/{number}")
    chair.get_by_role("button", name="开始表决").click()
    expect(hall.get_by_text("请投票")).to_be_visible(timeout=4000)
    expect(phone.locator(f"#ballot-{number}")).to_be_visible(timeout=6000)
    pick(phone, "1", "赞成")
    phone.get_by_role("button", name="投票").click()
    expect(hall.locator(f'[data-voted="{number}"]')).to_have_text("1", timeout=4000)
    expect(chair.locator(f'[data-voted="{number}"]')).to_have_text("1", timeout=4000)
    for member in (1, 2):
        chamber.mark(number, member, "yes")
    chair.get_by_role("button", name="截止并计票").click()
    expect(chair.locator("#outcome")).to_contain_text("通过")
    expect(hall.get_by_text("表决已截止，请等候宣布结果。")).to_be_visible(timeout=4000)
    assert "通过" not in hall.content()
    chair.get_by_role("button", name="宣布结果").click()
    expect(hall.locator(".hall-outcome")).to_have_text("通过", timeout=2500)


def test_a_phone_says_that_a_ballot_ended_before_its_paper_was_sent(
    chamber: Chamber, pages: Pages, serve: Serving
) -> None:
    number = chamber.ready()
    page = pages.open(PHONE)
    sign_in(page, serve(chamber.towns.app), "m1")
    expect(page.locator("#live[data-followed]")).to_be_attached()
    pick(page, "1", "赞成")
    with chamber.world.writing() as desk:
        ballots.stop(desk, CLERK, number)
    expect(page.get_by_text("表决已经截止,这里没有投出票。")).to_be_visible(timeout=6000)
    expect(page.get_by_role("button", name="投票")).to_have_count(0)


def test_every_place_of_the_pages_has_a_name(chamber: Chamber, pages: Pages, serve: Serving) -> None:
    number, address = chamber.ready("工作测评", "measurement", SUBJECTS), serve(chamber.towns.app)
    page = pages.open()
    sign_in(page, address, "clerk", f"/jia/meetings/{chamber.meeting}/ballots")
    for path in ("/ballots/new", "/ballots"):
        page.goto(f"{address}/jia/meetings/{chamber.meeting}{path}")
        unnamed = page.evaluate(
            """[...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]
            .filter(e => !(e.labels && e.labels.length) && !e.getAttribute('aria-label')).map(e => e.name)"""
        )
        assert unnamed == []
        assert page.locator("h1").count() == 1
    assert "工作测评" in page.locator(f"#row-{number}").inner_text()
