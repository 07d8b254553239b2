"""Questionnaires on pages and in the API: anybody answers, once; the office organises; nothing says who it was."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backing.asking import Town, make_town
from backing.databases import Database
from renda.services import accounts
from renda.services.questionnaires import finding, opening
from renda.web.app import create_app
from renda.web.limits import MOST_ANSWERS, MOST_GUESSES, Limits, network

PASSWORD = "Renda-demo-1"


@pytest.fixture
def town(sqlite_database: Database, tmp_path: Path) -> Iterator[Town]:
    made = make_town(sqlite_database.app_url, tmp_path)
    with made.world.writing() as desk:
        accounts.add(desk, "clerk", "工作人员甲", ["clerk"], kept_password=accounts.hashed(PASSWORD))
        accounts.add(desk, "auditor", "审计丙", ["auditor"], kept_password=accounts.hashed(PASSWORD))
    yield made
    made.world.close()


@pytest.fixture
def app(town: Town) -> Flask:
    return create_app(town.world.installation, secret_key="of a test", keys=town.keys, secure_cookies=False)


def token_of(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', text)
    assert found is not None, name
    return found[1]


def fill(client: FlaskClient, path: str, **said: str) -> Any:
    text = client.get(path).text
    marks = {name: token_of(text, name) for name in ("csrf_token", "_submission")}
    return client.post(path, data={**marks, **said})


def signed_in(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    path = "/jia/sign-in"
    mark = token_of(client.get(path).text, "csrf_token")
    client.post(path, data={"csrf_token": mark, "login": login, "password": PASSWORD})
    return client


def deed(client: FlaskClient, number: int, name: str, **said: str) -> Any:
    mark = token_of(client.get(f"/jia/questionnaires/{number}").text, "csrf_token")
    return client.post(f"/jia/questionnaires/{number}/{name}", data={"csrf_token": mark, **said})


def answered(town: Town, number: int) -> int:
    with town.world.reading() as desk:
        return finding.answered(desk, finding.find(desk, number))


def test_anybody_answers_once_with_one_browser(app: Flask, town: Town) -> None:
    number = town.ask("路灯意见")
    path, client = f"/jia/questionnaires/{number}", app.test_client()
    assert "路灯意见" in client.get("/jia/").text
    text = client.get(path).text
    assert "不用登录，不记姓名、电话、地址，也不记交卷的时间。" in text
    assert text.count("<fieldset") == 2
    done = fill(client, path, q1="满意", q2="甲镇", **{"q3-option": "交通", "q3": "路灯"})
    assert (done.status_code, done.location) == (303, f"{path}/answered")
    (cookie,) = [each for each in done.headers.getlist("Set-Cookie") if each.startswith("renda_answered=")]
    assert f"Path={path}" in cookie
    assert "HttpOnly" in cookie
    assert "您的答卷已经收到，谢谢。" in client.get(done.location).text
    assert "这台设备已经交过这份问卷" in client.get(path).text
    assert answered(town, number) == 1
    other = app.test_client()
    assert fill(other, path, q1="满意").status_code == 303
    assert answered(town, number) == 2


def test_what_is_missing_is_said_beside_the_question_and_what_was_filled_in_stays(app: Flask, town: Town) -> None:
    number = town.ask()
    refused = fill(app.test_client(), f"/jia/questionnaires/{number}", q2="甲镇", q3="路灯")
    assert refused.status_code == 422
    assert "答卷没有交:第 1 题请选择一项。第 3 题请选择类别。" in refused.text
    assert 'id="q1-mistake">请选择一项。' in refused.text
    assert re.search(r'value="甲镇" checked', refused.text)
    assert ">路灯</textarea>" in refused.text


def test_a_form_from_another_site_and_a_second_press_count_for_nothing(app: Flask, town: Town) -> None:
    number = town.ask()
    path, client = f"/jia/questionnaires/{number}", app.test_client()
    assert client.post(path, data={"q1": "满意", "_submission": "x" * 20}).status_code == 400
    text = client.get(path).text
    said = {"q1": "满意", **{name: token_of(text, name) for name in ("csrf_token", "_submission")}}
    assert client.post(path, data=said).status_code == 303
    client.delete_cookie("renda_answered", path=path)
    assert client.post(path, data=said).status_code == 303
    assert answered(town, number) == 1


def test_one_network_answers_so_often_and_no_more_until_tomorrow(app: Flask, town: Town) -> None:
    number = town.ask()
    path = f"/jia/questionnaires/{number}"
    for _ in range(MOST_ANSWERS):
        assert fill(app.test_client(), path, q1="满意").status_code == 303
    refused = fill(app.test_client(), path, q1="满意")
    assert refused.status_code == 429
    assert "您所在的网络今天已经交了 30 份这个问卷的答卷。请明天再来,或者换一个网络。" in refused.text
    kept: Limits = app.extensions["renda_limits"]
    before = kept.key
    assert not any(b"127.0.0.1" in mark for mark in kept.counts)
    town.world.pass_days(1)
    assert fill(app.test_client(), path, q1="满意").status_code == 303
    assert (kept.key != before, list(kept.counts.values())) == (True, [1])


def test_networks_are_counted_as_one_household_has_them() -> None:
    assert network("192.0.2.7") == "192.0.2.7"
    assert network("::ffff:192.0.2.7") == "192.0.2.7"
    assert network("2001:db8:1:2::3") == network("2001:db8:1:2:ffff::9%eth0")
    assert network("2001:db8:1:2::3") != network("2001:db8:1:3::3")
    assert network("nowhere") == "nowhere"


def test_codes_are_guessed_a_few_times_only(app: Flask, town: Town) -> None:
    number = town.ask(admission="codes")
    path = f"/jia/questionnaires/{number}"
    with town.world.writing() as desk:
        (code,) = opening.give_codes(desk, town.clerk, number, 1)
    for _ in range(MOST_GUESSES):
        assert fill(app.test_client(), path, q1="满意", _code="AAAA").status_code == 403
    refused = fill(app.test_client(), path, q1="满意", _code=code)
    assert (refused.status_code, "今天已经输错 20 次作答码" in refused.text) == (429, True)
    town.world.pass_days(1)
    assert fill(app.test_client(), path, q1="满意", _code=code).status_code == 303


def test_the_office_opens_gives_codes_ends_and_counts(app: Flask, town: Town) -> None:
    number = town.ask("凭码问卷", opened=False, admission="codes", fewest=1)
    clerk, path = signed_in(app, "clerk"), f"/jia/questionnaires/{number}"
    assert app.test_client().get(path).status_code == 404
    assert "凭码问卷" in clerk.get("/jia/").text
    assert deed(clerk, number, "open").status_code == 303
    slips = deed(clerk, number, "codes", count="3")
    codes = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", slips.text)
    assert (slips.status_code, len(codes), slips.headers["Cache-Control"]) == (200, 3, "no-store")
    assert deed(clerk, number, "codes", count="x").status_code == 409
    assert fill(app.test_client(), path, q1="一般", _code=codes[0]).status_code == 303
    assert "已收到 1 份，截止以前谁也看不到内容" in clerk.get(path).text
    early = deed(clerk, number, "count")
    assert (early.status_code, "截止以后才能统计。在此之前谁也看不到答案。" in early.text) == (409, True)
    assert deed(clerk, number, "end").status_code == 303
    assert "等待统计" in app.test_client().get(path).text
    assert deed(clerk, number, "count").status_code == 303
    told = app.test_client().get(path).text
    assert "收到 1 份" in told
    assert ">60.5<" in told.replace("\n", "")
    assert deed(clerk, number, "none").status_code == 404
    with town.world.reading() as desk:
        assert finding.find(desk, number).state == "counted"


def test_texts_are_for_the_office_alone(app: Flask, town: Town) -> None:
    number = town.ask(fewest=1)
    town.answer(number, "a", whole="满意", wish={"option": "交通", "text": "我家门口的路灯"})
    town.world.go_to(date(2020, 4, 1))
    town.count(number)
    path = f"/jia/questionnaires/{number}"
    assert "我家门口的路灯" in signed_in(app, "clerk").get(path).text
    for reader in (app.test_client(), signed_in(app, "auditor")):
        assert "我家门口的路灯" not in reader.get(path).text
    said = app.test_client().get(f"/api/jia/questionnaires/{number}")
    assert (said.status_code, "路灯" in said.text) == (200, False)
    assert said.get_json()["results"][0]["score"]["shown"] == "100"


def test_nobody_but_the_office_does_its_deeds(app: Flask, town: Town) -> None:
    number = town.ask()
    visitor, auditor = app.test_client(), signed_in(app, "auditor")
    for name in ("open", "end", "count", "codes"):
        assert deed(visitor, number, name).status_code == 303
        assert deed(auditor, number, name).status_code == 403
    assert town.row(number).state == "open"


def test_a_program_answers_and_reads_without_a_token(app: Flask, town: Town) -> None:
    number = town.ask("程序问卷")
    client, path = app.test_client(), f"/api/jia/questionnaires/{number}"
    asked = client.get(path).get_json()
    assert [each["code"] for each in asked["questions"]] == ["whole", "street", "wish"]
    assert (asked["answered"], asked["results"]) == (None, [])
    said = {"answers": {"whole": "满意"}, "token": "t" * 20}
    first, again = (client.post(f"{path}/answers", json=said) for _ in range(2))
    assert [(each.status_code, each.get_json()["repeated"]) for each in (first, again)] == [(201, False), (200, True)]
    wrong = client.post(f"{path}/answers", data="answers=1")
    assert (wrong.status_code, wrong.get_json()["detail"]) == (
        400, "答卷应为 JSON 对象,写明 answers(题号和答案)和 token(自定的随机文字)。",
    )  # fmt: skip
    told = client.get("/api/jia/public").get_json()
    assert [each["title"] for each in told["questionnaires"]] == ["程序问卷"]
    hidden = town.ask("未开放", opened=False)
    assert client.get(f"/api/jia/questionnaires/{hidden}").status_code == 404
