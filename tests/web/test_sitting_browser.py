"""A whole sitting in a real browser: thirty phones, a secret ballot on five heads, the hall's screen, the minutes."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from backing.databases import Database
from backing.pages import PHONE, Pages, Serving
from backing.world import PASSWORD
from renda.matter import Actor, Party
from renda.model import PersonRow
from renda.services import accounts, meetings
from renda.services.ballots import FolderKeys
from renda.services.meetings import Item
from renda.testing.factories import World
from renda.voting import percent
from renda.web.app import create_app

FILES = Path(__file__).parents[2] / "districts" / "yangpu"
DAY = date(2021, 10, 21)
MEMBERS = 30
CLERK = Actor(None, "工作人员丙", frozenset({"clerk"}))
HEADS = (("市场监管局", "局长"), ("国资委", "主任"), ("投促办", "主任"), ("教育局", "局长"), ("建管委", "主任"))
# How many of the thirty are 满意, 基本满意, 不满意 with each head.
WISHED = ((27, 2, 1), (26, 4, 0), (25, 4, 1), (24, 5, 1), (29, 1, 0))
LEVELS = ("满意", "基本满意", "不满意")
POLLED = {"counts": {"满意": 8, "基本满意": 2}, "satisfied_count": 10, "base_count": 10, "failed": False}
RELEASE = 2.5


@dataclass
class Town:
    """杨浦's own rules; a batch of five heads that has come to its meeting; thirty members with accounts."""

    world: World
    app: Any
    batch: int = 0
    meeting: int = 0
    members: list[Party] = field(default_factory=list)

    def states(self) -> list[str]:
        return [each.state for each in self.world.matter(self.batch).children("appraisal")]


@pytest.fixture
def town(sqlite_database: Database, tmp_path: Path) -> Iterator[Town]:
    folder = tmp_path / "districts" / "yangpu"
    folder.mkdir(parents=True)
    for name in ("district.toml", "duty_appraisal.toml"):
        (folder / name).write_text((FILES / name).read_text("utf-8"), encoding="utf-8")
    world = World(sqlite_database.app_url, folder.parent, "yangpu", day=date(2021, 9, 1))
    keys = FolderKeys(tmp_path / "keys")
    app = create_app(world.installation, secret_key="for-tests-only", secure_cookies=False, plugins=(), keys=keys)
    made = Town(world, app)
    made.members = [world.deputy(f"委员甲{place:02d}", committee_member=True) for place in range(1, MEMBERS + 1)]
    made.batch = sitting_of(world)
    kept = accounts.hashed(PASSWORD)
    with world.writing() as desk:
        accounts.add(desk, "clerk", "工作人员丙", ("clerk",), kept_password=kept)
        accounts.add(desk, "chair", "主持人乙", ("chair",), kept_password=kept)
        for place, party in enumerate(made.members, 1):
            row = desk.session.get_one(PersonRow, party.id)
            accounts.add(desk, f"m{place}", party.name, ("member", "deputy"), kept_password=kept, person=row)
        agenda = [Item("听取和评议五名政府工作部门主要负责人的履职报告", matter=made.batch)]
        made.meeting = meetings.convene(desk, CLERK, "committee", number=50, day=DAY, place="三楼会议厅", agenda=agenda)
    yield made
    world.close()


def sitting_of(world: World) -> int:
    """A batch heard and reported, so that only the ballot is left."""
    clerk, chair, system = world.actor("clerk"), world.actor("chair"), world.actor("system")
    officials = [world.official(f"{organ}{post}", organ, post, since=date(2017, 1, 1)) for organ, post in HEADS]
    said = {
        "number": 5, "officials": [each.id for each in officials], "leader": world.person("组长丙").id,
        "members": [world.person("组员丁").id], "meeting": "第五十次会议", "meeting_on": DAY,
    }  # fmt: skip
    batch = world.act(clerk, "启动评议", said, practice="duty_appraisal").matter_id
    world.act(chair, "批准评议方案", {}, matter=batch)
    appraisals = world.matter(batch).children("appraisal")
    with world.reading() as desk:
        headings = list(desk.rulebook.practice_on("duty_appraisal", desk.day).practice.params.headings)
    for official, each in zip(officials, appraisals, strict=True):
        for audience in ("leaders", "staff", "deputies", "users"):
            heard = {"sort": "forum", "audience": audience, "found": "属实"}
            world.act(clerk, "记录调研", heard, parent=each.id)
        poll = {"ballot": 1, "outcome": "满意或基本满意", "figures": POLLED}
        world.act(system, "记录民主测评", poll, matter=each.id, then="begun")
        actor = world.actor("department", person=official)
        world.act(actor, "提交履职报告", {"document": "履职报告", "covered": headings}, matter=each.id)
    world.go_to(DAY)
    world.act(clerk, "开会评议", {}, matter=batch)
    for each in appraisals:
        world.act(clerk, "记录会议报告", {"spoken": "self"}, matter=each.id)
    return batch


def sign_in(page: Page, address: str, login: str, back: str) -> None:
    page.goto(f"{address}/yangpu/sign-in?back={back}")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{back}")


def wishes(place: int) -> list[str]:
    """What the member of that place (from 0) marks for each head: the first so many 满意, and so on."""
    return [next(level for level, upto in zip(LEVELS, ends(counts), strict=True) if place < upto) for counts in WISHED]


def ends(counts: tuple[int, ...]) -> list[int]:
    return [sum(counts[: at + 1]) for at in range(len(counts))]


def arrive(phone: Page, town: Town, address: str, place: int) -> list[Any]:
    """A member signs in to the sitting with the code of the hall's screen; answers the phone's cookies."""
    phone.context.clear_cookies()
    with town.world.reading() as desk:
        code = meetings.hall_code(desk, town.meeting)
    sign_in(phone, address, f"m{place + 1}", f"/yangpu/meetings/{town.meeting}/here?code={code}")
    phone.locator("main").get_by_role("button", name="签到").click()
    expect(phone.locator(".arrived")).to_contain_text("您已签到")
    return list(phone.context.cookies())


def vote(phone: Page, address: str, cookies: list[Any], marks: list[str]) -> None:
    phone.context.clear_cookies()
    phone.context.add_cookies(cookies)
    phone.goto(f"{address}/yangpu/vote")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for code, mark in enumerate(marks, 1):
        line = phone.locator(f'fieldset[data-code="{code}"]')
        line.get_by_role("radio", name=mark, exact=True).check(force=True)
    phone.get_by_role("button", name="投票").click()
    expect(phone.get_by_text("您的票已收到,将计入结果。")).to_be_visible()


def test_a_sitting_is_run_from_the_sign_in_to_the_minutes(
    town: Town, pages: Pages, serve: Serving, tmp_path: Path
) -> None:
    address, here = serve(town.app), f"/yangpu/meetings/{town.meeting}"
    phone, clerk, chair, hall = pages.open(PHONE), pages.open(), pages.open(), pages.open((1920, 1080))
    cookies = [arrive(phone, town, address, place) for place in range(MEMBERS)]

    sign_in(clerk, address, "clerk", f"/yangpu/matters/{town.batch}")
    clerk.get_by_role("button", name="提请测评").click()
    expect(clerk.locator(".standing")).to_contain_text("测评")
    clerk.goto(f"{address}{here}")
    clerk.get_by_role("button", name="开会").click()
    clerk.goto(f"{address}{here}/ballots")
    clerk.get_by_label("第 5 批履职评议:会议测评(面对面)").check()
    clerk.get_by_role("button", name="列入本次会议").click()

    sign_in(chair, address, "chair", f"{here}/ballots")
    hall.goto(address + (chair.locator("#hall-link").get_attribute("href") or ""))
    expect(hall.locator("[data-present]")).to_have_text("30")
    chair.get_by_role("link", name="第 5 批履职评议:会议测评(面对面)").click()
    chair.get_by_role("button", name="开始表决").click()
    expect(hall.get_by_text("请投票")).to_be_visible(timeout=4000)

    for place in range(MEMBERS):
        vote(phone, address, cookies[place], wishes(place))
        if place == MEMBERS // 2:
            counted = hall.locator("[data-voted]")
            expect(counted).to_have_text(str(place + 1), timeout=4000)
            assert hall.locator(".hall-outcome, .hall-table, .hall-bars").count() == 0
    expect(hall.locator("[data-voted]")).to_have_text("30", timeout=4000)
    expect(chair.locator("#turnout [data-voted]")).to_have_text("30", timeout=4000)
    assert town.states() == ["reported"] * 5

    released = release(chair, hall)
    assert released < RELEASE
    for (organ, _), counts in zip(HEADS, WISHED, strict=True):
        row = hall.locator(".hall-table tbody tr", has_text=organ)
        assert [cell for cell in row.locator("td").all_inner_texts() if cell.isdigit()] == [
            str(each) for each in counts
        ]
        expect(row).to_contain_text("满意")
    assert town.states() == ["measured"] * 5

    clerk.goto(f"{address}{here}")
    clerk.get_by_role("link", name="闭会").click()
    clerk.locator("main").get_by_role("button", name="闭会").click()
    expect(clerk.locator(".standing")).to_contain_text("已闭会")
    clerk.goto(f"{address}{here}/minutes")
    with clerk.expect_download() as coming:
        clerk.get_by_role("link", name="下载 Word 文件").click()
    file = tmp_path / "minutes.docx"
    coming.value.save_as(file)
    said = words_of(file)
    assert "出席 30 人" in said
    assert all(member.name in said for member in town.members)
    assert "对象\t满意\t基本满意\t不满意\t满意率\t结果" in said
    for (organ, post), counts in zip(HEADS, WISHED, strict=True):
        satisfied, fairly, not_satisfied = counts
        rate = f"{percent(satisfied + fairly, MEMBERS)}%({satisfied + fairly}/{MEMBERS})"
        assert f"{organ}{post}({organ})\t{satisfied}\t{fairly}\t{not_satisfied}\t{rate}\t满意" in said


def release(chair: Page, hall: Page) -> float:
    """The chair closes and releases; answers the seconds until the hall shows the result."""
    chair.get_by_role("button", name="截止并计票").click()
    expect(chair.locator("#outcome")).to_be_visible()
    begun = time.monotonic()
    if chair.get_by_role("button", name="宣布结果").count():
        begun = time.monotonic()
        chair.get_by_role("button", name="宣布结果").click()
    expect(hall.locator(".hall-table")).to_be_visible(timeout=4000)
    return time.monotonic() - begun


def words_of(file: Path) -> str:
    """What a Word file says: its paragraphs, and its tables with a tab between the cells of a row."""
    document = Document(str(file))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)
