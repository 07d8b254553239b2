"""Ballots through the API."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backing.chamber import Chamber, make_chamber
from backing.databases import Database
from backing.programs import Program
from renda.sealing import sealed
from renda.services import accounts, tokens


@pytest.fixture
def chamber(sqlite_database: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(sqlite_database.app_url, tmp_path)
    yield made
    made.world.close()


def come(chamber: Chamber, login: str, *scopes: str) -> Program:
    with chamber.world.writing() as desk:
        token, _ = tokens.issue(desk, accounts.find(desk, login), "测试", scopes or ("read", "act"))
    return Program(chamber.towns.app.test_client(), token, "jia")


def told(answer: Any) -> Any:
    return answer.json


def test_a_program_runs_a_ballot_and_another_seals_its_own_paper(chamber: Chamber) -> None:
    number = chamber.prepare("测评", "measurement", ["财政局"])
    office, member = come(chamber, "chair"), come(chamber, "m1")
    assert told(office.post(f"/ballots/{number}/open"))["issued"] == 5
    said: Any = member.said(f"/ballots/{number}")
    assert [each["mark"] for each in said["sheet"]["marks"]] == ["满意", "基本满意", "不满意"]
    sealing = said["sealing"]
    key = base64.b64decode(sealing["public_key"])
    paper = sealed('{"marks":{"1":["满意"]}}'.encode(), key, sealing["padded_bytes"], sealing["info"].encode())
    body = {"envelope": base64.b64encode(paper).decode(), "submission": "t" * 24}
    assert told(member.post(f"/ballots/{number}/cast", body)) == {"ballot": number, "answer": "counted"}
    assert told(member.post(f"/ballots/{number}/cast", body))["answer"] == "counted"
    assert office.said("/ballots")["items"][0]["voted"] == 1
    assert told(office.post(f"/ballots/{number}/close"))["state"] == "closed"
    assert member.said(f"/ballots/{number}")["result"] is None
    assert office.said(f"/ballots/{number}")["result"]["subjects"][0]["cells"]["满意"] == 1
    assert office.post(f"/ballots/{number}/publish").status_code == 200
    assert member.said(f"/ballots/{number}")["result"]["turnout"]["returned"] == 1
    assert told(member.post(f"/ballots/{number}/cast", {**body, "submission": "u"}))["answer"] == "already"


def test_what_a_program_may_not_is_told_word_for_word(chamber: Chamber) -> None:
    number = chamber.ready()
    member, reader = come(chamber, "m1"), come(chamber, "m2", "read")
    for answer, status, said in (
        (member.post(f"/ballots/{number}/close"), 403, "表决由工作人员、主任会议组织,您没有这个身份。"),
        (member.post(f"/ballots/{number}/cast", {"envelope": "%"}), 400, "envelope 应为密封票的 Base64 文字。"),
        (member.post(f"/ballots/{number}/cast", {"envelope": ""}), 422,
         "密封票的长度不对:应为 337 字节,收到 0 字节。请刷新页面后重投。"),
        (member.post(f"/ballots/{number}/burn"), 404,
         "表决没有“burn”这个动作。可用的有:open、stop、close、publish、withhold。"),
        (member.post(f"/ballots/{number}/close", {"shares": 3}), 400, "请求的内容应为 JSON 对象,可写:shares。"),
        (reader.post(f"/ballots/{number}/cast", {}), 403, "这个令牌没有“act:ballots”权限。"),
        (member.get("/ballots/99"), 404, "没有第 99 号表决。"),
    ):  # fmt: skip
        assert (answer.status_code, told(answer)["detail"]) == (status, said)


def test_no_process_is_started_for_somebody_who_does_not_run_ballots(chamber: Chamber) -> None:
    number, tasks = chamber.ready(), list[Any]()
    chamber.towns.app.extensions["renda_key_work"] = tasks.append
    for deed in ("open", "close"):
        assert told(come(chamber, "m1").post(f"/ballots/{number}/{deed}"))["code"] == "ballot.not_yours"
    assert tasks == []
    assert come(chamber, "chair").post(f"/ballots/{number}/close").status_code == 200
    assert len(tasks) == 1
