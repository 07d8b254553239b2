"""Signing in: who may, how often, how long, and where it counts."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from backing.databases import Database
from backing.world import PASSWORD, Towns, hidden_entries, make_towns
from renda.errors import RendaError
from renda.model import AccountRow
from renda.services import accounts, passwords, security_log
from renda.services.gates import Gate

REFUSED = "登录名或密码不对。连续几次不对,再试就要等,等的时间越来越长;忘记密码请找系统管理员重设。"

COMMON = (
    "密码太容易猜到:常用的密码、键盘顺序、年份,和单位、姓名的拼音加几个数字,都很容易试出来。"
    "请换一个,例如几个不相干的词连起来。"
)


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
    assert "账号已停用。如需恢复，请找系统管理员。" in closed.text


def guess(towns: Towns, login: str = "clerk", times: int = 1, address: str = "10.0.0.1") -> list[int]:
    """The answers to wrong passwords from an address, one after the other."""
    statuses = []
    for _ in range(times):
        visitor = towns.visitor()
        token = hidden_entries(visitor.text("/jia/sign-in"))["csrf_token"]
        data = {"login": login, "password": "Falsch-2020", "csrf_token": token}
        answer = visitor.client.post("/jia/sign-in", data=data, environ_overrides={"REMOTE_ADDR": address})
        statuses.append(answer.status_code)
    return statuses


def test_each_further_failure_has_to_wait_longer(towns: Towns) -> None:
    world = towns.jia.world
    assert guess(towns, times=6) == [401] * 5 + [429]
    waits = []
    for _ in range(4):
        answer = towns.visitor()
        page = answer.send("/jia/sign-in", login="clerk", password="Falsch-2020")
        assert page.status_code == 401
        # The address of the test's client is another one: it has tries of its own.
        waits.append(page.headers.get("Retry-After"))
    assert waits == [None] * 4
    for seconds in (1, 2, 4, 8):
        assert guess(towns) == [429]
        world.now += timedelta(seconds=seconds)
        assert guess(towns) == [401]
    world.now += timedelta(hours=24)
    assert guess(towns, times=6) == [401] * 5 + [429]


def test_how_long_one_has_to_wait_is_told(towns: Towns) -> None:
    guess(towns, times=7, address="127.0.0.1")
    answer = towns.visitor().sign_in("jia", "clerk")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert "试错的次数太多。请等 1 秒再试。已经登录的设备不受影响。" in answer.text
    towns.jia.world.now += timedelta(seconds=1)
    assert towns.visitor().sign_in("jia", "clerk").status_code == 303


def test_strangers_elsewhere_do_not_slow_the_owner(towns: Towns) -> None:
    assert guess(towns, times=6)[-1] == 429
    assert towns.visitor().sign_in("jia", "clerk").status_code == 303


def test_who_signed_in_on_a_device_before_is_not_slowed_by_strangers_beside_them(towns: Towns) -> None:
    owner = towns.as_("clerk")
    owner.send("/jia/sign-out", "/jia/")
    assert guess(towns, times=6, address="127.0.0.1")[-1] == 429
    assert towns.visitor().sign_in("jia", "clerk").status_code == 429
    assert owner.sign_in("jia", "clerk").status_code == 303


def test_a_known_device_may_guess_ten_times_and_then_waits(local_towns: Towns) -> None:
    thief = local_towns.as_("clerk")
    thief.send("/jia/sign-out", "/jia/")
    answers = [thief.sign_in("jia", "clerk", "Falsch-2020").status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]


def test_a_forged_note_of_a_device_helps_nobody(local_towns: Towns) -> None:
    guess(local_towns, times=6, address="127.0.0.1")
    stranger = local_towns.visitor()
    stranger.client.set_cookie("renda_device", '["jia",{"1":"x"}].forged', path="/jia")
    assert stranger.sign_in("jia", "clerk").status_code == 429


def test_very_many_networks_have_one_try_each(local_towns: Towns) -> None:
    for number in range(25):
        guess(local_towns, times=4, address=f"10.1.{number}.1")
    assert guess(local_towns, times=3, address="10.9.9.9") == [401, 429, 429]
    assert local_towns.visitor().sign_in("jia", "clerk").status_code == 303


def test_one_network_does_not_try_all_accounts(local_towns: Towns) -> None:
    statuses = [guess(local_towns, f"login{number}", address="10.2.2.2")[0] for number in range(55)]
    assert statuses[:50] == [401] * 50
    assert 429 in statuses[50:]
    assert guess(local_towns, "login1", address="10.2.2.3") == [401]


def test_a_login_nobody_has_is_slowed_like_one_that_somebody_has(towns: Towns) -> None:
    assert guess(towns, "nobody", times=7) == guess(towns, "clerk", times=7, address="10.0.0.2")


def test_the_owner_is_told_what_failed_since_the_last_sign_in(towns: Towns) -> None:
    guess(towns, times=3)
    told = towns.as_("clerk").text("/jia/account")
    assert "上次登录以来,用您的登录名登录有 3 次没有成功,最近一次在 2020-03-02" in told
    assert "没有成功" not in towns.as_("clerk").text("/jia/account")


def test_failures_of_strangers_are_written_down_up_to_a_number(towns: Towns) -> None:
    for number in range(50):
        guess(towns, f"nobody{number}", address=f"10.3.{number}.1")
    with towns.jia.world.reading() as desk:
        written = security_log.newest(desk.session, 500)
        assert len(written) == 30
    towns.jia.world.now += timedelta(seconds=2)
    guess(towns, "nobody99", address="10.4.0.1")
    with towns.jia.world.reading() as desk:
        (last,) = security_log.newest(desk.session, 1)
    assert (last.kind, last.actor, last.details["unwritten"]) == ("sign_in.failed", "nobody99", 20)


def test_a_stranger_who_has_to_wait_writes_nothing(towns: Towns) -> None:
    guess(towns, times=6)
    with towns.jia.world.reading() as desk:
        before = security_log.head(desk.session)
        assert accounts.find(desk, "clerk").failures == 5
    guess(towns, times=5)
    with towns.jia.world.reading() as desk:
        assert security_log.head(desk.session) == before
        assert security_log.newest(desk.session, 1)[0].kind == "sign_in.throttled"


def test_a_password_that_changed_while_it_was_looked_at_opens_nothing(
    local_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(kept: str, given: str) -> bool:
        with local_towns.jia.world.writing() as desk:
            accounts.set_password(desk, "clerk", passwords.hashed("Anders-2021"))
        return passwords.fits(kept, given)

    monkeypatch.setattr("renda.services.signing_in.fits", meanwhile)
    assert local_towns.visitor().sign_in("jia", "clerk").status_code == 401


def test_no_transaction_is_open_while_a_password_is_hashed(towns: Towns, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = towns.as_("clerk")
    store = towns.jia.world.store
    seen = []

    def looked(kept: str, given: str) -> bool:
        pool = store.engine.pool
        seen.append(pool.checkedout())  # type: ignore[attr-defined]
        return passwords.fits(kept, given)

    for module in ("signing_in", "password_change"):
        monkeypatch.setattr(f"renda.services.{module}.fits", looked)
    towns.visitor().sign_in("jia", "second", "Falsch-2020")
    towns.visitor().sign_in("jia", "second")
    clerk.send("/jia/account", old=PASSWORD, new="Anders-2021", again="Anders-2021")
    assert seen == [0, 0, 0]


def test_who_comes_when_too_many_sign_in_is_asked_to_press_again(
    local_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate("sign_in.busy", 1, 0)
    monkeypatch.setattr("renda.services.signing_in.GATE", gate)
    with gate.open():
        answer = local_towns.visitor().sign_in("jia", "clerk")
    assert (answer.status_code, "请过 3 秒再按一次" in answer.text) == (503, True)
    assert local_towns.visitor().sign_in("jia", "clerk").status_code == 303


def test_the_present_password_cannot_be_guessed_in_a_session_left_open(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    entries = {"old": "Falsch-2020", "new": "Anders-2021", "again": "Anders-2021"}
    assert [clerk.send("/jia/account", **entries).status_code for _ in range(6)] == [422] * 5 + [429]
    towns.jia.world.now += timedelta(seconds=1)
    assert clerk.send("/jia/account", old=PASSWORD, new="Anders-2021", again="Anders-2021").status_code == 303


def test_a_success_in_between_starts_the_count_again(towns: Towns) -> None:
    for _ in range(2):
        for _ in range(4):
            assert towns.visitor().sign_in("jia", "clerk", "Falsch-2020").status_code == 401
        assert towns.visitor().sign_in("jia", "clerk").status_code == 303


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
        (PASSWORD, "Password1", "Password1", COMMON),
        (PASSWORD, "Woaini@1314", "Woaini@1314", COMMON),
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


def test_a_host_hashes_with_the_parameters_that_owasp_names() -> None:
    said = "from renda.services.passwords import unchecked_hash; print(unchecked_hash('Ceshi-2020'))"
    hashed = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_account_without_a_password_cannot_sign_in(towns: Towns) -> None:
    with towns.jia.world.writing() as desk:
        accounts.add(desk, "fresh", "新人", ["deputy"])
    assert towns.visitor().sign_in("jia", "fresh", "!").status_code == 401


def test_weak_passwords_are_refused_by_the_service_too() -> None:
    with pytest.raises(RendaError) as refusal:
        passwords.hashed("short")
    assert refusal.value.code == "account.short"


@pytest.mark.parametrize(
    "weak",
    ["Password1", "Aa111111", "Qwer1234", "Abc12345", "1qaz@WSX", "Zhongguo1", "Renda@2024", "Pingshan123", "Admin@123",
     "Woaini520", "P@ssw0rd", "Beijing2008", "Daibiao@666", "Zhangwei88"],
)  # fmt: skip
def test_a_password_that_guessers_try_first_is_refused(weak: str) -> None:
    with pytest.raises(RendaError) as refusal:
        passwords.check_password(weak, "zhang", ("pingshan", "坪山区", "zhangwei"))
    assert refusal.value.code in {"account.common", "account.own_login"}


@pytest.mark.parametrize("strong", [PASSWORD, "Gelb-Haus-77", "huang7Fang!zi", "S" + "x7!q" * 40])
def test_a_password_that_takes_long_to_guess_is_taken(strong: str) -> None:
    passwords.check_password(strong, "zhang", ("pingshan",))
