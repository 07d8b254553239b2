"""Every view of a clue, by page, API or document, is in the security log before anything is shown; lists tell nobody else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.clues import Joint
from backing.databases import Database
from backing.world import PASSWORD, Visitor
from renda.model import NoticeRow, OrganRow, SecurityEntryRow
from renda.services import accounts, chain, security_log, tokens
from renda.services.viewing import VIEW
from renda.testing.factories import World
from renda.web.app import create_app

DISTRICTS = Path(__file__).parents[3] / "districts"
TITLE = "只给经办人看的线索"


class Watched:
    """A clue on its way, an application, and people who sign in."""

    def __init__(self, url: str) -> None:
        self.world = World(url, DISTRICTS, "pingshan", day=date(2020, 3, 2))
        self.joint = Joint(self.world)
        self.clue = self.joint.transferred(title=TITLE)
        kept = accounts.hashed(PASSWORD)
        body = self.joint.organs["区人民检察院"]
        with self.world.writing() as desk:
            row = desk.session.get(OrganRow, body.id)
            accounts.add(desk, "clerk", "工作人员", ["clerk"], kept_password=kept)
            accounts.add(desk, "member", "委员", ["member"], kept_password=kept)
            accounts.add(desk, "body", "区人民检察院", ["department"], kept_password=kept, organ=row)
        self.app = create_app(self.world.installation, secret_key="for-tests-only", secure_cookies=False, plugins=())

    def visitor(self, login: str) -> Visitor:
        visitor = Visitor(self.app.test_client())
        assert visitor.sign_in("pingshan", login).status_code == 303
        return visitor

    def api(self, login: str, path: str) -> Any:
        with self.world.writing() as desk:
            token, _ = tokens.issue(desk, accounts.find(desk, login), "测试", ("read",))
        return self.app.test_client().get(f"/api/pingshan{path}", headers={"Authorization": f"Bearer {token}"})

    def views(self) -> list[tuple[str, int | None]]:
        with self.world.reading() as desk:
            assert security_log.first_broken(desk.session) is None
            query = select(SecurityEntryRow).where(SecurityEntryRow.kind == VIEW).order_by(SecurityEntryRow.number)
            rows = desk.session.scalars(query).all()
            return [(row.actor, int(row.subject.removeprefix("matters/"))) for row in rows]


@pytest.fixture
def watched(database_url: Database) -> Iterator[Watched]:
    """On each kind of database."""
    made = Watched(database_url.app_url)
    yield made
    made.world.close()


def test_a_view_by_page_form_api_or_document_is_in_the_log(watched: Watched) -> None:
    clerk, body = watched.visitor("clerk"), watched.visitor("body")
    assert TITLE in clerk.text(f"/pingshan/matters/{watched.clue}")
    assert watched.views() == [("工作人员", watched.clue)]
    body.text(f"/pingshan/matters/{watched.clue}/accept")
    assert watched.views()[1:] == [("区人民检察院", watched.clue)]
    assert watched.api("body", f"/matters/{watched.clue}").json["payload"]["title"] == TITLE
    assert len(watched.views()) == 3
    with watched.world.reading() as desk:
        notice = desk.session.scalars(select(NoticeRow).where(NoticeRow.matter_id == watched.clue)).one().id
    body.text(f"/pingshan/notices/{notice}")
    assert watched.api("body", f"/notices/{notice}").status_code == 200
    assert watched.api("body", f"/events?matter={watched.clue}").status_code == 200
    assert len(watched.views()) == 6
    assert "查阅" in clerk.text(f"/pingshan/matters/{watched.clue}")


def test_lists_name_a_clue_by_its_number_to_everybody_and_are_no_views(watched: Watched) -> None:
    number = f"线索第 {watched.clue} 号"
    for login in ("clerk", "body"):
        visitor = watched.visitor(login)
        for path in ("/", "/matters", "/matters?kind=joint_supervision:clue", f"/matters/{watched.joint.ledger}"):
            text = visitor.text(f"/pingshan{path}")
            assert TITLE not in text
            assert number in text or path in {"/", "/matters"}
        assert TITLE not in visitor.text("/pingshan/notices/")
        assert number not in visitor.text(f"/pingshan/matters?q={TITLE}")
        told = watched.api(login, "/matters").text
        assert TITLE not in told
        assert watched.api(login, "/matters").json["items"][0]["title"] == number
    assert TITLE not in watched.visitor("clerk").text("/pingshan/record")
    assert watched.views() == []


def test_who_may_not_see_it_finds_it_nowhere_and_leaves_no_view(watched: Watched) -> None:
    member = watched.visitor("member")
    assert member.get(f"/pingshan/matters/{watched.clue}").status_code == 404
    for path in (
        "/pingshan/",
        "/pingshan/matters",
        f"/pingshan/matters?q={TITLE}",
        "/pingshan/matters?kind=joint_supervision:clue",
    ):
        assert TITLE not in member.text(path).replace(f'value="{TITLE}"', "")
    assert TITLE not in watched.api("member", "/matters").text
    assert TITLE not in watched.api("member", "/events").text
    assert watched.views() == []


def test_nothing_is_shown_where_the_view_cannot_be_recorded(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = watched.visitor("clerk")

    def broken(*_: Any, **__: Any) -> None:
        raise OSError("full")

    monkeypatch.setattr("renda.services.viewing.security_log.append", broken)
    watched.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = clerk.get(f"/pingshan/matters/{watched.clue}")
    assert answer.status_code == 500
    assert TITLE not in answer.text


def test_an_open_clue_is_watched_no_more(watched: Watched) -> None:
    joint, clue = watched.joint, watched.clue
    joint.body_does("accept", clue, case_number="1号")
    joint.clerk_does("file", clue, filed_for="并入他案")
    joint.world.act(joint.chair, "declassify", {"opened_for": "已公开"}, matter=clue)
    assert TITLE in watched.visitor("member").text(f"/pingshan/matters/{clue}")
    assert watched.views() == []


def test_views_of_a_secret_suggestion_are_recorded_too(watched: Watched) -> None:
    world = watched.world
    deputy = world.deputy("代表甲")
    draft = {"title": "防护设施", "facts": "事由", "wanted": "建议", "category": "社会治理", "session": "intersession"}
    actor = world.actor("deputy", person=deputy)
    opened = world.act(actor, "submit", {**draft, "proposer": deputy.id, "secret": True}, practice="segmented_scoring")
    clerk, named = watched.visitor("clerk"), f"代表建议第 {opened.matter_id} 号"
    assert named in clerk.text("/pingshan/matters?kind=segmented_scoring:suggestion")
    assert watched.views() == []
    page = clerk.text(f"/pingshan/matters/{opened.matter_id}")
    assert named in page
    assert "防护设施" in page
    assert watched.views() == [("工作人员", opened.matter_id)]


def test_a_view_waits_for_nobody_who_writes(watched: Watched, database_url: Database) -> None:
    """On PostgreSQL the page answers while another transaction has the district's record; SQLite has one writer."""
    clerk, path = watched.visitor("clerk"), f"/pingshan/matters/{watched.clue}"
    if database_url.kind == "sqlite":
        assert TITLE in clerk.text(path)
    else:
        with watched.world.writing() as desk:
            chain.lock(desk)
            assert TITLE in clerk.text(path)
    assert watched.views() == [("工作人员", watched.clue)]
