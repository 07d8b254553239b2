"""Secret papers are sealed in the browser: where it cannot be, none is taken, and page and server say what to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select
from web.test_ballot_browser import papers, pick, sign_in
from web.test_ballot_pages import post

from backing.chamber import Chamber, make_chamber
from backing.databases import Database
from backing.pages import PHONE, Pages, Serving
from renda.model import EnvelopeRow
from renda.settings import settings_from

NOT_TAKEN = (
    "“关于批准决算的决议”是无记名表决,票须在您的手机或终端上密封后送出,这一张没有收下。"
    "请用 https 开头的地址打开投票页,并允许网页脚本;不能这样做的,请向会务工作人员领取纸质票。"
)
CANNOT = "本页不能在本机密封选票,所以不能投票。请用 https 开头的地址打开,或向会务工作人员领取纸质票。"


@pytest.fixture
def chamber(database_url: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(database_url.app_url, tmp_path, server_sealing=False)
    yield made
    made.world.close()


def envelopes(chamber: Chamber) -> int:
    with chamber.world.reading() as desk:
        return desk.session.scalar(select(func.count()).select_from(EnvelopeRow)) or 0


def test_marks_that_come_open_are_refused_with_what_to_do(chamber: Chamber) -> None:
    number, member = chamber.ready(), chamber.as_("m1")
    path = f"/jia/ballots/{number}/cast"
    for given in ({"m.1": "0001"}, {"m.1": "0001", "cast": "1"}):
        assert NOT_TAKEN in member.send(path, "/jia/vote", **given).text
    said: dict[str, Any] = {"submission": "a" * 24, "marks": {"1": "0001"}, "names": []}
    refused = post(member, number, said)
    assert (refused.status_code, refused.json["code"]) == (403, "vote.sealing")
    assert envelopes(chamber) == 0


def test_a_named_ballot_takes_papers_that_came_open(chamber: Chamber) -> None:
    number, member = chamber.ready(secrecy="named"), chamber.as_("m1")
    said: dict[str, Any] = {"submission": "a" * 24, "marks": {"1": "0001"}, "names": []}
    assert post(member, number, said).json["answer"] == "counted"


def test_the_host_switches_it_on_by_name_and_by_nothing_else() -> None:
    assert not settings_from({}).server_sealing
    assert settings_from({"RENDA_SERVER_SEALING": "yes"}).server_sealing


def test_without_a_script_a_secret_paper_cannot_be_sent(chamber: Chamber, pages: Pages, serve: Serving) -> None:
    chamber.ready()
    page = pages.open(PHONE, java_script_enabled=False)
    sign_in(page, serve(chamber.towns.app), "m1")
    expect(page.get_by_role("button", name="投票")).to_be_disabled()
    expect(page.get_by_text("无记名的票须由网页脚本在本机密封。")).to_be_visible()


def test_over_http_the_page_says_that_it_cannot_seal_and_sends_nothing(
    chamber: Chamber, pages: Pages, serve: Serving
) -> None:
    chamber.ready()
    page = pages.open(PHONE)
    page.add_init_script("Object.defineProperty(globalThis, 'isSecureContext', { value: false })")
    sign_in(page, serve(chamber.towns.app), "m1")
    expect(page.get_by_text(CANNOT)).to_be_visible()
    expect(page.get_by_role("button", name="投票")).to_be_disabled()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert envelopes(chamber) == 0


def test_a_shared_terminal_keeps_nothing_of_the_voter_before(chamber: Chamber, pages: Pages, serve: Serving) -> None:
    number = chamber.ready()
    page = pages.open(PHONE)
    sign_in(page, serve(chamber.towns.app), "m1")
    pick(page, "1", "反对")
    page.get_by_role("button", name="投票").click()
    expect(page.get_by_text("您的票已收到")).to_be_visible()
    assert papers(chamber, number) == [{"marks": {"1": ["no"]}}]
    page.goto(page.url.replace("/vote", "/"))
    page.go_back()
    expect(page.get_by_text("您的票已收到。")).to_be_visible()
    kept = page.evaluate("[{...localStorage}, {...sessionStorage}, document.body.innerHTML, history.state]")
    # htmx notes the address of the page, and nothing of it.
    assert (kept[0], set(kept[1].values()), kept[3]) == ({}, {"/jia/vote"}, None)
    assert "checked" not in kept[2]
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases()") == []
