import json
from datetime import date

import pytest

from backing.programs import come
from backing.world import Towns


def test_a_matter_tells_its_payload_score_deadlines_and_what_can_be_done(towns: Towns) -> None:
    number = towns.jia.propose(costs=[{"item": "灯杆", "amount": "1.10"}])
    towns.jia.assign(number)
    said = come(towns, "bureau").said(f"/matters/{number}")
    assert (said["title"], said["state"], said["state_label"]) == ("增设路灯", "assigned", "已交办")
    assert said["payload"]["costs"] == [{"item": "灯杆", "amount": "1.10"}]
    assert said["parties"]["assignee"] == [{"noun": "organ", "id": towns.jia.parties["bureau"].id, "name": "住建局"}]
    assert said["rules"]["effective"] == "2020-01-01"
    (deadline,) = said["deadlines"]
    assert (deadline["label"], deadline["date"]) == ("答复", "2020-03-30")
    assert deadline["reasons"][0] == {"day": "2020-03-02", "text": "起算当日不计入"}
    assert len(deadline["reasons"]) > 20
    (answer,) = said["actions"]
    assert (answer["name"], answer["href"]) == ("answer", f"/api/jia/matters/{number}/answer")
    assert answer["refusal"] == "还不能“答复”:“会办”尚未全部到达“会办完成”,例如:现场查看。"
    assert answer["form"]["properties"]["result"]["enum"] == ["A", "B", "C"]


def test_a_score_is_told_with_reasons_that_prove_it(towns: Towns) -> None:
    number = towns.jia.propose()
    towns.jia.assign(number)
    towns.jia.close(number)
    score = come(towns, "deputy").said(f"/matters/{number}")["score"]
    assert score["shown"] == "53"
    assert score["sentence"] == "得分 53 = 评价 B 80×0.6 + 加分 5"
    assert [row["label"] for row in score["outline"]] == ["得分", "评价", "评价", "加分"]
    assert score["explained"]["seal"]


def test_a_list_goes_on_where_the_last_portion_ended(towns: Towns) -> None:
    numbers = [towns.jia.propose(f"建议{each}") for each in range(5)]
    program, path, found = come(towns, "clerk"), "/matters?limit=2", []
    while path:
        response = program.get(path)
        assert response.json
        found += [item["id"] for item in response.json["items"]]
        following = response.json["next"]
        assert response.headers.get("Link") == (f'<{following}>; rel="next"' if following else None)
        path = (following or "").removeprefix("/api/jia")
    assert found == numbers[::-1]


def test_a_list_is_narrowed_by_practice_state_party_and_day(towns: Towns) -> None:
    first = towns.jia.propose("甲")
    towns.jia.world.go_to(date(2020, 4, 1))
    second = towns.jia.propose("乙")
    towns.jia.assign(first)
    program = come(towns, "clerk")
    organ = towns.jia.parties["bureau"].key

    def found(query: str) -> list[int]:
        return [item["id"] for item in program.said(f"/matters?kind=suggestion&{query}")["items"]]

    assert found("practice=suggestions") == [second, first]
    assert found("state=assigned") == [first]
    assert found(f"party={organ}&relation=assignee") == [first]
    assert found("since=2020-03-31") == [second]
    assert found("until=2020-03-31") == [first]
    assert found("practice=zz_faulty") == []
    assert [item["kind"] for item in program.said(f"/matters?parent={first}")["items"]] == ["share"]


def test_what_waits_is_listed_by_its_deadline_and_goes_on(towns: Towns) -> None:
    late = towns.jia.propose("晚")
    early = towns.jia.propose("早")
    towns.jia.assign(early)
    towns.jia.world.go_to(date(2020, 3, 9))
    towns.jia.assign(late)
    program, path, found = come(towns, "bureau"), "/due?kind=suggestion&waits_for=me&limit=1", []
    while path:
        said = program.said(path)
        found += [(item["id"], item["due_on"]) for item in said["items"]]
        path = (said["next"] or "").removeprefix("/api/jia")
    assert found == [(early, "2020-03-30"), (late, "2020-04-07")]
    assert program.said("/due?due_until=2020-03-31&kind=suggestion")["items"][0]["id"] == early


def test_who_may_not_see_a_matter_finds_it_nowhere(towns: Towns) -> None:
    number = towns.jia.propose("秘密", secret=True)
    stranger = come(towns, "second")
    assert stranger.said("/matters")["items"] == []
    assert stranger.said("/events")["items"] == []
    response = stranger.get(f"/matters/{number}")
    assert response.status_code == 404
    assert response.json
    assert response.json["code"] == "matter.unknown"
    assert stranger.post(f"/matters/{number}/withdraw").status_code == 404
    assert [item["id"] for item in come(towns, "deputy").said("/matters")["items"]] == [number]


@pytest.mark.parametrize("path", ["/matters/{}", "/people/{}", "/organs/{}"])
def test_an_id_of_another_district_is_not_found(towns: Towns, path: str) -> None:
    numbers = {
        "/matters/{}": towns.yi.propose(),
        "/people/{}": towns.yi.parties["deputy"].id,
        "/organs/{}": towns.yi.parties["bureau"].id,
    }
    here, there = come(towns, "clerk"), come(towns, "clerk", slug="yi")
    assert there.get(path.format(numbers[path])).status_code == 200
    assert here.get(path.format(numbers[path])).status_code == 404


def test_people_and_organs_are_told_with_what_they_hold_today(towns: Towns) -> None:
    towns.jia.world.official("主任乙三", "住建局")
    program = come(towns, "clerk")
    people = {item["name"]: item for item in program.said("/people?limit=200")["items"]}
    assert people["主任乙三"]["posts"][0]["organ"]["name"] == "住建局"
    assert people["主任乙三"]["mandate"] is None
    assert people["代表甲一"]["mandate"]["since"] == "1954-09-15"
    first = program.said("/people?limit=1")
    rest = program.said(first["next"].removeprefix("/api/jia"))
    assert first["items"] + rest["items"] != first["items"]
    assert program.said(f"/people/{people['代表甲一']['id']}") == people["代表甲一"]
    organs = program.said("/organs")["items"]
    assert [each["name"] for each in organs] == ["住建局", "财政局"]
    assert program.said(f"/organs/{organs[0]['id']}") == organs[0]


def test_a_failing_practice_leaves_the_others_sheets_standing(towns: Towns) -> None:
    towns.jia.propose()
    items = come(towns, "clerk").said("/sheets?since=2020-01-01&until=2020-12-31")["items"]
    assert [item["code"] for item in items] == ["year", "inner", "plugin.failed"]
    assert items[0]["figures"][0]["sentence"] == "建议件数 1"
    assert items[0]["rows"][0][2] == "2020-03-02"
    public = come(towns, "deputy").said("/sheets")["items"]
    assert [item["code"] for item in public] == ["year", "plugin.failed"]


def test_the_record_is_told_with_its_seals(towns: Towns) -> None:
    number = towns.jia.propose()
    towns.jia.assign(number)
    first, second = come(towns, "clerk").said(f"/events?matter={number}")["items"]
    assert (first["action"], second["action"]) == ("propose", "assign")
    assert (first["actor"], second["came_from"], second["went_to"]) == ("代表甲一", "filed", "assigned")
    share = come(towns, "auditor").said(f"/events?after={second['number']}")["items"]
    assert share[0]["previous"] == second["digest"]


def test_documents_are_told_to_those_who_see_the_matter(towns: Towns) -> None:
    number = towns.jia.propose(secret=True)
    towns.jia.assign(number)
    (notice,) = come(towns, "clerk").said("/notices")["items"]
    assert (notice["number"], notice["genre"], notice["to"]) == ("〔2020〕1号", "交办单", ["住建局"])
    assert come(towns, "second").said(f"/notices?matter={number}")["items"] == []


def test_practices_are_told_with_states_payloads_and_openings(towns: Towns) -> None:
    items = come(towns, "deputy").said("/practices")["items"]
    assert [item["code"] for item in items] == ["suggestions", "zz_faulty"]
    assert items[0]["kinds"][0]["states"]["filed"] == "已提出"
    assert items[0]["kinds"][1]["within"] == "suggestion"
    (opening,) = items[0]["openings"]
    form = opening["form"]
    assert form["required"] == ["proposer", "text", "title"] or set(form["required"]) == {"title", "text", "proposer"}
    assert form["properties"]["proposer"]["x-noun"] == "deputy"
    assert form["properties"]["costs"]["items"]["properties"]["amount"]["type"] == "string"
    before = come(towns, "deputy").said("/practices/suggestions?on=2019-05-01")
    assert before["effective"] == "2018-01-01"
    assert come(towns, "deputy").get("/practices/nothing").status_code == 404


def test_the_district_tells_who_calls_and_where_to_go_on(towns: Towns) -> None:
    said = come(towns, "clerk", "read").said("/")
    assert said["account"] == {"name": "工作人员丙", "roles": ["clerk"], "scopes": ["read"]}
    assert said["links"]["matters"] == "/api/jia/matters"


def test_sentences_follow_accept_language(local_towns: Towns) -> None:
    program = come(local_towns, "clerk")
    chinese = program.get("/matters/999")
    english = program.get("/matters/999", Accept_Language="en-GB, en;q=0.8")
    assert chinese.headers["Content-Language"] == "zh-CN"
    assert english.headers["Content-Language"] == "en"
    assert json.loads(chinese.text)["detail"] == "没有编号为 999 的事项,或者您不能查看它。"
