"""Sessions end on the server: signed out, ended from elsewhere, too old; a copied cookie is worth nothing then."""

import base64
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backing.chamber import Chamber, make_chamber
from backing.databases import Database
from backing.statements import heard
from backing.world import PASSWORD, Towns, Visitor, hidden_entries, make_towns
from renda.model import HostAccountRow, HostSessionRow
from renda.services import accounts, ballots, passwords, security_log, sessions, tokens
from renda.services.sessions import Lifetime
from renda.web.origins import coarse_network, device_of

WRITES = ("INSERT", "UPDATE", "DELETE")


def copied(towns: Towns, visitor: Visitor, slug: str = "jia") -> Visitor:
    """Another browser with a copy of somebody's cookie."""
    cookie = visitor.client.get_cookie("renda_session", path=f"/{slug}")
    assert cookie is not None
    thief = towns.visitor()
    thief.client.set_cookie("renda_session", cookie.value, path=f"/{slug}")
    return thief


def log_kinds(towns: Towns) -> list[str]:
    """What the security log of 甲区 holds, oldest first."""
    with towns.jia.world.reading() as desk:
        return [row.kind for row in security_log.following(desk.session, 0, 100)]


def test_a_copied_cookie_opens_nothing_after_signing_out(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    thief = copied(towns, clerk)
    assert thief.get("/jia/matters").status_code == 200
    assert clerk.send("/jia/sign-out", "/jia/").status_code == 303
    ended = thief.get("/jia/matters")
    assert ended.status_code == 303
    assert "您的登录已失效:已在别处结束,或者密码已改。请重新登录。" in thief.text(ended.headers["Location"])
    assert log_kinds(towns) == ["sign_in", "sign_out"]


def test_ones_own_sessions_are_listed_and_each_can_be_ended(towns: Towns) -> None:
    phone, desktop = towns.visitor(), towns.visitor()
    for visitor, agent in (
        (phone, "Mozilla (Linux; Android 14) MicroMessenger/8"),
        (desktop, "Windows NT 10.0; Edg/130"),
    ):
        token = hidden_entries(visitor.text("/jia/sign-in"))["csrf_token"]
        entries = {"login": "clerk", "password": PASSWORD, "csrf_token": token}
        visitor.client.post(
            "/jia/sign-in", data=entries, headers={"User-Agent": agent}, environ_overrides={"REMOTE_ADDR": "10.7.8.9"}
        )
    page = desktop.text("/jia/account/sessions")
    assert [name in page for name in ("微信 · Android", "Edge · Windows", "10.7.8.*", "10.7.8.9")] == [
        True,
        True,
        True,
        False,
    ]
    assert page.count("这台设备") == 1
    others = re.findall(r'name="end" value="(\d+)"', page)
    assert len(others) == 2
    with towns.jia.world.reading() as desk:
        account = accounts.find(desk, "clerk").id
        older = sessions.listed(desk.session, account)[-1].id
    token = hidden_entries(page)["csrf_token"]
    done = desktop.client.post("/jia/account/sessions", data={"end": str(older), "csrf_token": token})
    assert done.status_code == 303
    assert phone.get("/jia/account").status_code == 303
    assert "已结束 1 个登录。" in desktop.text("/jia/account/sessions")


def test_nobody_ends_the_session_of_another_account(towns: Towns) -> None:
    clerk, deputy = towns.as_("clerk"), towns.as_("deputy")
    with towns.jia.world.reading() as desk:
        (row,) = sessions.listed(desk.session, accounts.find(desk, "clerk").id)
    token = hidden_entries(deputy.text("/jia/account/sessions"))["csrf_token"]
    for end in (str(row.id), "0", "x", "9" * 30):
        answer = deputy.client.post("/jia/account/sessions", data={"end": end, "csrf_token": token})
        assert answer.status_code == 404
        assert "没有这个登录,它可能已经结束。" in answer.text
    assert clerk.get("/jia/account").status_code == 200


@pytest.mark.parametrize(("which", "here", "there"), [("others", 200, 303), ("all", 303, 303)])
def test_all_sessions_or_all_others_end_at_once(towns: Towns, which: str, here: int, there: int) -> None:
    first, second = towns.as_("clerk"), towns.as_("clerk")
    other = towns.as_("deputy")
    token = hidden_entries(first.text("/jia/account/sessions"))["csrf_token"]
    first.client.post("/jia/account/sessions", data={"end": which, "csrf_token": token})
    assert (first.get("/jia/account").status_code, second.get("/jia/account").status_code) == (here, there)
    assert other.get("/jia/account").status_code == 200
    assert log_kinds(towns)[-1] == "session.ended"


def test_a_password_set_by_the_office_and_a_disabled_account_end_its_sessions(towns: Towns) -> None:
    clerk, second = towns.as_("clerk"), towns.as_("second")
    with towns.jia.world.writing() as desk:
        accounts.set_password(desk, "clerk", passwords.hashed("Anders-2021"))
        accounts.disable(desk, "second")
        accounts.disable(desk, "second", disabled=False)
    assert [each.get("/jia/account").status_code for each in (clerk, second)] == [303, 303]


def test_what_a_visitor_had_before_signing_in_is_no_session_afterwards(towns: Towns) -> None:
    attacker = towns.visitor()
    attacker.text("/jia/sign-in")
    victim = copied(towns, attacker)
    assert victim.sign_in("jia", "clerk").status_code == 303
    assert attacker.get("/jia/account").status_code == 303


def test_a_new_sign_in_has_a_new_token_each_time(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    first = copied(towns, clerk)
    clerk.send("/jia/sign-out", "/jia/")
    assert clerk.sign_in("jia", "clerk").status_code == 303
    assert first.get("/jia/account").status_code == 303


def test_nobody_is_signed_out_by_another_site(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    for path in ("/jia/sign-out", "/jia/account/sessions"):
        assert clerk.client.post(path, data={"end": "all"}).status_code == 400
    assert clerk.get("/jia/sign-out").status_code == 405
    assert clerk.get("/jia/account").status_code == 200


def test_both_cookies_are_for_one_district_and_for_no_script(sqlite_database: Database, tmp_path: Path) -> None:
    towns = make_towns(sqlite_database.app_url, tmp_path, secure_cookies=True)
    client = towns.app.test_client()
    host = {"base_url": "https://localhost"}
    token = hidden_entries(client.get("/jia/sign-in", **host).text)["csrf_token"]
    entries = {"login": "clerk", "password": PASSWORD, "csrf_token": token}
    done = client.post("/jia/sign-in", data=entries, headers={"Referer": "https://localhost/jia/sign-in"}, **host)
    cookies = {cookie.split("=")[0]: set(cookie.split("; ")) for cookie in done.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"renda_session", "renda_device"}
    for cookie in cookies.values():
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/jia"} <= cookie
    towns.jia.world.close()
    towns.yi.world.close()


def test_the_limits_of_sessions_are_settings(database_url: Database, tmp_path: Path) -> None:
    limits = Lifetime(idle=timedelta(minutes=5), longest=timedelta(hours=1))
    towns = make_towns(database_url.app_url, tmp_path, lifetime=limits)
    clerk, world = towns.as_("clerk"), towns.jia.world
    for _ in range(14):
        world.now += timedelta(minutes=4)
        assert clerk.get("/jia/account").status_code == 200
    world.now += timedelta(minutes=5)
    assert clerk.get("/jia/account").status_code == 303
    clerk.sign_in("jia", "clerk")
    world.now += timedelta(minutes=5, seconds=1)
    ended = clerk.get("/jia/account")
    assert "离开时间较长，请重新登录。" in clerk.text(ended.headers["Location"])
    towns.jia.world.close()
    towns.yi.world.close()


def test_sessions_that_lasted_too_long_are_not_kept(towns: Towns) -> None:
    world = towns.jia.world
    towns.as_("clerk")
    world.now += timedelta(hours=13)
    clerk = towns.as_("clerk")
    assert clerk.text("/jia/account/sessions").count('name="end" value="') == 3
    with world.reading() as desk:
        assert len(sessions.listed(desk.session, accounts.find(desk, "clerk").id)) == 1


def test_an_account_has_at_most_twenty_sessions_and_the_oldest_ends(local_towns: Towns) -> None:
    first = local_towns.as_("clerk")
    for _ in range(20):
        local_towns.jia.world.now += timedelta(seconds=1)
        last = local_towns.as_("clerk")
    assert (first.get("/jia/account").status_code, last.get("/jia/account").status_code) == (303, 200)


def test_a_changed_secret_ends_sessions_in_words(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    token = hidden_entries(clerk.text("/jia/account"))["csrf_token"]
    towns.app.secret_key = "another-secret"
    ended = clerk.get("/jia/matters")
    assert ended.status_code == 303
    assert "您的登录已失效,请重新登录。" in clerk.text(ended.headers["Location"])
    posted = clerk.client.post("/jia/account", data={"csrf_token": token})
    assert (posted.status_code, "web.csrf" in posted.text) == (400, True)
    assert clerk.sign_in("jia", "clerk").status_code == 303


def test_the_database_holds_nothing_a_session_can_be_made_from(towns: Towns) -> None:
    towns.as_("clerk")
    with towns.jia.world.reading() as desk:
        (row,) = sessions.listed(desk.session, accounts.find(desk, "clerk").id)
    assert len(row.digest) == 64
    assert {column.key for column in row.__table__.columns} == {
        "id", "district_id", "account_id", "digest", "began", "network", "device",
    }  # fmt: skip


def test_an_operator_who_signed_out_has_no_session_any_more(towns: Towns) -> None:
    with towns.jia.world.store.hosting() as session:
        session.add(HostAccountRow(login="ops", name="管理员戊", password=passwords.hashed(PASSWORD)))
    visitor = towns.visitor()
    for _ in range(2):
        assert visitor.send("/host/sign-in", login="ops", password="Falsch-2020").status_code == 401
    assert visitor.send("/host/sign-in", login="ops", password=PASSWORD).status_code == 303
    assert "登录有 2 次没有成功" in visitor.text("/host/")
    thief = copied(towns, visitor, "host")
    assert thief.get("/host/").status_code == 200
    visitor.send("/host/sign-out", "/host/")
    assert (visitor.get("/host/").status_code, thief.get("/host/").status_code) == (303, 303)
    with towns.jia.world.store.hosting() as session:
        assert session.query(HostSessionRow).count() == 0
        kinds = [row.kind for row in security_log.following(session, 0, 9)]
    assert kinds == ["sign_in.failed", "sign_in.failed", "sign_in", "sign_out"]


def test_an_operators_password_cannot_be_guessed_fast(towns: Towns) -> None:
    visitor = towns.visitor()
    answers = [visitor.send("/host/sign-in", login="ops", password="Falsch-2020").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


@pytest.fixture
def chamber(database_url: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(database_url.app_url, tmp_path)
    yield made
    made.world.close()


def cast(chamber: Chamber, number: int, visitor: Visitor) -> Any:
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.text("/jia/vote"))
    assert token is not None
    with chamber.world.reading() as desk:
        envelope = base64.b64encode(ballots.seal(desk, number, {"marks": {"1": ["yes"]}})).decode()
    return visitor.client.post(
        f"/jia/ballots/{number}/cast",
        json={"envelope": envelope, "submission": "a" * 24},
        headers={"X-CSRFToken": token[1]},
    )


def test_a_vote_with_the_cookie_of_an_ended_session_is_not_taken(chamber: Chamber) -> None:
    number = chamber.ready()
    member = chamber.as_("m1")
    with chamber.world.writing() as desk:
        sessions.end_all(desk.session, accounts.find(desk, "m1").id)
    member.client.get("/jia/sign-in")
    token = hidden_entries(member.text("/jia/sign-in"))["csrf_token"]
    with chamber.world.reading() as desk:
        envelope = base64.b64encode(ballots.seal(desk, number, {"marks": {"1": ["yes"]}})).decode()
    answer = member.client.post(
        f"/jia/ballots/{number}/cast", json={"envelope": envelope}, headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 401
    assert "vote.signed_out" in answer.text


def test_voting_and_polling_write_nothing_about_the_session(chamber: Chamber) -> None:
    number = chamber.ready()
    member = chamber.as_("m1")
    polled = re.search(r'data-turnout="([^"]+)"|(/jia/hall/[^"]+/turnout)', member.text("/jia/vote"))
    assert polled is not None
    began = chamber.world.now
    with heard(chamber.world.store.engine) as said:
        for _ in range(3):
            chamber.world.now += timedelta(minutes=20)
            member.text("/jia/vote")
            member.get(next(filter(None, polled.groups())))
        assert cast(chamber, number, member).status_code == 200
    written = [statement.strip() for statement in said if statement.strip().upper().startswith(WRITES)]
    # The vote itself goes to the database by a way of its own.
    assert written == []
    with chamber.world.reading() as desk:
        assert [row.began for row in sessions.listed(desk.session, accounts.find(desk, "m1").id)] == [began]
    # An hour of nothing but voting is no idleness.
    assert member.get("/jia/account").status_code == 200


def test_a_cookie_older_than_the_idle_limit_is_worth_nothing_although_its_owner_goes_on(chamber: Chamber) -> None:
    member = chamber.as_("m1")
    old = copied(chamber.towns, member)
    for _ in range(2):
        chamber.world.now += timedelta(minutes=16)
        assert member.get("/jia/vote").status_code == 200
    assert old.get("/jia/account").status_code == 303


def test_slips_seats_and_codes_are_tried_slowly(chamber: Chamber) -> None:
    stranger, member = chamber.towns.visitor(), chamber.as_("m1")
    answers = [stranger.send("/jia/seat", slip=f"AAAA-{number:04}-BBBB-CCCC").status_code for number in range(31)]
    assert answers == [403] * 30 + [429]
    seats = [stranger.get(f"/jia/seat?meeting=1&seat=A1&key={number}").status_code for number in range(31)]
    assert seats == [403] * 30 + [429]
    codes = [check_in(chamber, member).status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]
    assert check_in(chamber, chamber.as_("m2")).status_code == 403


def check_in(chamber: Chamber, member: Visitor) -> Any:
    """The answer to a code that is wrong."""
    token = hidden_entries(member.text("/jia/account"))["csrf_token"]
    data = {"code": "1-X", "csrf_token": token}
    return member.client.post(f"/jia/meetings/{chamber.meeting}/here", data=data)


def test_wrong_tokens_are_slowed_and_a_right_one_beside_them_is_not(towns: Towns) -> None:
    program = towns.visitor().client
    wrong = {"Authorization": "Bearer renda_nobodys"}
    answers = [program.get("/api/jia/matters", headers=wrong).status_code for _ in range(31)]
    assert answers == [401] * 30 + [429]
    with towns.jia.world.writing() as desk:
        from_office = accounts.find(desk, "clerk")
        token, _ = tokens.issue(desk, from_office, "测试", ["read"])
    right = {"Authorization": f"Bearer {token}"}
    assert program.get("/api/jia/matters", headers=right).status_code == 200
    slow = program.get("/api/jia/matters", headers=wrong)
    assert slow.json is not None
    assert (slow.json["code"], slow.headers["Retry-After"]) == ("sign_in.slow", "1")


@pytest.mark.parametrize(
    ("address", "coarse"),
    [("10.1.2.3", "10.1.2.*"), ("::ffff:10.1.2.3", "10.1.2.*"), ("2001:db8:1:2::3", "2001:0db8:0001:*"), ("unix", "")],
)
def test_a_network_is_told_coarsely(address: str, coarse: str) -> None:
    assert coarse_network(address) == coarse


def test_a_device_is_told_by_its_sort() -> None:
    assert device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/605") == "Safari · iPhone"
    assert device_of("curl/8") == ""
