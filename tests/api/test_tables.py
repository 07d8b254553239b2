"""Tables that programs bring: listed, tried, imported whole or not at all, given out in the shape they came in."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from backing.programs import Program, come
from backing.world import Towns
from renda.model import MatterRow, PersonRow
from renda.services.desk import Installation
from renda.web import uploads

PEOPLE = "代码,姓名\np1,人员甲\np2,人员乙\n"
PROPOSE = "suggestions.propose"


def sent(program: Program, path: str, content: str | bytes, name: str = "名册.csv", **entries: Any) -> Any:
    """What the upload of a file answers, and its status."""
    data = content.encode() if isinstance(content, str) else content
    response = program.client.post(
        f"/api/{program.slug}/tables/{path}",
        data={"file": (io.BytesIO(data), name), **entries},
        headers={"Authorization": f"Bearer {program.token}"},
    )
    return response.status_code, response.json


def counted(towns: Towns, table: Any) -> int:
    with towns.jia.world.reading() as desk:
        return len(desk.session.scalars(select(table)).all())


def test_a_program_tries_and_imports_and_again_changes_nothing(towns: Towns) -> None:
    clerk, before = come(towns, "clerk"), counted(towns, PersonRow)
    said = {"table": "people", "added": 2, "changed": 0, "same": 0, "changes": []}
    assert sent(clerk, "people?trial=true", PEOPLE.encode("gb18030")) == (200, {**said, "trial": True})
    assert counted(towns, PersonRow) == before
    assert sent(clerk, "people?trial=false", PEOPLE.encode("gb18030")) == (200, {**said, "trial": False})
    assert counted(towns, PersonRow) == before + 2
    again = {"table": "people", "added": 0, "changed": 0, "same": 2, "trial": False, "changes": []}
    assert sent(clerk, "people", PEOPLE) == (200, again)
    difference = {"line": 3, "what": "p2 人员乙", "column": "姓名", "before": "人员乙", "after": "人员丙"}
    changed = {"table": "people", "added": 0, "changed": 1, "same": 1, "trial": False, "changes": [difference]}
    assert sent(clerk, "people", PEOPLE.replace("人员乙", "人员丙")) == (200, changed)
    assert counted(towns, PersonRow) == before + 2
    assert "import_table" in [each["action"] for each in clerk.said("/events?limit=200")["items"]]


def test_every_bad_row_is_told_by_its_place_and_no_good_one_is_kept(towns: Towns) -> None:
    clerk, before = come(towns, "clerk"), counted(towns, PersonRow)
    for path in ("people", "people?trial=true"):
        status, said = sent(clerk, path, PEOPLE + "p3,\n,乙\n")
        assert status == 422
        assert (said["code"], said["title"]) == ("import.broken", "填写有误")
        assert said["fields"] == {"名册.csv:4:姓名": "必须填写。", "名册.csv:5:代码": "必须填写。"}
        assert said["detail"] == (
            "没有导入,一行也没有写入。共有 2 处错误:\n"
            "名册.csv 第 4 行“姓名”列:必须填写。\n名册.csv 第 5 行“代码”列:必须填写。"
        )
    assert counted(towns, PersonRow) == before


def test_a_program_that_asks_for_it_gets_the_file_back_with_its_mistakes(towns: Towns) -> None:
    clerk = come(towns, "clerk")
    status, said = sent(clerk, "people?trial=true&marked=true", PEOPLE + "p3,\n")
    assert (status, said["code"], said["fields"]) == (422, "import.broken", {"名册.csv:4:姓名": "必须填写。"})
    assert (said["marked"]["name"], said["marked"]["media_type"]) == ("名册-标出错误.csv", "text/csv")
    back = base64.b64decode(said["marked"]["content"])
    assert back.decode("utf-8-sig").splitlines()[3] == "p3,,必须填写。"
    assert sent(clerk, "people", back.replace(b"p3,,", "p3,丙,".encode()))[1]["added"] == 3
    assert "marked" not in sent(clerk, "people?trial=true", PEOPLE + "p4,\n")[1]


def test_matters_are_opened_by_who_may_and_once(towns: Towns) -> None:
    deputy = come(towns, "deputy", "act:suggestions")
    row = "标题,正文,提出代表\n增设路灯,夜里太暗。,代表甲一\n"
    assert sent(deputy, f"{PROPOSE}?trial=true", row)[1]["added"] == 1
    assert counted(towns, MatterRow) == 0
    assert sent(deputy, PROPOSE, row)[1]["added"] == 1
    back = deputy.get(f"/tables/{PROPOSE}/export").data
    assert ",2020-03-02,增设路灯,夜里太暗。,代表甲一," in back.decode("utf-8-sig").splitlines()[1]
    assert sent(deputy, PROPOSE, back)[1] == {
        "table": PROPOSE, "added": 0, "changed": 0, "same": 1, "trial": False, "changes": []
    }  # fmt: skip
    assert counted(towns, MatterRow) == 1
    book = deputy.get(f"/tables/{PROPOSE}/export?format=xlsx").data
    assert CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1][2] == "增设路灯"


def test_the_list_tells_columns_and_is_what_the_page_shows(local_towns: Towns) -> None:
    clerk, deputy = come(local_towns, "clerk"), come(local_towns, "deputy", "read")
    names = [each["name"] for each in clerk.said("/tables")["items"]]
    assert names == ["organs", "people", "appointments", "deputies", "projects", "zz_faulty.note"]
    (only,) = deputy.said("/tables")["items"]
    assert (only["name"], only["practice"], only["matters"]) == (PROPOSE, "suggestions", None)
    assert only["href"] == f"/api/jia/tables/{PROPOSE}"
    told = {each["code"]: each for each in only["columns"]}
    assert told["title"] == {
        "code": "title", "label": "标题", "required": True, "sort": "text", "hint": "文字",
        "note": "一句话说明要做什么。", "allowed": None, "most": None,
    }  # fmt: skip
    assert told["topics"]["allowed"] == ["道路", "照明", "绿化"]
    english = {each["code"]: each for each in clerk.said("/tables", Accept_Language="en")["items"][1]["columns"]}
    assert english["name"]["label"] == "Full name"


def test_a_template_comes_in_both_forms(local_towns: Towns) -> None:
    clerk = come(local_towns, "clerk", "read")
    assert clerk.get("/tables/people/template").data.decode("utf-8-sig") == "代码,姓名,排序\r\n"
    book = CalamineWorkbook.from_filelike(io.BytesIO(clerk.get("/tables/people/template?format=xlsx").data))
    assert book.sheet_names == ["填写", "说明", "选项"]
    for path in ("template", "export"):
        said = clerk.said(f"/tables/people/{path}?format=ods", 400)
        assert said["detail"] == "参数 format 的值“ods”不对:应为csv 或 xlsx。"
    assert clerk.said("/tables/secrets/template", 404)["code"] == "table.unknown"


def test_a_token_imports_what_its_scope_and_its_account_may(local_towns: Towns) -> None:
    row = "标题,正文,提出代表\n增设路灯,夜里太暗。,代表甲一\n"

    def refused(path: str, content: str, *who: str) -> tuple[int, str, str]:
        status, said = sent(come(local_towns, *who), path, content)
        return status, said["code"], said["detail"]

    no_act = "这个令牌没有“act”权限。"
    assert refused("people", PEOPLE, "clerk", "read") == (403, "api.scope", no_act)
    assert refused("people?trial=true", PEOPLE, "clerk", "read", "act:suggestions") == (403, "api.scope", no_act)
    assert refused(PROPOSE, row, "deputy", "read") == (403, "api.scope", "这个令牌没有“act:suggestions”权限。")
    assert refused("people", PEOPLE, "deputy")[:2] == (404, "table.unknown")
    assert refused(PROPOSE, row, "bureau")[:2] == (422, "import.broken")
    assert refused("people", PEOPLE, "")[:2] == (401, "api.no_token")
    assert (counted(local_towns, MatterRow), sent(come(local_towns, "clerk", "act"), "people", PEOPLE)[0]) == (0, 200)


def test_no_desk_is_open_while_a_file_is_received(local_towns: Towns, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    found: list[list[str]] = []

    def watched(name: str) -> Any:
        original = getattr(Installation, name)

        @contextmanager
        def opening(here: Installation, slug: str, **options: Any) -> Iterator[Any]:
            with original(here, slug, **options) as desk:
                opened.append(name)
                yield desk
                opened.remove(name)

        return opening

    def put(*given: Any) -> uploads.Upload:
        found.append(list(opened))
        return kept(*given)

    clerk, kept = come(local_towns, "clerk"), uploads.put
    monkeypatch.setattr(Installation, "reading", watched("reading"))
    monkeypatch.setattr(Installation, "writing", watched("writing"))
    monkeypatch.setattr(uploads, "put", put)
    assert sent(clerk, "people", PEOPLE)[1]["added"] == 2
    assert (found, opened) == ([[]], [])


WRONG_UPLOAD = (
    "请以 multipart/form-data 发来一个名为 file 的文件,并带文件名;trial 和 matter 写在地址里,例如 ?trial=true。"
)


def test_a_trial_asked_for_beside_the_file_imports_nothing(local_towns: Towns) -> None:
    clerk, before = come(local_towns, "clerk"), counted(local_towns, PersonRow)
    two = [(io.BytesIO(PEOPLE.encode()), "一.csv"), (io.BytesIO(PEOPLE.encode()), "二.csv")]
    for status, said in (
        sent(clerk, "people", PEOPLE, trial="true"),
        sent(clerk, "people", PEOPLE, other=(io.BytesIO(b""), "x.csv")),
        sent(clerk, "people", PEOPLE, file=two),
        sent(clerk, "people", PEOPLE, name="\x07"),
        sent(clerk, "people", PEOPLE, file="text"),
    ):
        assert (status, said["code"], said["detail"]) == (400, "api.upload", WRONG_UPLOAD)
    assert clerk.post("/tables/people", {}).json["code"] == "api.upload"  # type: ignore[index]
    said = sent(clerk, "people?trial=yes", PEOPLE)[1]
    assert said["detail"] == "参数 trial 的值“yes”不对:应为true 或 false。"
    assert sent(clerk, "people?dry=true", PEOPLE)[1]["code"] == "api.unknown_parameter"
    assert sent(clerk, "people", PEOPLE, "../名册.doc")[1]["detail"] == (
        "“名册.doc”不是 XLSX、CSV 或 TXT 文件。请用模板填写,存为 xlsx 或 csv。"
    )
    assert counted(local_towns, PersonRow) == before


def test_a_file_larger_than_a_request_is_taken_and_one_without_end_is_not(
    local_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = come(local_towns, "clerk")
    local_towns.app.config["MAX_CONTENT_LENGTH"] = 10_000
    wide = "代码,姓名\n" + "".join(f"p{number},乙{' ' * 1000}\n" for number in range(1100))
    # Written out here: the client of the tests would put so much into a file of its own.
    head = '--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
    body, kind = f"{head}{wide}\r\n--b--\r\n".encode(), "multipart/form-data; boundary=b"

    def told(language: str) -> Any:
        headers = {"Authorization": f"Bearer {program.token}", "Accept-Language": language}
        response = program.client.post("/api/jia/tables/people", data=body, headers=headers, content_type=kind)
        return response.json

    assert told("zh")["added"] == 1100
    monkeypatch.setattr(uploads, "LARGEST_FILE", 1024 * 1024)
    said = told("zh")
    assert (said["status"], said["code"]) == (413, "api.too_large")
    assert said["detail"] == "请求的内容太大:至多 1 MB。请分成几次。"
    assert told("en")["detail"] == "The request is too large: at most 1 MB. Send it in several parts."


def test_what_an_import_answers_is_what_its_schema_says(local_towns: Towns) -> None:
    clerk = come(local_towns, "clerk")
    described = clerk.said("/openapi.json")
    post = described["paths"]["/tables/{name}"]["post"]
    schema = post["responses"]["200"]["content"]["application/json"]["schema"]
    problem = post["responses"]["default"]["content"]["application/problem+json"]["schema"]
    for said, wanted in ((PEOPLE, schema), ("代码,姓名\np1,\n", problem)):
        answer = sent(clerk, "people", said)[1]
        validator = Draft202012Validator({**wanted, "components": described["components"]})
        assert [each.message for each in validator.iter_errors(answer)] == []
    assert list(post["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]) == ["file"]
    assert [each["name"] for each in post["parameters"]] == ["trial", "marked", "matter"]
