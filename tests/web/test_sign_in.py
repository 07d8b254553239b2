"""Signing in: who may, how often, how long, and where it counts."""

from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from backing.databases import Database
from backing.world import PASSWORD, Towns, make_towns
from renda.errors import RendaError
from renda.model import AccountRow
from renda.services import accounts

REFUSED = "登录名或密码不对，或者账号正被锁定。连续 5 次不对，账号锁定 15 分钟；忘记密码请找本区县的工作人员重设。"


def test_the_right_password_opens_the_district_and_leads_back_to_the_page_asked_for(towns: Towns) -> None:
    visitor = towns.visitor()
    asked = visitor.get("/jia/matters?q=灯")
    assert asked.status_code == 303
    form = asked.headers["Location"]
    assert form.startswith("/jia/sign-in?back=")
    done = visitor.send(form, login="clerk", password=PASSWORD)
    assert done.status_code == 303
    assert done.headers["Location"] == "/jia/matters?q=%E7%81%AF"
    assert "工作人员丙" in visitor.text(done.headers["Location"])


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/yi/", "/jia2/", "/jia/\\evil", "/jia/\n"]
)
def test_nobody_is_led_to_another_place_than_this_district(local_towns: Towns, back: str) -> None:
    done = local_towns.visitor().send("/jia/sign-in", login="clerk", password=PASSWORD, back=back)
    assert done.headers["Location"] == "/jia/"


def test_every_refusal_is_one_sentence(towns: Towns) -> None:
    with towns.jia.world.writing() as desk:
        accounts.disable(desk, "second")
    for login, password in (("clerk", "Falsch-2020"), ("nobody", PASSWORD), ("", "")):
        answer = towns.visitor().sign_in("jia", login, password)
        assert answer.status_code == 401
        assert REFUSED in answer.text
    closed = towns.visitor().sign_in("jia", "second")
    assert closed.status_code == 401
    assert "账号已停用。如需恢复，请找本区县的工作人员。" in closed.text


def test_five_failures_lock_the_account_for_fifteen_minutes(towns: Towns) -> None:
    world, visitor = towns.jia.world, towns.visitor()
    for _ in range(5):
        assert visitor.sign_in("jia", "clerk", "Falsch-2020").status_code == 401
    assert visitor.sign_in("jia", "clerk").status_code == 401
    world.now += timedelta(minutes=14, seconds=59)
    assert visitor.sign_in("jia", "clerk").status_code == 401
    world.now += timedelta(seconds=2)
    assert visitor.sign_in("jia", "clerk").status_code == 303


def test_a_success_in_between_starts_the_count_again(towns: Towns) -> None:
    for _ in range(2):
        for _ in range(4):
            assert towns.visitor().sign_in("jia", "clerk", "Falsch-2020").status_code == 401
        assert towns.visitor().sign_in("jia", "clerk").status_code == 303


def test_a_locked_account_does_not_tell_whether_a_guess_was_right(
    local_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        local_towns.visitor().sign_in("jia", "clerk", "Falsch-2020")
    checked: list[str] = []
    right = accounts.fits

    def noted(kept: str, given: str) -> bool:
        checked.append(kept)
        return right(kept, given)

    monkeypatch.setattr("renda.services.signing_in.fits", noted)
    answers = [local_towns.visitor().sign_in("jia", login).text.count(REFUSED) for login in ("clerk", "nobody")]
    assert answers == [1, 1]
    assert checked[0] == checked[1]


def test_an_account_that_asks_for_a_second_factor_is_not_let_in_without(towns: Towns) -> None:
    with towns.jia.world.writing() as desk:
        accounts.find(desk, "clerk").second_factor = "JBSWY3DP"
    answer = towns.visitor().sign_in("jia", "clerk")
    assert answer.status_code == 401
    assert "此账号要求动态口令，本机尚未开通。请找系统管理员。" in answer.text


def test_half_an_hour_of_silence_ends_the_session(towns: Towns) -> None:
    world, clerk = towns.jia.world, towns.as_("clerk")
    for _ in range(3):
        world.now += timedelta(minutes=29)
        assert clerk.get("/jia/matters").status_code == 200
    world.now += timedelta(minutes=30, seconds=1)
    ended = clerk.get("/jia/matters")
    assert ended.status_code == 303
    assert "离开时间较长，请重新登录。" in clerk.text(ended.headers["Location"])


def test_no_session_outlives_twelve_hours(towns: Towns) -> None:
    world, clerk = towns.jia.world, towns.as_("clerk")
    for _ in range(25):
        world.now += timedelta(minutes=28)
        assert clerk.get("/jia/account").status_code == 200
    world.now += timedelta(minutes=28)
    assert clerk.get("/jia/account").status_code == 303


def test_a_session_of_one_district_is_nobody_in_another(towns: Towns) -> None:
    clerk = towns.as_("clerk", "yi")
    assert clerk.get("/yi/matters").status_code == 200
    assert clerk.get("/jia/matters").status_code == 303
    cookie = clerk.client.get_cookie("renda_session", path="/yi")
    assert cookie is not None
    clerk.client.set_cookie("renda_session", cookie.value, path="/jia")
    assert clerk.get("/jia/matters").status_code == 303
    assert clerk.get("/jia/record").status_code == 303


def test_signing_out_ends_it(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    assert clerk.send("/jia/sign-out", "/jia/").status_code == 303
    assert clerk.get("/jia/matters").status_code == 303


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(towns: Towns) -> None:
    here, there = towns.as_("clerk"), towns.as_("clerk")
    done = here.send("/jia/account", old=PASSWORD, new="Anders-2021", again="Anders-2021")
    assert done.status_code == 303
    assert "密码已修改，其他设备上的登录都已结束。" in here.text("/jia/account")
    assert there.get("/jia/account").status_code == 303
    assert towns.visitor().sign_in("jia", "clerk").status_code == 401
    assert towns.visitor().sign_in("jia", "clerk", "Anders-2021").status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("Falsch-2020", "Anders-2021", "Anders-2021", "现在的密码不对。"),
        (PASSWORD, "Anders-2021", "Anders-2022", "两次输入的新密码不一样。"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码不能与现在的相同。"),
        (PASSWORD, "An-2021", "An-2021", "密码太短:至少要 8 个字符。"),
        (PASSWORD, "anders2021", "anders2021", "密码太简单:大写字母、小写字母、数字、其他符号中至少要有 3 种。"),
        (PASSWORD, "Clerk-2021", "Clerk-2021", "密码里不能含有登录名。请换一个。"),
    ],
)
def test_a_weak_or_wrong_password_is_refused_beside_its_field(
    local_towns: Towns, old: str, new: str, again: str, sentence: str
) -> None:
    answer = local_towns.as_("clerk").send("/jia/account", old=old, new=new, again=again)
    assert answer.status_code == 422
    assert f">{sentence}</div>" in answer.text


def test_a_form_without_its_token_is_refused_and_changes_nothing(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    answer = clerk.client.post("/jia/practices/zz_faulty/open/note", data={"title": "x"})
    assert answer.status_code == 400
    assert "web.csrf" in answer.text
    assert "这份表单已失效（登录过期，或不是从本站打开的）。请重新打开页面再办。" in answer.text
    assert towns.visitor().client.post("/jia/sign-in", data={"login": "clerk"}).status_code == 400


def test_the_cookie_goes_by_https_alone_to_one_district_and_not_to_scripts(
    sqlite_database: Database, tmp_path: Path
) -> None:
    towns = make_towns(sqlite_database.app_url, tmp_path, secure_cookies=True)
    page = towns.app.test_client().get("/jia/sign-in", base_url="https://localhost")
    cookie = page.headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/jia"} <= set(cookie.split("; "))
    assert "Expires" not in cookie
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_disabled_account_loses_its_session_at_once(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    with towns.jia.world.writing() as desk:
        row = desk.session.scalar(select(AccountRow).where(AccountRow.login == "clerk"))
        assert row is not None
        row.disabled = True
    assert clerk.get("/jia/matters").status_code == 303


def test_a_hash_of_weaker_parameters_is_replaced_at_the_next_sign_in(towns: Towns) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with towns.jia.world.writing() as desk:
        accounts.find(desk, "clerk").password = weak
    assert towns.visitor().sign_in("jia", "clerk").status_code == 303
    with towns.jia.world.reading() as desk:
        assert accounts.find(desk, "clerk").password != weak


def test_an_account_without_a_password_cannot_sign_in(towns: Towns) -> None:
    with towns.jia.world.writing() as desk:
        accounts.add(desk, "fresh", "新人", ["deputy"])
    assert towns.visitor().sign_in("jia", "fresh", "!").status_code == 401


def test_weak_passwords_are_refused_by_the_service_too() -> None:
    with pytest.raises(RendaError) as refusal:
        accounts.hashed("short")
    assert refusal.value.code == "account.short"
