from typing import Any

import pytest

from backing.programs import Program, come
from backing.world import Towns


def proposal(towns: Towns, title: str = "增设路灯") -> dict[str, Any]:
    return {"entries": {"title": title, "text": "夜里太暗。", "proposer": towns.jia.parties["deputy"].id}}


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    said: dict[str, Any] = response.json
    assert {"type", "title", "status", "detail", "code", "fields", "instance"} == set(said)
    assert (said["status"], said["code"], said["type"]) == (status, code, f"urn:renda:{code}")
    return said


def test_a_matter_is_opened_and_acted_on(towns: Towns) -> None:
    deputy, clerk = come(towns, "deputy"), come(towns, "clerk")
    opened = deputy.post("/practices/suggestions/propose", proposal(towns))
    assert opened.status_code == 201
    assert opened.json
    number = opened.json["matter"]
    assert opened.headers["Location"] == f"/api/jia/matters/{number}"
    assert opened.headers["ETag"] == '"1"'
    acted = clerk.post(f"/matters/{number}/assign", {"entries": {"organ": towns.jia.parties["bureau"].id}})
    assert (acted.status_code, acted.json and acted.json["state"]) == (200, "assigned")
    inside = clerk.post(
        "/practices/suggestions/share",
        {"entries": {"helper": towns.jia.parties["other"].id, "title": "核预算"}, "parent": number},
    )
    assert inside.status_code == 201
    assert [item["title"] for item in clerk.said(f"/matters?parent={number}")["items"]] == ["核预算", "现场查看"]


def test_a_chinese_label_names_an_action_too(towns: Towns) -> None:
    number = towns.jia.propose()
    response = come(towns, "deputy").post(f"/matters/{number}/撤回")
    assert response.json
    assert response.json["state"] == "withdrawn"


def test_the_same_idempotency_key_acts_once(towns: Towns) -> None:
    deputy = come(towns, "deputy")
    first = deputy.post("/practices/suggestions/propose", proposal(towns), Idempotency_Key="k-1").json
    again = deputy.post("/practices/suggestions/propose", proposal(towns), Idempotency_Key="k-1").json
    assert first
    assert again
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert first["matter"] == again["matter"]
    assert len(deputy.said("/matters")["items"]) == 1


def test_an_idempotency_key_is_not_for_another_request(towns: Towns) -> None:
    deputy = come(towns, "deputy")
    deputy.post("/practices/suggestions/propose", proposal(towns), Idempotency_Key="k-1")
    other = deputy.post("/practices/suggestions/propose", proposal(towns, "修桥"), Idempotency_Key="k-1")
    said = problem(other, 422, "api.key_reused")
    assert said["detail"] == "这个 Idempotency-Key 已用于另一个请求。每个请求请用新的。"
    assert len(deputy.said("/matters")["items"]) == 1
    clerk = come(towns, "clerk")
    assert clerk.post("/matters/1/withdraw", Idempotency_Key="k-1").status_code == 200


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [({"If_Match": '"1"'}, {}, 412), ({}, {"version": 1}, 409)],
    ids=["if-match", "version"],
)
def test_a_stale_version_is_refused(towns: Towns, headers: Any, body: Any, status: int) -> None:
    number = towns.jia.propose()
    towns.jia.assign(number)
    said = problem(come(towns, "clerk").post(f"/matters/{number}/withdraw", body, **headers), status, "matter.stale")
    assert said["detail"] == "这份表单已过时:您打开之后,别人已办理过这个事项。请刷新后再办。"


def test_the_version_that_was_read_may_act(towns: Towns) -> None:
    number = towns.jia.propose()
    deputy = come(towns, "deputy")
    version = deputy.get(f"/matters/{number}").headers["ETag"]
    assert deputy.post(f"/matters/{number}/withdraw", If_Match=version).status_code == 200


def test_a_wrong_form_is_told_field_by_field_and_nothing_is_kept(towns: Towns) -> None:
    deputy = come(towns, "deputy")
    body = {"entries": {"title": "", "text": "有", "proposer": 99999, "households": "三", "外": 1}}
    said = problem(deputy.post("/practices/suggestions/propose", body), 422, "form.invalid")
    assert said["fields"] == {
        "title": "必须填写。",
        "proposer": "本区县没有编号为 99999 的记录。",
        "households": "应填写整数。",
        "外": "没有这一项。",
    }
    assert deputy.said("/matters")["items"] == []


def test_what_may_not_be_is_refused_with_its_reason(towns: Towns) -> None:
    number = towns.jia.propose()
    deputy, second, clerk = (come(towns, login) for login in ("deputy", "second", "clerk"))
    entries = {"entries": {"organ": towns.jia.parties["bureau"].id}}
    assert problem(deputy.post(f"/matters/{number}/assign", entries), 403, "matter.not_yours")["detail"] == (
        "“交办”由工作人员办理,您没有这个身份。"
    )
    problem(second.post(f"/matters/{number}/rate", {"entries": {"grade": "A"}}), 403, "matter.not_yours")
    problem(clerk.post(f"/matters/{number}/nothing"), 404, "matter.no_action")
    skipped = problem(deputy.post(f"/matters/{number}/rate", {"entries": {"grade": "A"}}), 409, "matter.not_now")
    assert skipped["detail"] == "现在不能“评价”:事项处于“已提出”。现在可以办理:交办、撤回。"
    problem(clerk.post("/practices/nothing/propose"), 409, "rules.not_in_force")


def test_a_grade_that_does_not_exist_is_refused(towns: Towns) -> None:
    number = towns.jia.propose()
    towns.jia.assign(number)
    said = problem(
        come(towns, "bureau").post(f"/matters/{number}/answer", {"entries": {"result": "Z", "answer": "好"}}),
        409,
        "matter.children",
    )
    assert said["fields"] == {}


def test_a_plugin_that_fails_is_told_and_rolled_back(towns: Towns) -> None:
    clerk = come(towns, "clerk")
    opened = clerk.post("/practices/zz_faulty/note", {"entries": {"title": "一"}}).json
    assert opened
    number = opened["matter"]
    problem(clerk.post(f"/matters/{number}/spoil"), 500, "plugin.failed")
    assert clerk.said(f"/matters/{number}")["version"] == opened["version"]


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        ([], "api.body", 400),
        ({"entry": {}}, "api.body", 400),
        ({"entries": []}, "api.body", 400),
        ({"version": "1"}, "api.body", 400),
    ],
)
def test_a_body_of_the_wrong_shape_is_refused(local_towns: Towns, body: Any, code: str, status: int) -> None:
    number = local_towns.jia.propose()
    problem(come(local_towns, "deputy").post(f"/matters/{number}/withdraw", body), status, code)


def test_what_is_no_json_is_refused(local_towns: Towns) -> None:
    program = come(local_towns, "clerk")
    headers = {"Authorization": f"Bearer {program.token}"}
    path = "/api/jia/practices/suggestions/propose"
    problem(program.client.post(path, data="a=1", headers=headers), 415, "api.not_json")
    broken = program.client.post(path, data="{", headers={**headers, "Content-Type": "application/json"})
    problem(broken, 400, "api.bad_request")


@pytest.mark.parametrize(
    ("headers", "code"),
    [({"If_Match": "3"}, "api.version"), ({"Idempotency_Key": "两"}, "api.key"), ({"Idempotency_Key": " "}, "api.key")],
)
def test_a_header_of_the_wrong_shape_is_refused(local_towns: Towns, headers: Any, code: str) -> None:
    number = local_towns.jia.propose()
    program: Program = come(local_towns, "deputy")
    problem(program.post(f"/matters/{number}/withdraw", **headers), 400, code)


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("limit=0", "参数 limit 的值“0”不对:应为1 至 200 的整数。"),
        ("limit=x", "参数 limit 的值“x”不对:应为整数。"),
        ("since=2020-13-01", "参数 since 的值“2020-13-01”不对:应为1900 至 2199 年的日期,例如 2020-03-01。"),
        ("party=12", "参数 party 的值“12”不对:应为person:编号、organ:编号或 project:编号。"),
    ],
)
def test_a_wrong_parameter_is_named(local_towns: Towns, query: str, detail: str) -> None:
    said = problem(come(local_towns, "clerk").get(f"/matters?{query}"), 400, "api.parameter")
    assert said["detail"] == detail


def test_an_unknown_parameter_is_not_passed_over(local_towns: Towns) -> None:
    said = problem(come(local_towns, "clerk").get("/people?name=x"), 400, "api.unknown_parameter")
    assert said["detail"] == "没有参数 name。可用的参数:after、limit。"


def test_an_unknown_address_method_or_district_is_a_problem_too(local_towns: Towns) -> None:
    program = come(local_towns, "clerk")
    said = problem(program.get("/nothing"), 404, "api.not_found")
    assert said["detail"] == "没有这个地址。接口的说明见 /api/jia/openapi.json。"
    allowed = program.client.delete("/api/jia/matters")
    assert problem(allowed, 405, "api.not_allowed")["detail"] == "这个地址不接受 DELETE。"
    program.slug = "nowhere"
    problem(program.get("/matters"), 404, "district.unknown")
    for path in ("/api/", "/api/nowhere/at/all"):
        problem(program.client.get(path), 404, "api.not_found")
    assert program.client.get("/apiary/").content_type.startswith("text/html")


def test_a_broken_district_leaves_the_others_working(local_towns: Towns) -> None:
    broken = come(local_towns, "clerk")
    broken.slug = "bing"
    problem(broken.get("/matters"), 422, "rules.not_toml")
    assert come(local_towns, "clerk").get("/matters").status_code == 200
